"""One page of a topic, as a tree or by time; at most four statements, whatever its size."""

from __future__ import annotations

from dataclasses import replace

from forum.discussions.cards import ThreadPage
from forum.discussions.queries.thread import fetching
from forum.discussions.queries.thread.asking import MAX_FOLDS, PAGE, TIME, TREE, Ask
from forum.discussions.queries.thread.page import Thread
from forum.discussions.queries.unread import unread
from forum.policy.viewer import Viewer

__all__ = ["MAX_FOLDS", "PAGE", "TIME", "TREE", "Ask", "next_unread", "thread", "thread_at"]


def thread(viewer: Viewer, topic_public_id: str, ask: Ask) -> ThreadPage:
    """A page of a topic. NotThere when topic or cursor is absent or not theirs to see."""
    return Thread(viewer, fetching.topic_row(viewer, topic_public_id), ask).page()


def thread_at(viewer: Viewer, post_public_id: str, ask: Ask) -> ThreadPage:
    """The page that begins with this post, under its ancestors. NotThere as for `thread`."""
    row = fetching.topic_row_of_post(viewer, post_public_id)
    start = None if row.t_public_id == post_public_id else post_public_id
    return Thread(viewer, row, replace(ask, start=start, target=post_public_id)).page()


def next_unread(viewer: Viewer, topic_public_id: str, after: str | None) -> str | None:
    """Public id of the next post, in conversation order, that the viewer was not shown yet.

    Past the end it goes on from the top. None when everything was shown. NotThere as for `thread`.
    """
    row = fetching.topic_row(viewer, topic_public_id)
    missing = unread(row.read or "", row.gone, row.last_seq)
    return fetching.first_of(viewer, row, missing, after)
