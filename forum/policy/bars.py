"""What somebody is barred from in a space, worked out when they act: no row says whom it means."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import bindparam, select

from forum.core import clock
from forum.core.db import db, records
from forum.core.seal import Unopenable
from forum.models.guarding import Ability, Sanction
from forum.models.spaces import TopicKey
from forum.policy.guard import scoped
from forum.policy.identity import Voice, topic_key

BarredUntil: TypeAlias = Callable[[Collection[Ability]], date | None]
"""The last day on which one of these abilities is barred; None: none is."""


def barred(space_id: int, voice: Voice) -> BarredUntil:
    """Of one member of a space, whoever they are in its topics (R10).

    The database is asked when it is called first, and once: one statement.
    """

    @cache
    def living() -> list[tuple[Ability, date]]:
        return [(row.ability, row.ends_on) for row in _living(space_id) if _means(row, voice)]

    def until(abilities: Collection[Ability]) -> date | None:
        return max((ends_on for ability, ends_on in living() if ability in abilities), default=None)

    return until


def _means(row: Any, voice: Voice) -> bool:
    """Whether the voice has the row's handle in its topic. A damaged key bars nobody."""
    try:
        key = topic_key(row.topic_id, row.wrapped)
    except Unopenable:
        return False
    return bool(voice.under(key).name == row.handle)


def _living(space_id: int) -> list[Any]:
    values = {"space_id": space_id, "today": clock.today()}
    return records(db.session.connection().execute(_LIVING, values))


_LIVING = scoped(
    select(Sanction.topic_id, TopicKey.wrapped, Sanction.handle, Sanction.ability, Sanction.ends_on)
    .join(TopicKey, TopicKey.topic_id == Sanction.topic_id)
    .where(
        Sanction.space_id == bindparam("space_id"),
        Sanction.ends_on >= bindparam("today"),
    ),
    Sanction,
    TopicKey,
)
