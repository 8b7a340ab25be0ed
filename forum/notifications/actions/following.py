"""How closely somebody follows a topic or a circle."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from forum.core import ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.models.notifications import Level, Watch, Why
from forum.notifications.actions.reading import mark_circle_read, mark_topic_read
from forum.policy import visible
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer


def follow_topic(viewer: Viewer, topic_id: int, level: Level | None) -> Level | None:
    """Follow a topic the viewer was seen to read as they choose; with None as its circle.

    Returns the level it had of its own before. Muting it marks its notices as read.
    """
    with transaction():
        before = _set(viewer, level, topic_id=topic_id)
        if level is Level.MUTED:
            mark_topic_read(viewer, topic_id)
    return before


def follow_circle(viewer: Viewer, circle_id: int, level: Level | None) -> Level | None:
    """The same for a circle and the topics in it that have no level of their own."""
    with transaction():
        before = _set(viewer, level, circle_id=circle_id)
        if level is Level.MUTED:
            mark_circle_read(viewer, circle_id)
    return before


def follow_opened(viewer: Viewer, topic_id: int) -> None:
    """Who opens a topic watches it. In the transaction that opens it."""
    _add(viewer, Level.WATCHING, Why.OPENED, topic_id=topic_id)


def follow_answered(viewer: Viewer, topic_id: int, circle_id: int) -> None:
    """Who answers in a topic tracks it from then on, unless they follow it in another way.

    Who watches its circle hears of every reply already: a level of its own would end that.
    """
    if _present(viewer, circle_id=circle_id) is Level.WATCHING:
        return
    if _present(viewer, topic_id=topic_id) is None:
        _add(viewer, Level.TRACKING, Why.ANSWERED, topic_id=topic_id)


def _set(viewer: Viewer, level: Level | None, **place: int) -> Level | None:
    before = _present(viewer, **place)
    if level is None:
        db.session.execute(delete(Watch).where(*_here(viewer, place)))
    elif before is not None or not _add(viewer, level, Why.CHOSEN, **place):
        chosen = update(Watch).where(*_here(viewer, place))
        chosen = chosen.values(level=level, why=Why.CHOSEN)
        db.session.execute(chosen.execution_options(synchronize_session=False))
    return before


def _add(viewer: Viewer, level: Level, why: Why, **place: int) -> bool:
    """False when another window was first."""
    not_closed(viewer.user_id)
    row = Watch(id=ids.random_key(), user_id=viewer.user_id, level=level, why=why, **place)
    try:
        with savepoint() as session:
            session.add(row)
    except Conflict:
        return False
    return True


def _present(viewer: Viewer, **place: int) -> Level | None:
    query = visible.own_watches(viewer, Watch.level).where(*_here(viewer, place))
    found: Level | None = db.session.execute(query).scalar()
    return found


def _here(viewer: Viewer, place: dict[str, int]) -> list[Any]:
    (name, row_id), *_none = place.items()
    return [Watch.user_id == viewer.user_id, getattr(Watch, name) == row_id]
