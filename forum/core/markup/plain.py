"""Imported mail as safe HTML: our own tags around escaped text, linear, no Markdown.

Quoted lines become nested blockquotes, hard-wrapped paragraphs flow again, columns and code stay as
they were typed, and the line `-- ` before a signature becomes a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from .links import BARE, MAX_BARE_LINKS, trimmed
from .sanitise import REL, absolute, with_nh3

MAX_QUOTES_NESTED = 8
"""Deeper quotes join the eighth."""
WRAPPED_CHARS = (50, 90)
"""A mail program that wraps lines makes them this long."""

_QUOTE = re.compile(r"[ ]?(?:>[ ]?)++")
_SET = re.compile(r"[ ]{2,}|.*\S[ ]{3,}\S")
_OWN_LINE = re.compile(r"[ ]*(?:[*+\u2022o-]|\d{1,3}[.)])[ ]")


def convert(source: str) -> str:
    """Safe HTML of a normalised plain text; `>` lines nest, at most 50 bare links are clickable."""
    return with_nh3("".join(_Letter().pieces(source.expandtabs(8))))


class _Letter:
    def __init__(self) -> None:
        self.links_left = MAX_BARE_LINKS

    def pieces(self, source: str) -> Iterator[str]:
        depth = 0
        unquoted = map(_unquoted, source.split("\n"))
        for new_depth, group in groupby(unquoted, key=lambda line: line[0]):
            yield "<blockquote>" * (new_depth - depth) + "</blockquote>" * (depth - new_depth)
            yield from self._paragraphs([line for _, line in group])
            depth = new_depth
        yield "</blockquote>" * depth

    def _paragraphs(self, lines: list[str]) -> Iterator[str]:
        for kind, group in groupby(lines, key=_kind):
            if kind == "words":
                yield self._paragraph(list(group))
            elif kind == "signature":
                yield "<hr>"

    def _paragraph(self, lines: list[str]) -> str:
        if sum(_SET.match(line) is not None for line in lines) * 2 > len(lines):
            return "<pre>" + "\n".join(map(self._linked, lines)) + "</pre>\n"
        between = "\n" if _flows(lines) else "<br>\n"
        return f"<p>{between.join(self._linked(line.strip()) for line in lines)}</p>\n"

    def _linked(self, line: str) -> str:
        if "://" not in line:
            return escape(line, quote=False)
        pieces, end = [], 0
        for found in BARE.finditer(line):
            address = trimmed(found.group())
            if not self.links_left or not absolute(address):
                continue
            self.links_left -= 1
            pieces.append(escape(line[end : found.start()], quote=False))
            pieces.append(f'<a href="{escape(address)}" rel="{REL}">{escape(address)}</a>')
            end = found.start() + len(address)
        return "".join(pieces) + escape(line[end:], quote=False)


def _unquoted(line: str) -> tuple[int, str]:
    quote = _QUOTE.match(line)
    if not quote:
        return 0, line
    return min(quote.group().count(">"), MAX_QUOTES_NESTED), line[quote.end() :]


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    return "signature" if line.rstrip() == "--" else "words"


def _flows(lines: list[str]) -> bool:
    """Was this wrapped by a program, so that its line ends mean nothing?"""
    shortest, longest = WRAPPED_CHARS
    wrapped = all(shortest <= len(line.rstrip()) <= longest for line in lines[:-1])
    return wrapped and not any(_OWN_LINE.match(line) or line.startswith(" ") for line in lines)
