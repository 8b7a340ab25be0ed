"""What a file is, by its first bytes. Its name and the type a browser claims are never believed."""

from __future__ import annotations

from enum import StrEnum

from forum.core.errors import ForumError
from forum.core.i18n import _l

HEAD_BYTES = 16
"""As much as `sniffed` looks at."""
MAX_FILE_BYTES = 10_000_000
_PNG = b"\x89PNG\r\n\x1a\n"


class Found(StrEnum):
    PICTURE = "picture"
    PDF = "pdf"


class NotThisKind(ForumError):
    status = 415
    sentence = _l(
        "This kind of file can't be added. Pictures can be JPEG, PNG or WebP; documents can be PDF."
    )


class TooLarge(ForumError):
    status = 413
    sentence = _l("A file may have up to 10 MB. This one is larger.")


class Empty(ForumError):
    status = 422
    sentence = _l("This file is empty.")


def sniffed(head: bytes) -> Found:
    """A picture we take, or a PDF. NotThisKind for all else: GIF, SVG, HTML, archives …"""
    if not head:
        raise Empty
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    if head[:3] == b"\xff\xd8\xff" or head[:8] == _PNG or is_webp:
        return Found.PICTURE
    if head[:5] == b"%PDF-":
        return Found.PDF
    raise NotThisKind
