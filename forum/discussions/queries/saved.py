"""What somebody has kept for later, as far as they may still read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from forum.circles.queries import known_as
from forum.core import links
from forum.core.errors import NotThere
from forum.core.markup import excerpt
from forum.core.titles import called
from forum.discussions.cards import CircleLink, Pager
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.models.quiet import Bookmark
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

PAGE = 30
_EXCERPT_CHARS = 160
SAVED = "/saved"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A post that was kept; the opening post stands for its topic."""

    public_id: str
    title: str
    url: str
    is_opening: bool
    author_name: str
    at: datetime
    circle: CircleLink
    note: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class SavedList:
    rows: list[SavedRow]
    pager: Pager


def saved_posts(viewer: Viewer, after: str | None = None) -> SavedList:
    """What the viewer kept, the latest first, from behind `after`, a post's public id, on.

    NotThere for a cursor that is not among them. At most two statements.
    """
    at = {}
    if after:
        edge = _one(viewer).first(public_id=after)
        if edge is None:
            raise NotThere
        at = {"edge": edge.bookmark_id}
    found = _kept(viewer, bool(after)).rows(limit=PAGE + 1, **at)
    older = f"{SAVED}?after={found[PAGE - 1].post_public_id}" if len(found) > PAGE else None
    return SavedList(
        [_row(row) for row in found[:PAGE]],
        Pager(older_url=older, first_url=SAVED if after else None),
    )


def saved_post(viewer: Viewer, public_id: str) -> SavedRow:
    """One of them. NotThere for what was not kept, or can be read no more."""
    row = _one(viewer).first(public_id=public_id)
    if row is None:
        raise NotThere
    return _row(row)


def _row(row: Any) -> SavedRow:
    public_id = row.post_public_id
    return SavedRow(
        public_id=public_id,
        title=called(row.title),
        url=f"{links.post(public_id)}#p-{public_id}" if row.seq else links.topic(public_id),
        is_opening=row.seq == 0,
        author_name=known_as(row.author_name),
        at=row.created_at,
        circle=CircleLink(row.slug, row.circle_name, f"hue-{row.hue:02d}"),
        note=row.note,
        excerpt=excerpt(row.html, _EXCERPT_CHARS),
    )


@Prepared
def _kept(viewer: Viewer, from_edge: bool) -> Select[Any]:
    query = _bookmarks(viewer)
    if from_edge:
        query = query.where(Bookmark.id < value("edge"))
    return query.order_by(Bookmark.id.desc()).limit(value("limit"))


@Prepared
def _one(viewer: Viewer) -> Select[Any]:
    return _bookmarks(viewer).where(Post.public_id == value("public_id"))


def _bookmarks(viewer: Viewer) -> Select[Any]:
    query = visible.bookmarks(
        viewer,
        Bookmark.id.label("bookmark_id"),
        Bookmark.note,
        Post.public_id.label("post_public_id"),
        Post.seq,
        Post.html,
        Post.created_at,
        Topic.title,
        User.name.label("author_name"),
        Circle.slug,
        Circle.name.label("circle_name"),
        Circle.hue,
    )
    return query.outerjoin(User, User.id == Post.author_id)
