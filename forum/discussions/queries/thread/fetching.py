"""The statements behind a topic's pages: one for the topic, one for its posts, one for ancestors.

Keyset paging over the tree path or the row id: a page costs the same wherever it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
)
from sqlalchemy.orm import aliased

from forum.circles.queries import CARD
from forum.core import treepath
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.ranges import Ranges
from forum.discussions.queries.posts import POST, TOPIC
from forum.discussions.queries.thread.asking import MAX_FOLDS, PAGE, TIME, TREE, Ask
from forum.models.accounts import User
from forum.models.discussions import Draft, Post, ReadMark, Topic
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

NEAR_ANCESTORS = 12
"""Those whose text comes along: twice what is shown, as some may be hidden."""
EXCERPT_SOURCE_CHARS = 2_000
"""Enough HTML of an ancestor for a line of its words."""
_MAX_SPANS = 200

_Author = aliased(User)
_Parent = aliased(Post)
_ParentAuthor = aliased(User)
_TOPIC = (
    *TOPIC,
    *CARD,
    _Author.name.label("t_author_name"),
    _Author.public_id.label("t_author_public_id"),
    ReadMark.read,
    Draft.body.label("draft_body"),
    Draft.saved_at.label("draft_saved_at"),
)


def topic_row(viewer: Viewer, public_id: str) -> Row[Any]:
    """A topic with its circle, the viewer's read mark and draft. NotThere as ever."""
    return _found(_topic(viewer).first(public_id=public_id))


def topic_row_of_post(viewer: Viewer, post_public_id: str) -> Row[Any]:
    """The same for the topic of a post, when the viewer may see that post."""
    return _found(_topic_of_post(viewer).first(public_id=post_public_id))


def posts(viewer: Viewer, topic: Row[Any], ask: Ask) -> tuple[list[Row[Any]], bool, str | None]:
    """The page's rows, whether there are earlier ones, and the public id of the next one."""
    edge = "start" if ask.start else "before" if ask.before else None
    backwards = bool(ask.before or ask.last)
    folds = _folds(ask)
    query = _page(viewer, ask.view, edge, backwards, len(folds))
    cursor = ask.start or ask.before
    found = query.rows(topic_id=topic.t_id, cursor=cursor, limit=PAGE + 1, **folds)
    more = len(found) > PAGE
    following = found[PAGE].post_public_id if more else None
    rows = found[:PAGE]
    if backwards:
        rows.reverse()
        return rows, more, ask.before
    return rows, bool(ask.start and rows) and _any_before(viewer, topic, ask, rows[0]), following


def ancestors(
    viewer: Viewer, topic: Row[Any], ask: Ask, rows: Sequence[Row[Any]]
) -> Sequence[Row[Any]]:
    """Posts above the first one of a page that begins inside a branch, from the top down.

    The nearest, and of those farther up only what a post of this page answers, without its text.
    """
    if ask.view == TIME or not rows or treepath.depth(rows[0].path) < 1:
        return []
    paths = treepath.ancestors(rows[0].path)
    near = paths[-NEAR_ANCESTORS:]
    answered = {treepath.parent(row.path) for row in rows}
    wanted = [path for path in paths[:-NEAR_ANCESTORS] if path in answered] + near
    blocks = -(-len(wanted) // NEAR_ANCESTORS)
    wanted += wanted[-1:] * (blocks * NEAR_ANCESTORS - len(wanted))
    named = {f"path_{number}": path for number, path in enumerate(wanted)}
    return _at_paths(viewer, blocks).rows(topic_id=topic.t_id, nearest_from=near[0], **named)


def first_of(viewer: Viewer, topic: Row[Any], numbers: Ranges, after: str | None) -> str | None:
    """Public id of the first post, in conversation order, whose number is among `numbers`.

    `after` a post; past the end it goes on from the top.
    """
    spans = [Post.seq.between(*span) for span in numbers.spans[:_MAX_SPANS]]
    if not spans:
        return None
    query = visible.posts(viewer, Post.public_id).where(Post.topic_id == topic.t_id, or_(*spans))
    query = query.order_by(Post.path).limit(1)
    found = None
    if after:
        later = query.where(Post.path > _of_post(viewer, "path", after, topic.t_id))
        found = db.session.execute(later).scalar()
    return found or db.session.execute(query).scalar()


def _found(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotThere
    return row


@Prepared
def _topic(viewer: Viewer) -> Select[Any]:
    return _topic_query(viewer).where(Topic.public_id == value("public_id"))


@Prepared
def _topic_of_post(viewer: Viewer) -> Select[Any]:
    its_topic = visible.posts(viewer, Post.topic_id).where(Post.public_id == value("public_id"))
    return visible.narrowed(_topic_query(viewer), Topic.id.expression, its_topic)


def _topic_query(viewer: Viewer) -> Select[Any]:
    query = visible.topics(viewer, *_TOPIC).outerjoin(_Author, _Author.id == Topic.author_id)
    query = visible.with_own(query, viewer, ReadMark, ReadMark.topic_id == Topic.id)
    here = Draft.place == literal("reply:") + Topic.public_id
    return visible.with_own(query, viewer, Draft, here)


@Prepared
def _page(viewer: Viewer, view: str, edge: str | None, backwards: bool, folds: int) -> Select[Any]:
    """A page from its `cursor`, a public id, on; or up to it; or the first or last of all."""
    key, locate = _order(viewer, view)
    query = _posts_query(viewer, view, folds)
    if edge:
        cursor = locate(value("cursor"), value("topic_id"))
        query = query.where(key >= cursor if edge == "start" else key < cursor)
    return query.order_by(key.desc() if backwards else key).limit(value("limit"))


@Prepared
def _one_before(viewer: Viewer, view: str, folds: int) -> Select[Any]:
    key, _locate = _order(viewer, view)
    return _posts_query(viewer, view, folds).where(key < value("first")).limit(1)


@Prepared
def _at_paths(viewer: Viewer, blocks: int) -> Select[Any]:
    """Posts at so many times NEAR_ANCESTORS paths: an IN of any length would be built anew."""
    paths = [value(f"path_{number}") for number in range(blocks * NEAR_ANCESTORS)]
    query = visible.posts(
        viewer,
        Post.path,
        Post.public_id.label("post_public_id"),
        case(
            (Post.path >= value("nearest_from"), func.substr(Post.html, 1, EXCERPT_SOURCE_CHARS)),
            else_="",
        ).label("html"),
        User.name.label("author_name"),
        User.public_id.label("author_public_id"),
    ).outerjoin(User, User.id == Post.author_id)
    query = query.where(Post.topic_id == value("topic_id"), Post.path.in_(paths))
    return query.order_by(Post.path)


def _order(viewer: Viewer, view: str) -> tuple[Any, Callable[[Any, Any], ColumnElement[Any]]]:
    """What a view sorts by, and how to find that of a post by its public id."""
    column = "id" if view == TIME else "path"
    return getattr(Post, column), partial(_of_post, viewer, column)


def _posts_query(viewer: Viewer, view: str, folds: int) -> Select[Any]:
    query = _posts_with_parents(viewer) if view == TIME else _posts_in_tree(viewer)
    query = query.where(Post.topic_id == value("topic_id"))
    for number in range(folds):
        top = func.coalesce(
            _of_post(viewer, "path", value(f"fold_{number}"), value("topic_id")),
            treepath.ABOVE_ALL,
        )
        query = query.where(not_(and_(Post.path > top, Post.path < top + treepath.ABOVE_ALL)))
    return query


def _folds(ask: Ask) -> dict[str, str]:
    """The folded branches of a page, as values of its statement."""
    folded = ask.folded[:MAX_FOLDS] if ask.view == TREE else ()
    return {f"fold_{number}": public_id for number, public_id in enumerate(folded)}


def _posts_in_tree(viewer: Viewer) -> Select[Any]:
    query = visible.posts(viewer, *POST, User.state.label("author_state"))
    return query.outerjoin(User, User.id == Post.author_id)


def _posts_with_parents(viewer: Viewer) -> Select[Any]:
    """By time the parent may be far off, so its name comes along, unless it is hidden or gone."""
    query = visible.posts(
        viewer,
        *POST,
        User.state.label("author_state"),
        _Parent.public_id.label("parent_public_id"),
        _ParentAuthor.name.label("parent_name"),
    ).outerjoin(User, User.id == Post.author_id)
    there = and_(
        _Parent.id == Post.parent_id, _Parent.hidden_at.is_(None), _Parent.removed_at.is_(None)
    )
    return query.outerjoin(_Parent, there).outerjoin(
        _ParentAuthor, _ParentAuthor.id == _Parent.author_id
    )


def _any_before(viewer: Viewer, topic: Row[Any], ask: Ask, first: Row[Any]) -> bool:
    """Is there a post before the first of this page? Mostly the opening one is known to be."""
    by_time = ask.view == TIME
    opening_gone = topic.gone[:1] == "0"
    if not by_time and not opening_gone:
        return bool(first.seq)
    folds = _folds(ask)
    query = _one_before(viewer, ask.view, len(folds))
    edge = first.post_id if by_time else first.path
    return query.first(topic_id=topic.t_id, first=edge, **folds) is not None


def _of_post(viewer: Viewer, column: str, public_id: Any, topic_id: Any) -> ColumnElement[Any]:
    """A column of the post with this public id, if it is of this topic and theirs to see.

    A cursor to a hidden post must answer as one to no post.
    """
    query = visible.posts(viewer, getattr(Post, column))
    query = query.where(Post.public_id == public_id, Post.topic_id == topic_id)
    return query.correlate(None).scalar_subquery()
