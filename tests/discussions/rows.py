"""Rows as the database has them, past every scope: what a test compares with."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from forum.core.db import db
from forum.models.circles import Circle
from forum.models.discussions import Draft, Post, Topic
from forum.policy.visible import Reason, unscoped


def post(public_id: str) -> Any:
    """A post's row, None when there is none."""
    return _one(select(Post.__table__).where(Post.public_id == public_id))


def topic(public_id: str) -> Any:
    return _one(select(Topic.__table__).where(Topic.public_id == public_id))


def circle(circle_id: int) -> Any:
    return _one(select(Circle.__table__).where(Circle.id == circle_id))


def posts_of(topic_public_id: str) -> Sequence[Any]:
    """All posts of a topic, hidden and removed ones too, by number."""
    query = select(Post.__table__).join(Topic, Topic.id == Post.topic_id)
    query = query.where(Topic.public_id == topic_public_id).order_by(Post.seq)
    return _run(query).all()


def drafts_of(user_id: int) -> list[str]:
    """Where somebody has drafts."""
    query = select(Draft.place).where(Draft.user_id == user_id).order_by(Draft.place)
    return list(_run(query).scalars())


def count(table: Any) -> int:
    return int(_run(select(func.count()).select_from(table)).scalar_one())


def _one(query: Any) -> Any:
    return _run(query).first()


def _run(query: Any) -> Any:
    db.session.rollback()
    return db.session.execute(unscoped(query, Reason.COUNTERS))


def all_rows(table: Any) -> list[Any]:
    """All rows of a table, as they are now."""
    db.session.rollback()
    found = unscoped(select(table.__table__), Reason.SET_UP)
    return list(db.session.execute(found))
