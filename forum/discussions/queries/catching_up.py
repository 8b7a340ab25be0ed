"""Since somebody was here: what was asked of them, and what moved where they take part.

In circles only: what is new in a private space shows nowhere but on its own pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select, literal
from sqlalchemy.orm import aliased

from forum.circles.queries import known_as
from forum.core import clock, ids, links
from forum.core.i18n import _
from forum.core.markup import excerpt
from forum.core.titles import called
from forum.discussions.cards import CircleLink, TopicRow
from forum.discussions.queries.topic_rows import less_muted, listed, topic_row
from forum.discussions.queries.unread import parsed
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, ReadMark, Topic
from forum.policy import visible
from forum.policy.muting import muting
from forum.policy.prepared import Prepared, Selected, value, values
from forum.policy.viewer import Viewer

MOST = 10
LATELY = timedelta(days=30)
_FETCHED = 40
_MOVED = 60
_EXCERPT_CHARS = 160
_ANSWER, _NAMED = 1, 2
_Author = aliased(User)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A post that answers one of the viewer's or names them, and that they have not read."""

    public_id: str
    topic_public_id: str
    url: str
    title: str
    author_name: str
    at: datetime
    circle: CircleLink
    why: str
    excerpt: str
    more: int = 0
    """Others in the same topic."""


def asked_of(viewer: Viewer) -> list[AskedRow]:
    """Unread answers to the viewer's posts, and posts that name them, of thirty days, newest first.

    One for each topic, which stands for the others there; at most ten. Nothing of what they muted.
    One statement.
    """
    since = ids.earliest(clock.now() - LATELY)
    rows = _asked(viewer).rows(since=since, limit=_FETCHED)
    found = {row.post_id: row for row in reversed(rows) if row.seq not in parsed(row.read or "")}
    made = [_row(viewer, row) for row in less_muted(viewer, list(found.values()))]
    newest_first = sorted(made, key=lambda row: row.at, reverse=True)
    here = Counter(row.topic_public_id for row in newest_first)
    firsts = {row.topic_public_id: row for row in reversed(newest_first)}
    ordered = (firsts[topic] for topic in here)
    return [replace(row, more=here[row.topic_public_id] - 1) for row in islice(ordered, MOST)]


def moved_since(viewer: Viewer) -> list[TopicRow]:
    """Topics the viewer wrote in, or kept, with something in them they have not read.

    At most ten, moved last first. One statement.
    """
    rows = _moved(viewer).rows(limit=_MOVED)
    made = (topic_row(viewer, row, with_circle=True) for row in less_muted(viewer, rows))
    return list(islice((row for row in made if row.new_count or row.is_new), MOST))


def read_until(viewer: Viewer, public_ids: Sequence[str], at: datetime) -> list[Any]:
    """Of these topics the row id and the number of the newest post the viewer could see by then.

    One statement.
    """
    return _newest(viewer).rows(public_ids=list(public_ids), at=at) if public_ids else []


def _row(viewer: Viewer, row: Any) -> AskedRow:
    quiet = muting(viewer)
    is_quiet = quiet is not None and bool(quiet.word_in_html(row.html))
    return AskedRow(
        public_id=row.post_public_id,
        topic_public_id=row.public_id,
        url=f"{links.post(row.post_public_id)}#p-{row.post_public_id}",
        title=called(row.title),
        author_name=known_as(row.author_name),
        at=row.created_at,
        circle=CircleLink(row.slug, row.circle_name, f"hue-{row.hue:02d}"),
        why=_("answers you") if row.kind == _ANSWER else _("names you"),
        excerpt="" if is_quiet else excerpt(row.html, _EXCERPT_CHARS),
    )


@Prepared
def _asked(viewer: Viewer) -> Selected:
    answers = visible.of_replies_to_me(_posts(viewer, _ANSWER), viewer)
    naming = visible.that_name_me(_posts(viewer, _NAMED), viewer)
    newest = (part.order_by(Post.id.desc()).limit(value("limit")) for part in (answers, naming))
    return visible.both_limited(*newest)


def _posts(viewer: Viewer, kind: int) -> Select[Any]:
    query = visible.posts(
        viewer,
        literal(kind).label("kind"),
        Post.id.label("post_id"),
        Post.public_id.label("post_public_id"),
        Post.seq,
        Post.author_id,
        Post.html,
        Post.created_at,
        Topic.public_id,
        Topic.title,
        Circle.slug,
        Circle.name.label("circle_name"),
        Circle.hue,
        ReadMark.read,
        _Author.name.label("author_name"),
    ).outerjoin(_Author, _Author.id == Post.author_id)
    query = visible.with_own(query, viewer, ReadMark, ReadMark.topic_id == Topic.id)
    query = visible.with_levels(query, viewer)
    since = Post.id >= value("since")
    return query.where(since, visible.by_another(viewer), visible.NOT_MUTED)


@Prepared
def _moved(viewer: Viewer) -> Select[Any]:
    query = visible.taken_part_in(listed(viewer), viewer)
    return query.order_by(visible.last_post_at(viewer).desc(), Topic.id.desc())


@Prepared
def _newest(viewer: Viewer) -> Select[Any]:
    return visible.newest_seqs(viewer).where(
        Topic.public_id.in_(values("public_ids")), Post.created_at <= value("at")
    )
