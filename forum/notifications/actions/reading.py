"""Notices that have done their work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from forum.core import clock
from forum.core.db import transaction
from forum.models.notifications import Notification
from forum.policy.viewer import Viewer


def mark_topic_read(viewer: Viewer, topic_id: int) -> None:
    """All that the viewer was told of a topic is read. May join another transaction."""
    _mark(viewer, Notification.topic_id == topic_id)


def mark_all_read(viewer: Viewer) -> None:
    """All that the viewer was told of is read, also what they can no longer see."""
    _mark(viewer)


def _mark(viewer: Viewer, *which: Any) -> None:
    unread = (Notification.user_id == viewer.user_id, Notification.read_at.is_(None))
    read = update(Notification).where(*unread, *which).values(read_at=clock.now())
    with transaction() as session:
        session.execute(read.execution_options(synchronize_session=False))
