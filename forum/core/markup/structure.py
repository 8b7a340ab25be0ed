"""What Python-Markdown expects of lines, made of what people type, in one linear pass.

Fences become placeholders (the library's expression for them is quadratic and knows them neither in
lists nor in quotes); lists, quotes, tables and headings that follow a line directly get the
blank line the library needs; items moved in by two or three blanks go to its steps of four.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

STEP = 4
"""Blanks for one level of a list in Python-Markdown."""

_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)++")
_FENCE = re.compile(r"(`{3,}+|~{3,}+)[ ]*+([^`\n]*+)")
_ITEM = re.compile(r"([*+-]|\d{1,9}[.)])[ ]++(?=\S)")
_HEADING = re.compile(r"#{1,6}+(?:[ ]|$)")
_RULE = re.compile(r"(?:-[ ]*+){3,}+|(?:_[ ]*+){3,}+|(?:\*[ ]*+){3,}+")
_UNDERLINE = re.compile(r"(?:=++|-++)[ ]*+")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,40}")


@dataclass(frozen=True)
class Code:
    """One fenced block: its text as typed, and the language named or ''."""

    text: str
    language: str


@dataclass
class Arranged:
    """The lines to parse, and the fenced blocks their placeholders stand for."""

    lines: list[str] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)


@dataclass
class _Level:
    """One open level of a list: the columns of its marker and of its words."""

    marker: int
    words: int
    ordered: bool


@dataclass
class _Fence:
    """An open fence: how its placeholder's line begins and what closes it."""

    head: str
    depth: int
    indent: int
    mark: str
    language: str
    lines: list[str] = field(default_factory=list)

    def closed_by(self, line: str) -> bool:
        line = line.strip()
        return len(line) >= len(self.mark) and not line.strip(self.mark[0])


def placeholder(number: int) -> str:
    """Stands for a fenced block; nobody can type it (normalise drops STX and ETX)."""
    return f"\x02code:{number}\x03"


def arrange(text: str) -> Arranged:
    """Normalised text as lines for the library; linear in its length."""
    arranger = _Arranger()
    lines = text.expandtabs(STEP).split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        arranger.take(line.rstrip() if not line.endswith("  ") else line.rstrip() + "  ", following)
    return arranger.finish()


class _Arranger:
    def __init__(self) -> None:
        self.out = Arranged()
        self.fence: _Fence | None = None
        self.levels: list[_Level] = []
        self.depth = 0
        self.kind = "blank"
        self.first_kind = "blank"

    def take(self, line: str, following: str) -> None:
        depth, rest = _unquoted(line, inside_list=bool(self.levels) and line.startswith("  "))
        if self.fence and self._belongs_to_fence(line, depth):
            return
        if depth != self.depth:
            self._change_depth(depth)
        if not rest.strip():
            self._put("", "blank")
            return
        indent = len(rest) - len(rest.lstrip(" "))
        outdented = self.levels and indent < self.levels[0].marker + 2
        if self.kind == "blank" and outdented and not _ITEM.match(rest, indent):
            self.levels.clear()
        self._take_words(rest.lstrip(" "), indent, following)

    def finish(self) -> Arranged:
        if self.fence:
            self._close_fence()
        return self.out

    # Fences

    def _belongs_to_fence(self, line: str, depth: int) -> bool:
        fence = self.fence
        assert fence is not None
        if depth < fence.depth:
            # The quote ended, and the fence with it.
            self._close_fence()
            return False
        rest = _strip_quotes(line, fence.depth)
        if fence.closed_by(rest):
            self._close_fence()
        else:
            blanks = len(rest) - len(rest.lstrip(" "))
            fence.lines.append(rest[min(blanks, fence.indent) :])
        return True

    def _open_fence(self, match: re.Match[str], head: str, indent: int) -> None:
        language = (match.group(2).split() or [""])[0]
        known = language if _LANGUAGE.fullmatch(language) else ""
        self.fence = _Fence(head, self.depth, indent, match.group(1), known)

    def _close_fence(self) -> None:
        fence, self.fence = self.fence, None
        assert fence is not None
        self._gap()
        self._put(fence.head + placeholder(len(self.out.codes)), "code")
        self._gap()
        self.out.codes.append(Code("\n".join(fence.lines) + "\n", fence.language))

    # Lines

    def _take_words(self, words: str, indent: int, following: str) -> None:
        level = self._level_of(indent)
        if indent >= STEP and not level:
            self._put(" " * indent + words, "text")
            return
        item = None if _RULE.fullmatch(words) else _ITEM.match(words)
        if item:
            self._take_item(item, words, indent)
            return
        head = " " * (STEP * level)
        fence = _FENCE.fullmatch(words)
        if fence:
            self._open_fence(fence, head, indent)
            return
        self._take_text(words, indent, level, following)

    def _take_item(self, item: re.Match[str], words: str, indent: int) -> None:
        mark, ordered = item.group(1), item.group(1)[0].isdigit()
        while self.levels and indent < self.levels[-1].marker:
            self.levels.pop()
        sibling = self.levels[-1] if self.levels and indent < self.levels[-1].marker + 2 else None
        if self.kind != "blank" and self.first_kind != "item":
            if ordered and mark[:-1] != "1" and not self.levels:
                self._put(words, "text")
                return
            self._gap()
        if sibling is not None:
            if sibling.ordered != ordered:
                self._gap()
            self.levels.pop()
        self.levels.append(_Level(indent, indent + item.end(), ordered))
        head = " " * (STEP * (len(self.levels) - 1)) + (mark[:-1] + "." if ordered else "-") + " "
        rest = words[item.end() :]
        fence = _FENCE.fullmatch(rest)
        if fence:
            self._open_fence(fence, head, indent + item.end())
            self.kind = "item"
        else:
            self._put(head + _plain_start(rest), "item")

    def _take_text(self, words: str, indent: int, level: int, following: str) -> None:
        head = " " * (STEP * level)
        if level and self.kind == "blank":
            # Whatever is beyond the item's own words is code inside the item.
            head += " " * max(0, indent - self.levels[level - 1].words)
        if self.kind == "text" and _UNDERLINE.fullmatch(words):
            self._put(words if len(words.strip()) > 2 else "\\" + words, "text")
            if len(words.strip()) > 2:
                self._gap()
        elif _HEADING.match(words) or _RULE.fullmatch(words):
            if self.kind == "text" or (self.levels and not level):
                self._gap()
            self.levels = self.levels[:level]
            self._put(head + words, "text")
            self._gap()
        elif words.startswith(">") and level and self.kind not in ("blank", "quote"):
            self._gap()
            self._put(head + words, "quote")
        else:
            if "|" in words and _delimits(following) and self.kind == "text":
                self._gap()
            self._put(head + _plain_start(words), "text" if not words.startswith(">") else "quote")

    def _level_of(self, indent: int) -> int:
        return sum(indent >= level.marker + 2 for level in self.levels)

    def _change_depth(self, depth: int) -> None:
        # A quote ends only with an empty line outside it: else the library takes the next line in.
        if self.kind != "blank" or depth < self.depth:
            self.depth = min(self.depth, depth)
            self._put("", "blank")
        self.depth = depth
        self.levels.clear()

    def _gap(self) -> None:
        if self.kind != "blank":
            self._put("", "blank")

    def _put(self, line: str, kind: str) -> None:
        self.out.lines.append("> " * self.depth + line if self.depth else line)
        if self.kind == "blank":
            self.first_kind = kind
        self.kind = kind


def _unquoted(line: str, inside_list: bool) -> tuple[int, str]:
    quote = None if inside_list else _QUOTE.match(line)
    if not quote:
        return 0, line
    return quote.group().count(">"), line[quote.end() :]


def _strip_quotes(line: str, depth: int) -> str:
    for _ in range(depth):
        line = line.lstrip(" ")[1:].removeprefix(" ")
    return line


def _plain_start(words: str) -> str:
    """`#hashtag` is no heading: the library would make it one."""
    if words.startswith("#") and not _HEADING.match(words):
        return "\\" + words
    return words


def _delimits(line: str) -> bool:
    """Is this the row of dashes under the head of a table?"""
    return "-" in line and "|" in line and set(line) <= set(" |:-")
