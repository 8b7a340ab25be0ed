"""Saying which reply has answered a topic."""

from __future__ import annotations

from sqlalchemy import update

from forum.core.db import transaction
from forum.core.errors import NotAllowed, NotThere
from forum.discussions.actions import counters
from forum.discussions.queries.answers import place_of_answer
from forum.discussions.queries.posts import post_for
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.discussions import Topic
from forum.policy.allowed import Act, require
from forum.policy.viewer import Viewer


def accept_answer(viewer: Viewer, topic_public_id: str, post_public_id: str) -> None:
    """Mark a reply as what answered its topic, in place of one marked before. Circles only.

    For who opened the topic; for moderators once there is no such account any more. NotThere for a
    topic they can't see, and for what is no reply of it that they can see. NotAllowed for a hidden
    one.
    """
    with transaction() as session:
        topic = topic_ground(viewer, topic_public_id)
        require(viewer, Act.ACCEPT, place_of_answer(topic))
        counters.lock(topic.row.t_id)
        reply = post_for(viewer, post_public_id)
        if reply.topic_id != topic.row.t_id or reply.is_opening:
            raise NotThere
        if reply.card.hidden_reason is not None:
            raise NotAllowed
        session.execute(
            update(Topic).where(Topic.id == topic.row.t_id).values(accepted_id=reply.id)
        )


def take_back_answer(viewer: Viewer, topic_public_id: str) -> None:
    """No reply is marked any more. As `accept_answer`."""
    with transaction() as session:
        topic = topic_ground(viewer, topic_public_id)
        require(viewer, Act.ACCEPT, place_of_answer(topic))
        session.execute(update(Topic).where(Topic.id == topic.row.t_id).values(accepted_id=None))
