"""A text as the words by which it is compared: without case, marks and accents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0002fa1f"
)
"""Scripts whose words no blank divides: there each character counts, as half a word."""
WORD = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_])+")
UNSPACED_ONE = re.compile(rf"[{UNSPACED}]")
WRAPPED_LINK = re.compile(
    r"(?i)https?://[^\s<>\"]{1,300}?(?:[?&/=](https?%3a%2f%2f[^\s<>\"&]{1,1500})"
    r"|[?&]u=(https?-3A__[^\s<>\"&]{1,1500})|/__(https?://[^\s<>\"]{1,1500}?)__;)[^\s<>\"]{0,1500}"
)
WRAPPING = re.compile(r"(?i)https?(?:%3a%2f%2f|-3a__)|/__https?://")
MARKS = re.compile(r"(?:\s{0,3}>)+ ?")
INITIALS = re.compile(r"\s{0,2}([A-Z]{1,3})(?:\s{0,2}>)+ ?")
"""Some programs mark a quote with its author's initials ("AN> ")."""
MIN_INITIALLED = 3


@dataclass(slots=True)
class Line:
    """A line of a mail: `depth` quote marks and the text behind them, with its words."""

    whole: str
    depth: int
    text: str
    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def weight(self) -> float:
        return sum(map(weight_of, self.words))

    @property
    def blank(self) -> bool:
        return not self.text.strip()


def read_lines(text: str) -> list[Line]:
    """The lines of a text, with their words."""
    lines = text.split("\n")
    found = Counter(match[1] for match in map(INITIALS.match, lines) if match)
    marking = {initials for initials, count in found.items() if count >= MIN_INITIALLED}
    if not marking:
        return list(map(read_line, lines))
    return [read_line(line, INITIALS if of(line) in marking else MARKS) for line in lines]


def of(line: str) -> str:
    match = INITIALS.match(line)
    return match[1] if match else ""


def read_line(whole: str, marking: re.Pattern[str] = MARKS) -> Line:
    marks = marking.match(whole)
    depth = marks[0].count(">") if marks else 0
    text = whole[marks.end() :] if marks else whole
    line = Line(whole, depth, text)
    done = 0
    for link in WRAPPED_LINK.finditer(text) if WRAPPING.search(text) else ():
        add_words(line, done, link.start())
        for word in words_of(target(link)):
            line.words.append(word)
            line.spans.append(link.span())
        done = link.end()
    add_words(line, done, len(text))
    return line


def add_words(line: Line, start: int, end: int) -> None:
    for match in WORD.finditer(line.text, start, end):
        line.words.append(folded(match[0]))
        line.spans.append(match.span())


def target(link: re.Match[str]) -> str:
    """Where a link leads that a firm's mail scanner wrapped into one of its own."""
    inner = next(group for group in link.groups() if group)
    if link[2]:  # Proofpoint's older way
        return unquote(inner.replace("-", "%").replace("_", "/"))
    return unquote(inner)


def words_of(text: str) -> list[str]:
    return [folded(match[0]) for match in WORD.finditer(text)]


@lru_cache(maxsize=20_000)
def folded(word: str) -> str:
    """A word without case and accents; a German ß is ss."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)) or word


def weight_of(word: str) -> float:
    return 0.5 if UNSPACED_ONE.match(word) else 1.0
