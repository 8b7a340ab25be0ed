"""Saying something to a post without a word."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete

from forum.core import ids
from forum.core.db import Conflict, savepoint, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.reactions import IN_CIRCLE, IN_SPACE
from forum.models.discussions import Reaction, ReactionKind
from forum.policy import visible
from forum.policy.allowed import Act, require
from forum.policy.identity import owner
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer


class OwnPost(NotAllowed):
    sentence = _l("This is your own post.")


@dataclass(frozen=True, slots=True)
class Reacted:
    """What became of a click."""

    post: SeenPost
    pressed: bool
    """Whether the reaction is there now."""


def react(viewer: Viewer, post_public_id: str, kind: ReactionKind) -> Reacted:
    """Leave a reaction at somebody else's post, or take it back when it is there already.

    NotThere for a kind that is not known there. How many there are is counted when they are read,
    so two clicks at one moment can't be counted wrongly.
    """
    with transaction() as session:
        seen = post_for(viewer, post_public_id)
        if kind not in (IN_SPACE if seen.voice else IN_CIRCLE):
            raise NotThere
        require(viewer, Act.REACT, seen.where)
        if seen.card.mine:
            raise OwnPost
        mine = owner(viewer, Reaction, seen.voice)
        here = (Reaction.post_id == seen.id, Reaction.kind == kind)
        found = session.execute(visible.own(mine, Reaction, Reaction.id).where(*here)).first()
        if found:
            session.execute(delete(Reaction).where(mine.owns(Reaction), *here))
            return Reacted(seen, pressed=False)
        if seen.voice is None:
            not_closed(viewer.user_id)
        try:
            with savepoint():
                new = Reaction(id=ids.random_key(), post_id=seen.id, kind=kind, **mine.columns())
                session.add(new)
        except Conflict:
            pass  # the same click twice
    return Reacted(seen, pressed=True)
