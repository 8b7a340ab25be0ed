"""Saying something to a post without a word."""

from __future__ import annotations

from sqlalchemy import delete

from forum.core import ids
from forum.core.db import Conflict, savepoint, transaction
from forum.core.errors import NotAllowed
from forum.discussions.queries.posts import SeenPost, post_for
from forum.models.discussions import Reaction, ReactionKind
from forum.policy import visible
from forum.policy.allowed import Act, require
from forum.policy.identity import owner
from forum.policy.viewer import Viewer


class OwnPost(NotAllowed):
    pass


def react(viewer: Viewer, post_public_id: str, kind: ReactionKind) -> SeenPost:
    """Leave a reaction at somebody else's post, or take it back when it is there already."""
    with transaction() as session:
        seen = post_for(viewer, post_public_id)
        require(viewer, Act.REACT, seen.where)
        if seen.card.mine:
            raise OwnPost
        mine = owner(viewer, Reaction, seen.voice)
        here = (Reaction.post_id == seen.id, Reaction.kind == kind)
        found = session.execute(visible.own(mine, Reaction, Reaction.id).where(*here)).first()
        if found:
            session.execute(delete(Reaction).where(mine.owns(Reaction), *here))
            return seen
        try:
            with savepoint():
                new = Reaction(id=ids.random_key(), post_id=seen.id, kind=kind, **mine.columns())
                session.add(new)
        except Conflict:
            pass  # the same click twice
    return seen
