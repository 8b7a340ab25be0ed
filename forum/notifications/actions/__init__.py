"""What makes notices, and what ends them. Each joins the transaction of what it is about."""

from forum.notifications.actions.announcing import (
    News,
    announce,
    announce_edit,
    forget_accepted,
    tell_accepted,
)
from forum.notifications.actions.doors import (
    forget_at_the_door,
    tell_at_the_door,
    tell_moderators,
)
from forum.notifications.actions.following import (
    follow_answered,
    follow_circle,
    follow_opened,
    follow_topic,
)
from forum.notifications.actions.naming import NamedTooMany, count_named
from forum.notifications.actions.reading import (
    mark_all_read,
    mark_posts_read,
    mark_topic_read,
    mark_topics_read,
)

__all__ = [
    "NamedTooMany",
    "News",
    "announce",
    "announce_edit",
    "count_named",
    "follow_answered",
    "follow_circle",
    "follow_opened",
    "follow_topic",
    "forget_accepted",
    "forget_at_the_door",
    "mark_all_read",
    "mark_posts_read",
    "mark_topic_read",
    "mark_topics_read",
    "tell_accepted",
    "tell_at_the_door",
    "tell_moderators",
]
