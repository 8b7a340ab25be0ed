"""Topics nobody has answered for a day, for those whom they fit. Worked out anew, never stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Select

from forum.core import clock, ids
from forum.core.i18n import _, _l
from forum.discussions.cards import TopicRow
from forum.discussions.queries.topic_rows import less_muted, listed, topic_row
from forum.models.discussions import Topic
from forum.models.profiles import Barrier
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer
from forum.policy.visible.fitting import BARRIER, COMPANY, INDUSTRY

ALONE_FOR = timedelta(days=1)
NOT_AFTER = timedelta(days=30)
SHOWN = 3
_FETCHED = 12
"""As some may be by people or with words that the viewer has muted."""
WALLS = {
    Barrier.SPONSOR: _l("finding a sponsor"),
    Barrier.INCENTIVES: _l("incentives that point the other way"),
    Barrier.LEGAL: _l("legal and compliance"),
    Barrier.BUDGET: _l("money"),
    Barrier.MIDDLE: _l("the middle of the hierarchy"),
    Barrier.MANDATE: _l("having no mandate"),
    Barrier.BRAND: _l("fear for the brand"),
    Barrier.PARTNER: _l("finding a partner"),
    Barrier.ISOLATION: _l("being alone with it"),
    Barrier.SCALING: _l("growing beyond the pilot"),
}


def left_hanging(viewer: Viewer) -> list[TopicRow]:
    """At most three of others' topics, a day to thirty old, each with why it is shown to them.

    What whoever opened it wishes is told too: who wants to be heard is not after advice. One
    statement.
    """
    now = clock.now()
    rows = _fitting(viewer).rows(
        me=viewer.id,
        newest=ids.time_ordered(now - ALONE_FOR),
        oldest=ids.time_ordered(now - NOT_AFTER),
        limit=_FETCHED,
    )
    made = (
        replace(topic_row(viewer, row, with_circle=True), reason=_why(row), wish=row.wish or "")
        for row in less_muted(viewer, rows)
    )
    return list(islice((row for row in made if not row.muted), SHOWN))


def _why(row: Any) -> str:
    if row.fit == BARRIER:
        return str(_("You have broken through this: %(wall)s", wall=WALLS[Barrier(row.barrier)]))
    if row.fit == COMPANY:
        return str(_("It comes from a company like yours"))
    if row.fit == INDUSTRY:
        return str(_("It is from your industry"))
    return str(_("You are in this circle"))


@Prepared
def _fitting(viewer: Viewer) -> Select[Any]:
    query = listed(viewer, Topic.wish).where(
        visible.unanswered(viewer),
        Topic.closed_at.is_(None),
        Topic.hidden_at.is_(None),
        Topic.author_id != value("me"),
        Topic.id.between(value("oldest"), value("newest")),
    )
    return visible.fitting(query, viewer)
