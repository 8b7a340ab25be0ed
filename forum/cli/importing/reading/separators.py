"""Where one message of an mbox ends and the next begins.

An mbox has no lengths and no escapes that everybody honours, only lines that start with "From ".
Which of them separate messages is decided by evidence: a date, an empty line before, headers
after (RFC 4155; mboxcl's Content-Length).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap

from forum.mailbox.reading.headers import MAX_HEADER_BYTES, TELLING

Buffer = mmap | bytes

CANDIDATE = re.compile(rb"(?m)^From ([^\r\n]{0,400})(?:\r?\n|\Z)")
MONTH = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
ENVELOPE = re.compile(
    rb"\S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +"
    rb"(?:" + MONTH + rb" +\d{1,2}|\d{1,2} +" + MONTH + rb" +\d{4})"
    rb" +\d{1,2}:\d{2}(?::\d{2})?(?: +[A-Za-z0-9+-]{1,6}){0,2}\s*\Z"
)
YEAR = re.compile(rb"\b(?:19|20)\d{2}\b")
CLOCK = re.compile(rb"\b\d{1,2}:\d{2}\b")
DAY = re.compile(rb"\b" + MONTH + rb"\b|\b\d{4}-\d{2}-\d{2}")
UNDATED = re.compile(rb"(?:\S*@\S+|\?+@\?+|-?\d{5,}|-)\s*\Z")
GIT_PATCH = re.compile(rb"[0-9a-f]{40} Mon Sep 17 00:00:00 2001")
HEADER = re.compile(rb"([!-9;-~]{1,70})[ \t]*:")
CONTENT_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,10})[ \t]*\r?$")
BLANK_LINE = re.compile(rb"\n\r?\n")
LOOK_AHEAD_BYTES = 2_000


@dataclass(frozen=True, slots=True)
class Span:
    """A message's place in the file: bytes `start` to `end`, its From_ line included."""

    start: int
    end: int


def split(buffer: Buffer) -> Iterator[Span]:
    """Yield the span of every message, in the order of the file.

    Text before the first separator is a message of its own when it starts with headers, else it
    is left out.
    """
    start = 0 if starts_with_headers(buffer[:LOOK_AHEAD_BYTES]) else -1
    trusted_until = 0
    for candidate in CANDIDATE.finditer(buffer):
        if candidate.start() < trusted_until or not separates(buffer, candidate, first=start < 0):
            continue
        if start >= 0:
            yield Span(start, candidate.start())
        start = candidate.start()
        trusted_until = declared_end(buffer, candidate.end())
    if start >= 0:
        yield Span(start, len(buffer))


def separates(buffer: Buffer, candidate: re.Match[bytes], first: bool) -> bool:
    """Tell whether a line starting with "From " begins a new message."""
    line = candidate[1]
    if GIT_PATCH.match(line) and not first:
        return False
    following = buffer[candidate.end() : candidate.end() + LOOK_AHEAD_BYTES]
    blank_before = follows_blank_line(buffer, candidate.start())
    if ENVELOPE.match(line) and YEAR.search(line):
        return blank_before or starts_with_headers(following)
    if YEAR.search(line) and CLOCK.search(line) and DAY.search(line):
        return blank_before and starts_with_headers(following)
    return blank_before and bool(UNDATED.match(line)) and starts_with_headers(following)


def follows_blank_line(buffer: Buffer, start: int) -> bool:
    before = buffer[max(0, start - 200) : start]
    if start <= len(before) and not before.strip():
        return True
    lines = before.split(b"\n")
    return len(lines) > 2 and not lines[-2].strip()


def starts_with_headers(text: bytes) -> bool:
    """At least two header lines in a row, one of them a name that mail really uses."""
    headers, telling = 0, False
    for line in text.split(b"\n")[:12]:
        if headers and line[:1] in (b" ", b"\t") and line.strip():
            continue
        if line.startswith(b">From ") and not headers:
            continue
        match = HEADER.match(line)
        if match is None:
            break
        headers += 1
        telling = telling or bool(TELLING.match(match[1]))
    return headers >= 2 and telling


def declared_end(buffer: Buffer, headers_start: int) -> int:
    """Where Content-Length says the body ends, if the file agrees that a message ends there; else
    0.
    """
    blank = BLANK_LINE.search(buffer, headers_start, headers_start + MAX_HEADER_BYTES)
    if blank is None:
        return 0
    declared = CONTENT_LENGTH.search(buffer[headers_start : blank.start() + 1])
    if declared is None:
        return 0
    end = blank.end() + int(declared[1])
    if end > len(buffer):
        return 0
    rest = buffer[end : end + 8].lstrip(b"\r\n")
    at_line_start = (
        end == len(buffer)
        or buffer[end - 1 : end] == b"\n"
        or buffer[end : end + 1] in (b"\r", b"\n")
    )
    return end if at_line_start and (not rest or rest.startswith(b"From ")) else 0
