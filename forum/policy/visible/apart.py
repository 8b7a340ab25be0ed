"""What a topic's counters say to somebody from whom a block keeps some of its posts.

As if those posts had been removed: a number that counted them would tell that something is there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, not_, null, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from forum.core.db import InLines
from forum.models.discussions import Post, Topic
from forum.policy.guard import scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules


def counted(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Let a query of `topics` ask for what the functions below make of its topics' posts."""
    return scoped(query, Post) if viewer.is_apart else query


def apart_seqs(viewer: Viewer) -> ColumnElement[Any]:
    """Numbers of a topic's posts that are there, but not for them; one a line. None for most."""
    seer, post = Seer.of(viewer), aliased(Post)
    if not seer.may_be_apart:
        return null().label("apart_seqs")
    theirs = select(InLines(cast(post.seq, String(20))))
    theirs = theirs.where(*_there(post), rules.apart(seer, post.author_id.expression))
    none = (rules.moderates(seer), null())
    return case(none, else_=theirs.scalar_subquery()).label("apart_seqs")


def last_post_at(viewer: Viewer) -> ColumnElement[Any]:
    """When the newest post they may see was written."""
    return _newest(viewer, Topic.last_post_at, "created_at")


def last_author_id(viewer: Viewer) -> ColumnElement[Any]:
    """And by whom."""
    return _newest(viewer, Topic.last_author_id, "author_id")


def unanswered(viewer: Viewer) -> ColumnElement[bool]:
    """Whether nobody has answered a topic, as far as they can see."""
    seer, post = Seer.of(viewer), aliased(Post)
    if not seer.may_be_apart:
        return Topic.reply_count == 0
    near = not_(rules.apart(seer, post.author_id.expression))
    no_reply = not_(exists().where(*_there(post), post.seq > 0, near))
    return case((rules.moderates(seer), Topic.reply_count == 0), else_=no_reply)


def _newest(viewer: Viewer, kept: InstrumentedAttribute[Any], column: str) -> ColumnElement[Any]:
    """What the topic keeps of its newest post, unless it is by somebody they are apart from."""
    seer, post = Seer.of(viewer), aliased(Post)
    if not seer.may_be_apart:
        return kept.expression
    near = not_(rules.apart(seer, post.author_id.expression))
    newest = select(getattr(post, column)).where(*_there(post), near)
    newest = newest.order_by(post.id.desc()).limit(1)
    last = rules.apart(seer, Topic.last_author_id.expression)
    hidden = and_(last, not_(rules.moderates(seer)))
    return case((hidden, newest.scalar_subquery()), else_=kept.expression)


def _there(post: type[Post]) -> tuple[ColumnElement[bool], ...]:
    return (post.topic_id == Topic.id, post.hidden_at.is_(None), post.removed_at.is_(None))
