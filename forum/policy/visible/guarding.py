"""Scopes of how order is kept in private spaces; whose a name is, or who looked, is in none."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from forum.models.circles import Role
from forum.models.discussions import Post, Report
from forum.models.guarding import Appeal, Notice, Sanction
from forum.models.spaces import SpaceMember, TopicKey
from forum.policy.guard import scoped
from forum.policy.viewer import Viewer
from forum.policy.visible.spaces import space_keys, space_posts


def space_sanctions(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Sanctions in the viewer's spaces with their topics' keys, and the appeal, if there is one.

    Whom they mean, and for a moderator whose wall stands before them, is worked out with the key.
    """
    query = space_keys(viewer, *columns).join(Sanction, Sanction.topic_id == TopicKey.topic_id)
    query = query.outerjoin(Appeal, Appeal.sanction_id == Sanction.id)
    return scoped(query, Sanction, Appeal)


def space_notices(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Notices to names in the viewer's spaces, with their topics' keys."""
    query = space_keys(viewer, *columns).join(Notice, Notice.topic_id == TopicKey.topic_id)
    return scoped(query, Notice)


def space_reports(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Reports nobody has settled, in spaces the viewer moderates, with the post; all sealed."""
    query = space_posts(viewer, *columns).join(Report, Report.post_id == Post.id)
    query = query.where(SpaceMember.role == Role.MODERATOR, Report.settled_at.is_(None))
    return scoped(query, Report)
