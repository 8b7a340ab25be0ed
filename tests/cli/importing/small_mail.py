"""Small messages and archives for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from forum.cli.importing.reading.archives import Mbox, Position, RawMessage, raw_message
from forum.cli.importing.reading.messages import Entry, read_entry

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEPOTS = Path(__file__).parent / "archives" / "depots.mbox"
FROM_LINE = b"From ana@firm.example Mon Mar  5 08:00:00 2001\n"


def message(body: str | bytes = "Hello.", **headers: str | None) -> bytes:
    """A message without From_ line; header names with _ for -, None leaves a header out."""
    known = {
        "From": "Ana Lind <ana@firm.example>",
        "Date": "Mon, 05 Mar 2001 08:00:00 +0000",
        "Subject": "Budget for the pilot",
        "Message-ID": "<1@list.example>",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\n" for name, value in known.items() if value is not None)
    data = body.encode() if isinstance(body, str) else body
    return lines.encode("utf-8", "surrogateescape") + b"\n" + data


def mbox(*messages: bytes) -> bytes:
    return b"".join(FROM_LINE + one.rstrip(b"\n") + b"\n\n" for one in messages)


def bodies(archive: bytes) -> list[bytes]:
    """The body of every message that an mbox is split into."""
    return [raw.data.partition(b"\n\n")[2].strip(b"\n") for raw in raws(archive)]


def raws(archive: bytes) -> list[RawMessage]:
    opened = Mbox(archive)
    return [opened.read(position) for position in opened.positions()]


def raw(data: bytes) -> RawMessage:
    return raw_message(data, cut=False)


def entry(data: bytes) -> Entry:
    """What the headers of a message say."""
    return read_entry(Position(1, 0, len(data)), raw(data), NOW)


def written(path: Path, *messages: bytes) -> Path:
    path.write_bytes(mbox(*messages))
    return path
