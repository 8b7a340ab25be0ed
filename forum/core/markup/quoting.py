"""A post as a quotation to put into an answer: its plain words, as Markdown that reads the same."""

from __future__ import annotations

import re
from html import unescape

from .excerpt import PIECE
from .links import BARE_BEGINS, NOT_IN_BARE

MAX_QUOTED_CHARS = 2_000
_LEFT_OUT = frozenset({"blockquote", "sup", "section"})
_PARAGRAPHS = frozenset({"p", "h2", "h3", "h4", "pre", "ul", "ol", "table", "hr", "blockquote"})
_LINES = frozenset({"br", "li", "tr"})
_SIGNS = r"[\\`*_\[\]>|]"
_PLAIN = re.compile(_SIGNS)
_STOPS = NOT_IN_BARE + r"\\\[\]|"
_IN_TEXT = re.compile(
    rf"({BARE_BEGINS}(?!/)[^{_STOPS}]*[^{_STOPS}.,;:!?'*_~)])|{_SIGNS}", re.IGNORECASE
)
"""A sign; or a bare address without the punctuation after it, in which a backslash would be its
end, and no other sign does anything."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NUMBER = re.compile(r"^(\d{1,9})([.)])")
_FIRST = re.compile(r"^[#+-]")
_UNDERLINE = re.compile(r"^[=~]")
"""What no backslash helps against at the beginning of a line; a blank of no width does."""


def quotation(html: str, wrote: str, address: str) -> str:
    """A line that says who wrote it, with a link, and below it a post's stored HTML as a quotation.

    At most 2,000 characters of its words, without what it quotes itself. Script does the same with
    words that were selected (static/js/quote.js).
    """
    words = _words(html, _LEFT_OUT) or _words(html, frozenset())
    lines = [f"> {_escaped(line, _IN_TEXT)}".rstrip() for line in _shortened(words).split("\n")]
    following = [*lines[1:], ">"]
    ended = [
        f"{line}  " if line != ">" and after != ">" else line
        for line, after in zip(lines, following, strict=True)
    ]
    return f"[{_escaped(wrote)}]({address}):\n\n" + "\n".join(ended) + "\n\n"


def _words(html: str, left_out: frozenset[str]) -> str:
    pieces: list[str] = []
    inside = 0
    for piece in PIECE.finditer(html):
        closing, tag = piece.groups()
        if tag in left_out:
            inside += -1 if closing else 1
        elif tag in _PARAGRAPHS:
            pieces.append("\n\n")
        elif tag in _LINES and not closing:
            pieces.append("\n")
        elif not (tag or inside):
            pieces.append(piece.group())
    text = "\n".join(" ".join(line.split()) for line in unescape("".join(pieces)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _shortened(words: str) -> str:
    if len(words) <= MAX_QUOTED_CHARS:
        return words
    return re.sub(r"\s+\S*$", "", words[: MAX_QUOTED_CHARS - 1]) + " \u2026"


def _escaped(line: str, signs: re.Pattern[str] = _PLAIN) -> str:
    line = signs.sub(_behind_backslash, _ENTITY.sub("&amp;", line.strip()))
    line = _FIRST.sub(r"\\\g<0>", _NUMBER.sub(r"\1\\\2", line))
    return _UNDERLINE.sub("\u200b\\g<0>", line)


def _behind_backslash(found: re.Match[str]) -> str:
    return found[0] if found.lastindex else f"\\{found[0]}"
