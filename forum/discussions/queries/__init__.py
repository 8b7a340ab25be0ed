"""Reading discussions, always through the viewer."""

from forum.discussions.queries.drafts import draft_count, draft_for, drafts
from forum.discussions.queries.feeds import Feed, feed_of
from forum.discussions.queries.lists import (
    TABS,
    TopicList,
    living_topics,
    newest_open_topics,
    pinned_topics,
    topics_of_circle,
    topics_without_answer,
    unread_topics,
)
from forum.discussions.queries.narrowing import ALL, Narrow, own_company, tags_of_circle
from forum.discussions.queries.own_in_space import own_posts
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.reports import open_reports
from forum.discussions.queries.space_list import topics_of_space
from forum.discussions.queries.thread import Ask, next_unread, thread, thread_at

__all__ = [
    "ALL",
    "TABS",
    "Ask",
    "Feed",
    "Narrow",
    "SeenPost",
    "TopicList",
    "draft_count",
    "draft_for",
    "drafts",
    "feed_of",
    "living_topics",
    "newest_open_topics",
    "next_unread",
    "open_reports",
    "own_company",
    "own_posts",
    "pinned_topics",
    "post_for",
    "tags_of_circle",
    "thread",
    "thread_at",
    "topics_of_circle",
    "topics_of_space",
    "topics_without_answer",
    "unread_topics",
]
