"""Reading discussions, always through the viewer."""

from forum.discussions.queries.catching_up import asked_of, moved_since
from forum.discussions.queries.drafts import draft_count, draft_for, drafts
from forum.discussions.queries.feeds import Feed, feed_of
from forum.discussions.queries.hanging import left_hanging
from forum.discussions.queries.history import History, history
from forum.discussions.queries.lists import (
    TABS,
    TopicList,
    living_topics,
    newest_open_topics,
    pinned_topics,
    topics_of_circle,
    topics_to_begin_with,
    topics_without_answer,
    unread_topics,
)
from forum.discussions.queries.narrowing import ALL, Narrow, own_company, tags_of_circle
from forum.discussions.queries.news import News, mark, news
from forum.discussions.queries.own_in_space import own_posts
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.reactions import reaction_count, reactors
from forum.discussions.queries.reports import open_reports
from forum.discussions.queries.saved import saved_post, saved_posts
from forum.discussions.queries.space_list import topics_of_space
from forum.discussions.queries.thread import Ask, next_unread, thread, thread_at

__all__ = [
    "ALL",
    "TABS",
    "Ask",
    "Feed",
    "History",
    "Narrow",
    "News",
    "SeenPost",
    "TopicList",
    "asked_of",
    "draft_count",
    "draft_for",
    "drafts",
    "feed_of",
    "history",
    "left_hanging",
    "living_topics",
    "mark",
    "moved_since",
    "newest_open_topics",
    "news",
    "next_unread",
    "open_reports",
    "own_company",
    "own_posts",
    "pinned_topics",
    "post_for",
    "reaction_count",
    "reactors",
    "saved_post",
    "saved_posts",
    "tags_of_circle",
    "thread",
    "thread_at",
    "topics_of_circle",
    "topics_of_space",
    "topics_to_begin_with",
    "topics_without_answer",
    "unread_topics",
]
