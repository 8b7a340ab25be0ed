"""What came with a mail: named without paths, and told by its first bytes, never by its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from forum.mailbox.reading.parts import Attached, unencoded

HEAD_BYTES = 512
MAX_NAME_CHARS = 120
MAX_PIXEL_BYTES = 200
PATHS = re.compile(r"[/\\]")
IGNORED_TYPES = frozenset(
    "text/calendar application/ics application/ms-tnef application/pgp-signature"
    " application/pkcs7-signature application/x-pkcs7-signature application/pgp-keys".split()
)
IGNORED_NAMES = re.compile(r"(?i)winmail\.dat|.*\.ics|smime\.p7[sm]|.*\.asc|.*\.vcf")
MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "text/rtf"),
)
MARKUP = re.compile(rb"(?i)\s*<(?:!doctype|html|head|body|script|svg|\?xml)")
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: a name fit to be shown, its type by its bytes, its bytes."""

    name: str
    kind: str
    content: bytes


def listed(files: Sequence[Attached]) -> list[Attachment]:
    """The attachments somebody may have meant: no signatures, calendars or tracking pixels."""
    found = []
    for file in files:
        name = flattened(file.name)
        if file.declared in IGNORED_TYPES or IGNORED_NAMES.fullmatch(name):
            continue
        content = unencoded(file.headers, file.body)
        kind = sniffed(content[:HEAD_BYTES])
        if kind.startswith("image/") and len(content) < MAX_PIXEL_BYTES:
            continue
        found.append(Attachment(name or "attachment", kind, content))
    return found


def flattened(name: str) -> str:
    """The last part of a name, without controls and characters that turn the reading direction."""
    last = PATHS.split(name)[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    return " ".join(kept.split()).strip(". ")[:MAX_NAME_CHARS].strip()


def sniffed(head: bytes) -> str:
    """A type by the first bytes; plain text where nothing speaks against it."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return "image/heic"
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if MARKUP.match(head):
        return "text/html"
    return "text/plain" if head and not re.search(rb"[\x00-\x08\x0e-\x1f]", head) else UNKNOWN
