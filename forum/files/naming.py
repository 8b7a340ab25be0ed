"""What a file is called: shown as text, offered when it is saved, and never trusted."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from forum.core import links, markup
from forum.models.files import NAME_CHARS, FileKind

_PATHS = re.compile(r"[/\\]")
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f]+')
_END = re.compile(r"\.pdf$", re.IGNORECASE)
_SIGNS = re.compile(r"([\\`*_\[\]<>!#~|])")
_UNQUOTED = "!#$&+-.^_`|~"
"""Signs that RFC 8187 lets stand as they are."""


def pdf_name(given: str) -> str:
    """A name for a PDF, at most 120 characters, without path, controls or hidden directions."""
    last = _PATHS.split(markup.normalise(given[-1_000:].replace("\n", " ")))[-1]
    stem = _END.sub("", markup.one_line(_UNFIT.sub(" ", last))).strip(". ")
    return f"{stem[: NAME_CHARS - 4].strip() or 'document'}.pdf"


def disposition(name: str) -> str:
    """The Content-Disposition (RFC 6266) with which a file of this name is saved, not shown."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'[^ !#-\[\]-~]|["\\%]', "", plain).strip()
    if not _END.sub("", plain).strip(". "):
        plain = "document.pdf"
    if plain == name:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_UNQUOTED)}"


def markdown(public_id: str, kind: FileKind, words: str) -> str:
    """How a text shows a file of ours, or links to it."""
    sign = "!" if kind is FileKind.WEBP else ""
    plain = _SIGNS.sub(r"\\\1", markup.one_line(words))
    return f"{sign}[{plain}]({links.file(public_id)})"
