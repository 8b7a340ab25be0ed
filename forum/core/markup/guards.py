"""Linear checks that refuse what would take the parser too long, before it starts.

Each cap is as high as the hostile corpus of the tests lets it be (tests/support/hostile.py): at the
cap the worst shape stays well inside the budget. A person's post is far below all of them; code
in a fence counts for little.
"""

from __future__ import annotations

import re

from .structure import STEP, Arranged

MAX_NESTED = 10
"""Quotes or list marks at the start of one line, and levels of a list."""
MAX_BLOCKS = 1_000
"""List items, headings, rules, runs of quoted lines and fences together."""
MAX_PARAGRAPHS = 1_400
"""Groups of lines with an empty line between them."""
MAX_LINES = 4_000
MAX_TABLE_CELLS = 1_200
"""Columns times rows, over all tables: the library fills short rows up."""
MAX_PIPES_IN_LINE = 100
MAX_EMPHASIS = 1_500
"""Runs of * and _ that could begin or end emphasis."""
MAX_EMPHASIS_IN_PARAGRAPH = 300
MAX_BACKTICKS = 1_500
"""Runs of backticks outside fences."""
MAX_BRACKETS = 3_000
"""Opening square brackets outside fences."""
MAX_DEFINITIONS = 200
"""Addresses of reference links and footnotes, defined at the end of a text."""
MAX_ESCAPED = 5_000
"""Ampersands and angle brackets, fences included: both sanitisers look at each."""
MAX_TAGS = 3_000
"""Opening and closing tags that the parser made: bleach takes some 45 microseconds for each."""

_MARKS = re.compile(r"(?:[ ]*+(?:>|(?:[*+-]|\d{1,9}\.)(?=[ ])))++")
_MARK = re.compile(r"[>*+-]|\d++")
_RULE = re.compile(r"[ >]*+(?:(?:-[ ]*+){3,}+|(?:\*[ ]*+){3,}+)$")
_EMPHASIS = re.compile(r"\*++|(?<!\w)_++|_++(?!\w)")
_BLOCK = re.compile(r"[ >]*+(?:#|[-+*_](?:[ ]|$|[-*_]{2})|\d{1,9}\.[ ]|\x02)")
_DEFINITION = re.compile(r"^[ >]*+\[[^\]\n]{0,1000}+\]:", re.MULTILINE)
_TICKS = re.compile(r"`++")
_CELL_ROW = frozenset("|:- >")


class Refused(Exception):
    """This text would take too long; `reason` names what there is too much of."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check(arranged: Arranged) -> None:
    """Raise Refused when the text has too much of something for the parser."""
    text = "\n".join(arranged.lines)
    codes = "".join(code.text for code in arranged.codes)
    _at_most(MAX_LINES, len(arranged.lines), "blocks")
    _at_most(MAX_ESCAPED, sum((text + codes).count(c) for c in "&<>"), "escaped")
    _at_most(MAX_BRACKETS, text.count("["), "links")
    _at_most(MAX_DEFINITIONS, _count(_DEFINITION, text), "definitions")
    _at_most(MAX_BACKTICKS, _count(_TICKS, text), "code")
    _check_emphasis(text)
    _check_nesting(arranged.lines)
    _check_blocks(arranged.lines)
    _check_tables(arranged.lines)


def check_tags(html: str) -> None:
    """Raise Refused when the parser made more tags than the sanitisers can look at in time."""
    _at_most(MAX_TAGS, html.count("<"), "blocks")


def _check_emphasis(text: str) -> None:
    if text.count("*") + text.count("_") <= MAX_EMPHASIS_IN_PARAGRAPH:
        return
    counts = [_count(_EMPHASIS, paragraph) for paragraph in text.split("\n\n")]
    _at_most(MAX_EMPHASIS_IN_PARAGRAPH, max(counts), "emphasis")
    _at_most(MAX_EMPHASIS, sum(counts), "emphasis")


def _check_nesting(lines: list[str]) -> None:
    for line in lines:
        marks = _MARKS.match(line)
        if marks and not _RULE.match(line):
            indent = len(line) - len(line.lstrip(" "))
            _at_most(MAX_NESTED, _count(_MARK, marks.group()) + indent // STEP, "nested")


def _check_blocks(lines: list[str]) -> None:
    blocks = paragraphs = 0
    quoted, before = False, ""
    for line in lines:
        starts_quote = line.startswith(">") and not quoted
        quoted = line.startswith(">")
        blocks += starts_quote or _BLOCK.match(line) is not None
        paragraphs += bool(line) and not before
        before = line
    _at_most(MAX_BLOCKS, blocks, "blocks")
    _at_most(MAX_PARAGRAPHS, paragraphs, "blocks")


def _check_tables(lines: list[str]) -> None:
    cells = columns = 0
    for line in lines:
        if not line.strip(" >"):
            columns = 0
        elif "|" in line:
            pipes = line.count("|")
            _at_most(MAX_PIPES_IN_LINE, pipes, "table")
            if not columns and "-" in line and set(line) <= _CELL_ROW:
                columns = pipes + 1
        cells += columns
    _at_most(MAX_TABLE_CELLS, cells, "table")


def _count(expression: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in expression.finditer(text))


def _at_most(cap: int, found: int, reason: str) -> None:
    if found > cap:
        raise Refused(reason)
