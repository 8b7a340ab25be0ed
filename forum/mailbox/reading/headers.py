"""The header lines of a message, read with patience: folded, broken, undecodable, too many."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from forum.mailbox.reading.charsets import decode, guess

MAX_HEADER_BYTES = 262_144
MAX_HEADERS = 500
MAX_VALUE_BYTES = 40_000
MAX_STRAY_LINES = 50
FIELD = re.compile(rb"([!-9;-~]{1,70})[ \t]*:[ \t]*(.*)")
TELLING = re.compile(
    rb"(?i)(?:from|date|received|return-path|message-id|delivered-to|path|newsgroups|envelope-to"
    rb"|mime-version|x-[a-z0-9-]+|status|content-type|to|subject|sender|reply-to|list-id"
    rb"|in-reply-to|references)\Z"
)
ENCODED_WORD = re.compile(r"=\?([\w.:*+-]{1,60})\?([bBqQ])\?([^?]*)(?:\?=|\Z)")
BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[\w.:*+-]{1,60}\?[bBqQ]\?)")
NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/]+")


@dataclass(frozen=True, slots=True)
class Headers:
    """Header fields in their order, names in lower case, values unfolded but not decoded."""

    fields: tuple[tuple[str, bytes], ...]

    def raw(self, name: str) -> bytes:
        """The first value of a field, or nothing."""
        return next((value for field, value in self.fields if field == name), b"")

    def all_raw(self, name: str) -> list[bytes]:
        return [value for field, value in self.fields if field == name]

    def text(self, name: str) -> str:
        """The first value of a field in readable form, encoded words (RFC 2047) decoded."""
        return decode_words(guess(self.raw(name)))

    def plain(self, name: str) -> str:
        """The first value of a field as it stands."""
        return guess(self.raw(name)).strip()


def split_message(data: bytes) -> tuple[Headers, bytes]:
    """Cut a message or a part of one into its headers and its body.

    A line that is no header ends the headers, as if the empty line had been forgotten, unless
    more known headers follow.
    """
    if data.startswith(b"\n"):
        return Headers(()), data[1:]
    end = data.find(b"\n\n", 0, MAX_HEADER_BYTES)
    block, body_start = (data[:end], end + 2) if end >= 0 else headers_without_end(data)
    fields, forgotten_at = read_fields(block)
    if forgotten_at is not None:
        body_start = forgotten_at
    return Headers(tuple(fields)), data[body_start:]


def headers_without_end(data: bytes) -> tuple[bytes, int]:
    """No empty line: all of it is headers, or what fits, up to a whole line."""
    block = data[:MAX_HEADER_BYTES]
    if len(block) < len(data):
        block = block[: block.rfind(b"\n") + 1] or block
    return block, len(block)


def read_fields(block: bytes) -> tuple[list[tuple[str, bytes]], int | None]:
    """Return the fields of a header block, and where in it the body starts when it does."""
    fields: list[tuple[str, bytes]] = []
    offset = strays = 0
    for line in block.split(b"\n"):
        match = FIELD.match(line)
        if line[:1] in (b" ", b"\t"):
            continue_field(fields, line)
        elif match is not None and len(fields) < MAX_HEADERS:
            fields.append((match[1].decode("ascii").lower(), match[2][:MAX_VALUE_BYTES].strip()))
        elif match is None and line.strip() and not line.startswith(b">From "):
            strays += 1
            if strays > MAX_STRAY_LINES or not more_headers(
                block[offset + len(line) : offset + 4_000]
            ):
                return fields, offset
        offset += len(line) + 1
    return fields, None


def continue_field(fields: list[tuple[str, bytes]], line: bytes) -> None:
    if fields and len(fields[-1][1]) < MAX_VALUE_BYTES:
        name, value = fields[-1]
        fields[-1] = (name, value + b" " + line.strip())


def more_headers(rest: bytes) -> bool:
    matches = (FIELD.match(line) for line in rest.split(b"\n", 40)[:40])
    return any(match is not None and TELLING.match(match[1]) for match in matches)


def decode_words(text: str) -> str:
    """Decode the encoded words of RFC 2047, also unfinished ones; neighbours are joined before
    decoding.
    """
    if "=?" not in text:
        return text
    pieces: list[str] = []
    held: tuple[str, bytes] = ("", b"")
    done = 0
    joined = BETWEEN_WORDS.sub(r"\1", text)
    for match in ENCODED_WORD.finditer(joined):
        label, data = match[1], word_bytes(match[2], match[3])
        adjacent = match.start() == done
        if adjacent and held[0].lower() == label.lower():
            held = (label, held[1] + data)
        else:
            pieces += [decode(held[1], held[0]), joined[done : match.start()]]
            held = (label, data)
        done = match.end()
    return "".join([*pieces, decode(held[1], held[0]), joined[done:]])


def word_bytes(kind: str, payload: str) -> bytes:
    if kind in "qQ":
        quoted = payload.replace("_", " ").encode("utf-8", "replace")
        return binascii.a2b_qp(quoted)
    return lenient_base64(payload)


def lenient_base64(payload: str) -> bytes:
    """Decode base64 with foreign characters, missing padding or a last character too many."""
    letters = NOT_BASE64.sub("", payload)
    letters = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    return base64.b64decode(letters + "=" * (-len(letters) % 4))
