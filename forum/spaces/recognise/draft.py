"""A draft read once: its words, what each may be, and where sentences begin."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TypeAlias

from flask_babel import LazyString

from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.folding import fold
from forum.spaces.recognise.lexicon import WORD, Is, Phrase, bits

Words: TypeAlias = LazyString | str | None

_ENDS = re.compile(r'[.!?:;\n\r"…|(\[*]|- ')
MAX_GAP_CHARS = 40  # of what stands between two words no more is looked at
_MANY_CAPITALS = 0.18  # German prose has about 0.25, English about 0.06


class Draft:
    """Parallel lists by word: `raw` as folded, `key` lower case, `is_` bits, `start` and `end`.

    Places are those of the folded text until a finding is made of them.
    """

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self.plain = self.folded.plain
        spans = [match.span() for match in WORD.finditer(self.plain)]
        self.start = [start for start, _ in spans]
        self.end = [end for _, end in spans]
        self.raw = [self.plain[start:end] for start, end in spans]
        self.key = [self.folded.lower[start:end] for start, end in spans]
        table = bits()
        self.is_ = [table.get(key, 0) for key in self.key]
        self.count = len(spans)
        begins = [*self.start, len(self.plain)]
        ends = [0, *self.end]
        self.gaps = [
            self.plain[end : min(begin, end + MAX_GAP_CHARS)]
            for end, begin in zip(ends, begins, strict=True)
        ]
        self.numbers = [number for number, key in enumerate(self.key) if "0" <= key[0] <= "9"]

    def where(self, bit: int) -> list[int]:
        """Words that may be any of these."""
        return [number for number, have in enumerate(self.is_) if have & bit]

    def has(self, number: int, bit: int) -> bool:
        return 0 <= number < self.count and bool(self.is_[number] & bit)

    def key_at(self, number: int) -> str:
        return self.key[number] if 0 <= number < self.count else ""

    def gap(self, number: int) -> str:
        """What stands before this word; all that is left after the last one."""
        return self.gaps[number] if 0 <= number <= self.count else ""

    def near(self, number: int) -> bool:
        """Does this word follow the one before with nothing but a space or hyphen between?"""
        return 0 < number < self.count and self.gaps[number] in _JOINTS

    def capital(self, number: int) -> bool:
        return 0 <= number < self.count and self.raw[number][0].isupper()

    def opens(self, number: int) -> bool:
        """Does a sentence, line or quotation begin here? The capital then says nothing."""
        if number == 0:
            return True
        gap = self.gap(number)
        if gap in {" ", "", "-", "'", ", "}:
            return False
        if gap == ". " and (self.is_[number - 1] & Is.HONORIFIC or len(self.key[number - 1]) == 1):
            return False
        return bool(_ENDS.search(gap))

    def possessive(self, number: int) -> bool:
        return self.key_at(number + 1) == "s" and self.gap(number + 1) == "'"

    @cached_property
    def capitals_mean_little(self) -> bool:
        """Headlines, shouting, and languages that write every noun with a capital."""
        inside = [n for n in range(1, min(self.count, 2_000)) if self.near(n)]
        if len(inside) < 8:
            return False
        names = Is.GIVEN | Is.SURNAME | Is.FIRM | Is.PLACE | Is.KNOWN
        capitals = sum(self.capital(n) and not self.is_[n] & names for n in inside)
        return capitals > max(4, _MANY_CAPITALS * len(inside))

    def phrase_at(self, number: int, table: dict[str, tuple[Phrase, ...]]) -> Phrase | None:
        """The longest phrase of the table that begins with this word."""
        for phrase in table.get(self.key[number], ()):
            length = len(phrase.words)
            if length == 1 or (
                tuple(self.key[number : number + length]) == phrase.words
                and self.plain[self.end[number] : self.start[number + length - 1]].count("\n") == 0
            ):
                return phrase
        return None

    def finding(
        self,
        level: Level,
        kind: Kind,
        first: int,
        last: int,
        gentler: Words = None,
    ) -> Finding:
        """About the words from `first` to `last`, both included."""
        return self.found(level, kind, self.start[first], self.end[last], gentler)

    def found(
        self,
        level: Level,
        kind: Kind,
        start: int,
        end: int,
        gentler: Words = None,
    ) -> Finding:
        """About a stretch of the folded text."""
        begin, stop = self.folded.span(start, end)
        return Finding(level, kind, begin, stop, self.folded.original[begin:stop], gentler)


_JOINTS = {" ", "-", "'", "\u00a0", "  ", "- "}
