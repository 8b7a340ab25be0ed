"""Lines of lists of topics, as every list of them is read and shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select
from sqlalchemy.orm import aliased

from forum.circles.queries import known_as
from forum.core import links
from forum.core.markup import excerpt
from forum.core.titles import called
from forum.discussions.about import CompanyKind, from_company, tags_of
from forum.discussions.cards import Byline, CircleLink, TopicRow
from forum.discussions.queries.apart import less_apart
from forum.discussions.queries.unread import unread_count
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import ReadMark, Topic
from forum.models.notifications import Level
from forum.policy import visible
from forum.policy.muting import muting, said_of
from forum.policy.prepared import value
from forum.policy.viewer import Viewer

FOLLOWED = (Level.TRACKING, Level.WATCHING)
_Last = aliased(User)
_COLUMNS = (
    Topic.id,
    Topic.public_id,
    Topic.title,
    Topic.circle_id,
    Topic.author_id,
    Topic.created_at,
    Topic.last_seq,
    Topic.reply_count,
    Topic.gone,
    Topic.pinned_at,
    Topic.closed_at,
    Topic.hidden_at,
    Topic.company_size,
    Topic.company_market,
    Topic.company_regulated,
    User.name.label("author_name"),
    User.public_id.label("author_public_id"),
    _Last.name.label("last_name"),
    Circle.slug,
    Circle.name.label("circle_name"),
    Circle.hue,
    ReadMark.read,
    *visible.LEVELS,
)
TAGS = visible.tags_of_topic().label("tags")


def less_muted(viewer: Viewer, rows: Iterable[Any]) -> Iterable[Any]:
    """Topics but those of people whom the viewer has muted."""
    if not viewer.muted_people:
        return rows
    return [row for row in rows if row.author_id not in viewer.muted_people]


def listed(viewer: Viewer, *more: Any) -> Select[Any]:
    """Topics the viewer may read, as `topic_row` needs them; up to a `limit` given later."""
    counted = (visible.last_post_at(viewer).label("last_post_at"), visible.apart_seqs(viewer))
    query = visible.counted(visible.topics(viewer, *_COLUMNS, *counted, *more), viewer)
    query = query.outerjoin(User, User.id == Topic.author_id)
    query = query.outerjoin(_Last, _Last.id == visible.last_author_id(viewer))
    query = visible.with_own(query, viewer, ReadMark, ReadMark.topic_id == Topic.id)
    query = visible.with_answered(visible.with_levels(query, viewer), viewer)
    return query.limit(value("limit"))


def topic_row(
    viewer: Viewer, row: Row[Any], *, with_circle: bool = False, html: str = ""
) -> TopicRow:
    """A line of a list, from a row of `listed`."""
    row, quiet = less_apart(row), muting(viewer)
    new_count, is_new = _news(viewer, row)
    word = quiet.word_in(row.title) if quiet and row.author_id != viewer.id else ""
    return TopicRow(
        public_id=row.public_id,
        title=called(row.title),
        url=links.topic(row.public_id),
        byline=Byline(known_as(row.author_name), links.face(row.author_public_id, row.author_name)),
        at=row.created_at,
        last_at=row.last_post_at,
        last_name=known_as(row.last_name),
        reply_count=row.reply_count,
        new_count=new_count,
        is_new=is_new,
        pinned=row.pinned_at is not None,
        closed=row.closed_at is not None,
        hidden=row.hidden_at is not None,
        answered=bool(row.answered),
        circle=CircleLink(row.slug, row.circle_name, f"hue-{row.hue:02d}") if with_circle else None,
        excerpt=excerpt(html, 220) if html else "",
        muted=said_of(word) if word else "",
        tags=_tags(row) if "tags" in row._fields else (),
        company=from_company(
            CompanyKind(row.company_size, row.company_market, row.company_regulated)
        ),
    )


def _tags(row: Any) -> list[tuple[str, str]]:
    return [(tag, links.tag(row.slug, tag)) for tag in tags_of(row.tags)]


def _news(viewer: Viewer, row: Row[Any]) -> tuple[int, bool]:
    """How many posts are unread, and whether it is marked as new without a number.

    Of what they never opened a number is said where they track it; of what they muted, nothing.
    """
    level = row.topic_level or row.circle_level
    if level is Level.MUTED:
        return 0, False
    if row.read is not None:
        return unread_count(row.read, row.gone, row.last_seq), False
    mine = viewer.circle(row.circle_id)
    moved = mine is not None and row.last_post_at > mine.joined_at
    if row.author_id == viewer.id or not (moved or row.topic_level in FOLLOWED):
        return 0, False
    if level in FOLLOWED:
        return unread_count("", row.gone, row.last_seq), False
    return 0, True
