"""Every wrapped secret in the database: which key opens it, and wrapping it with the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute

from forum.core import seal
from forum.core.db import Base, db, transaction
from forum.core.seal import Unopenable
from forum.models.spaces import Space, TopicKey
from forum.policy.visible import Reason, unscoped

BATCH = 200
"""Rows in one transaction: some milliseconds during which nobody else writes on SQLite."""


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A table with a wrapped secret in each row; `context` makes of the key what it is bound to."""

    table: type[Base]
    key: tuple[InstrumentedAttribute[Any], ...]
    wrapped: InstrumentedAttribute[Any]
    context: Callable[..., str]


WRAPPED = (
    Wrapped(Space, (Space.id,), Space.wrapped_key, lambda space_id: f"space:{space_id}"),
    Wrapped(TopicKey, (TopicKey.topic_id,), TopicKey.wrapped, lambda topic_id: f"topic:{topic_id}"),
)
"""All of them. A table that is missing here keeps the old key in use for ever."""


@dataclass(frozen=True, slots=True)
class Census:
    """How many wrapped secrets each configured key opens, newest first, and how many none does."""

    opened: tuple[int, ...]
    unopenable: int

    @property
    def old(self) -> int:
        """How many still need a key that is not the newest."""
        return sum(self.opened[1:])


def census(kinds: Iterable[Wrapped]) -> Census:
    """Try every wrapped secret. Writes nothing."""
    found = Counter(
        _opened_by(row[-1], kind.context(*row[:-1]))
        for kind in kinds
        for batch in _batches(kind)
        for row in batch
    )
    return Census(tuple(found[number] for number in range(seal.key_count())), found[None])


def rewrap(kinds: Iterable[Wrapped]) -> int:
    """Wrap with the newest key whatever an older one opens; how many.

    Each batch is a transaction of its own, so it can be stopped and begun again. Rows that somebody
    is changing at this moment are left for the next time, so that nobody waits for anybody. What
    nothing opens is left as it is: its key may come back.
    """
    return sum(_rewrap_kind(kind) for kind in kinds)


def _rewrap_kind(kind: Wrapped) -> int:
    done, after = 0, None
    while True:
        with transaction() as session:
            rows = session.execute(_free(_batch(kind, after))).all()
            for row in rows:
                done += _rewrap_row(kind, tuple(row[:-1]), row[-1])
        if not rows:
            return done
        after = tuple(rows[-1][:-1])


def _free(batch: Select[Any]) -> Select[Any]:
    """Locked, less those that another transaction has; posting below them goes on (`key_share`)."""
    return batch.with_for_update(skip_locked=True, key_share=True)


def _rewrap_row(kind: Wrapped, key: tuple[Any, ...], old: bytes) -> int:
    """One row, locked by its batch: nobody can erase it and find it written again."""
    context = kind.context(*key)
    if seal.wrapped_with_newest(old):
        return 0
    try:
        new = seal.wrap(seal.unwrap(old, context), context)
    except Unopenable:
        return 0
    this_row = (column == value for column, value in zip(kind.key, key, strict=True))
    db.session.execute(
        update(kind.table)
        .where(*this_row)
        .values({kind.wrapped: new})
        .execution_options(synchronize_session=False)
    )
    return 1


def _opened_by(wrapped: bytes, context: str) -> int | None:
    try:
        seal.unwrap(wrapped, context)
    except Unopenable:
        return None
    return seal.key_number(wrapped)


def _batches(kind: Wrapped) -> Iterator[list[tuple[Any, ...]]]:
    after = None
    while rows := [tuple(row) for row in db.session.execute(_batch(kind, after))]:
        db.session.rollback()
        yield rows
        after = rows[-1][:-1]


def _batch(kind: Wrapped, after: tuple[Any, ...] | None) -> Select[Any]:
    """The next rows by key: the key's columns, then the wrapped secret. Not the erased ones."""
    query = select(*kind.key, kind.wrapped).where(kind.wrapped.is_not(None))
    if after is not None:
        query = query.where(tuple_(*kind.key) > tuple_(*after))
    return unscoped(query.order_by(*kind.key).limit(BATCH), Reason.KEYS)
