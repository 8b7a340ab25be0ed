"""Reading notices and levels, always through the viewer."""

from forum.notifications.queries.levels import Follow, of_circle, of_topic
from forum.notifications.queries.listing import (
    NoticeList,
    TopicNotices,
    notices,
    topic_id_of,
    unread_count,
)
from forum.notifications.queries.people import Named, found_by, people_to_name

__all__ = [
    "Follow",
    "Named",
    "NoticeList",
    "TopicNotices",
    "found_by",
    "notices",
    "of_circle",
    "of_topic",
    "people_to_name",
    "topic_id_of",
    "unread_count",
]
