"""Taking back at once all that somebody wrote in circles, as they go for good."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, or_, select, union, update

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotThere
from forum.discussions.about import NO_FACTS
from forum.discussions.actions import counters
from forum.discussions.actions.telling import say_facts
from forum.models.discussions import Post, Reaction, Topic
from forum.policy.visible import Reason, unscoped


def withdraw_words(user_id: int) -> None:
    """Erase every post and title somebody wrote in circles, in a transaction.

    Answers of others stay, under a line that says something was taken away; a topic in which nobody
    else has a word left goes whole.
    """
    for topic_id in _topics(user_id):
        try:
            counters.lock(topic_id)
        except NotThere:  # taken away since we looked
            continue
        topic = _topic(topic_id)
        if topic.author_id == user_id and not _others_wrote(topic_id, user_id):
            counted = topic.hidden_at is None
            counters.drop_topic(topic_id, topic.circle_id, counted=counted)
            continue
        _erase_posts(topic_id, user_id)
        if topic.author_id == user_id:
            _erase_head(topic_id)


def _topics(user_id: int) -> list[int]:
    """Where they wrote, always in the same order: two who go at once must not wait in a ring."""
    wrote = union(
        select(Post.topic_id.label("id")).where(Post.author_id == user_id),
        select(Topic.id.label("id")).where(Topic.author_id == user_id),
    ).subquery()
    found = unscoped(select(wrote.c.id).order_by(wrote.c.id), Reason.WITHDRAWING)
    return list(db.session.execute(found).scalars())


def _topic(topic_id: int) -> Any:
    query = select(Topic.author_id, Topic.circle_id, Topic.hidden_at).where(Topic.id == topic_id)
    return db.session.execute(unscoped(query, Reason.WITHDRAWING)).one()


def _others_wrote(topic_id: int, user_id: int) -> bool:
    others = select(Post.id).where(
        Post.topic_id == topic_id,
        Post.removed_at.is_(None),
        or_(Post.author_id.is_(None), Post.author_id != user_id),
    )
    return db.session.execute(unscoped(others.limit(1), Reason.WITHDRAWING)).first() is not None


def _erase_posts(topic_id: int, user_id: int) -> None:
    mine = (Post.topic_id == topic_id, Post.author_id == user_id)
    found = unscoped(select(Post.id, Post.seq).where(*mine), Reason.WITHDRAWING)
    rows = db.session.execute(found).all()
    erased = update(Post).where(*mine)
    _do(
        erased.values(
            source="",
            html="",
            hidden_at=None,
            hidden_reason=None,
            removed_at=func.coalesce(Post.removed_at, clock.now()),
        )
    )
    accepted = update(Topic).where(
        Topic.id == topic_id, Topic.accepted_id.in_([row.id for row in rows])
    )
    _do(accepted.values(accepted_id=None))
    left = delete(Reaction).where(Reaction.post_id.in_([row.id for row in rows]))
    _do(left)
    counters.take_all_away(topic_id, [row.seq for row in rows])


def _erase_head(topic_id: int) -> None:
    """What it is called instead is said where it is shown (`core.titles`)."""
    _do(update(Topic).where(Topic.id == topic_id).values(title=""))
    say_facts(topic_id, NO_FACTS)


def _do(statement: Any) -> None:
    db.session.execute(
        unscoped(statement, Reason.WITHDRAWING).execution_options(synchronize_session=False)
    )
