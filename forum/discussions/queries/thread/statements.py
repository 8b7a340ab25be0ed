"""The statements behind a topic's pages, built once each.

Keyset paging over the tree path or the row id: a page costs the same wherever it lies.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal,
    not_,
    null,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from forum.circles.queries import CARD
from forum.core import treepath
from forum.discussions.queries.ground import (
    POST,
    SEALED_POST,
    SEALED_TOPIC,
    TOPIC,
)
from forum.discussions.queries.thread.asking import TIME, TREE
from forum.models.accounts import User
from forum.models.discussions import Draft, Post, ReadMark, Topic
from forum.models.spaces import Pseudonym
from forum.policy import unsealing, visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

NEAR_ANCESTORS = 12
"""Those whose text comes along: twice what is shown, as some may be hidden."""
EXCERPT_SOURCE_CHARS = 2_000
"""Enough HTML of an ancestor for a line of its words."""

_Author = aliased(User)
_Accepted = aliased(Post)
_AcceptedAuthor = aliased(User)
_Parent = aliased(Post)
_ParentAuthor = aliased(User)
_TOPIC = (
    *TOPIC,
    *CARD,
    _Author.name.label("t_author_name"),
    _Author.public_id.label("t_author_public_id"),
    _Author.state.label("t_author_state"),
    *visible.LEVELS,
    Topic.wish,
    _Accepted.public_id.label("accepted_public_id"),
    func.substr(_Accepted.html, 1, EXCERPT_SOURCE_CHARS).label("accepted_html"),
    _Accepted.author_id.label("accepted_author_id"),
    _AcceptedAuthor.name.label("accepted_name"),
    ReadMark.read,
    Draft.body.label("draft_body"),
    Draft.version.label("draft_version"),
    Draft.saved_at.label("draft_saved_at"),
    visible.tags_of_topic().label("tags"),
)
_Opening = aliased(Post)
_SPACE_TOPIC = (
    *SEALED_TOPIC,
    Pseudonym.name.label("t_author_id"),
    Pseudonym.name.label("t_author_name"),
    _Opening.id.label("opening_id"),
    _Opening.wall.label("opening_wall"),
    _Opening.removed_at.label("opening_removed_at"),
    *(null().label(name) for name in ("t_author_public_id", "t_author_state")),
    *(null().label(name) for name in ("read", "unfolded", "wish", "notes")),
    *(null().label(name) for name in ("muted", "draft_body", "draft_version", "draft_saved_at")),
)


@Prepared
def topic(viewer: Viewer) -> Select[Any]:
    return _topic_query(viewer).where(Topic.public_id == value("public_id"))


@Prepared
def topic_of_post(viewer: Viewer) -> Select[Any]:
    its_topic = visible.posts(viewer, Post.topic_id).where(Post.public_id == value("public_id"))
    return visible.narrowed(_topic_query(viewer), Topic.id.expression, its_topic)


@Prepared
def space_topic(viewer: Viewer) -> Select[Any]:
    return _space_topic_query(viewer).where(Topic.public_id == value("public_id"))


@Prepared
def space_topic_of_post(viewer: Viewer) -> Select[Any]:
    its_topic = visible.space_posts(viewer, Post.topic_id)
    its_topic = its_topic.where(Post.public_id == value("public_id"))
    return visible.narrowed(_space_topic_query(viewer), Topic.id.expression, its_topic)


@Prepared
def left_at_topic(_viewer: Viewer) -> CompoundSelect[Any]:
    """What a voice left at a topic: its read mark, and its draft of an answer to it."""
    columns = (ReadMark.id, ReadMark.sealed, literal("").label("version"))
    kind = literal(unsealing.READ).label("kind")
    marks = visible.of_seat(
        ReadMark, value("read_seat", like=ReadMark.seat.expression), kind, *columns
    )
    words = (literal(unsealing.DRAFT), Draft.id, Draft.sealed, Draft.version)
    drafts = visible.of_seat(Draft, value("draft_seat", like=Draft.seat.expression), *words)
    return visible.both(
        marks.where(ReadMark.topic_id == value("topic_id")),
        drafts.where(Draft.place == value("place")),
    )


def _topic_query(viewer: Viewer) -> Select[Any]:
    seen = (visible.last_post_at(viewer).label("last_post_at"), visible.apart_seqs(viewer))
    query = visible.topics(viewer, *_TOPIC, *seen)
    query = visible.kept_here(visible.counted(query, viewer), viewer)
    query = query.outerjoin(_Author, _Author.id == Topic.author_id)
    query = visible.with_accepted(query, viewer, _Accepted)
    query = query.outerjoin(_AcceptedAuthor, _AcceptedAuthor.id == _Accepted.author_id)
    query = visible.with_own(query, viewer, ReadMark, ReadMark.topic_id == Topic.id)
    here = Draft.place == literal("reply:") + Topic.public_id
    query = visible.with_own(query, viewer, Draft, here)
    return visible.with_news(visible.with_levels(query, viewer), viewer)


def _space_topic_query(viewer: Viewer) -> Select[Any]:
    return visible.with_sealed_opening(
        visible.space_topics(viewer, *_SPACE_TOPIC), _Opening, Pseudonym
    )


@Prepared
def page(
    viewer: Viewer, in_space: bool, view: str, edge: str | None, backwards: bool, folds: int
) -> Select[Any]:
    """A page from its `cursor`, a public id, on; or up to it; or the first or last of all.

    Or what comes `beyond` the last row, by its path or row id.
    """
    key = _order(view, in_space)
    query = _posts_query(viewer, in_space, view, folds)
    if edge == "beyond":
        last = value("last", like=key.expression)
        query = query.where(key < last if backwards else key > last)
    elif edge:
        cursor = of_post(viewer, in_space, key.key, value("cursor"), value("topic_id"))
        query = query.where(key >= cursor if edge == "start" else key < cursor)
    return query.order_by(key.desc() if backwards else key).limit(value("limit"))


@Prepared
def at_paths(viewer: Viewer, in_space: bool, blocks: int) -> Select[Any]:
    """Posts at so many times NEAR_ANCESTORS paths: an IN of any length would be built anew."""
    paths = [value(f"path_{number}") for number in range(blocks * NEAR_ANCESTORS)]
    if in_space:
        query = visible.space_posts(viewer, *SEALED_POST)
    else:
        near = Post.path >= value("nearest_from")
        beginning = func.substr(Post.html, 1, EXCERPT_SOURCE_CHARS)
        query = visible.posts(
            viewer,
            Post.path,
            Post.author_id,
            Post.public_id.label("post_public_id"),
            case((near, beginning), else_="").label("html"),
            User.name.label("author_name"),
            User.public_id.label("author_public_id"),
        ).outerjoin(User, User.id == Post.author_id)
    query = query.where(Post.topic_id == value("topic_id"), Post.path.in_(paths))
    return query.order_by(Post.path)


@Prepared
def sealed_at(viewer: Viewer) -> Select[Any]:
    query = visible.space_posts(viewer, *SEALED_POST)
    return query.where(Post.topic_id == value("topic_id"), Post.public_id == value("public_id"))


def _order(view: str, in_space: bool) -> InstrumentedAttribute[Any]:
    """What a view sorts by. A row id tells the time in a circle, but nothing in a space (R2)."""
    if view == TREE:
        return Post.path
    return Post.seq if in_space else Post.id


def _posts_query(viewer: Viewer, in_space: bool, view: str, folds: int) -> Select[Any]:
    if in_space:
        query = visible.space_posts(viewer, *SEALED_POST)
    else:
        query = _posts_with_parents(viewer) if view == TIME else _posts_in_tree(viewer)
        query = visible.with_reactions(query, viewer)
    query = query.where(Post.topic_id == value("topic_id"))
    for number in range(folds):
        top = func.coalesce(
            of_post(viewer, in_space, "path", value(f"fold_{number}"), value("topic_id")),
            treepath.ABOVE_ALL,
        )
        query = query.where(not_(and_(Post.path > top, Post.path < top + treepath.ABOVE_ALL)))
    return query


def _posts_in_tree(viewer: Viewer) -> Select[Any]:
    query = visible.posts(viewer, *POST)
    return query.outerjoin(User, User.id == Post.author_id)


def _posts_with_parents(viewer: Viewer) -> Select[Any]:
    """By time the parent may be far off, so its name comes along, unless it is hidden or gone."""
    query = visible.posts(
        viewer,
        *POST,
        _Parent.public_id.label("parent_public_id"),
        _ParentAuthor.name.label("parent_name"),
    ).outerjoin(User, User.id == Post.author_id)
    query = visible.with_parent(query, viewer, _Parent)
    return query.outerjoin(_ParentAuthor, _ParentAuthor.id == _Parent.author_id)


def of_post(
    viewer: Viewer, in_space: bool, column: str, public_id: Any, topic_id: Any
) -> ColumnElement[Any]:
    """A column of the post with this public id, if it is of this topic and theirs to see.

    A cursor to a hidden post must answer as one to no post.
    """
    scope = visible.space_posts if in_space else visible.posts
    query = scope(viewer, getattr(Post, column))
    query = query.where(Post.public_id == public_id, Post.topic_id == topic_id)
    return query.correlate(None).scalar_subquery()
