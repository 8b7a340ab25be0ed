"""What somebody was told of and may see now, by topic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import excerpt
from forum.core.titles import called
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.models.notifications import Kind, Notification
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

PAGE = 20
"""Topics of a page."""
SHOWN = 3
"""Of the notices of one topic, the newest."""
MOST_COUNTED = 99
_EXCERPT_SOURCE_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Notice:
    """One post somebody was told of, and why."""

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
    notices: list[Notice]

    @property
    def less(self) -> Kind:
        """What to end for less of this: the watching it comes from, else the whole topic."""
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
    groups: list[TopicNotices]
    pager: Pager
    any_unread: bool


def notices(viewer: Viewer, after: str | None) -> NoticeList:
    """A page of topics with notices, the newest first. `after`: public id of a topic of the list.

    NotThere when that is not in it. Three statements at most.
    """
    groups = _groups(viewer)
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
        [_group(row, newest[row.id]) for row in rows],
        Pager(
            older_url=f"{base}?after={rows[-1].public_id}" if len(found) > PAGE else None,
            first_url=base if after else None,
        ),
        any_unread=any(row.unread for row in rows),
    )


def topic_id_of(viewer: Viewer, public_id: str) -> int:
    """Row id of a topic the viewer was told of and may see. NotThere."""
    query = visible.notifications(viewer, Notification.topic_id)
    found = db.session.execute(query.where(Topic.public_id == public_id).limit(1)).scalar()
    if found is None:
        raise NotThere
    return int(found)


def unread_topics_count(viewer: Viewer) -> int:
    """In how many topics something is unread, at most 99. One statement, or none at all."""
    if not viewer.may_have_news:
        return 0
    return int(_unread_topics(viewer).first(most=MOST_COUNTED).number)


@Prepared
def _unread_topics(viewer: Viewer) -> Select[Any]:
    unread = visible.notifications(viewer, Notification.topic_id)
    unread = unread.where(Notification.read_at.is_(None)).distinct().limit(value("most"))
    counted = select(func.count().label("number")).select_from(unread.subquery())
    return visible.within(counted, unread)


def _groups(viewer: Viewer) -> Select[Any]:
    columns = (Topic.id, Topic.public_id, Topic.title, Circle.slug, Circle.name, Circle.hue)
    query = visible.notifications(
        viewer,
        *columns,
        func.count().label("all"),
        (func.count() - func.count(Notification.read_at)).label("unread"),
    )
    return query.group_by(*columns).order_by(func.max(Notification.id).desc())


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
        Post.created_at,
        Post.author_id,
        func.substr(Post.html, 1, _EXCERPT_SOURCE_CHARS).label("html"),
        place.label("place"),
    )
    part = ranked.where(Notification.topic_id.in_(topic_ids)).subquery()
    query = select(*part.c, User.name, User.public_id.label("author_public_id"))
    query = query.select_from(part).outerjoin(User, User.id == part.c.author_id)
    query = query.where(part.c.place <= SHOWN).order_by(part.c.id.desc())
    for row in db.session.execute(visible.within(query, ranked)):
        found[row.topic_id].append(_notice(row))
    return found


def _notice(row: Any) -> Notice:
    return Notice(
        url=f"{links.post(row.public_id)}#p-{row.public_id}",
        name=row.name or None,
        avatar_url=links.face(row.author_public_id, row.name),
        kind=row.kind,
        at=row.created_at,
        excerpt=excerpt(row.html, 160),
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
        notices=newest,
    )
