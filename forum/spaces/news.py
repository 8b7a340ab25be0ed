"""Whether there is anything new in the spaces of a member, asked for one who is not here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import aliased

from forum.core import clock
from forum.core.db import db
from forum.core.seal import Unopenable
from forum.models.discussions import Post, Topic
from forum.models.spaces import Pseudonym, Space, SpaceMember
from forum.policy import unsealing, visible
from forum.policy.identity import Voice, space_key
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer
from forum.spaces.visits import last_visit

_FETCHED = 100
"""Posts in one statement; nearly always the first ones tell."""
_OPENING, _OPENER = aliased(Post), aliased(Pseudonym)


def has_news(viewer: Viewer, after: date, to: date) -> bool:
    """Whether anything they may see was written after one day and to the end of another.

    In each space from the day they last looked at its list on, that day included: what is written
    has a day and no hour. Their own words count like all others: whoever was not told of a day for
    having written on it would stand out (access-and-privacy R3).
    """
    lenses = Lenses(viewer)
    found = db.session.execute(visible.spaces(viewer, *_SPACE)).all()
    return any(_has_space_news(viewer, row, after, to, lenses) for row in found)


_SPACE = (Space.id, Space.wrapped_key, SpaceMember.secret, SpaceMember.number)


def _has_space_news(viewer: Viewer, row: Any, after: date, to: date, lenses: Lenses) -> bool:
    try:
        voice = Voice(space_key(row.id, row.wrapped_key), row.secret, row.number)
        since = max(after + timedelta(days=1), last_visit(voice, after) or date.min)
        return any(_sees(row, lens) for row, lens in _written(viewer, row.id, since, to, lenses))
    except Unopenable:  # what can't be opened is news to nobody
        return False


def _sees(row: Any, lens: Lens) -> bool:
    """As on the pages of its topic."""
    is_topic_seen = lens.may_see(row.opening_id, row.opening_wall) and (
        row.topic_hidden_at is None or lens.may_see_hidden(row.opener_name)
    )
    return is_topic_seen and bool(lens.seen([row]))


def _written(
    viewer: Viewer, space_id: int, since: date, to: date, lenses: Lenses
) -> Iterator[tuple[Any, Lens]]:
    """The posts of some days with their topics' lenses, in no order."""
    last = 0
    while since <= to:
        query = _posts(viewer).where(Topic.space_id == space_id, Post.id > last)
        query = query.where(Post.created_at.between(clock.midnight(since), clock.midnight(to)))
        rows = db.session.execute(query.order_by(Post.id).limit(_FETCHED)).all()
        yield from lenses.of_each(rows)
        if len(rows) < _FETCHED:
            return
        last = rows[-1].post_id


def _posts(viewer: Viewer) -> Select[Any]:
    query = visible.space_posts(
        viewer,
        *unsealing.KEY,
        *unsealing.MEMBER,
        Post.id.label("post_id"),
        Post.wall,
        Post.hidden_at,
        Pseudonym.name.label("author_name"),
        Topic.hidden_at.label("topic_hidden_at"),
        _OPENING.id.label("opening_id"),
        _OPENING.wall.label("opening_wall"),
        _OPENER.name.label("opener_name"),
    )
    return visible.with_sealed_opening(query, _OPENING, _OPENER)
