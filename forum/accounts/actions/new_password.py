"""Changing a password, with the old one or by a mailed link; either ends every sign-in."""

from __future__ import annotations

from sqlalchemy import delete, update

from forum.accounts import passwords, queries
from forum.accounts.actions.moving import forget_move
from forum.accounts.actions.proofs import RESET_LIFE, StaleLink, prove, use
from forum.accounts.actions.signing_in import begin, check_own_password
from forum.core import clock
from forum.core.db import transaction
from forum.employments.actions import lock_out
from forum.employments.queries import address_kind
from forum.models.accounts import AddressKind, AddressProof, ProofPurpose, SignIn, User
from forum.policy import viewer as viewers
from forum.policy.turns import not_closed
from forum.policy.viewer import SPACES_SHUT, Viewer


def ask_for_reset(address: str, network: str, domain: str) -> None:
    """Mail a link that sets a new password. The same for an unknown address."""
    prove(ProofPurpose.RESET, address, network, domain, RESET_LIFE)


def set_new_password(token: str, password: str) -> str:
    """Follow a reset link: new password, every sign-in ended, a new one begun.

    Whoever reads somebody's mail could follow it. So private spaces stay shut for a while, in which
    the owner of the account has time to notice; and where an employer may read it, until others say
    that it was the owner. The first password of an account shuts nothing.
    """
    proof = queries.live_proof(ProofPurpose.RESET, token)
    user = queries.user_by_address(proof.address) if proof else None
    if proof is None or user is None:
        raise StaleLink
    passwords.judge(password, user.name, proof.address)
    digest = passwords.digest(password)
    with transaction():
        use(ProofPurpose.RESET, token)
        if user.password_hash:
            _shut_spaces(user)
        return _change_password(user, digest)


def change_password(viewer: Viewer, current: str, password: str) -> str:
    """New password by giving the old one. Ends every sign-in; returns the token of a new one."""
    user = check_own_password(viewer, current)
    passwords.judge(password, user.name, user.address or "")
    digest = passwords.digest(password)
    with transaction():
        return _change_password(user, digest)


def _shut_spaces(user: User) -> None:
    user.spaces_from = clock.now() + SPACES_SHUT
    viewer = viewers.for_user(user.id)
    if viewer is None or address_kind(viewer) is not AddressKind.PERSONAL:
        lock_out(user.id)


def _change_password(user: User, digest: str) -> str:
    with transaction() as session:
        not_closed(user.id)
        user.password_hash = digest
        forget_move(user.id)
        session.execute(
            update(AddressProof)
            .where(AddressProof.purpose == ProofPurpose.RESET, AddressProof.address == user.address)
            .where(AddressProof.used_at.is_(None))
            .values(used_at=clock.now())
        )
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        return begin(user)
