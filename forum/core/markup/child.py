"""The process that may be killed: reads texts from its standard input, a socket; writes HTML back.

Started as `python -I child.py` by `budget`: it loads Markdown and the sanitisers and nothing
else of the forum, inherits no database connection and no secret, and ends when its parent does.
"""

from __future__ import annotations

import os
import signal
import socket
import struct
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Protocol

MAX_MEMORY_BYTES = 512 * 1024 * 1024
LAST_RESORT_SECONDS = 2.0
"""A parent that died cannot kill: the kernel ends a text that takes this long."""

READY = b"r"
DONE = b"d"
REFUSED = b"x"
FAILED = b"f"
HEAD = struct.Struct("!cI")
"""What goes before each message in both directions: its kind, its length in bytes."""


class Readable(Protocol):
    """What can be read from: a socket, or one with a deadline."""

    def recv(self, size: int, /) -> bytes: ...


def receive(channel: Readable) -> tuple[bytes, bytes]:
    """One message. Raises EOFError when the other side is gone."""
    kind, length = HEAD.unpack(_exactly(channel, HEAD.size))
    return kind, _exactly(channel, length)


def send(channel: socket.socket, kind: bytes, content: bytes) -> None:
    """Send one message."""
    channel.sendall(HEAD.pack(kind, len(content)) + content)


def serve(convert: Callable[[str], str], refused: type[Exception]) -> None:
    """Answer texts until the parent closes its end."""
    serve_bytes(lambda source: convert(source.decode()).encode(), refused)


def serve_bytes(
    convert: Callable[[bytes], bytes],
    refused: type[Exception],
    *,
    memory_bytes: int = MAX_MEMORY_BYTES,
    seconds: float = LAST_RESORT_SECONDS,
) -> None:
    """The same for any work on bytes, with limits of its own."""
    channel = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory_bytes)
    send(channel, READY, b"")
    with suppress(EOFError, OSError):
        while True:
            _, source = receive(channel)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            answer = _answer(convert, refused, source)
            signal.setitimer(signal.ITIMER_REAL, 0)
            send(channel, *answer)


def _answer(
    convert: Callable[[bytes], bytes], refused: type[Exception], source: bytes
) -> tuple[bytes, bytes]:
    try:
        return DONE, convert(source)
    except refused as refusal:
        return REFUSED, str(refusal).encode()
    except Exception as error:  # noqa: BLE001 (the parent raises it; words must not reach a log)
        return FAILED, type(error).__name__.encode()


def _exactly(channel: Readable, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        piece = channel.recv(min(length - len(content), 1 << 16))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)


def _limit_memory(most: int) -> None:
    import resource

    # Some systems refuse the limit; there the time limit alone has to do.
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main() -> None:
    # Stand-ins for the three packages: their own __init__ would load Flask.
    here = Path(__file__).resolve().parent
    for name, folder in (
        ("forum", here.parent.parent),
        ("forum.core", here.parent),
        ("forum.core.markup", here),
    ):
        package = ModuleType(name)
        package.__path__ = [str(folder)]
        sys.modules[name] = package

    from forum.core.markup.convert import convert_packed as convert
    from forum.core.markup.guards import Refused

    convert("{}\n*warm*")
    serve(convert, Refused)


if __name__ == "__main__":
    _main()
