"""The statements behind a topic's pages: one for the topic, one for its posts, one for ancestors.

Keyset paging over the tree path or the row id: a page costs the same wherever it lies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
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
    null,
    or_,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from forum.circles.queries import CARD
from forum.core import treepath
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.ranges import Ranges
from forum.discussions.queries.ground import (
    POST,
    SEALED_POST,
    SEALED_TOPIC,
    TOPIC,
    CircleGround,
    SpaceGround,
    ground,
)
from forum.discussions.queries.thread.asking import MAX_FOLDS, PAGE, TIME, TREE, Ask
from forum.models.accounts import User
from forum.models.discussions import Draft, Post, ReadMark, Topic
from forum.models.spaces import Pseudonym
from forum.policy import unsealing, visible
from forum.policy.identity import Voice, owner
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
    Draft.version.label("draft_version"),
    Draft.saved_at.label("draft_saved_at"),
)
_Opening = aliased(Post)
_SPACE_TOPIC = (
    *SEALED_TOPIC,
    Pseudonym.name.label("t_author_id"),
    Pseudonym.name.label("t_author_name"),
    _Opening.id.label("opening_id"),
    _Opening.wall.label("opening_wall"),
    _Opening.removed_at.label("opening_removed_at"),
    *(null().label(name) for name in ("t_author_public_id", "read")),
    *(null().label(name) for name in ("draft_body", "draft_version", "draft_saved_at")),
)


def topic_ground(viewer: Viewer, public_id: str) -> CircleGround:
    """A topic with its circle, the viewer's read mark and draft. NotThere as ever.

    One statement in a circle, at most five in a space.
    """
    row = _topic(viewer).first(public_id=public_id)
    if row is not None:
        return ground(viewer, row)
    if not viewer.signed_in:
        raise NotThere
    return _seen_in_space(viewer, _space_topic(viewer).first(public_id=public_id))


def topic_ground_of_post(viewer: Viewer, post_public_id: str) -> CircleGround:
    """The same for the topic of a post, when the viewer may see that post."""
    row = _topic_of_post(viewer).first(public_id=post_public_id)
    if row is not None:
        return ground(viewer, row)
    if not viewer.signed_in:
        raise NotThere
    row = _space_topic_of_post(viewer).first(public_id=post_public_id)
    found = _seen_in_space(viewer, row)
    if not found.seen(_at(viewer, found, post_public_id)):
        raise NotThere
    return found


def posts(topic: CircleGround, ask: Ask) -> tuple[list[Any], bool, str | None]:
    """The page's rows, whether there are earlier ones, and the public id of the next one."""
    backwards = bool(ask.before or ask.last)
    if topic.in_space and ask.before and not topic.seen(_at(topic.viewer, topic, ask.before)):
        raise NotThere
    found = list(islice(_scan(topic, ask, backwards=backwards), PAGE + 1))
    if topic.in_space and ask.start and (not found or found[0].post_public_id != ask.start):
        raise NotThere
    more = len(found) > PAGE
    following = found[PAGE].post_public_id if more else None
    rows = found[:PAGE]
    if backwards:
        rows.reverse()
        return rows, more, ask.before
    return rows, bool(ask.start and rows) and _any_before(topic, ask, rows[0]), following


def ancestors(topic: CircleGround, ask: Ask, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
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
    query = _at_paths(topic.viewer, topic.in_space, blocks)
    found = query.rows(topic_id=topic.row.t_id, nearest_from=near[0], **named)
    return [topic.opened(row) for row in topic.seen(found)]


def first_of(topic: CircleGround, numbers: Ranges, after: str | None) -> str | None:
    """Public id of the first post, in conversation order, whose number is among `numbers`.

    `after` a post; past the end it goes on from the top.
    """
    spans = [Post.seq.between(*span) for span in numbers.spans[:_MAX_SPANS]]
    if not spans:
        return None
    viewer, topic_id = topic.viewer, topic.row.t_id
    query = visible.posts(viewer, Post.public_id).where(Post.topic_id == topic_id, or_(*spans))
    query = query.order_by(Post.path).limit(1)
    found = None
    if after:
        later = query.where(Post.path > _of_post(viewer, False, "path", after, topic_id))
        found = db.session.execute(later).scalar()
    return found or db.session.execute(query).scalar()


def first_not_in(topic: CircleGround, read: Ranges, after: str | None) -> str | None:
    """The same in a space, where numbers tell nothing: the first one seen not in `read`."""
    unread = (row for row in _scan(topic, Ask()) if row.seq not in read)
    if not after or not topic.seen(_at(topic.viewer, topic, after)):
        return next((row.post_public_id for row in unread), None)
    later = (row for row in _scan(topic, Ask(start=after)) if row.seq not in read)
    found = next((row for row in later if row.post_public_id != after), None) or next(unread, None)
    return found.post_public_id if found else None


def _scan(topic: CircleGround, ask: Ask, *, backwards: bool = False) -> Iterator[Any]:
    """The posts the viewer may see, from where the page asks for on.

    In a circle one statement has them. In a space walls may stand before some, so it goes on.
    """
    folds = _folds(ask)
    edge = "start" if ask.start else "before" if ask.before else None
    at: dict[str, Any] = {"cursor": ask.start or ask.before}
    while True:
        query = _page(topic.viewer, topic.in_space, ask.view, edge, backwards, len(folds))
        found = query.rows(topic_id=topic.row.t_id, limit=PAGE + 1, **at, **folds)
        for row in topic.seen(found):
            yield topic.opened(row)
        if len(found) <= PAGE:
            return
        edge, last = "beyond", found[-1]
        at = {"cursor": None, "last": last.path if ask.view == TREE else last.seq}


def _seen_in_space(viewer: Viewer, row: Row[Any] | None) -> CircleGround:
    """A space's topic through its lens, with what the viewer left there. NotThere if walled."""
    if row is None:
        raise NotThere
    sealed = ground(viewer, row)
    assert isinstance(sealed, SpaceGround)
    lens, voice = sealed.lens, sealed.voice
    if not lens.may_see(row.opening_id, row.opening_wall):
        raise NotThere
    if row.t_hidden_at and not (lens.moderates or row.t_author_id == voice.name):
        raise NotThere
    words = lens.text(row.t_id, row.t_sealed, unsealing.TITLE)
    left = {each.kind: each for each in _left_here(viewer, voice, row)}
    mark, draft = left.get(unsealing.READ), left.get(unsealing.DRAFT)
    read = lens.text(mark.id, mark.sealed, unsealing.READ)["read"] if mark else None
    body = lens.text(draft.id, draft.sealed, unsealing.DRAFT)["body"] if draft else None
    return replace(
        sealed,
        row=row._replace(
            title=words["title"],
            read=read,
            draft_body=body,
            draft_version=draft.version if draft else None,
        ),
    )


def _left_here(viewer: Viewer, voice: Voice, row: Row[Any]) -> Sequence[Any]:
    """The viewer's read mark of a space's topic, and the draft of a reply to it; one statement."""
    columns = (ReadMark.id, ReadMark.sealed, literal("").label("version"))
    marks = visible.own(
        owner(viewer, ReadMark, voice), ReadMark, literal(unsealing.READ).label("kind"), *columns
    ).where(ReadMark.topic_id == row.t_id)
    drafts = visible.own(
        owner(viewer, Draft, voice),
        Draft,
        literal(unsealing.DRAFT),
        Draft.id,
        Draft.sealed,
        Draft.version,
    ).where(Draft.place == f"reply:{row.t_public_id}")
    return db.session.execute(visible.both(marks, drafts)).all()


def _at(viewer: Viewer, topic: CircleGround, public_id: str) -> Sequence[Any]:
    """The one row, still sealed, of a space's post with this public id; none when absent."""
    return _sealed_at(viewer).rows(topic_id=topic.row.t_id, public_id=public_id)


@Prepared
def _topic(viewer: Viewer) -> Select[Any]:
    return _topic_query(viewer).where(Topic.public_id == value("public_id"))


@Prepared
def _topic_of_post(viewer: Viewer) -> Select[Any]:
    its_topic = visible.posts(viewer, Post.topic_id).where(Post.public_id == value("public_id"))
    return visible.narrowed(_topic_query(viewer), Topic.id.expression, its_topic)


@Prepared
def _space_topic(viewer: Viewer) -> Select[Any]:
    return _space_topic_query(viewer).where(Topic.public_id == value("public_id"))


@Prepared
def _space_topic_of_post(viewer: Viewer) -> Select[Any]:
    its_topic = visible.space_posts(viewer, Post.topic_id)
    its_topic = its_topic.where(Post.public_id == value("public_id"))
    return visible.narrowed(_space_topic_query(viewer), Topic.id.expression, its_topic)


def _topic_query(viewer: Viewer) -> Select[Any]:
    query = visible.topics(viewer, *_TOPIC).outerjoin(_Author, _Author.id == Topic.author_id)
    query = visible.with_own(query, viewer, ReadMark, ReadMark.topic_id == Topic.id)
    here = Draft.place == literal("reply:") + Topic.public_id
    return visible.with_own(query, viewer, Draft, here)


def _space_topic_query(viewer: Viewer) -> Select[Any]:
    return visible.with_sealed_opening(
        visible.space_topics(viewer, *_SPACE_TOPIC), _Opening, Pseudonym
    )


@Prepared
def _page(
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
        cursor = _of_post(viewer, in_space, key.key, value("cursor"), value("topic_id"))
        query = query.where(key >= cursor if edge == "start" else key < cursor)
    return query.order_by(key.desc() if backwards else key).limit(value("limit"))


@Prepared
def _at_paths(viewer: Viewer, in_space: bool, blocks: int) -> Select[Any]:
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
            Post.public_id.label("post_public_id"),
            case((near, beginning), else_="").label("html"),
            User.name.label("author_name"),
            User.public_id.label("author_public_id"),
        ).outerjoin(User, User.id == Post.author_id)
    query = query.where(Post.topic_id == value("topic_id"), Post.path.in_(paths))
    return query.order_by(Post.path)


@Prepared
def _sealed_at(viewer: Viewer) -> Select[Any]:
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
    query = query.where(Post.topic_id == value("topic_id"))
    for number in range(folds):
        top = func.coalesce(
            _of_post(viewer, in_space, "path", value(f"fold_{number}"), value("topic_id")),
            treepath.ABOVE_ALL,
        )
        query = query.where(not_(and_(Post.path > top, Post.path < top + treepath.ABOVE_ALL)))
    return query


def _folds(ask: Ask) -> dict[str, str]:
    """The folded branches of a page, as values of its statement."""
    folded = ask.folded[:MAX_FOLDS] if ask.view == TREE else ()
    return {f"fold_{number}": public_id for number, public_id in enumerate(folded)}


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
    there = and_(
        _Parent.id == Post.parent_id, _Parent.hidden_at.is_(None), _Parent.removed_at.is_(None)
    )
    return query.outerjoin(_Parent, there).outerjoin(
        _ParentAuthor, _ParentAuthor.id == _Parent.author_id
    )


def _any_before(topic: CircleGround, ask: Ask, first: Row[Any]) -> bool:
    """Is there a post before the first of this page? Mostly the opening one is known to be."""
    by_time = ask.view == TIME
    if not by_time and topic.row.gone[:1] != "0" and not topic.in_space:
        return bool(first.seq)
    before = replace(ask, start=None, before=first.post_public_id)
    return next(_scan(topic, before, backwards=True), None) is not None


def _of_post(
    viewer: Viewer, in_space: bool, column: str, public_id: Any, topic_id: Any
) -> ColumnElement[Any]:
    """A column of the post with this public id, if it is of this topic and theirs to see.

    A cursor to a hidden post must answer as one to no post.
    """
    scope = visible.space_posts if in_space else visible.posts
    query = scope(viewer, getattr(Post, column))
    query = query.where(Post.public_id == public_id, Post.topic_id == topic_id)
    return query.correlate(None).scalar_subquery()
