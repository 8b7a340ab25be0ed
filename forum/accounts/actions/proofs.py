"""Links that prove an address: mailed, good once, for a time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from forum.accounts import queries
from forum.core import clock, ids, seal
from forum.core.db import transaction
from forum.core.errors import ForumError, TooOften
from forum.core.i18n import _l
from forum.mail.outbox import queue_letter
from forum.models.accounts import AddressProof, ProofPurpose
from forum.policy import limits
from forum.policy.turns import not_closed

RESET_LIFE = timedelta(minutes=30)
JOIN_LIFE = timedelta(days=3)


class StaleLink(ForumError):
    status = 410
    sentence = _l("This link was used already, or its time is over. Ask for a new one.")


def proof_token(public_id: str) -> str:
    """The token in a mailed link, derived again whenever the letter is rendered."""
    return seal.keyed_token("address proof", public_id)


def prove(
    purpose: ProofPurpose,
    address: str,
    network: str,
    domain: str,
    life: timedelta,
    *,
    user_id: int | None = None,
) -> None:
    """Mail a link of this purpose, the same way whether or not the address is known.

    TooOften past three an hour for one address and network. Past twenty for one address, whoever
    asks, the letter is left out without a word.
    """
    limits.spend(limits.MAIL_NETWORK, network)
    limits.spend(limits.MAIL_ADDRESS, f"{purpose} {address} {network}")
    try:
        limits.spend(limits.MAIL_FLOOD, address)
    except TooOften:  # told to nobody: a stranger must not learn or cause it
        return
    public_id = ids.public_id()
    with transaction() as session:
        if user_id is not None:
            not_closed(user_id)
        session.add(
            AddressProof(
                id=ids.random_key(),
                public_id=public_id,
                purpose=purpose,
                address=address,
                user_id=user_id,
                token_digest=seal.plain_digest(proof_token(public_id)),
                expires_at=clock.now() + life,
            )
        )
        session.flush()
        queue_letter(
            purpose.value,
            event=proof_event(public_id),
            recipient=address,
            domain=domain,
            context={"proof": public_id},
        )


def proof_event(public_id: str) -> str:
    """What the letter with a link is about."""
    return f"proof:{public_id}"


def use(purpose: ProofPurpose, token: str) -> str:
    """Use a link up, and every other of its purpose for the address. Returns the address."""
    proof = queries.live_proof(purpose, token)
    if proof is None:
        raise StaleLink
    with transaction() as session:
        used = session.execute(
            update(AddressProof)
            .where(
                AddressProof.purpose == purpose,
                AddressProof.address == proof.address,
                AddressProof.used_at.is_(None),
            )
            .values(used_at=clock.now())
        )
        if not used.rowcount:  # type: ignore[attr-defined]
            raise StaleLink
    return proof.address
