"""What somebody was told of and may see now, by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, not_, select

from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import excerpt
from forum.core.titles import called
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.models.notifications import Kind, Notification
from forum.notifications.queries.doors import DoorNotice, door_notices
from forum.policy import visible
from forum.policy.muting import Muting, muting
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

PAGE = 20
"""Topics of a page."""
SHOWN = 3
"""Of the notices of one topic, the newest."""
MOST_COUNTED = 99
_EXCERPT_SOURCE_CHARS = 4_000
"""More than the longest quotation that an answer begins with."""
_SAID_BY = case((Notification.kind == Kind.ACCEPTED, Topic.author_id), else_=Post.author_id).label(
    "said_by"
)
"""Whose doing it is: of an answer that was accepted, whoever asked."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One post somebody was told of, and why. Its words not where they muted what stands there."""

    url: str
    name: str | None
    """Of who wrote it; None when that account is closed."""
    avatar_url: str
    kind: Kind
    at: datetime
    excerpt: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class TopicNotices:
    """All notices of one topic, the newest of them in full."""

    public_id: str
    title: str
    url: str
    slug: str
    circle_name: str
    hue: str
    unread_count: int
    more_count: int
    """Those that are not listed."""
    is_muted: bool
    """Already: nothing more comes of it."""
    notices: list[Notice]

    @property
    def less(self) -> Kind | None:
        """What to end for less of this: the watching it comes from, else the whole topic."""
        if self.is_muted:
            return None
        kinds = {notice.kind for notice in self.notices}
        if Kind.TOPIC in kinds:
            return Kind.TOPIC
        return Kind.CIRCLE if kinds == {Kind.CIRCLE} else Kind.REPLY


@dataclass(frozen=True, slots=True)
class Pager:
    """As `macros/pager.html` takes it."""

    older_url: str | None
    first_url: str | None
    newer_url: str | None = None
    last_url: str | None = None


@dataclass(frozen=True, slots=True)
class NoticeList:
    doors: list[DoorNotice]
    """Only on the first page."""
    groups: list[TopicNotices]
    pager: Pager
    any_unread: bool


def notices(viewer: Viewer, after: str | None) -> NoticeList:
    """A page of topics with notices, the newest first. `after`: public id of a topic of the list.

    NotThere when that is not in it. Three statements at most.
    """
    groups, doors = _groups(viewer), [] if after else door_notices(viewer)
    if after:
        edge = db.session.execute(
            visible.notifications(viewer, func.max(Notification.id)).where(Topic.public_id == after)
        ).scalar()
        if edge is None:
            raise NotThere
        groups = groups.having(func.max(Notification.id) < edge)
    found = db.session.execute(groups.limit(PAGE + 1)).all()
    rows, base = found[:PAGE], "/notices"
    newest = _newest(viewer, [row.id for row in rows])
    return NoticeList(
        doors,
        [_group(row, newest[row.id]) for row in rows],
        Pager(
            older_url=f"{base}?after={rows[-1].public_id}" if len(found) > PAGE else None,
            first_url=base if after else None,
        ),
        any_unread=any(row.unread for row in rows) or any(one.is_unread for one in doors),
    )


def topic_id_of(viewer: Viewer, public_id: str) -> int:
    """Row id of a topic the viewer was told of and may see. NotThere."""
    query = visible.notifications(viewer, Notification.topic_id)
    found = db.session.execute(query.where(Topic.public_id == public_id).limit(1)).scalar()
    if found is None:
        raise NotThere
    return int(found)


def unread_count(viewer: Viewer) -> int:
    """In how many topics, and at how many doors, something is unread, at most 99 each.

    One statement, or none at all.
    """
    if not viewer.may_have_news:
        return 0
    return int(_unread(viewer).first(most=MOST_COUNTED).number)


@Prepared
def _unread(viewer: Viewer) -> Select[Any]:
    topics = visible.notifications(viewer, Notification.topic_id).distinct()
    doors = visible.door_notices(viewer, Notification.id)
    unread = visible.both_limited(
        *(
            part.where(Notification.read_at.is_(None)).limit(value("most"))
            for part in (topics, doors)
        )
    )
    counted = select(func.count().label("number")).select_from(unread.subquery())
    return visible.within(counted, unread)


def _groups(viewer: Viewer) -> Select[Any]:
    columns = (Topic.id, Topic.public_id, Topic.title, Circle.slug, Circle.name, Circle.hue)
    muted = not_(visible.NOT_MUTED).label("muted")
    query = visible.notifications(
        viewer,
        *columns,
        muted,
        func.count().label("all"),
        (func.count() - func.count(Notification.read_at)).label("unread"),
    )
    query = visible.with_levels(query, viewer).group_by(*columns, muted)
    return query.order_by(func.max(Notification.id).desc())


def _newest(viewer: Viewer, topic_ids: Sequence[int]) -> dict[int, list[Notice]]:
    """The newest notices of each of these topics."""
    found: dict[int, list[Notice]] = defaultdict(list)
    place = func.row_number().over(
        partition_by=Notification.topic_id, order_by=Notification.id.desc()
    )
    ranked = visible.notifications(
        viewer,
        Notification.id,
        Notification.topic_id,
        Notification.kind,
        Notification.read_at,
        Post.public_id,
        Notification.created_at,
        _SAID_BY,
        func.substr(Post.html, 1, _EXCERPT_SOURCE_CHARS).label("html"),
        place.label("place"),
    )
    part = ranked.where(Notification.topic_id.in_(topic_ids)).subquery()
    query = select(*part.c, User.name, User.public_id.label("author_public_id"))
    query = query.select_from(part).outerjoin(User, User.id == part.c.said_by)
    query = query.where(part.c.place <= SHOWN).order_by(part.c.id.desc())
    for row in db.session.execute(visible.within(query, ranked)):
        found[row.topic_id].append(_notice(row, muting(viewer)))
    return found


def _notice(row: Any, quiet: Muting | None) -> Notice:
    is_quiet = quiet is not None and bool(quiet.why(row.said_by, row.html, ""))
    return Notice(
        url=f"{links.post(row.public_id)}#p-{row.public_id}",
        name=row.name or None,
        avatar_url=links.face(row.author_public_id, row.name),
        kind=row.kind,
        at=row.created_at,
        excerpt="" if is_quiet else excerpt(row.html, 160),
        is_unread=row.read_at is None,
    )


def _group(row: Any, newest: list[Notice]) -> TopicNotices:
    return TopicNotices(
        public_id=row.public_id,
        title=called(row.title),
        url=links.topic(row.public_id),
        slug=row.slug,
        circle_name=row.name,
        hue=f"hue-{row.hue:02d}",
        unread_count=row.unread,
        more_count=row.all - len(newest),
        is_muted=row.muted,
        notices=newest,
    )
