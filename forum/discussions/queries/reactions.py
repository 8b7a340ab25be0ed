"""Reactions on a page: in a circle everybody sees how many, in a space only the author (R6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, func

from forum.circles.queries import known_as
from forum.core import links
from forum.core.db import db
from forum.discussions.cards import Byline, PostCard, Reactions
from forum.discussions.queries.ground import CircleGround
from forum.discussions.queries.posts import SeenPost, post_for
from forum.models.accounts import User
from forum.models.discussions import Post, Reaction, ReactionKind
from forum.policy import visible
from forum.policy.allowed import Act, NotInSpaces, may
from forum.policy.identity import owner
from forum.policy.prepared import Prepared, value, values
from forum.policy.viewer import Viewer

IN_CIRCLE = (ReactionKind.THANKS, ReactionKind.BEEN_THERE, ReactionKind.INSIGHT)
IN_SPACE = (ReactionKind.WITH_YOU, ReactionKind.BEEN_THERE)
MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Reactors:
    """Who left a reaction of one kind, by name; and how many did, as not all may be named."""

    kind: ReactionKind
    people: list[Byline]
    count: int


def tell_reactions(topic: CircleGround, rows: Sequence[Any], cards: Sequence[PostCard]) -> None:
    """Lay reactions onto the cards. In a circle they came with the rows; in a space one statement.

    To guests and others who can't react there is nothing to press.
    """
    if topic.in_space:
        _tell_in_space(topic, rows, cards)
        return
    may_react = may(topic.viewer, Act.REACT, topic.where(mine=False))
    for row, card in zip(rows, cards, strict=True):
        card.reactions = _said(row.reacted, may_react and not card.mine)


@lru_cache(1_024)
def _said(reacted: str | None, may_press: bool) -> Reactions:
    """Of the words that `visible.with_reactions` makes."""
    words = (reacted or "").split()
    counts = tuple(words.count(kind) + words.count(f"{kind}!") for kind in IN_CIRCLE)
    return Reactions(tuple(f"{kind}!" in words for kind in IN_CIRCLE), counts, may_press)


def _tell_in_space(topic: CircleGround, rows: Sequence[Any], cards: Sequence[PostCard]) -> None:
    if not rows:
        return
    mine = owner(topic.viewer, Reaction, topic.voice)
    found = _left(topic.viewer).rows(post_ids=[row.post_id for row in rows])
    left = {(each.post_id, each.kind) for each in found if each.seat == mine.seat}
    count = Counter((each.post_id, each.kind) for each in found)
    for row, card in zip(rows, cards, strict=True):
        post, own = row.post_id, card.mine
        card.reactions = Reactions(
            tuple(not own and (post, kind) in left for kind in IN_SPACE),
            tuple(count[post, kind] if own else 0 for kind in IN_SPACE),
            may_press=not own,
        )


def reaction_count(viewer: Viewer, seen: SeenPost, kind: ReactionKind) -> int | None:
    """How many left this at a post of a circle; None in a space, where only its author is told."""
    if seen.voice:
        return None
    return _counts(viewer, seen).get(kind, 0)


def reactors(viewer: Viewer, post_public_id: str) -> tuple[SeenPost, list[Reactors]]:
    """Who reacted to a post of a circle, by kind and name, at most 100 people in all.

    NotThere when the post is absent or not theirs to see. NotInSpaces.
    """
    seen = post_for(viewer, post_public_id)
    if seen.voice:
        raise NotInSpaces
    counts = _counts(viewer, seen)
    rows = _with_people(viewer).rows(public_id=post_public_id, limit=MOST_NAMES)
    return seen, [
        Reactors(kind, [_byline(row) for row in rows if row.kind == kind], counts[kind])
        for kind in IN_CIRCLE
        if counts.get(kind)
    ]


def _counts(viewer: Viewer, seen: SeenPost) -> dict[ReactionKind, int]:
    left = visible.reactions(viewer, Reaction.kind, func.count().label("left"))
    left = left.where(Post.id == seen.id).group_by(Reaction.kind)
    return {row.kind: row.left for row in db.session.execute(left)}


def _byline(row: Any) -> Byline:
    return Byline(known_as(row.name), links.face(row.person_public_id, row.name))


@Prepared
def _with_people(viewer: Viewer) -> Select[Any]:
    people = (User.name, User.public_id.label("person_public_id"))
    query = visible.reactions(viewer, Reaction.kind, *people)
    return (
        query.where(Post.public_id == value("public_id"))
        .order_by(User.name, User.id)
        .limit(value("limit"))
    )


@Prepared
def _left(_viewer: Viewer) -> Any:
    return visible.reactions_to(values("post_ids"))
