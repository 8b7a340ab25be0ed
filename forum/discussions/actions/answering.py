"""Saying which reply has answered a topic."""

from __future__ import annotations

from sqlalchemy import update

from forum.core.db import transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.discussions.actions import counters
from forum.discussions.queries.answers import place_of_answer
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.discussions import Topic
from forum.notifications import actions as notifications
from forum.policy.allowed import Act, require
from forum.policy.viewer import Viewer


class NoSuchReply(ForumError):
    """Gone meanwhile, hidden, of another topic, or never there: which of these is not told."""

    status = 409
    sentence = _l("That reply is not there any more, so it can’t be marked.")


def accept_answer(viewer: Viewer, topic_public_id: str, post_public_id: str) -> None:
    """Mark a reply as what answered its topic, in place of one marked before. Circles only.

    For who opened the topic; for moderators once there is no such account any more. NotThere for a
    topic they can't see, NoSuchReply for what is no reply of it that everybody there sees.
    """
    with transaction() as session:
        topic = topic_ground(viewer, topic_public_id)
        require(viewer, Act.ACCEPT, place_of_answer(topic))
        counters.lock(topic.row.t_id)
        reply = _seen(viewer, post_public_id)
        hidden = reply.card.hidden_reason is not None
        if reply.topic_id != topic.row.t_id or reply.is_opening or hidden:
            raise NoSuchReply
        session.execute(
            update(Topic).where(Topic.id == topic.row.t_id).values(accepted_id=reply.id)
        )
        notifications.tell_accepted(viewer, topic.row.t_id, reply.id)


def _seen(viewer: Viewer, public_id: str) -> SeenPost:
    try:
        return post_for(viewer, public_id)
    except NotThere:
        raise NoSuchReply from None


def take_back_answer(viewer: Viewer, topic_public_id: str) -> None:
    """No reply is marked any more. As `accept_answer`."""
    with transaction() as session:
        topic = topic_ground(viewer, topic_public_id)
        require(viewer, Act.ACCEPT, place_of_answer(topic))
        session.execute(update(Topic).where(Topic.id == topic.row.t_id).values(accepted_id=None))
        notifications.forget_accepted(topic.row.t_id)
