"""A few plain words of a text, for lists and mail subjects."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from .text import normalise

_SKIPPED = frozenset({"blockquote", "pre", "table", "sup", "section"})
_MARKUP = re.compile(r"[*_`~|#]+|!?\[([^\[\]\n]{0,200}+)\]\([^()\s]{0,2000}+\)", re.ASCII)
_LINE_START = re.compile(
    r"^[ ]*(?:>|[-+*][ ]|\d{1,9}[.)][ ]|\[\^?[^\]\n]{1,60}\]:).*?(?=\S|$)", re.MULTILINE
)


def excerpt(html: str, max_chars: int = 160) -> str:
    """The first words of stored HTML as plain text: the writer's own, quotes and code left out.

    When there is nothing but quotes and code, those. Cut between words, with an ellipsis.
    """
    near = html[: 40 * max_chars + 4_000]
    return _cut(_Words.of(near, _SKIPPED) or _Words.of(near, frozenset()), max_chars)


def excerpt_of_source(source: str, max_chars: int = 160) -> str:
    """The first words of a Markdown source that was not rendered yet: a draft."""
    near = normalise(source[: 10 * max_chars + 1_000])
    words = _MARKUP.sub(lambda m: m.group(1) or "", _LINE_START.sub("", near))
    return _cut(" ".join(words.split()), max_chars)


class _Words(HTMLParser):
    def __init__(self, skipped: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.skipped = skipped
        self.inside = 0
        self.pieces: list[str] = []

    @classmethod
    def of(cls, html: str, skipped: frozenset[str]) -> str:
        reader = cls(skipped)
        reader.feed(html)
        return " ".join("".join(reader.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += tag in self.skipped
        if tag in ("p", "br", "li", "h2", "h3", "h4", "td", "th"):
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag in self.skipped

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.pieces.append(data)


def _cut(words: str, max_chars: int) -> str:
    if len(words) <= max_chars:
        return words
    kept = words[: max_chars - 1]
    # A language without blanks is cut between letters.
    whole, blank, _ = kept.rpartition(" ")
    return (whole if blank and len(whole) > max_chars // 2 else kept).rstrip(" .,;:") + "\u2026"
