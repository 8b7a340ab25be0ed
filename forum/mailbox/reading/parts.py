"""The parts of a MIME message: which hold its text, which are attachments (named, never kept).

A walker of our own over byte positions, because the standard parser builds every one of 20,000
parts and recurses into nested messages: here at most 50 parts are looked at, 10 levels deep,
whatever the mail says.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from forum.mailbox.reading.charsets import decode, guess
from forum.mailbox.reading.choosing import Piece, best_of, without_twins
from forum.mailbox.reading.flowed import unflow
from forum.mailbox.reading.headers import Headers, decode_words, lenient_base64, split_message
from forum.mailbox.reading.html_text import html_to_text, marked_signatures

MAX_PARTS = 50
MAX_DEPTH = 10
MAX_TEXT_BYTES = 1_600_000
MAX_TEXT_CHARS = 400_000
BASE64_LINE = re.compile(rb"\s*[A-Za-z0-9+/=]*\s*\Z")
GUESSED_BOUNDARY = re.compile(rb"(?m)^--([^\n]{1,100})\n[Cc]ontent-")
MARKUP = {"text/html", "text/enriched", "text/richtext", "application/xhtml+xml"}
NOT_FOR_READING = {"text/calendar", "text/x-vcard", "text/vcard", "text/directory", "text/rtf"}
SIGNATURE = re.compile(r"application/(pgp|(x-)?pkcs7)-signature")


TOO_MANY = "more parts than are read"


@dataclass(frozen=True, slots=True)
class Attached:
    """An attachment as it came: its name and type as declared, its bytes still encoded."""

    name: str
    declared: str
    headers: Headers
    body: bytes


@dataclass
class Contents:
    """What a message holds: its text, the names of what was left out, remarks for the report."""

    text: str = ""
    attachments: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    """What the sender's program itself marked as a signature in the HTML."""
    files: list[Attached] = field(default_factory=list)
    """The attachments as they came, with what they say of themselves."""
    calendars: list[str] = field(default_factory=list)
    """The methods of its calendar parts."""


class Walker:
    """Walks one message's parts and keeps count."""

    def __init__(self) -> None:
        self.contents = Contents()
        self.parts_left = MAX_PARTS
        self.forwarded = b""

    def pieces(self, headers: Headers, body: bytes, depth: int, parent: str = "") -> list[Piece]:
        """Return the readable pieces of a part, in order."""
        if self.parts_left <= 0 or depth > MAX_DEPTH:
            self.note(TOO_MANY)
            return []
        self.parts_left -= 1
        described = describe(headers)
        kind = described.get_content_type()
        if kind.startswith("multipart/"):
            return self.multipart(kind, described, body, depth)
        if kind == "message/rfc822" and parent == "multipart/digest":
            inner_headers, inner_body = split_message(unencoded(headers, body))
            heading = Piece(f"{inner_headers.text('from')}: {inner_headers.text('subject')}", True)
            return [heading, *self.pieces(inner_headers, inner_body, depth + 1)]
        if kind == "message/rfc822":
            self.forwarded = self.forwarded or unencoded(headers, body)
        if kind == "text/calendar" and described.get_content_disposition() != "attachment":
            self.contents.calendars.append(parameter(described, "method").lower())
        if is_attachment(kind, described):
            self.leave_out(kind, described, headers, body)
            return []
        return [self.readable(kind, described, unencoded(headers, body[:MAX_TEXT_BYTES]))]

    def readable(self, kind: str, described: Message, data: bytes) -> Piece:
        text = decode(data, parameter(described, "charset"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if kind in MARKUP:
            self.contents.signatures += marked_signatures(text)
            return Piece(html_to_text(text), plain=False)
        if parameter(described, "format").lower() == "flowed":
            text = unflow(text, delete_space=parameter(described, "delsp").lower() == "yes")
        return Piece(text, plain=True)

    def multipart(self, kind: str, described: Message, body: bytes, depth: int) -> list[Piece]:
        boundary = boundary_of(described, body)
        if boundary is None:
            return [Piece(guess(body[:MAX_TEXT_BYTES]), plain=True)]
        children = []
        for part in between(body, boundary, self.parts_left):
            part_headers, part_body = split_message(part)
            if kind == "multipart/digest" and not part_headers.raw("content-type"):
                part_headers = Headers((*part_headers.fields, ("content-type", b"message/rfc822")))
            children.append(self.pieces(part_headers, part_body, depth + 1, kind))
        if kind == "multipart/alternative":
            return best_of(children)
        return without_twins([piece for child in children for piece in child])

    def leave_out(self, kind: str, described: Message, headers: Headers, body: bytes) -> None:
        if not SIGNATURE.match(kind) and len(self.contents.attachments) < MAX_PARTS:
            name = file_name(described)
            self.contents.attachments.append(name or kind)
            self.contents.files.append(Attached(name, kind, headers, body))

    def note(self, remark: str) -> None:
        if remark not in self.contents.notes:
            self.contents.notes.append(remark)


def read_contents(headers: Headers, body: bytes) -> Contents:
    """Return the text of a message and the names of its attachments, whatever the mail's shape.

    A message that holds nothing but another one gives that one's text.
    """
    walker = Walker()
    pieces = walker.pieces(headers, body, depth=0)
    if walker.forwarded and not any(piece.text.strip() for piece in pieces):
        pieces = walker.pieces(*split_message(walker.forwarded), depth=1)
    contents = walker.contents
    contents.text = "\n\n".join(piece.text.strip("\n") for piece in pieces if piece.text.strip())
    if len(contents.text) > MAX_TEXT_CHARS:
        contents.text = contents.text[:MAX_TEXT_CHARS]
        walker.note("text cut")
    return contents


def describe(headers: Headers) -> Message:
    """The three headers that tell what a part is, for the standard library's reading of their
    parameters.
    """
    described = Message()
    for name in ("content-type", "content-disposition"):
        value = guess(headers.raw(name)[:1_000]).replace("\n", " ")
        if value:
            described[name] = value
    return described


def is_attachment(kind: str, described: Message) -> bool:
    if not kind.startswith("text/") and kind not in MARKUP:
        return True
    if kind in NOT_FOR_READING or described.get_content_disposition() == "attachment":
        return True
    return bool(file_name(described)) and kind not in {"text/plain", "text/html"}


def file_name(described: Message) -> str:
    try:
        name = described.get_filename() or ""
    except (TypeError, ValueError, LookupError):
        return ""
    return " ".join(decode_words(name).split())[:120]


def unencoded(headers: Headers, body: bytes) -> bytes:
    """Undo base64 or quoted-printable; what is not really encoded stays as it is."""
    encoding = headers.plain("content-transfer-encoding").lower().strip("\"'; ")
    if encoding.startswith("quoted"):
        return binascii.a2b_qp(body)
    if encoding.startswith("base64"):
        return unbase64(body)
    return body


def unbase64(body: bytes) -> bytes:
    """Decode the base64 lines; plain lines after them (a list's footer, mostly) are kept as they
    are.
    """
    lines = body.split(b"\n")
    stop = next((n for n, line in enumerate(lines) if not BASE64_LINE.match(line)), len(lines))
    encoded, rest = b"".join(lines[:stop]), b"\n".join(lines[stop:])
    if not encoded.strip():
        return body
    decoded = lenient_base64(encoded.decode("ascii"))
    return decoded + b"\n" + rest if rest.strip() else decoded


def parameter(described: Message, name: str) -> str:
    try:
        value = described.get_param(name, "")
    except (ValueError, LookupError):
        return ""
    return str(value[2]) if isinstance(value, tuple) else str(value or "")


def boundary_of(described: Message, body: bytes) -> bytes | None:
    """The declared boundary if the body uses it, else one that the body shows by its looks."""
    declared = parameter(described, "boundary").strip().encode("utf-8", "replace")[:200]
    if declared and (body.startswith(b"--" + declared) or b"\n--" + declared in body):
        return declared
    found = GUESSED_BOUNDARY.search(body[:100_000])
    return found[1].rstrip() if found else None


def between(body: bytes, boundary: bytes, limit: int) -> Iterator[bytes]:
    """Yield the parts between boundary lines, one more than `limit` at most."""
    delimiter = re.compile(rb"(?m)^--" + re.escape(boundary) + rb"(--)?[ \t]*$")
    start = -1
    for count, match in enumerate(delimiter.finditer(body)):
        if start >= 0:
            yield body[start : max(start, match.start() - 1)]
        start = match.end() + 1
        if match[1] or count > limit:
            return
    if start >= 0:
        yield body[start:]
