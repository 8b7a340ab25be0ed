"""What somebody was told of at the doors of circles, and is still so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.core import links
from forum.core.db import db
from forum.models.circles import Circle
from forum.models.notifications import Kind, Notification
from forum.policy import visible
from forum.policy.viewer import Viewer

MOST = 20


@dataclass(frozen=True, slots=True)
class DoorNotice:
    """Somebody asks, or the viewer is invited, was let in or was not."""

    kind: Kind
    circle_name: str
    url: str
    """Where to answer it, or to read more."""
    hue: str
    at: datetime
    is_unread: bool
    asking: int
    """How many ask, where that is what it says."""


def door_notices(viewer: Viewer) -> list[DoorNotice]:
    """The newest first, at most twenty. One statement."""
    query = visible.door_notices(
        viewer,
        *(Notification.kind, Notification.created_at, Notification.read_at),
        *(Circle.name, Circle.slug, Circle.hue),
        visible.asking_count().label("asking"),
    )
    query = query.order_by(Notification.id.desc()).limit(MOST)
    return [_notice(row) for row in db.session.execute(query)]


def _notice(row: Any) -> DoorNotice:
    here = links.circle(row.slug)
    pages = {Kind.ASKED: f"{here}/requests", Kind.LET_IN: here}
    return DoorNotice(
        kind=row.kind,
        circle_name=row.name,
        url=pages.get(row.kind, f"{here}/about"),
        hue=f"hue-{row.hue:02d}",
        at=row.created_at,
        is_unread=row.read_at is None,
        asking=row.asking,
    )
