"""A limit on the time one message may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TookTooLong(Exception):
    """A message used up its time."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TookTooLong inside the block once `seconds` of wall time are over.

    The clock is the process's alarm, which also interrupts a running regular expression. Outside
    the main thread, or where there is no alarm (Windows), the block runs without a limit.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield
        return
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def give_up(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLong
