"""The topics of a private space: by the day they were opened, shuffled within it, never counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Select, func, select, tuple_

from forum.core import clock, links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.ranges import Ranges
from forum.core.seal import Unopenable
from forum.discussions.cards import Byline, Pager
from forum.discussions.queries.ground import drawn
from forum.discussions.queries.titles import headline
from forum.models.discussions import Post, ReadMark, Topic
from forum.models.spaces import Pseudonym, TopicKey
from forum.policy import unsealing, visible
from forum.policy.identity import owner
from forum.policy.prepared import Prepared, value
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer
from forum.spaces.notes import in_words
from forum.spaces.queries import SeenSpace

PAGE = 30
_FETCHED = 48
"""Topics in one statement."""
_NEWEST = 3
"""Of a topic's posts, how many are looked at first for one the viewer may see."""


@dataclass(frozen=True, slots=True)
class SealedTopicRow:
    """A line of the list."""

    title: str
    url: str
    byline: Byline
    on: date
    wish: str
    notes: str
    """In words."""
    unseen: bool
    """Not opened yet."""
    moved: bool
    """Opened before; the newest post there has not been shown."""
    closed: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class SealedTopicList:
    rows: list[SealedTopicRow]
    pager: Pager


def topics_of_space(viewer: Viewer, space: SeenSpace, after: str | None = None) -> SealedTopicList:
    """One page of what the viewer may see in a space, from behind `after`, a topic's public id, on.

    NotThere for a cursor the viewer cannot see. Statements: four, one more for every page of topics
    that walls stand before, and for topics whose newest posts do.
    """
    lenses = Lenses(viewer)
    at = _place(viewer, space, after, lenses) if after else None
    shown = list(islice(_from(viewer, space, at, lenses), PAGE + 1))
    page = shown[:PAGE]
    reads = _read(viewer, page)
    newest = _newest(page, [row.key_topic_id for row, _lens in page if row.key_topic_id in reads])
    base = links.space(space.public_id)
    older = f"{base}?after={page[-1][0].t_public_id}" if len(shown) > PAGE else None
    return SealedTopicList(
        list(_rows(page, reads, newest)),
        Pager(older_url=older, first_url=base if after else None),
    )


def _from(
    viewer: Viewer, space: SeenSpace, at: dict[str, Any] | None, lenses: Lenses
) -> Iterator[tuple[Any, Lens]]:
    """The topics they may see, from an edge on; some more than a page are fetched, as some walls
    will stand before them."""
    while True:
        query = _listed(viewer, at is not None)
        found = query.rows(space_id=space.id, limit=_FETCHED, **(at or {}))
        yield from _seen(found, lenses)
        if len(found) < _FETCHED:
            return
        at = {"opened_on": found[-1].opened_on, "topic_id": found[-1].key_topic_id}


def _seen(found: Sequence[Any], lenses: Lenses) -> Iterator[tuple[Any, Lens]]:
    """Those that no wall stands before, each with its lens."""
    for row, lens in lenses.of_each(found):
        try:
            is_seen = lens.may_see(row.opening_id, row.opening_wall)
        except Unopenable:  # a damaged one is there for nobody
            continue
        if is_seen and (row.t_hidden_at is None or lens.may_see_hidden(row.name)):
            yield row, lens


def _place(viewer: Viewer, space: SeenSpace, after: str, lenses: Lenses) -> dict[str, Any]:
    found = _one(viewer).rows(space_id=space.id, public_id=after)
    if not list(_seen(found, lenses)):
        raise NotThere
    return {"opened_on": found[0].opened_on, "topic_id": found[0].key_topic_id}


def _read(viewer: Viewer, page: Sequence[tuple[Any, Lens]]) -> dict[int, Ranges]:
    """What the viewer has been shown of each topic they opened. One statement."""
    seats = {str(owner(viewer, ReadMark, lens.voice).seat): lens for _row, lens in page}
    if not seats:
        return {}
    rows = db.session.execute(visible.of_seats(ReadMark, list(seats))).scalars()
    return {
        mark.topic_id: Ranges.parse(
            seats[str(mark.seat)].text(mark.id, mark.sealed, unsealing.READ)["read"]
        )
        for mark in rows
    }


def _newest(page: Sequence[tuple[Any, Lens]], topic_ids: list[int]) -> dict[int, int]:
    """The number of the newest post the viewer may see, for each of the topics."""
    lenses = {row.key_topic_id: lens for row, lens in page}
    found: dict[int, int] = {}
    left, skipped = list(topic_ids), 0
    while left:
        rows = _newest_posts(left, skipped)
        for row in rows:
            if row.topic_id not in found and _is_seen(lenses[row.topic_id], row):
                found[row.topic_id] = row.seq
        more = {row.topic_id for row in rows if row.rank == skipped + _NEWEST}
        left = [topic_id for topic_id in left if topic_id in more and topic_id not in found]
        skipped += _NEWEST
    return found


def _is_seen(lens: Lens, row: Any) -> bool:
    try:
        return bool(lens.seen([row]))
    except Unopenable:
        return False


def _newest_posts(topic_ids: list[int], skipped: int) -> Sequence[Any]:
    rank = func.row_number().over(partition_by=Post.topic_id, order_by=Post.seq.desc())
    ranked = visible.posts_behind_walls(
        topic_ids,
        *unsealing.SEALED_POST,
        Post.topic_id,
        Post.seq,
        Pseudonym.name.label("author_name"),
        rank.label("rank"),
    )
    part = ranked.subquery()
    query = select(part).where(part.c.rank > skipped, part.c.rank <= skipped + _NEWEST)
    return db.session.execute(visible.within(query, ranked)).all()


def _rows(
    page: Sequence[tuple[Any, Lens]], reads: Mapping[int, Ranges], newest: Mapping[int, int]
) -> Iterator[SealedTopicRow]:
    for row, lens in page:
        try:
            yield _row(row, lens, reads.get(row.key_topic_id), newest)
        except Unopenable:  # a damaged title
            continue


def _row(row: Any, lens: Lens, read: Ranges | None, newest: Mapping[int, int]) -> SealedTopicRow:
    words = lens.text(row.key_topic_id, row.t_sealed, unsealing.TITLE)
    last = newest.get(row.key_topic_id)
    return SealedTopicRow(
        title=headline(words),
        url=links.topic(row.t_public_id),
        byline=drawn(row.name),
        on=row.opened_on,
        wish=words["wish"],
        notes=in_words(words["notes"]),
        unseen=read is None,
        moved=read is not None and last is not None and last not in read,
        closed=row.closed_at is not None or row.closes_on <= clock.today(),
        hidden=row.t_hidden_at is not None,
    )


def _topics(viewer: Viewer) -> Select[Any]:
    query = visible.space_topics(
        viewer,
        *unsealing.SEALED_TOPIC,
        Topic.public_id.label("t_public_id"),
        Topic.hidden_at.label("t_hidden_at"),
        Topic.closed_at,
        Pseudonym.name,
        Post.id.label("opening_id"),
        Post.wall.label("opening_wall"),
    )
    query = visible.with_sealed_opening(query, Post, Pseudonym)
    return query.where(TopicKey.space_id == value("space_id"))


@Prepared
def _listed(viewer: Viewer, from_edge: bool) -> Select[Any]:
    """By opening day, the newest first; within a day by row id, which is random (R6)."""
    query = _topics(viewer)
    if from_edge:
        day = value("opened_on", like=TopicKey.opened_on.expression)
        edge = tuple_(day, value("topic_id", like=TopicKey.topic_id.expression))
        query = query.where(tuple_(TopicKey.opened_on, TopicKey.topic_id) < edge)
    key = (TopicKey.opened_on.desc(), TopicKey.topic_id.desc())
    return query.order_by(*key).limit(value("limit"))


@Prepared
def _one(viewer: Viewer) -> Select[Any]:
    return _topics(viewer).where(Topic.public_id == value("public_id"))
