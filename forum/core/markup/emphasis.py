"""Emphasis by the rules of CommonMark 0.31 (section 6.2), in place of the library's.

The library's own pairs some signs wrongly and then loses words (3.11.3: `*(**[*\\*`). Beside
Chinese, Japanese and Korean letters, where no blanks stand, punctuation does not forbid emphasis.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from dataclasses import dataclass

from markdown.inlinepatterns import InlineProcessor

from .links import Match

_RUN = re.compile(r"\*++|_++")
_FIRST_EAST_ASIAN = "\u2e80"


@dataclass
class _Run:
    """Signs in a row; what is left of them while they are paired off."""

    start: int
    sign: str
    left: int
    opens: bool
    closes: bool
    length: int


@dataclass(frozen=True)
class _Edge:
    """Where an element begins or ends, and the one or two signs that say so."""

    start: int
    size: int
    opens: bool


class Emphasis(InlineProcessor):
    """`*a*`, `**a**`, `_a_` and `__a__`, in each other."""

    def __init__(self) -> None:
        super().__init__(r"[*_]")
        self._source = ""
        self._done_to = 0
        self._found: dict[int, tuple[etree.Element, int]] = {}

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        start = m.start()
        # What follows is the same while one paragraph is worked through, and only further on: pair
        # its signs once. The next paragraph may have the same words.
        moved = len(data) - len(self._source)
        if not self._source.endswith(data[start:]) or start - moved < self._done_to:
            self._source, moved = data, 0
            self._found = _elements(data, start)
        element, end = self._found.pop(start - moved, (None, 0))
        if element is None:
            run = _RUN.match(data, start)
            end = (run.end() if run else m.end()) - moved
        self._done_to = end
        return element, start, end + moved


def _elements(data: str, start: int) -> dict[int, tuple[etree.Element, int]]:
    """The outermost elements: where each begins, and where it ends."""
    found: dict[int, tuple[etree.Element, int]] = {}
    builder, depth, begin, cursor = etree.TreeBuilder(), 0, 0, 0
    for edge in sorted(_edges(_runs(data, start)), key=lambda edge: edge.start):
        tag = "strong" if edge.size == 2 else "em"
        if depth:
            builder.data(data[cursor : edge.start])
        else:
            builder, begin = etree.TreeBuilder(), edge.start
        cursor = edge.start + edge.size
        if edge.opens:
            builder.start(tag, {})
        else:
            builder.end(tag)
        depth += 1 if edge.opens else -1
        if not depth:
            found[begin] = (builder.close(), cursor)
    return found


def _runs(data: str, start: int) -> list[_Run]:
    runs = []
    for found in _RUN.finditer(data, start):
        before = data[found.start() - 1] if found.start() else " "
        after = data[found.end()] if found.end() < len(data) else " "
        opens = not after.isspace() and (not _punctuation(after) or _loose(before))
        closes = not before.isspace() and (not _punctuation(before) or _loose(after))
        sign = found.group()[0]
        if sign == "_":
            # Not inside a word: snake_case stays.
            opens, closes = (
                opens and (not closes or _punctuation(before)),
                closes and (not opens or _punctuation(after)),
            )
        size = len(found.group())
        runs.append(_Run(found.start(), sign, size, opens, closes, size))
    return runs


def _edges(runs: list[_Run]) -> list[_Edge]:
    """Pair off the signs: each closing run with the nearest that can open it."""
    edges: list[_Edge] = []
    openers: list[_Run] = []
    for run in runs:
        while run.closes and run.left:
            at = _opener_of(run, openers)
            if at is None:
                break
            opener = openers[at]
            size = 2 if min(opener.left, run.left) >= 2 else 1
            opener.left -= size
            edges.append(_Edge(opener.start + opener.left, size, opens=True))
            edges.append(_Edge(run.start, size, opens=False))
            run.start += size
            run.left -= size
            del openers[at + 1 if opener.left else at :]
        if run.opens and run.left:
            openers.append(run)
    return edges


def _opener_of(closer: _Run, openers: list[_Run]) -> int | None:
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at]
        if opener.sign == closer.sign and not _rule_of_three(opener, closer):
            return at
    return None


def _rule_of_three(opener: _Run, closer: _Run) -> bool:
    """Rules 9 and 10: `*a**b*` is one emphasis with two stars in it."""
    either = opener.closes or closer.opens
    together = opener.length + closer.length
    return either and together % 3 == 0 and (opener.length % 3 != 0 or closer.length % 3 != 0)


def _loose(character: str) -> bool:
    return character.isspace() or character >= _FIRST_EAST_ASIAN or _punctuation(character)


def _punctuation(character: str) -> bool:
    # STX and ETX stand around what is already settled, code for one: as good as a letter.
    return not character.isspace() and unicodedata.category(character)[0] in "PS"
