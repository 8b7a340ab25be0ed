"""Following a topic or a circle more closely, or less."""

from __future__ import annotations

from forum.circles.queries import place
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.circles import Visibility
from forum.models.notifications import Level
from forum.notifications import actions as notifications
from forum.policy.allowed import Act, Place, require
from forum.policy.viewer import Viewer


def follow_topic(viewer: Viewer, public_id: str, level: Level | None) -> Level | None:
    """Follow a topic of a circle at this level, or with None as its circle.

    Returns the level of its own it had. NotThere, and NotInSpaces: of a space nobody is told (R3).
    """
    topic = topic_ground(viewer, public_id)
    require(viewer, Act.FOLLOW, topic.where(mine=False))
    return notifications.follow_topic(viewer, topic.row.t_id, level)


def follow_circle(viewer: Viewer, slug: str, level: Level | None) -> Level | None:
    """The same for a circle the viewer may read, a member of it or not. NotThere."""
    here = place(viewer, slug).circle
    require(viewer, Act.FOLLOW, Place(here.id, Visibility(here.visibility)))
    return notifications.follow_circle(viewer, here.id, level)
