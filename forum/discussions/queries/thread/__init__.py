"""One page of a topic, as a tree or by time; at most four statements, whatever its size."""

from __future__ import annotations

from dataclasses import replace

from forum.core.ranges import Ranges
from forum.discussions.cards import ThreadPage
from forum.discussions.queries.thread import fetching
from forum.discussions.queries.thread.asking import MAX_FOLDS, PAGE, TIME, TREE, Ask
from forum.discussions.queries.thread.page import Thread
from forum.discussions.queries.unread import unread
from forum.policy.viewer import Viewer

__all__ = ["MAX_FOLDS", "PAGE", "TIME", "TREE", "Ask", "next_unread", "thread", "thread_at"]


def thread(viewer: Viewer, topic_public_id: str, ask: Ask) -> ThreadPage:
    """A page of a topic. NotThere when topic or cursor is absent or not theirs to see."""
    return Thread(fetching.topic_ground(viewer, topic_public_id), ask).page()


def thread_at(viewer: Viewer, post_public_id: str, ask: Ask) -> ThreadPage:
    """All of a topic that fits a page, else the page that begins with this post, under its
    ancestors. NotThere as for `thread`.
    """
    topic = fetching.topic_ground_of_post(viewer, post_public_id)
    whole = topic.row.t_public_id == post_public_id or fetching.fits_a_page(topic)
    start = None if whole else post_public_id
    return Thread(topic, replace(ask, start=start, target=post_public_id)).page()


def next_unread(viewer: Viewer, topic_public_id: str, after: str | None) -> str | None:
    """Public id of the next post, in conversation order, that the viewer was not shown yet.

    Past the end it goes on from the top. None when everything was shown. NotThere as for `thread`.
    """
    topic = fetching.topic_ground(viewer, topic_public_id)
    row = topic.row
    if topic.in_space:
        return fetching.first_not_in(topic, Ranges.parse(row.read or ""), after)
    return fetching.first_of(topic, unread(row.read or "", row.gone, row.last_seq), after)
