"""Since somebody was here: what was asked of them, and what moved where they take part.

In circles only: what is new in a private space shows nowhere but on its own pages.
"""

from __future__ import annotations

import re
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
from forum.discussions.queries.muting import muting
from forum.discussions.queries.topic_rows import less_muted, listed, topic_row
from forum.discussions.queries.unread import parsed
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, ReadMark, Topic
from forum.policy import visible
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
    """A post that answers one of the viewer's, or names them."""

    public_id: str
    topic_public_id: str
    url: str
    title: str
    author_name: str
    at: datetime
    circle: CircleLink
    why: str
    excerpt: str
    is_new: bool
    more: int = 0
    """Others in the same topic."""


def asked_of(viewer: Viewer) -> list[AskedRow]:
    """Answers to the viewer's posts, and posts that name them, of thirty days; unread first.

    One for each topic, which stands for the others there; at most ten. One statement.
    """
    since = ids.time_ordered(clock.now() - LATELY)
    named = {"named": f"%@{viewer.handle}%", "circles": [mine.id for mine in viewer.circles]}
    query = _asked(viewer, bool(viewer.handle))
    rows = query.rows(since=since, limit=_FETCHED, **(named if viewer.handle else {}))
    found = {row.post_id: row for row in reversed(rows) if _really(row, viewer)}
    made = [_row(viewer, row) for row in less_muted(viewer, list(found.values()))]
    newest_first = sorted(made, key=lambda row: row.at, reverse=True)
    unread_first = sorted(newest_first, key=lambda row: not row.is_new)
    here = Counter(row.topic_public_id for row in unread_first)
    firsts = {row.topic_public_id: row for row in reversed(unread_first)}
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


def _really(row: Any, viewer: Viewer) -> bool:
    """Whether what was found by a pattern is the handle, and not the beginning of another."""
    if row.kind == _ANSWER:
        return True
    handle = rf"(?<!\w)@{re.escape(viewer.handle)}(?![\w-])"
    return re.search(handle, row.source, re.IGNORECASE) is not None


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
        is_new=row.seq not in parsed(row.read or ""),
    )


@Prepared
def _asked(viewer: Viewer, has_handle: bool) -> Selected:
    answers = visible.of_replies_to_me(_posts(viewer, _ANSWER), viewer)
    answers = answers.order_by(Post.id.desc()).limit(value("limit"))
    if not has_handle:
        return answers
    naming = _posts(viewer, _NAMED).where(
        Circle.id.in_(values("circles")), Post.source.ilike(value("named"))
    )
    naming = naming.order_by(Post.id.desc()).limit(value("limit"))
    return visible.both_limited(answers, naming)


def _posts(viewer: Viewer, kind: int) -> Select[Any]:
    query = visible.posts(
        viewer,
        literal(kind).label("kind"),
        Post.id.label("post_id"),
        Post.public_id.label("post_public_id"),
        Post.seq,
        Post.author_id,
        Post.source,
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
    return query.where(Post.id >= value("since"), visible.by_another(viewer))


@Prepared
def _moved(viewer: Viewer) -> Select[Any]:
    query = visible.taken_part_in(listed(viewer), viewer)
    return query.order_by(visible.last_post_at(viewer).desc(), Topic.id.desc())


@Prepared
def _newest(viewer: Viewer) -> Select[Any]:
    return visible.newest_seqs(viewer).where(
        Topic.public_id.in_(values("public_ids")), Post.created_at <= value("at")
    )
