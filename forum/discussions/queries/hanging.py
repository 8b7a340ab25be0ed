"""Topics nobody has answered for a day, for those whom they fit. Worked out anew, never stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Select

from forum.circles.choices import BARRIERS
from forum.core import clock, ids
from forum.core.i18n import _
from forum.discussions.cards import TopicRow
from forum.discussions.queries.topic_rows import less_muted, listed, topic_row
from forum.models.circles import Circle
from forum.models.discussions import Topic
from forum.models.profiles import Barrier
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

ALONE_FOR = timedelta(days=1)
NOT_AFTER = timedelta(days=30)
SHOWN = 3
_LOOKED_THROUGH = 60
"""Of those that wait longest: the front page must not read a month of them."""


def left_hanging(viewer: Viewer) -> list[TopicRow]:
    """At most three of others' topics, a day to thirty old, each with why it is shown to them.

    The best fit first, of those alike the one that waits longest. What whoever opened it wishes is
    told too: who wants to be heard is not after advice. One statement.
    """
    now = clock.now()
    rows = _fitting(viewer).rows(
        me=viewer.id,
        newest=ids.earliest(now - ALONE_FOR),
        oldest=ids.earliest(now - NOT_AFTER),
        limit=_LOOKED_THROUGH,
    )
    fits = [(fit, row) for row in less_muted(viewer, rows) if (fit := _fit(viewer, row))]
    fits.sort(key=lambda each: each[0].place)
    made = (_row(viewer, row, fit) for fit, row in fits)
    return list(islice((row for row in made if not row.muted), SHOWN))


class _Fit(NamedTuple):
    """How close a topic is to somebody, and why in words."""

    place: int
    why: str


def _fit(viewer: Viewer, row: Any) -> _Fit | None:
    if row.barrier:
        wall = BARRIERS[Barrier(row.barrier)]
        return _Fit(1, _("You have broken through this: %(wall)s", wall=wall))
    if _is_like_mine(row):
        return _Fit(2, _("It comes from a company like yours"))
    if row.isic is not None and row.isic == row.my_industry:
        return _Fit(3, _("It is from your industry"))
    return _Fit(4, _("You are in this circle")) if viewer.circle(row.circle_id) else None


def _is_like_mine(row: Any) -> bool:
    """As large, in the same market, and not regulated where the other is said not to be."""
    here = (row.company_size, row.company_market)
    regulated = {row.company_regulated, row.my_regulated} - {None}
    return None not in here and here == (row.my_size, row.my_market) and len(regulated) < 2


def _row(viewer: Viewer, row: Any, fit: _Fit) -> TopicRow:
    made = topic_row(viewer, row, with_circle=True)
    return replace(made, reason=str(fit.why), wish=row.wish or "")


@Prepared
def _fitting(viewer: Viewer) -> Select[Any]:
    query = listed(viewer, Topic.wish, Circle.isic).where(
        visible.unanswered(viewer),
        Topic.closed_at.is_(None),
        Topic.hidden_at.is_(None),
        Topic.author_id != value("me"),
        Topic.id.between(value("oldest"), value("newest")),
        visible.NOT_MUTED,
    )
    return visible.with_fit(query, viewer).order_by(Topic.id)
