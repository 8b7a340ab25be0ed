"""What an open circle tells feed readers: only what a guest sees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_

from forum.circles.queries import CARD, CircleCard, card, known_as
from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import excerpt
from forum.core.titles import called
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.policy import visible
from forum.policy.viewer import GUEST

MOST = 30
_SUMMARY_CHARS = 600


@dataclass(frozen=True, slots=True)
class Entry:
    url: str
    title: str
    author: str
    at: datetime
    updated_at: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class Feed:
    circle: CircleCard
    updated_at: datetime
    entries: list[Entry]


def feed_of(slug: str) -> Feed:
    """The newest thirty topics of an open circle, as a guest sees them. Two statements. NotThere.

    When something changed is told by these topics alone: nothing moves with what is hidden.
    """
    here = visible.circles(GUEST, *CARD, Circle.created_at).where(Circle.slug == slug)
    row = db.session.execute(here).first()
    if row is None:
        raise NotThere
    columns = (Topic.public_id, Topic.title, Topic.created_at, User.name, Post.html, Post.edited_at)
    query = visible.topics(GUEST, *columns).where(Topic.circle_id == row.id)
    query = query.outerjoin(User, User.id == Topic.author_id)
    opening = and_(Post.topic_id == Topic.id, Post.seq == 0)
    query = visible.with_opening_post(query, opening).order_by(Topic.id.desc()).limit(MOST)
    entries = [_entry(each) for each in db.session.execute(query)]
    newest = max((each.updated_at for each in entries), default=row.created_at)
    return Feed(card(GUEST, row), newest, entries)


def _entry(row: Any) -> Entry:
    html = row.html or ""
    return Entry(
        url=links.topic(row.public_id),
        title=called(row.title),
        author=known_as(row.name),
        at=row.created_at,
        updated_at=row.edited_at or row.created_at,
        summary=excerpt(html, _SUMMARY_CHARS),
    )
