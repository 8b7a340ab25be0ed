"""What the letters about accounts say."""

from __future__ import annotations

from sqlalchemy import select

from forum.accounts import queries
from forum.accounts.actions import MOVED, proof_token
from forum.core import clock, links
from forum.core.db import db
from forum.mail.render import Context, ContextOf
from forum.models.accounts import AddressProof
from forum.models.outbox import Letter


def join(letter: Letter) -> Context | None:
    """A link to open an account, or word that there is one already."""
    proof = _proof(letter)
    if proof is None:
        return None
    if queries.user_by_address(proof.address):
        return Context(proof.address, {"sign_in": links.SIGN_IN}, "join_known")
    return Context(proof.address, {"link": links.confirm(proof_token(proof.public_id))})


def reset(letter: Letter) -> Context | None:
    """A link to set a new password, or word that there is no account."""
    proof = _proof(letter)
    if proof is None:
        return None
    if not queries.user_by_address(proof.address):
        return Context(proof.address, {"join": links.JOIN}, "reset_unknown")
    return Context(proof.address, {"link": links.new_password(proof_token(proof.public_id))})


def claim(letter: Letter) -> Context | None:
    """A link to make imported posts one's own."""
    proof = _proof(letter)
    if proof is None:
        return None
    return Context(proof.address, {"link": links.claim(proof_token(proof.public_id))})


def move_to(letter: Letter) -> Context | None:
    """To the mailbox an account is to move to: a link, or word that it has an account already."""
    proof = _proof(letter)
    if proof is None:
        return None
    if queries.user_by_address(proof.address):
        return Context(proof.address, {"sign_in": links.SIGN_IN}, "move_known")
    return Context(proof.address, {"link": links.move("new", proof_token(proof.public_id))})


def move_from(letter: Letter) -> Context | None:
    """To the mailbox it is to leave: a link, and what to do if it was somebody else."""
    proof = _proof(letter)
    if proof is None:
        return None
    link = links.move("old", proof_token(proof.public_id))
    return Context(proof.address, {"link": link, "password": links.PASSWORD})


def moved(letter: Letter) -> Context | None:
    """To the mailbox that was left. It names neither the new address nor anybody."""
    return Context(letter.recipient, {"contact": links.CONTACT})


CONTEXTS: dict[str, ContextOf] = {
    "join": join,
    "reset": reset,
    "claim": claim,
    "move_to": move_to,
    "move_from": move_from,
    MOVED: moved,
}


def _proof(letter: Letter) -> AddressProof | None:
    """The proof the letter is about, unless it was used or its time is over."""
    return db.session.execute(
        select(AddressProof).where(
            AddressProof.public_id == letter.context["proof"],
            AddressProof.used_at.is_(None),
            AddressProof.expires_at > clock.now(),
        )
    ).scalar()
