"""Requests, and which two guardians were drawn for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from forum.core.db import db
from forum.core.seal import Secret
from forum.models.guarding import BreakGlass, GlassKey
from forum.models.spaces import TopicKey
from forum.policy import identity, unsealing
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

WHY = "break glass"
REQUEST: tuple[Any, ...] = (
    *unsealing.KEY,
    BreakGlass.id.label("request_id"),
    BreakGlass.public_id,
    BreakGlass.space_id,
    BreakGlass.topic_id,
    BreakGlass.post_public_id,
    BreakGlass.handle,
    BreakGlass.grounds,
    BreakGlass.sealed,
    BreakGlass.expires_at,
    BreakGlass.resolved_on,
)


def requested(*where: Any) -> Select[Any]:
    """Requests with their topics' keys."""
    query: Select[Any] = select(*REQUEST).select_from(BreakGlass)
    query = query.join(TopicKey, TopicKey.topic_id == BreakGlass.topic_id)
    return unscoped(query.where(*where), Reason.ORDER)


def keys_of(request_id: int) -> dict[str, Any]:
    """The two who were drawn, by mark, and whether they have agreed."""
    query = select(GlassKey.mark, GlassKey.turned_on, GlassKey.bars_telling)
    query = query.where(GlassKey.request_id == request_id)
    return {row.mark: row for row in db.session.execute(unscoped(query, Reason.ORDER))}


def mark_of(who: Viewer, key: Secret, request_id: int) -> str:
    """What is kept of somebody who has a part in a request."""
    return identity.mark(key, who.user_id, f"{BreakGlass.__tablename__}:{request_id}")
