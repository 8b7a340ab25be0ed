"""Strangers' pictures are opened in a child process of their own, which may use little and is gone
afterwards. What it hands back is looked at again before anybody believes it.
"""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.core.markup.budget import environment

from . import child

AT_ONCE = 2
"""Pictures that one web worker opens at the same time."""
WAITING = 1
"""How many more wait for that. A worker has few threads: those left over answer everybody else."""
PATIENCE_SECONDS = 10.0
"""How long somebody waits for their turn."""
LAST_RESORT_SECONDS = 15.0
"""By the clock, for a machine that is busy with other things. Of processor time a child has five
seconds, and its kernel sees to it."""
_COMMAND = (sys.executable, "-I", str(Path(child.__file__).resolve()))
_CHUNKS = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
"""All that a WebP of ours is made of: no EXIF, XMP, colour profile, animation or unknown part."""
_turns = threading.BoundedSemaphore(AT_ONCE)
_seats = threading.BoundedSemaphore(AT_ONCE + WAITING)
_adding: set[int] = set()
"""Whose picture is in this worker just now. Nothing of it is written down."""
_adding_lock = threading.Lock()


class TooManyPixels(ForumError):
    status = 422
    sentence = _l(
        "This picture has too many pixels: up to 20 million are possible, 12 million as WebP."
        " Please make it smaller first."
    )


class Damaged(ForumError):
    status = 422
    sentence = _l("This picture can't be opened: it is damaged, or cut off. Please try another.")


class TooHeavy(ForumError):
    status = 422
    sentence = _l("This picture takes too much to open. Please save it anew, or make it smaller.")


class NoTurn(ForumError):
    status = 503
    sentence = _l("Many pictures are being added just now. Please try again in a moment.")


class OneAtATime(ForumError):
    status = 503
    sentence = _l("Another picture of yours is still being added. Please try again in a moment.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A WebP that holds nothing but pixels."""

    content: bytes
    width: int
    height: int


def cleaned(source: BinaryIO, to: child.Measure = child.USUAL) -> Picture:
    """A picture made new: pixels only, upright, in sRGB, at most 2,048 pixels a side.

    Or as `child.SMALL` says. `source` is a file of the system, at its start. Takes up to five
    seconds of processor time. Raises TooManyPixels, Damaged, TooHeavy or NoTurn.
    """
    with _turn(), in_memory() as made:
        _refuse(_run(source, made, to))
        made.seek(0)
        return checked(made.read(to.written_bytes + 1), to)


@contextmanager
def only_one_of(user_id: int) -> Iterator[None]:
    """Around `cleaned`: nobody's pictures keep others waiting. OneAtATime, at once."""
    with _adding_lock:
        if user_id in _adding:
            raise OneAtATime
        _adding.add(user_id)
    try:
        yield
    finally:
        with _adding_lock:
            _adding.discard(user_id)


@contextmanager
def _turn() -> Iterator[None]:
    """Wait for one, if few others do; else NoTurn at once."""
    if not _seats.acquire(blocking=False):
        raise NoTurn
    try:
        if not _turns.acquire(timeout=PATIENCE_SECONDS):
            raise NoTurn
        try:
            yield
        finally:
            _turns.release()
    finally:
        _seats.release()


def checked(content: bytes, to: child.Measure = child.USUAL) -> Picture:
    """A child's answer, once it is known to be what it should be. TooHeavy, Damaged."""
    if len(content) > to.written_bytes:
        raise TooHeavy
    width = height = 0
    for kind, body in _chunks(content):
        if kind not in _CHUNKS:
            raise Damaged
        if kind in (b"VP8 ", b"VP8L"):
            width, height = _size(kind, body)
    if not (0 < width <= to.side and 0 < height <= to.side):
        raise Damaged
    return Picture(content, width, height)


def _run(source: BinaryIO, made: BinaryIO, to: child.Measure) -> int:
    """The child's exit code; less than nothing when it was killed."""
    process = subprocess.Popen(
        (*_COMMAND, child.SMALL_WANTED) if to is child.SMALL else _COMMAND,
        stdin=source.fileno(),
        stdout=made.fileno(),
        stderr=subprocess.DEVNULL,
        env=environment(),
        cwd="/",
    )
    try:
        return process.wait(LAST_RESORT_SECONDS)
    except subprocess.TimeoutExpired:
        return child.TOO_HEAVY
    finally:
        process.kill()
        process.wait()


def _refuse(code: int) -> None:
    if code == child.TOO_LARGE:
        raise TooManyPixels
    if code == child.DAMAGED:
        raise Damaged
    if code != child.DONE:
        raise TooHeavy


@contextmanager
def in_memory() -> Iterator[BinaryIO]:
    """A file that is on no disk, where the system knows such: in a space none may be (R2)."""
    number = None
    with suppress(AttributeError, OSError):
        number = os.memfd_create("picture")
    if number is None:
        with tempfile.TemporaryFile() as file:
            yield file
        return
    with os.fdopen(number, "w+b") as memory:
        yield memory


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a RIFF file (WebP container specification). Damaged when they don't fill it."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise Damaged
    if struct.unpack("<I", content[4:8])[0] + 8 != len(content):
        raise Damaged
    at = 12
    while at < len(content):
        head = content[at : at + 8]
        if len(head) < 8:
            raise Damaged
        length: int = struct.unpack("<I", head[4:])[0]
        body = content[at + 8 : at + 8 + length]
        if len(body) < length:
            raise Damaged
        yield head[:4], body
        at += 8 + length + length % 2


def _size(kind: bytes, body: bytes) -> tuple[int, int]:
    """Width and height (RFC 6386, section 9.1; WebP lossless bitstream specification)."""
    if kind == b"VP8L" and len(body) >= 5 and body[0] == 0x2F:
        bits: int = struct.unpack("<I", body[1:5])[0]
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a" and len(body) >= 10:
        width, height = struct.unpack("<HH", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise Damaged
