"""A few plain words of a text, for lists and mail subjects."""

from __future__ import annotations

import re
from html import unescape

from .text import normalise

_SKIPPED = frozenset({"blockquote", "pre", "table", "sup", "section"})
_BREAKS = frozenset({"p", "br", "li", "h2", "h3", "h4", "td", "th"})
# A tag or a text. Our own HTML: every < begins a tag, whole unless the text was cut in it.
PIECE = re.compile(r"<(/?+)([a-z0-9]++)(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>|[^<]++")
_MARKUP = re.compile(r"[*_`~|#]+|!?\[([^\[\]\n]{0,200}+)\]\([^()\s]{0,2000}+\)", re.ASCII)
_LINE_START = re.compile(
    r"^[ ]*(?:>|[-+*][ ]|\d{1,9}[.)][ ]|\[\^?[^\]\n]{1,60}\]:).*?(?=\S|$)", re.MULTILINE
)


def excerpt(html: str, max_chars: int = 160) -> str:
    """The first words of stored HTML as plain text: the writer's own, quotes and code left out.

    With a quote goes the line before it that says whose it is. When there is nothing but quotes and
    code, those. Cut between words, with an ellipsis.
    """
    near = html[: 40 * max_chars + 4_000]
    words = ""
    for enough in (2 * max_chars, len(near)):  # the second for texts full of references
        words = _words(near, _SKIPPED, enough) or _words(near, frozenset(), enough)
        if len(words) > max_chars:
            break
    return _cut(words, max_chars)


def excerpt_of_source(source: str, max_chars: int = 160) -> str:
    """The first words of a Markdown source that was not rendered yet: a draft."""
    near = normalise(source[: 10 * max_chars + 1_000])
    words = _MARKUP.sub(lambda m: m.group(1) or "", _LINE_START.sub("", near))
    return _cut(" ".join(words.split()), max_chars)


def _words(html: str, skipped: frozenset[str], enough: int) -> str:
    """The text outside the skipped elements, from as many characters of HTML as are enough."""
    pieces: list[str] = []
    inside = found = block = 0
    for piece in PIECE.finditer(html):
        closing, tag = piece.groups()
        if tag in skipped:
            if tag == "blockquote" and not (closing or inside):
                del pieces[_end(pieces, block) :]
            inside += -1 if closing else 1
        elif tag in _BREAKS and not closing:
            block = block if tag == "br" or inside else len(pieces)
            pieces.append(" ")
        elif not (tag or inside):
            pieces.append(piece.group())
            found += len(piece.group())
            if found > enough:
                break
    return " ".join(unescape("".join(pieces)).split())


def _end(pieces: list[str], block: int) -> int:
    """Where the text ends before a quote: without its last block, if that leads up to the quote."""
    return block if "".join(pieces[block:]).rstrip().endswith(":") else len(pieces)


def _cut(words: str, max_chars: int) -> str:
    if len(words) <= max_chars:
        return words
    kept = words[: max_chars - 1]
    # A language without blanks is cut between letters.
    whole, blank, _ = kept.rpartition(" ")
    return (whole if blank and len(whole) > max_chars // 2 else kept).rstrip(" .,;:") + "\u2026"
