"""A topic's and a circle's own counters, kept true when posts come and go."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Row, delete, func, select, update

from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.ranges import Ranges
from forum.discussions.queries.posts import SeenPost, post_for
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped


def lock(topic_id: int) -> Row[int, datetime | None]:
    """Wait for a topic before touching its posts; its last_seq and hidden_at as they are then.

    A reply takes the topic first and a post afterwards: in the other order two could wait for each
    other for ever. NotThere when the topic has been removed meanwhile.
    """
    query = select(Topic.last_seq, Topic.hidden_at).where(Topic.id == topic_id)
    query = query.with_for_update(key_share=True)
    row = db.session.execute(unscoped(query, Reason.COUNTERS)).first()
    if row is None:
        raise NotThere
    return row


def locked_post(viewer: Viewer, public_id: str) -> SeenPost:
    """A post, read again once its topic waits for nobody else. NotThere as `post_for`.

    In a space there is nothing to count, and a lock would mark the topic's row (R2).
    """
    seen = post_for(viewer, public_id)
    if seen.voice:
        return seen
    lock(seen.topic_id)
    return post_for(viewer, public_id)


def take_away(topic_id: int, seq: int) -> None:
    """Post number `seq` is hidden or removed: nobody has it unread, and it counts no more."""
    _set_gone(topic_id, lambda gone: gone | Ranges.of([seq]))


def take_all_away(topic_id: int, seqs: Iterable[int]) -> None:
    """The same for several posts of a topic at once."""
    numbers = Ranges.of(seqs)
    _set_gone(topic_id, lambda gone: gone | numbers)


def bring_back(topic_id: int, seq: int) -> None:
    """Post number `seq` is shown again."""
    _set_gone(topic_id, lambda gone: gone - Ranges.of([seq]))


def drop_topic(topic_id: int, circle_id: int, *, counted: bool) -> None:
    """Delete a topic and all that hangs on it, for good. A hidden one is not counted any more."""
    db.session.execute(delete(Post).where(Post.topic_id == topic_id))
    db.session.execute(delete(Topic).where(Topic.id == topic_id))
    if counted:
        count_topics(circle_id, -1)


def is_last_of_topic(topic_id: int, post_id: int) -> bool:
    """Whether all other posts of a topic have been removed. It is locked."""
    others = select(Post.id).where(
        Post.topic_id == topic_id, Post.id != post_id, Post.removed_at.is_(None)
    )
    return db.session.execute(unscoped(others.limit(1), Reason.COUNTERS)).first() is None


def forget_answer(topic_id: int, post_id: int) -> None:
    """This post is removed: if it was marked as what answered the topic, nothing is."""
    marked = update(Topic).where(Topic.id == topic_id, Topic.accepted_id == post_id)
    marked = marked.values(accepted_id=None).execution_options(synchronize_session=False)
    db.session.execute(marked)


def count_topics(circle_id: int, by: int) -> None:
    """So many topics more, or fewer, stand in a circle's lists."""
    db.session.execute(
        update(Circle)
        .where(Circle.id == circle_id)
        .values(topic_count=Circle.topic_count + by)
        .execution_options(synchronize_session=False)
    )


def _set_gone(topic_id: int, change: Callable[[Ranges], Ranges]) -> None:
    query = select(Topic.gone, Topic.last_seq).where(Topic.id == topic_id)
    row = db.session.execute(unscoped(query, Reason.COUNTERS)).one()
    gone = change(Ranges.parse(row.gone))
    replies_gone = len(gone - Ranges.of([0]))
    last_at, last_author = _newest(topic_id)
    values = {"gone": str(gone), "reply_count": row.last_seq - replies_gone}
    if last_at is not None:
        values |= {"last_post_at": last_at, "last_author_id": last_author}
    db.session.execute(
        update(Topic)
        .where(Topic.id == topic_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _newest(topic_id: int) -> tuple[object, object]:
    """When and by whom the newest post that is there was written."""
    there = (Post.topic_id == topic_id, Post.hidden_at.is_(None), Post.removed_at.is_(None))
    newest = select(func.max(Post.id)).where(*there).scalar_subquery()
    query = select(Post.created_at, Post.author_id).where(Post.id == newest)
    row = db.session.execute(unscoped(query, Reason.COUNTERS)).first()
    return (row.created_at, row.author_id) if row else (None, None)
