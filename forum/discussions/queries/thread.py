"""One page of a topic, as a tree or by time.

Paging is by keyset over the tree path or the row id, so a page costs the same wherever it lies.
Cursors are public ids. At most four statements, whatever the size of the topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, literal, not_, or_, select
from sqlalchemy.orm import aliased

from forum.circles.queries import CARD, card, place_of
from forum.core import links, treepath
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import as_markup, excerpt
from forum.discussions.cards import Ancestor, Byline, Pager, PostCard, ThreadPage
from forum.discussions.queries.posts import POST, TOPIC, topic_head, where_of
from forum.discussions.queries.unread import parsed, unread, unread_count
from forum.models.accounts import User, UserState
from forum.models.discussions import Draft, Post, ReadMark, Topic
from forum.policy import visible
from forum.policy.allowed import Act, may
from forum.policy.viewer import Viewer

PAGE = 50
MAX_FOLDS = 20
SHOWN_ANCESTORS = 6
DEEPEST_CLASS = 8
TREE, TIME = "conversation", "time"
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


@dataclass(frozen=True, slots=True)
class Ask:
    """Which page of a topic: at most one of start, before, last."""

    view: str = TREE
    start: str | None = None
    before: str | None = None
    last: bool = False
    folded: tuple[str, ...] = ()
    target: str | None = None

    def url(self, base: str, **changes: Any) -> str:
        """The address of this page with something changed, e.g. `start=` or `folded=`."""
        ask = replace(self, **changes)
        parts = []
        if ask.view != TREE:
            parts.append(f"view={ask.view}")
        if ask.start or ask.before:
            parts.append(f"from={ask.start}" if ask.start else f"before={ask.before}")
        elif ask.last:
            parts.append("at=last")
        if ask.folded:
            parts.append("fold=" + ",".join(ask.folded))
        return f"{base}?{'&'.join(parts)}" if parts else base


def thread(viewer: Viewer, topic_public_id: str, ask: Ask) -> ThreadPage:
    """A page of a topic. NotThere when topic or cursor is absent or not theirs to see."""
    row = db.session.execute(_topic_query(viewer).where(Topic.public_id == topic_public_id)).first()
    if row is None:
        raise NotThere
    return _Thread(viewer, row, ask).page()


def thread_at(viewer: Viewer, post_public_id: str, ask: Ask) -> ThreadPage:
    """The page that begins with this post, under its ancestors. NotThere as for `thread`."""
    its_topic = visible.posts(viewer, Post.topic_id).where(Post.public_id == post_public_id)
    row = db.session.execute(
        visible.narrowed(_topic_query(viewer), Topic.id.expression, its_topic)
    ).first()
    if row is None:
        raise NotThere
    opening = row.t_public_id == post_public_id
    ask = replace(ask, start=None if opening else post_public_id, target=post_public_id)
    return _Thread(viewer, row, ask).page()


def next_unread(viewer: Viewer, topic_public_id: str, after: str | None) -> str | None:
    """Public id of the next post, in conversation order, that the viewer was not shown yet.

    Past the end it goes on from the top. None when everything was shown. NotThere as for `thread`.
    """
    row = db.session.execute(_topic_query(viewer).where(Topic.public_id == topic_public_id)).first()
    if row is None:
        raise NotThere
    missing = unread(row.read or "", row.gone, row.last_seq)
    spans = [Post.seq.between(*span) for span in missing.spans[:_MAX_SPANS]]
    if not spans:
        return None
    query = visible.posts(viewer, Post.public_id).where(Post.topic_id == row.t_id, or_(*spans))
    if after:
        later = query.where(Post.path > _path_of(after, row.t_id)).order_by(Post.path).limit(1)
        found = db.session.execute(later).scalar()
        if found:
            return str(found)
    return db.session.execute(query.order_by(Post.path).limit(1)).scalar()


def _topic_query(viewer: Viewer) -> Select[Any]:
    query = visible.topics(viewer, *_TOPIC).outerjoin(_Author, _Author.id == Topic.author_id)
    query = visible.with_own(query, viewer, ReadMark, ReadMark.topic_id == Topic.id)
    here = Draft.place == literal("reply:") + Topic.public_id
    return visible.with_own(query, viewer, Draft, here)


def _path_of(public_id: str, topic_id: int) -> ColumnElement[str]:
    at = aliased(Post)
    return (
        select(at.path).where(at.public_id == public_id, at.topic_id == topic_id).scalar_subquery()
    )


def _id_of(public_id: str, topic_id: int) -> ColumnElement[int]:
    at = aliased(Post)
    return select(at.id).where(at.public_id == public_id, at.topic_id == topic_id).scalar_subquery()


class _Thread:
    """The making of one page."""

    def __init__(self, viewer: Viewer, row: Row[Any], ask: Ask) -> None:
        self.viewer, self.row, self.ask = viewer, row, ask
        self.place = place_of(viewer, card(viewer, row))
        self.base = links.topic(row.t_public_id)
        self.by_time = ask.view == TIME
        self.read = None if row.read is None else parsed(row.read)
        self.may_edit = may(
            viewer, Act.EDIT, replace(where_of(self.place.circle, row), author_id=viewer.id)
        )

    def page(self) -> ThreadPage:
        rows, earlier, later = self._rows()
        if not rows and (self.ask.start or self.ask.before):
            raise NotThere
        above = self._ancestors(rows)
        posts = self._cards(rows, above)
        last = rows[-1].post_public_id if rows else None
        row, left = self.row, self._unread_count()
        return ThreadPage(
            topic_id=row.t_id,
            place=self.place,
            topic=topic_head(
                self.viewer,
                row,
                Byline(row.t_author_name or "", links.avatar(row.t_author_public_id or "")),
            ),
            posts=posts,
            ancestors=[_ancestor(a) for a in above if a.path][-SHOWN_ANCESTORS:],
            view=self.ask.view,
            pager=self._pager(rows, earlier, later),
            unread_count=left,
            next_unread_url=f"{self.base}/next-unread?after={last}" if left and last else None,
            first_visit=self.read is None,
            newly_shown=self._newly_shown(rows),
            draft_body=row.draft_body or "",
            draft_saved_at=row.draft_saved_at,
        )

    def _rows(self) -> tuple[list[Row[Any]], bool, str | None]:
        """The page's rows, whether there are earlier ones, and the public id of the next one."""
        ask, topic_id = self.ask, self.row.t_id
        key: Any = Post.id if self.by_time else Post.path
        query = self._posts_query().where(Post.topic_id == topic_id)
        locate: Any = _id_of if self.by_time else _path_of
        if ask.start:
            query = query.where(key >= locate(ask.start, topic_id))
        elif ask.before:
            query = query.where(key < locate(ask.before, topic_id))
        backwards = bool(ask.before or ask.last)
        found = list(
            db.session.execute(query.order_by(key.desc() if backwards else key).limit(PAGE + 1))
        )
        more = len(found) > PAGE
        following = found[PAGE].post_public_id if more else None
        del found[PAGE:]
        if backwards:
            found.reverse()
            return found, more, ask.before
        return found, bool(ask.start and found) and self._any_before(found[0]), following

    def _any_before(self, first: Row[Any]) -> bool:
        """Is there a post before the first of this page? Mostly the opening one is known to be."""
        opening_gone = self.row.gone[:1] == "0"
        if not self.by_time and not opening_gone:
            return bool(first.seq)
        before = Post.id < first.post_id if self.by_time else Post.path < first.path
        query = self._posts_query().where(Post.topic_id == self.row.t_id, before)
        return db.session.execute(query.limit(1)).first() is not None

    def _posts_query(self) -> Select[Any]:
        if self.by_time:
            query = visible.posts(
                self.viewer,
                *POST,
                User.state.label("author_state"),
                _Parent.public_id.label("parent_public_id"),
                _ParentAuthor.name.label("parent_name"),
            ).outerjoin(User, User.id == Post.author_id)
            there = and_(
                _Parent.id == Post.parent_id,
                _Parent.hidden_at.is_(None),
                _Parent.removed_at.is_(None),
            )
            return query.outerjoin(_Parent, there).outerjoin(
                _ParentAuthor, _ParentAuthor.id == _Parent.author_id
            )
        query = visible.posts(self.viewer, *POST, User.state.label("author_state"))
        query = query.outerjoin(User, User.id == Post.author_id)
        for public_id in self.ask.folded[:MAX_FOLDS]:
            top = func.coalesce(_path_of(public_id, self.row.t_id), treepath.ABOVE_ALL)
            query = query.where(not_(and_(Post.path > top, Post.path < top + treepath.ABOVE_ALL)))
        return query

    def _ancestors(self, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
        """Posts above the first one of a page that begins inside a branch, from the top down."""
        if self.by_time or not rows or treepath.depth(rows[0].path) < 1:
            return []
        paths = treepath.ancestors(rows[0].path)
        query = visible.posts(
            self.viewer,
            Post.path,
            Post.public_id.label("post_public_id"),
            Post.html,
            User.name.label("author_name"),
            User.public_id.label("author_public_id"),
        ).outerjoin(User, User.id == Post.author_id)
        query = query.where(Post.topic_id == self.row.t_id, Post.path.in_(paths))
        return db.session.execute(query.order_by(Post.path)).all()

    def _cards(self, rows: Sequence[Row[Any]], above: Sequence[Row[Any]]) -> list[PostCard]:
        known = {a.path: a for a in above}
        told: set[str] = set()
        cards = []
        for row in rows:
            made = self._card(row)
            if not self.by_time and row.seq:
                parent = _parent_path(row.path)
                if parent and parent not in known and parent not in told:
                    made.gap_before = True
                    told.add(parent)
                elif len(row.path) // treepath.STEP > DEEPEST_CLASS and parent in known:
                    made.reply_to = Byline(known[parent].author_name or "", None)
                    made.reply_to_url = links.post(known[parent].post_public_id)
                known[row.path] = row
            cards.append(made)
        return cards

    def _card(self, row: Row[Any]) -> PostCard:
        public_id, viewer_id = row.post_public_id, self.viewer.id
        mine = viewer_id is not None and row.author_id == viewer_id
        depth = min(len(row.path) // treepath.STEP, 1 if self.by_time else DEEPEST_CLASS)
        made = PostCard(
            public_id,
            f"/p/{public_id}",
            f"d{depth}",
            Byline(
                row.author_name or "",
                f"/avatars/{row.author_public_id}.svg",
                "imported" if row.author_state is UserState.UNCLAIMED else "",
            ),
            row.author_id is not None and row.author_id == self.row.t_author_id and row.seq > 0,
            row.post_created_at,
            row.edited_at is not None,
            as_markup(row.html),
            self.read is not None and not mine and row.seq not in self.read,
            mine,
            row.child_count > 0 and row.seq > 0 and not self.by_time,
            mine and self.may_edit and row.format != "plain",
        )
        made.target = public_id == self.ask.target
        made.hidden_reason = row.post_hidden_reason
        if made.has_replies:
            self._fold(made)
        if self.by_time and row.parent_public_id and row.seq:
            made.reply_to = Byline(row.parent_name or "", None)
            made.reply_to_url = links.post(row.parent_public_id)
        return made

    def _fold(self, made: PostCard) -> None:
        made.folded = made.public_id in self.ask.folded
        if made.folded:
            folds = tuple(fold for fold in self.ask.folded if fold != made.public_id)
        else:
            folds = (*self.ask.folded, made.public_id)[-MAX_FOLDS:]
        made.fold_url = f"{self.ask.url(self.base, folded=folds)}#p-{made.public_id}"

    def _pager(self, rows: Sequence[Row[Any]], earlier: bool, later: str | None) -> Pager:
        if not rows:
            return Pager()
        url, ask = self.base, replace(self.ask, start=None, before=None, last=False, target=None)
        return Pager(
            newer_url=ask.url(url, before=rows[0].post_public_id) if earlier else None,
            older_url=ask.url(url, start=later) if later else None,
            first_url=ask.url(url) if earlier else None,
            last_url=ask.url(url, last=True) if later else None,
        )

    def _unread_count(self) -> int:
        row = self.row
        return 0 if row.read is None else unread_count(row.read, row.gone, row.last_seq)

    def _newly_shown(self, rows: Sequence[Row[Any]]) -> list[int]:
        if not self.viewer.signed_in:
            return []
        return [r.seq for r in rows if self.read is None or r.seq not in self.read]


def _parent_path(path: str) -> str:
    return path[: -treepath.STEP]


def _ancestor(row: Row[Any]) -> Ancestor:
    return Ancestor(
        links.post(row.post_public_id), Byline(row.author_name or "", None), excerpt(row.html, 140)
    )
