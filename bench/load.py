"""Somebody who asks for pages: a process of its own, so that its CPU is not the server's.

One line of JSON in, one out. `python -m bench.load` is the process, `Load` the handle on it.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tools.environment import ROOT

CONNECTIONS = 4
TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Answers:
    """What came back of one round: latencies in milliseconds, how often each status."""

    seconds: float
    latencies: list[float]
    statuses: dict[int, int]


class Load:
    """The process. Use as a context."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.load"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def run(self, port: int, requests: Sequence[str]) -> Answers:
        """Send these requests over four kept connections, each its share, and wait for all."""
        assert self._process.stdin
        assert self._process.stdout
        print(
            json.dumps({"port": port, "requests": requests}), file=self._process.stdin, flush=True
        )
        found = json.loads(self._process.stdout.readline())
        if "error" in found:
            raise RuntimeError(found["error"])
        statuses = {int(status): count for status, count in found["statuses"].items()}
        return Answers(found["seconds"], found["latencies"], statuses)


class _Connection(threading.Thread):
    """Sends its requests one after the other over one connection."""

    def __init__(self, port: int, requests: Sequence[str]) -> None:
        super().__init__()
        self._requests = [request.encode() for request in requests]
        self._socket = socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.latencies: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.trouble = ""

    def run(self) -> None:
        try:
            for request in self._requests:
                begun = time.perf_counter()
                self._socket.sendall(request)
                self.statuses[self._status_of_answer()] += 1
                self.latencies.append((time.perf_counter() - begun) * 1000)
        except (OSError, ValueError, IndexError) as error:
            self.trouble = repr(error)
        finally:
            self._socket.close()

    def _status_of_answer(self) -> int:
        """Read one answer to its end."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith("content-length:"))
        missing = length - len(body)
        while missing > 0:
            missing -= len(self._more())
        return int(lines[0].split()[1])

    def _more(self) -> bytes:
        received = self._socket.recv(262_144)
        if not received:
            raise ValueError("the server closed the connection")
        return received


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    requests = order["requests"]
    crew = [
        _Connection(order["port"], requests[place::CONNECTIONS]) for place in range(CONNECTIONS)
    ]
    begun = time.perf_counter()
    for connection in crew:
        connection.start()
    for connection in crew:
        connection.join()
    seconds = time.perf_counter() - begun
    if trouble := next((c.trouble for c in crew if c.trouble), ""):
        return {"error": trouble}
    return {
        "seconds": seconds,
        "latencies": [each for connection in crew for each in connection.latencies],
        "statuses": sum((connection.statuses for connection in crew), Counter()),
    }


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)
