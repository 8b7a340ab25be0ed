"""A clock that stands still until the test moves it."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest

from forum.core import clock

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class HeldClock:
    """The forum's clock, held; the same for every thread of this process."""

    def __init__(self, moments: ExitStack) -> None:
        self._moments = moments
        self.set(START)

    def set(self, moment: datetime) -> None:
        self._moments.enter_context(clock.freeze_everywhere(moment))

    def forward(self, **units: float) -> datetime:
        """Move on by timedelta's units (seconds=5, days=3); the new moment."""
        self.set(clock.now() + timedelta(**units))
        return clock.now()


@pytest.fixture
def held_clock() -> Iterator[HeldClock]:
    """It is a Monday, 2 March 2026, 9 o'clock UTC, until the test says otherwise."""
    with ExitStack() as moments:
        yield HeldClock(moments)
