"""Opening an account: the name and password are chosen after the mailed link, never before."""

from __future__ import annotations

from forum.accounts import handles, passwords, queries
from forum.accounts.actions.proofs import JOIN_LIFE, StaleLink, prove, use
from forum.accounts.actions.signing_in import begin
from forum.core import clock, ids
from forum.core.db import Conflict, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.accounts import ProofPurpose, User, UserState

_TRIES = 5
"""Somebody of the same name may take the handle first."""


class AddressTaken(ForumError):
    status = 410
    sentence = _l("There is an account with this address already. Sign in, or reset its password.")


def ask_to_join(address: str, network: str, domain: str) -> None:
    """Mail a link that opens an account. The same for a known address: the letter then says so."""
    prove(ProofPurpose.JOIN, address, network, domain, JOIN_LIFE)


def open_account(token: str, name: str, password: str) -> str:
    """Turn a followed join link into an account and sign it in.

    Returns the sign-in token. Raises StaleLink, AddressTaken or WeakPassword.
    """
    proof = queries.live_proof(ProofPurpose.JOIN, token)
    if proof is None:
        raise StaleLink
    passwords.judge(password, name, proof.address)
    digest = passwords.digest(password)
    for _ in range(_TRIES):
        try:
            with transaction():
                address = use(ProofPurpose.JOIN, token)
                if queries.user_by_address(address):
                    raise AddressTaken
                return begin(add_user(address, name, digest))
        except Conflict:
            continue
    raise AddressTaken


def add_user(address: str, name: str, password_hash: str | None, *, staff: bool = False) -> User:
    """Add an account whose address is proved. Inside a transaction."""
    now = clock.now()
    with transaction() as session:
        user = User(
            id=ids.time_ordered(now),
            public_id=ids.public_id(),
            name=name,
            handle=handles.for_name(name),
            address=address,
            password_hash=password_hash,
            state=UserState.ACTIVE,
            is_staff=staff,
            created_at=now,
        )
        session.add(user)
        session.flush()
    return user
