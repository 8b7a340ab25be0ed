"""Whose text is folded: a reader's choice meets the content notes of a space's topic."""

from __future__ import annotations

from collections.abc import Sequence

from forum.discussions.queries.ground import CircleGround
from forum.spaces import notes


def notes_of(topic: CircleGround) -> Sequence[str]:
    """Keys of a topic's content notes; none in a circle."""
    return getattr(topic.row, "notes", None) or ()


def would_fold(topic: CircleGround) -> bool:
    """Whether its reader wants the texts of such a topic folded. Never of what they opened."""
    found = notes_of(topic)
    return bool(found) and topic.row.t_author_id != topic.me and notes.folds(topic.viewer, found)


def is_folded(topic: CircleGround) -> bool:
    """The same, unless they have unfolded this topic. Their own text never is."""
    return would_fold(topic) and not topic.row.unfolded
