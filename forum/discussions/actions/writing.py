"""Putting a topic or a reply into its tree: the one place where post rows are made.

Page, mail, importer and demo all end here. Inside a transaction; who may is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, insert, select, update

from forum.core import clock, ids, treepath
from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.core.markup import RENDER_VERSION, Format
from forum.discussions.about import NO_FACTS, CompanyKind, TopicFacts
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic, TopicTag
from forum.policy.identity import Voice
from forum.policy.visible import Reason, unscoped


@dataclass(frozen=True, slots=True)
class Text:
    """A text as typed and as rendered, ready to be stored."""

    source: str
    html: str
    format: Format = Format.MARKDOWN


@dataclass(frozen=True, slots=True)
class Parent:
    """Where a reply hangs."""

    id: int
    topic_id: int
    path: str


@dataclass(frozen=True, slots=True)
class Written:
    """What was made, and where its own replies would hang."""

    public_id: str
    topic_public_id: str
    parent: Parent
    seq: int
    voice: Voice | None = None
    """In a space: who wrote it, as the new topic's key makes them."""


def write_topic(
    author_id: int,
    circle_id: int,
    title: str,
    text: Text,
    *,
    at: datetime | None = None,
    facts: TopicFacts = NO_FACTS,
) -> Written:
    """A new topic with its opening post, which shares its public id. `at`: when it was written."""
    at = at or clock.now()
    public_id = ids.public_id()
    topic = Topic(
        id=ids.time_ordered(at),
        public_id=public_id,
        circle_id=circle_id,
        author_id=author_id,
        title=title,
        wish=facts.wish,
        created_at=at,
        last_post_at=at,
        last_author_id=author_id,
        **company_columns(facts.company),
    )
    with transaction() as session:
        session.add(topic)
        session.flush()
        put_tags(topic.id, facts.tags)
        post = _add_post(author_id, topic.id, text, at, public_id=public_id)
        session.execute(
            update(Circle)
            .where(Circle.id == circle_id)
            .values(topic_count=Circle.topic_count + 1)
            .execution_options(synchronize_session=False)
        )
    return Written(public_id, public_id, Parent(post.id, topic.id, ""), 0)


def write_reply(
    author_id: int, parent: Parent, text: Text, *, at: datetime | None = None
) -> Written:
    """A reply below `parent`. NotThere when its topic is gone.

    `at` may lie in the past; then the topic does not move up for it.
    """
    at = at or clock.now()
    with transaction() as session:
        seq, topic_public_id = _next_place(parent.topic_id, author_id, at)
        post = _add_post(author_id, parent.topic_id, text, at, parent=parent, seq=seq)
        session.execute(
            update(Post)
            .where(Post.id == parent.id)
            .values(child_count=Post.child_count + 1)
            .execution_options(synchronize_session=False)
        )
    return Written(post.public_id, topic_public_id, Parent(post.id, post.topic_id, post.path), seq)


def put_tags(topic_id: int, tags: Sequence[str]) -> None:
    """Hang tags on a topic that has none of them yet."""
    if tags:
        db.session.execute(insert(TopicTag), [{"topic_id": topic_id, "tag": tag} for tag in tags])


def company_columns(kind: CompanyKind) -> dict[str, Any]:
    """The columns of a topic that hold what kind of company it comes from."""
    return {
        "company_size": kind.size,
        "company_market": kind.market,
        "company_regulated": kind.regulated,
    }


def parent_at(topic_id: int, path: str) -> Parent | None:
    """A post as a parent, for the importer, which knows its own topics."""
    query = select(Post.id).where(Post.topic_id == topic_id, Post.path == path)
    found = db.session.execute(unscoped(query, Reason.IMPORT)).scalar()
    return Parent(found, topic_id, path) if found else None


def _next_place(topic_id: int, author_id: int, at: datetime) -> tuple[int, str]:
    """Take the next number in a topic and move the topic up, in one statement."""
    newest = Topic.last_post_at <= at
    row = db.session.execute(
        unscoped(
            update(Topic)
            .where(Topic.id == topic_id)
            .values(
                last_seq=Topic.last_seq + 1,
                reply_count=Topic.reply_count + 1,
                last_post_at=case((newest, at), else_=Topic.last_post_at),
                last_author_id=case((newest, author_id), else_=Topic.last_author_id),
            )
            .returning(Topic.last_seq, Topic.public_id)
            .execution_options(synchronize_session=False),
            Reason.TREE_POSITION,
        )
    ).first()
    if row is None:  # removed since the caller looked
        raise NotThere
    return row.last_seq, row.public_id


def _add_post(
    author_id: int,
    topic_id: int,
    text: Text,
    at: datetime,
    *,
    parent: Parent | None = None,
    seq: int = 0,
    public_id: str | None = None,
) -> Post:
    post = Post(
        id=ids.time_ordered(at),
        public_id=public_id or ids.public_id(),
        topic_id=topic_id,
        parent_id=parent.id if parent else None,
        author_id=author_id,
        seq=seq,
        path=treepath.child(parent.path, seq) if parent else "",
        child_count=0,
        source=text.source,
        format=text.format,
        html=text.html,
        render_version=RENDER_VERSION,
        created_at=at,
    )
    session = db.session()
    session.add(post)
    session.flush()
    return post
