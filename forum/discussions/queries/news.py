"""What was answered while somebody had a topic before them. Circles only: a space has no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select

from forum.core import ids, links
from forum.core.errors import NotThere
from forum.discussions.queries.thread.asking import PAGE, TREE, Ask
from forum.models.discussions import Post, Topic
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

MOST_COUNTED = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_MARK = 16
"""Digits: microseconds up to the year 2286."""


@dataclass(frozen=True, slots=True)
class News:
    """Replies others wrote after a mark: how many, up to MOST_COUNTED, and where the first is."""

    count: int
    url: str


def mark(newest_at: datetime) -> str:
    """How far a page goes, as it says when it asks for news: microseconds since 1970."""
    return str((newest_at - _EPOCH) // _MICROSECOND)


def news(viewer: Viewer, topic_public_id: str, after: str | None, view: str = TREE) -> News | None:
    """What came to a topic of a circle after the mark `after`, and is neither hidden nor their own.

    None when nothing did, which costs one statement or two, and without a mark. NotThere for what
    is none, and for a topic that is absent, not theirs to see, or of a space.
    """
    since = None if after is None else _read(after)
    topic = _topic(viewer).first(public_id=topic_public_id)
    if topic is None:
        raise NotThere
    if since is None or topic.last_post_at <= since:
        return None
    found = _replies(viewer).rows(
        topic_id=topic.id, since=since, from_id=ids.earliest(since), me=viewer.id or 0
    )
    if not found:
        return None
    first = found[0].public_id
    ask = Ask(view=view, start=None if topic.reply_count < PAGE else first)
    return News(len(found), f"{ask.url(links.topic(topic_public_id))}#p-{first}")


def _read(text: str) -> datetime:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_MARK):
        raise NotThere
    return _EPOCH + int(text) * _MICROSECOND


@Prepared
def _topic(viewer: Viewer) -> Select[Any]:
    query = visible.topics(viewer, Topic.id, Topic.last_post_at, Topic.reply_count)
    return query.where(Topic.public_id == value("public_id"))


@Prepared
def _replies(viewer: Viewer) -> Select[Any]:
    query = visible.posts(viewer, Post.public_id)
    query = query.where(
        Post.topic_id == value("topic_id"),
        Post.id >= value("from_id"),  # through the index; the mark is finer than an id's time
        Post.created_at > value("since"),
        Post.seq > 0,
        Post.hidden_at.is_(None),
        Post.author_id.is_distinct_from(value("me", like=Post.author_id.expression)),
    )
    return query.order_by(Post.id).limit(MOST_COUNTED)
