"""The one clock. Everything that asks for the time asks here, so tests can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)
_everywhere: list[datetime] = []


def now() -> datetime:
    """The present moment, aware, in UTC."""
    frozen = _frozen.get() or (_everywhere[-1] if _everywhere else None)
    return frozen or datetime.now(UTC)


def today() -> date:
    """The present UTC day."""
    return now().date()


def this_week() -> date:
    """The Monday of the present UTC week: what is kept of a visit."""
    return today() - timedelta(days=today().weekday())


def midnight(day: date | None = None) -> datetime:
    """The moment a UTC day begins, today's unless another is given: a day where a moment stands."""
    return datetime.combine(day or today(), time.min, UTC)


@contextmanager
def freeze(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment, for this context only."""
    if moment.tzinfo is None:
        raise ValueError("freeze() needs an aware datetime")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


@contextmanager
def freeze_everywhere(moment: datetime) -> Iterator[None]:
    """Hold the clock for every thread of the process: for tests that run a server in a thread."""
    _everywhere.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _everywhere.pop()
