"""Lists of topics: a circle's, a member's front page, a guest's."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_, tuple_

from forum.circles.queries import CircleCard
from forum.core.db import db
from forum.core.errors import NotThere
from forum.discussions.cards import Pager, TopicRow
from forum.discussions.queries.narrowing import ALL, Narrow, Shape, narrowed
from forum.discussions.queries.topic_rows import TAGS, less_muted, listed, topic_row
from forum.models.discussions import Post, ReadMark, Topic
from forum.policy import visible
from forum.policy.prepared import Prepared, value, values
from forum.policy.viewer import GUEST, Viewer

PAGE = 30
PINNED = 10
TABS = ("active", "unanswered", "new")
_MOVED_LATELY = 150
"""Of the newest topics in a member's circles, how many the front page looks through for unread."""


@dataclass(frozen=True, slots=True)
class TopicList:
    rows: list[TopicRow]
    pager: Pager


def topics_of_circle(
    viewer: Viewer,
    circle: CircleCard,
    tab: str,
    after: str | None,
    before: str | None,
    narrow: Narrow = ALL,
) -> TopicList:
    """One page of a circle's topics. `after` and `before` are public ids of topics.

    The active ones leave out what is pinned: it stands above them, unless the list is narrowed.

    NotThere for a cursor the viewer cannot see. At most three statements.
    """
    at = {}
    if cursor := (before or after):
        at = _edge(viewer, cursor, circle.id, tab)
    side = "before" if before else "after" if after else None
    query = _of_circle(viewer, tab, side, narrow.shape)
    listed = query.rows(circle_id=circle.id, limit=PAGE + 1, **at, **narrow.values())
    more, found = len(listed) > PAGE, listed[:PAGE]
    if before:
        found.reverse()
    base = narrow.url(circle.slug, tab)
    return TopicList(
        [topic_row(viewer, row) for row in less_muted(viewer, found)],
        Pager(
            newer_url=f"{base}&before={found[0].public_id}"
            if found and (more if before else after)
            else None,
            older_url=f"{base}&after={found[-1].public_id}" if found and (before or more) else None,
            first_url=base if cursor else None,
        ),
    )


def pinned_topics(viewer: Viewer, circle_id: int) -> list[TopicRow]:
    """A circle's pinned topics, the last pinned first, at most ten."""
    found = _pinned(viewer).rows(circle_id=circle_id, limit=PINNED)
    return [topic_row(viewer, row) for row in less_muted(viewer, found)]


def unread_topics(viewer: Viewer, limit: int = 20) -> list[TopicRow]:
    """What moved in the viewer's circles and they have not read, newest first."""
    rows = _moved(viewer).rows(circles=_mine(viewer), limit=_MOVED_LATELY)
    made = (topic_row(viewer, row, with_circle=True) for row in less_muted(viewer, rows))
    news = (row for row in made if (row.is_new or row.new_count) and not row.muted)
    return list(islice(news, limit))


def topics_without_answer(viewer: Viewer, limit: int = 5) -> list[TopicRow]:
    """Others' topics in the viewer's circles that nobody has answered, newest first."""
    enough = limit * 4 if viewer.muted_people or viewer.muted_words else limit
    rows = _unanswered(viewer).rows(circles=_mine(viewer), me=viewer.id, limit=enough)
    made = (topic_row(viewer, row, with_circle=True) for row in less_muted(viewer, rows))
    return list(islice((row for row in made if not row.muted), limit))


def topics_to_begin_with(viewer: Viewer, limit: int = 5) -> list[TopicRow]:
    """Answered topics of the viewer's circles that they never opened, moved last first."""
    enough = limit * 4 if viewer.muted_people or viewer.muted_words else limit
    rows = _never_opened(viewer).rows(circles=_mine(viewer), limit=enough)
    made = (topic_row(viewer, row, with_circle=True) for row in less_muted(viewer, rows))
    return list(islice((row for row in made if not row.muted), limit))


def living_topics(viewer: Viewer, limit: int = 3) -> list[TopicRow]:
    """The conversations a guest meets first: moved last, answered, with their first lines."""
    return [
        topic_row(viewer, row, with_circle=True, html=row.html or "")
        for row in _living(viewer).rows(limit=limit)
    ]


def newest_open_topics(limit: int = 5_000) -> list[str]:
    """Public ids of what a guest may read, newest first, for the sitemap."""
    query = visible.topics(GUEST, Topic.public_id).order_by(Topic.id.desc()).limit(limit)
    return list(db.session.execute(query).scalars())


@Prepared
def _of_circle(viewer: Viewer, tab: str, side: str | None, shape: Shape) -> Select[Any]:
    """A tab of a circle, from its start or on one side of an edge, narrowed down or not."""
    query = listed(viewer, TAGS).where(Topic.circle_id == value("circle_id"))
    query = narrowed(query, shape)
    if tab == "active" and shape == Shape():
        query = query.where(Topic.pinned_at.is_(None))
    elif tab == "unanswered":
        query = query.where(visible.unanswered(viewer))
    key = _key(viewer, tab)
    if side:
        edge = tuple_(*(value(name, like=part) for name, part in key.items()))
        here = tuple_(*key.values())
        query = query.where(here > edge if side == "before" else here < edge)
    parts = key.values()
    return query.order_by(*(part.asc() if side == "before" else part.desc() for part in parts))


@Prepared
def _pinned(viewer: Viewer) -> Select[Any]:
    query = listed(viewer, TAGS).where(Topic.circle_id == value("circle_id"))
    return query.where(Topic.pinned_at.is_not(None)).order_by(Topic.pinned_at.desc())


@Prepared
def _moved(viewer: Viewer) -> Select[Any]:
    query = listed(viewer).where(Topic.circle_id.in_(values("circles")))
    return query.order_by(*(part.desc() for part in _key(viewer, "active").values()))


@Prepared
def _unanswered(viewer: Viewer) -> Select[Any]:
    query = listed(viewer).where(Topic.circle_id.in_(values("circles")))
    query = query.where(
        visible.unanswered(viewer),
        Topic.closed_at.is_(None),
        Topic.author_id != value("me"),
        visible.NOT_MUTED,
    )
    return query.order_by(Topic.id.desc())


@Prepared
def _living(viewer: Viewer) -> Select[Any]:
    first = and_(Post.topic_id == Topic.id, Post.seq == 0)
    query = visible.with_opening_post(listed(viewer, Post.html), first)
    shown = (Post.id.is_not(None), Topic.reply_count > 0, Topic.closed_at.is_(None))
    query = query.where(*shown)  # not what stands under a post that was taken away
    return query.order_by(Topic.last_post_at.desc(), Topic.id.desc())


@Prepared
def _never_opened(viewer: Viewer) -> Select[Any]:
    first = and_(Post.topic_id == Topic.id, Post.seq == 0)
    query = visible.with_opening_post(listed(viewer), first).where(
        *(Topic.circle_id.in_(values("circles")), ReadMark.read.is_(None), visible.NOT_MUTED),
        *(not_(visible.unanswered(viewer)), Topic.closed_at.is_(None), Post.id.is_not(None)),
    )
    return query.order_by(*(part.desc() for part in _key(viewer, "active").values()))


def _mine(viewer: Viewer) -> list[int]:
    return [mine.id for mine in viewer.circles]


def _key(viewer: Viewer, tab: str) -> dict[str, ColumnElement[Any]]:
    """What a tab sorts by, as far as the viewer may know it."""
    by_time = {"last_post_at": visible.last_post_at(viewer)} if tab == "active" else {}
    return {**by_time, "id": Topic.id.expression}


def _edge(viewer: Viewer, public_id: str, circle_id: int, tab: str) -> dict[str, Any]:
    """Where a topic stands in a tab, as values of `_of_circle`."""
    row = _place_in_tab(viewer, tab).first(public_id=public_id, circle_id=circle_id)
    if row is None:
        raise NotThere
    return dict(row._asdict())


@Prepared
def _place_in_tab(viewer: Viewer, tab: str) -> Select[Any]:
    key = (part.label(name) for name, part in _key(viewer, tab).items())
    return visible.counted(visible.topics(viewer, *key), viewer).where(
        Topic.public_id == value("public_id"), Topic.circle_id == value("circle_id")
    )
