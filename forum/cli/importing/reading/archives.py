"""Opening an archive: an mbox (also .gz, a pipe, or with the line ends of an old Mac) or a
Maildir folder.

An mbox is mapped, never loaded: hundreds of megabytes cost address space, not memory.
"""

from __future__ import annotations

import gzip
import mmap
import re
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from forum.cli.importing.reading.separators import Buffer, Span, split

MAX_MESSAGE_BYTES = 12_000_000
GZIP_MAGIC = b"\x1f\x8b"
ESCAPED_FROM = re.compile(rb"(?m)^(>+)From ")
TIGHT_QUOTE = re.compile(rb"(>+)[^> \t\r\n]")


class NotAnArchive(Exception):
    """The file or folder holds nothing that can be read as an archive of mail."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a message stands: its number from 1, and its byte offset in an mbox or its file name
    in a Maildir.
    """

    number: int
    offset: int
    length: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One message as bytes with line feeds only, its From_ line apart; `cut` when it was over 12
    MB.
    """

    envelope: bytes
    data: bytes
    cut: bool


class Archive(Protocol):
    """What the rest of the importer needs of any kind of archive."""

    @property
    def size_bytes(self) -> int: ...

    def positions(self) -> Iterator[Position]: ...

    def read(self, position: Position) -> RawMessage: ...


class Mbox:
    """An mbox in a buffer."""

    def __init__(self, buffer: Buffer) -> None:
        self.buffer = buffer

    @property
    def size_bytes(self) -> int:
        return len(self.buffer)

    def positions(self) -> Iterator[Position]:
        for number, span in enumerate(split(self.buffer), start=1):
            yield position_of(number, span)

    def read(self, position: Position) -> RawMessage:
        """Return a message of this archive, at most its first 12 MB."""
        end = position.offset + min(position.length, MAX_MESSAGE_BYTES)
        return raw_message(
            self.buffer[position.offset : end], cut=position.length > MAX_MESSAGE_BYTES
        )


class Maildir:
    """A folder with `cur` and `new`: one file for each message, read in the order of delivery."""

    def __init__(self, folder: Path) -> None:
        found = [
            path for part in ("cur", "new") for path in (folder / part).glob("*") if path.is_file()
        ]
        self.files = sorted(found, key=lambda path: (delivered(path.name), path.name))

    @property
    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in self.files)

    def positions(self) -> Iterator[Position]:
        for number, path in enumerate(self.files, start=1):
            yield Position(number, 0, path.stat().st_size, path.name)

    def read(self, position: Position) -> RawMessage:
        """Return a message of this folder, at most its first 12 MB."""
        with self.files[position.number - 1].open("rb") as file:
            data = file.read(MAX_MESSAGE_BYTES)
        return raw_message(data, cut=position.length > MAX_MESSAGE_BYTES)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an archive for reading.

    Raises OSError when it cannot be read, NotAnArchive when it is something else.
    """
    if path.is_dir():
        yield maildir(path)
        return
    with ExitStack() as open_files:
        original = open_files.enter_context(path.open("rb"))
        buffer = open_files.enter_context(mapped(mappable(original, open_files)))
        if not any(True for _ in split(buffer)):
            raise NotAnArchive("no message was found in it")
        yield Mbox(buffer)


def maildir(folder: Path) -> Maildir:
    archive = Maildir(folder)
    if not archive.files:
        raise NotAnArchive("a folder must be a Maildir: cur and new with one file for each message")
    return archive


def delivered(name: str) -> int:
    seconds = name.partition(".")[0]
    return int(seconds) if seconds.isascii() and seconds.isdigit() else 0


def mappable(original: IO[bytes], open_files: ExitStack) -> IO[bytes]:
    """Return a file that can be mapped: the original, or a copy of one that is packed, a pipe or
    has lone CR line ends.
    """
    if not original.seekable():
        original = copied(original, open_files, lambda piece: piece)
    beginning = original.read(65_536)
    original.seek(0)
    if beginning.startswith(GZIP_MAGIC):
        unpacked = open_files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
        unpack(original, unpacked)
        return mappable(rewound(unpacked), open_files)
    if b"\r" in beginning and b"\n" not in beginning:
        return copied(original, open_files, lambda piece: piece.replace(b"\r", b"\n"))
    return original


def copied(
    original: IO[bytes], open_files: ExitStack, change: Callable[[bytes], bytes]
) -> IO[bytes]:
    copy = open_files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    while piece := original.read(1_048_576):
        copy.write(change(piece))
    return rewound(copy)


def rewound(file: IO[bytes]) -> IO[bytes]:
    file.flush()
    file.seek(0)
    return file


def unpack(original: IO[bytes], copy: IO[bytes]) -> None:
    """Unpack what can be unpacked: a download cut short still gives its whole messages."""
    try:
        with gzip.open(original) as packed:
            shutil.copyfileobj(packed, copy)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        if copy.tell() == 0:
            raise NotAnArchive("its gzip data is damaged") from error


@contextmanager
def mapped(file: IO[bytes]) -> Iterator[Buffer]:
    file.seek(0, 2)
    if file.tell() == 0:
        yield b""
        return
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
        yield buffer


def position_of(number: int, span: Span) -> Position:
    return Position(number, span.start, span.end - span.start)


def raw_message(data: bytes, cut: bool) -> RawMessage:
    """Give a message one kind of line end, take its From_ line off and undo the quoting of "From
    " in its body.
    """
    data = data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").lstrip(b"\n")
    envelope = b""
    if data.startswith(b"From "):
        line, _, data = data.partition(b"\n")
        envelope = line[5:405]
    if b"\n>" in data and b">From " in data:
        data = ESCAPED_FROM.sub(unescaped, data)
    return RawMessage(envelope, data, cut)


def unescaped(match: re.Match[bytes]) -> bytes:
    """Take one ">" off unless the lines around show that it is a quote set without spaces (mboxrd
    and mboxo alike).
    """
    depth = len(match[1])
    text = match.string
    before = text[max(0, match.start() - 1_000) : match.start()].rstrip(b"\n").rpartition(b"\n")[2]
    after = text[match.end() : match.end() + 2_000].partition(b"\n")[2][:200]
    around = max(
        (len(quote[1]) for quote in map(TIGHT_QUOTE.match, (before, after)) if quote), default=0
    )
    return match[0][1:] if depth > around else match[0]
