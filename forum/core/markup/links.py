"""Links, pictures (as links) and bare addresses: linear replacements for the library's own.

The library looks for the end of every `[` and `(` in the rest of the paragraph, six times over.
Here one processor knows all forms, and a link's words, address and nesting have an end.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import TYPE_CHECKING, Any

from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor
from markdown.util import AtomicString, code_escape

from .own import NO_FILES, Files, file_at
from .sanitise import REL, absolute

if TYPE_CHECKING:
    from markdown import Markdown

Match = tuple[Any, Any, Any]
"""What the library wants of a match: an element or None, where it begins, where it ends."""

MAX_LINK_WORDS_CHARS = 1_000
MAX_ADDRESS_CHARS = 2_000
MAX_BRACKETS_NESTED = 8
MAX_BARE_LINKS = 50

# As the library hands them over: STX 42 ETX is an escaped character.
_TARGET = re.compile(
    r"\(\s{0,20}+(?:<([^<>\n]{0,%d}+)>|((?:[^\s()<>]|\((?:[^\s()<>]|\([^\s()<>]*+\))*+\)){0,%d}+))"
    r"(?:\s{1,20}+(?:\"[^\"]{0,300}+\"|'[^']{0,300}+'))?+\s{0,20}+\)"
    % (MAX_ADDRESS_CHARS, MAX_ADDRESS_CHARS)
)
_LABEL = re.compile(r"[ ]?\[([^\[\]]{0,100}+)\]")
_BRACKET = re.compile(r"[\[\]]")
_PICTURE_INSIDE = re.compile(r"!\[([^\[\]]{0,300}+)\]\([^()\s]{0,2000}+\)")
_TICKS = re.compile(r"`+")

NOT_IN_BARE = (
    r"\s<>\"`\x02\x03\uff0c\u3001\u3002\uff1b\uff1a\uff01\uff1f\uff08\uff09"
    r"\u300a-\u3011\u201c\u201d\u201e\u00ab\u00bb\u060c\u061b\u061f"
)
BARE_BEGINS = r"(?<![A-Za-z0-9_@/])https?://"
BARE = re.compile(f"{BARE_BEGINS}[^{NOT_IN_BARE}]{{1,{MAX_ADDRESS_CHARS}}}+", re.IGNORECASE)
"""A bare address: up to white space, a quote, an escaped sign (which comes here between STX and
ETX) or Chinese, Japanese or Arabic punctuation."""


def trimmed(address: str) -> str:
    """A bare address without the punctuation of the sentence around it (as in GFM 6.9)."""
    opened, closed = address.count("("), address.count(")")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and closed > opened:
            closed -= 1
        elif last not in ".,;:!?'*_~]":
            break
        end -= 1
    return address[:end]


def anchor(address: str, words: str) -> etree.Element:
    """An `a` element; its words may hold markup."""
    element = etree.Element("a", {"href": address, "rel": REL})
    element.text = words
    return element


def picture(address: str, words: str, size: tuple[int, int]) -> etree.Element:
    """An `img` element for a file of our own; without words it is decoration."""
    width, height = map(str, size)
    parts = {"src": address, "alt": words, "width": width, "height": height, "loading": "lazy"}
    return etree.Element("img", parts)


class CodeSpans(BacktickInlineProcessor):
    """Ends a span at the next run of as many backticks, and looks at runs, not at characters."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        if m.group(1):
            return super().handleMatch(m, data)
        run = _TICKS.match(data, m.start())
        assert run is not None
        for other in _TICKS.finditer(data, run.end()):
            if len(other.group()) == len(run.group()):
                element = etree.Element("code")
                words = data[run.end() : other.start()].replace("\n", " ")
                element.text = AtomicString(code_escape(words.strip() or words))
                return element, m.start(), other.end()
        return None, m.start(), run.end()


class Links(InlineProcessor):
    """`[words](address)`, `[words][label]`, `[label]`, and each with `!` before it."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"!?\[", md)
        self.files: Files = NO_FILES
        """Those of our own that the text at hand may name."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        end = _closing(data, m.end())
        if end is None:
            return None, m.start(), m.end()
        words = data[m.end() : end]
        target = _TARGET.match(data, end + 1)
        if target:
            address = self._plain(target.group(1) or target.group(2) or "")
            after = target.end()
        else:
            address, after = self._by_label(data, words, end + 1)
        is_picture = m.group() == "!["
        if is_picture and (size := self.files.get(file_at(address) or "")):
            return picture(address, self._plain(words), size), m.start(), after
        if not absolute(address) and file_at(address) not in self.files:
            return None, m.start(), m.end()
        return self._build(address, words, is_picture), m.start(), after

    def _by_label(self, data: str, words: str, end: int) -> tuple[str, int]:
        references: dict[str, tuple[str, str]] = self.md.references
        label = _LABEL.match(data, end) if references else None
        name = (label.group(1) if label else "") or words
        address, _ = references.get(" ".join(name.lower().split()), ("", ""))
        return address[:MAX_ADDRESS_CHARS], label.end() if label else end

    def _build(self, address: str, words: str, picture: bool) -> etree.Element:
        if picture:
            return anchor(address, AtomicString(self._plain(words).strip() or address))
        words = _PICTURE_INSIDE.sub(r"\1", words)
        return anchor(address, words if words.strip() else AtomicString(address))

    def _plain(self, words: str) -> str:
        return str(self.unescape(words)).strip()


class BareLinks(InlineProcessor):
    """`https://…` in running text, at most 50 in a post."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__("https?://", md)
        self.compiled_re = BARE
        self.reset()

    def reset(self) -> None:
        """Called by the library before each text."""
        self.left = MAX_BARE_LINKS

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        address = trimmed(m.group())
        if not self.left or not absolute(address):
            return None, m.start(), m.end()
        self.left -= 1
        return anchor(address, AtomicString(address)), m.start(), m.start() + len(address)


class AngleLinks(InlineProcessor):
    """`<https://…>` and `<someone@example.org>`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(
            r"<(?:mailto:)?((?i:https?)://[^<>\s]{1,2000}+|[^<>\s@:]{1,64}+@[^<>\s@:]{1,255}+)>", md
        )

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # type: ignore[override]
        words = str(self.unescape(m.group(1)))
        address = words if "://" in words else "mailto:" + words
        return anchor(address, AtomicString(words)), m.start(), m.end()


def _closing(data: str, start: int) -> int | None:
    """Where the bracket opened before `start` is closed, if that is near and not too nested."""
    depth = 1
    for bracket in _BRACKET.finditer(data, start, start + MAX_LINK_WORDS_CHARS):
        depth += 1 if bracket.group() == "[" else -1
        if not depth:
            return bracket.start()
        if depth > MAX_BRACKETS_NESTED:
            return None
    return None
