"""Notices that have done their work. Each may join another transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, update

from forum.core import clock
from forum.core.db import transaction
from forum.models.discussions import Post, Topic
from forum.models.notifications import Notification
from forum.policy import visible
from forum.policy.viewer import Viewer


def mark_posts_read(viewer: Viewer, topic_id: int, public_ids: Collection[str]) -> None:
    """What the viewer was told of these posts of a topic is read."""
    shown = visible.posts(viewer, Post.id)
    shown = shown.where(Post.topic_id == topic_id, Post.public_id.in_(public_ids))
    _mark(viewer, Notification.topic_id == topic_id, within=(Notification.post_id, shown))


def mark_topics_read(viewer: Viewer, topic_ids: Collection[int], until: datetime) -> None:
    """All that the viewer was told of topics up to a moment is read."""
    _mark(viewer, Notification.topic_id.in_(topic_ids), Notification.created_at <= until)


def mark_topic_read(viewer: Viewer, topic_id: int) -> None:
    """All that the viewer was told of a topic is read."""
    _mark(viewer, Notification.topic_id == topic_id)


def mark_circle_read(viewer: Viewer, circle_id: int) -> None:
    """All that the viewer was told of a circle's topics, but those with a level of their own."""
    topics = visible.with_levels(visible.topics(viewer, Topic.id), viewer)
    topics = topics.where(Topic.circle_id == circle_id, visible.OfTopic.level.is_(None))
    _mark(viewer, within=(Notification.topic_id, topics))


def mark_all_read(viewer: Viewer) -> None:
    """All that the viewer was told of is read, also what they can no longer see."""
    _mark(viewer)


def _mark(viewer: Viewer, *which: Any, within: tuple[Any, Select[Any]] | None = None) -> None:
    unread = (Notification.user_id == viewer.user_id, Notification.read_at.is_(None))
    read = update(Notification).where(*unread, *which).values(read_at=clock.now())
    if within:
        column, found = within
        read = visible.within(read.where(column.in_(found)), found)
    with transaction() as session:
        session.execute(read.execution_options(synchronize_session=False))
