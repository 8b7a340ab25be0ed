"""The end of a topic: its words, and then the key without which they are noise, are destroyed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.files.actions import forget_waiting
from forum.models.discussions import Draft, Post, ReadMark, Topic
from forum.models.guarding import BreakGlass, Notice, Sanction
from forum.models.spaces import Pseudonym, TopicKey
from forum.policy.visible import Reason, unscoped
from forum.spaces.sanctions import keys_still_needed
from forum.spaces.shuffling import clear_space_tables

DRAFT_LIFE = timedelta(days=60)
"""Of a topic's draft, from the day it was saved last."""
_PLACES_AT_ONCE = 1_000


def erase_due() -> int:
    """Erase every topic whose last day has come; how many. A transaction each, so it can stop.

    And what was begun there and never sent.
    """
    due = select(TopicKey.topic_id, Topic.id).outerjoin(Topic, Topic.id == TopicKey.topic_id)
    due = due.where(TopicKey.erases_on <= clock.today())
    rows = db.session.execute(unscoped(due, Reason.TIDY)).all()
    needed = keys_still_needed()
    found = [row.topic_id for row in rows if row.id is not None or row.topic_id not in needed]
    for topic_id in found:
        erase(topic_id, keep_key=topic_id in needed)
    if _forget_old_drafts() + forget_waiting() or found:
        clear_space_tables()
    return len(found)


def erase(topic_id: int, *, keep_key: bool = False) -> None:
    """Delete a topic and all that was left in it; nonces and reports go with their posts.

    While a name that it gave is barred, its key is kept (R10), and what was said to its names.
    """
    with transaction() as session:
        _forget_drafts(topic_id)
        for rows in (
            delete(Post).where(Post.topic_id == topic_id),
            delete(ReadMark).where(ReadMark.topic_id == topic_id),
            delete(Pseudonym).where(Pseudonym.topic_id == topic_id),
            delete(Topic).where(Topic.id == topic_id),
        ):
            session.execute(rows.execution_options(synchronize_session=False))
        if not keep_key:
            _forget_key(topic_id)


def _forget_key(topic_id: int) -> None:
    for table in (Sanction, Notice, BreakGlass, TopicKey):
        gone = delete(table).where(table.topic_id == topic_id)
        db.session.execute(gone.execution_options(synchronize_session=False))


def _forget_drafts(topic_id: int) -> None:
    posts = select(Post.public_id).where(Post.topic_id == topic_id)
    found = db.session.execute(unscoped(posts, Reason.TIDY)).scalars()
    places = [f"{kind}:{public_id}" for public_id in found for kind in ("reply", "edit")]
    for start in range(0, len(places), _PLACES_AT_ONCE):
        _forget_drafts_at(places[start : start + _PLACES_AT_ONCE])


def _forget_old_drafts() -> int:
    """Of topics never opened: others go with the topic they were begun in."""
    last = clock.midnight() - DRAFT_LIFE
    old = delete(Draft).where(Draft.seat.is_not(None), Draft.saved_at < last)
    old = old.where(Draft.place.startswith("space:"))
    with transaction() as session:
        gone = session.execute(old.execution_options(synchronize_session=False))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _forget_drafts_at(places: Sequence[str]) -> None:
    gone = delete(Draft).where(Draft.place.in_(places), Draft.seat.is_not(None))
    db.session.execute(gone.execution_options(synchronize_session=False))
