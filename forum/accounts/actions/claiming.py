"""Making imported posts one's own, by proving the address they came from."""

from __future__ import annotations

from sqlalchemy import delete, update

from forum.accounts import queries
from forum.accounts.actions.proofs import JOIN_LIFE, StaleLink, prove, use
from forum.core.db import transaction
from forum.models.accounts import ProofPurpose, User
from forum.models.discussions import Post, Topic
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer


def ask_to_claim(viewer: Viewer, address: str, network: str, domain: str) -> None:
    """Mail a link to an address somebody once posted to an imported archive with."""
    prove(ProofPurpose.CLAIM, address, network, domain, JOIN_LIFE, user_id=viewer.user_id)


def claim(viewer: Viewer, address: str) -> int:
    """Make imported posts of a proved address the viewer's own; returns how many rows moved."""
    with transaction() as session:
        not_closed(viewer.user_id)
        author = queries.unclaimed(address)
        if author is None:
            return 0
        moved = session.execute(
            update(Post).where(Post.author_id == author.id).values(author_id=viewer.id)
        )
        session.execute(
            update(Topic).where(Topic.author_id == author.id).values(author_id=viewer.id)
        )
        session.execute(
            update(Topic).where(Topic.last_author_id == author.id).values(last_author_id=viewer.id)
        )
        session.execute(delete(User).where(User.id == author.id))
        return int(moved.rowcount)  # type: ignore[attr-defined]


def claim_by_link(viewer: Viewer, token: str) -> int:
    """Follow a claim link; only for the person who asked for it. StaleLink otherwise."""
    with transaction():
        proof = queries.live_proof(ProofPurpose.CLAIM, token)
        if proof is None or proof.user_id != viewer.id:
            raise StaleLink
        return claim(viewer, use(ProofPurpose.CLAIM, token))
