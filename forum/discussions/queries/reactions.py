"""Reactions on a page of a space: one's own, and to an author how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from forum.discussions.cards import PostCard, Reactions
from forum.discussions.queries.ground import CircleGround
from forum.models.discussions import Reaction, ReactionKind
from forum.policy import visible
from forum.policy.identity import owner
from forum.policy.prepared import Prepared, values
from forum.policy.viewer import Viewer


def tell_reactions(topic: CircleGround, rows: Sequence[Any], cards: Sequence[PostCard]) -> None:
    """Lay reactions onto the cards of a space's posts. One statement; none in a circle."""
    if not topic.in_space or not rows:
        return
    mine = owner(topic.viewer, Reaction, topic.voice)
    found = _left(topic.viewer).rows(post_ids=[row.post_id for row in rows])
    left = {(each.post_id, each.kind) for each in found if each.seat == mine.seat}
    count = Counter((each.post_id, each.kind) for each in found)
    with_you, been_there = ReactionKind.WITH_YOU, ReactionKind.BEEN_THERE
    for row, card in zip(rows, cards, strict=True):
        post = row.post_id
        card.reactions = (
            Reactions(
                with_you_count=count[post, with_you], been_there_count=count[post, been_there]
            )
            if card.mine
            else Reactions((post, with_you) in left, (post, been_there) in left)
        )


@Prepared
def _left(_viewer: Viewer) -> Any:
    return visible.reactions_to(values("post_ids"))
