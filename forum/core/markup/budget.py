"""A time and memory budget that holds: texts are rendered in a child that can be killed.

Own sockets and `Popen`, no pool library: the kill comes at the deadline and not at the next
poll, with SIGKILL and not a polite signal that a regular expression may ignore for seconds, by the
monotonic clock, and no `__main__` is imported again in the child.
"""

from __future__ import annotations

import atexit
import os
import queue
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from . import child

SECONDS = 0.4
"""For one text, from the moment a warm child has it."""
CHILDREN = 2
"""For one web worker process; the second starts only when two members write at once."""
PATIENCE_SECONDS = 2.0
"""How long a writer waits for a free child."""
START_SECONDS = 10.0


class OverBudget(Exception):
    """The text took too long or too much memory; its child is gone."""


class NoChild(Exception):
    """No child could be had in time: too many writers at once, or none can start."""


class ChildFailed(Exception):
    """The child met an error of ours; the name of its type."""


class Budget:
    """A few long-lived children; safe to use from many threads and across a fork."""

    def __init__(
        self,
        command: Sequence[str],
        children: int = CHILDREN,
        seconds: float = SECONDS,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self.seconds = seconds
        self.patience_seconds = patience_seconds
        self._command = tuple(command)
        self._count = children
        self._fill()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def run(self, source: str) -> tuple[bytes, str]:
        """The child's answer to this text: DONE and HTML, or REFUSED and the reason.

        Raises OverBudget, NoChild or ChildFailed. The next caller finds a fresh child.
        """
        kind, answer = self.ask(source.encode())
        return kind, answer.decode()

    def ask(self, content: bytes) -> tuple[bytes, bytes]:
        """The same with bytes, for a child that is not the renderer's."""
        try:
            worker = self._idle.get(timeout=self.patience_seconds)
        except queue.Empty:
            raise NoChild from None
        try:
            return self._ask(worker, content)
        finally:
            self._idle.put(worker)

    def warm_up(self) -> None:
        """Start one child now, without waiting for it."""
        with suppress(queue.Empty):
            worker = self._idle.get_nowait()
            try:
                worker.start()
            finally:
                self._idle.put(worker)

    def close(self) -> None:
        """End the children (at exit, and in tests)."""
        for worker in self._workers:
            worker.kill()

    def _ask(self, worker: _Worker, source: bytes) -> tuple[bytes, bytes]:
        left = self.seconds
        for last_try in (False, True):
            worker.wait_until_ready()
            began = time.monotonic()
            try:
                kind, answer = worker.ask(source, left)
            except (TimeoutError, EOFError, OSError) as error:
                worker.restart()
                left -= time.monotonic() - began
                if last_try or left <= 0 or isinstance(error, TimeoutError):
                    raise OverBudget from None
                # It may have been killed from outside while it was idle: once more, in a fresh one.
                continue
            if kind == child.FAILED:
                raise ChildFailed(answer.decode())
            return kind, answer
        raise OverBudget

    def _fill(self) -> None:
        self._workers = [_Worker(self._command, number) for number in range(self._count)]
        self._idle: queue.PriorityQueue[_Worker] = queue.PriorityQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def _forget(self) -> None:
        """In a forked process: the children belong to the parent, and so may every lock."""
        for worker in self._workers:
            worker.disown()
        self._fill()


class _Worker:
    """One child process and our end of its socket; used by one thread at a time."""

    def __init__(self, command: Sequence[str], number: int) -> None:
        self._command = command
        self._number = number
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._ready = False

    def __lt__(self, other: _Worker) -> bool:
        return self._wait() < other._wait()

    def _wait(self) -> tuple[bool, bool, int]:
        """A child that is ready is taken before one that starts, and that before none."""
        return (not self._ready, self._process is None, self._number)

    def start(self) -> None:
        if self._process is not None:
            return
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                self._command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                env=environment(),
                cwd="/",
            )
        self._channel, self._ready = ours, False

    def wait_until_ready(self) -> None:
        """Start-up is not the writer's fault: it has its own, longer limit."""
        if self._ready:
            return
        try:
            self.start()
            assert self._channel is not None
            self._channel.settimeout(START_SECONDS)
            child.receive(self._channel)
        except (EOFError, OSError):
            self.kill()
            raise NoChild from None
        self._ready = True

    def ask(self, source: bytes, seconds: float) -> tuple[bytes, bytes]:
        channel = self._channel
        assert channel is not None
        until = time.monotonic() + seconds
        channel.settimeout(seconds)
        child.send(channel, child.READY, source)
        return child.receive(_Deadline(channel, until))

    def restart(self) -> None:
        self.kill()
        with suppress(OSError):
            self.start()

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._close()

    def disown(self) -> None:
        if self._process is not None:
            # Else its destructor would wait here for a process of the parent.
            self._process.returncode = 0
        self._close()

    def _close(self) -> None:
        if self._channel is not None:
            self._channel.close()
        self._process = self._channel = None
        self._ready = False


class _Deadline:
    """A socket to read from until a moment, however small the pieces come."""

    def __init__(self, channel: socket.socket, until: float) -> None:
        self._channel = channel
        self._until = until

    def recv(self, size: int) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._channel.settimeout(left)
        return self._channel.recv(size)


def environment() -> dict[str, str]:
    """Only what an interpreter may need to find its libraries: no secrets in the child."""
    kept = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ}


def of_the_process() -> Budget:
    """The budget of this process; its first text starts the first child."""
    return _BUDGET


_BUDGET = Budget([sys.executable, "-I", str(Path(child.__file__).resolve())])
