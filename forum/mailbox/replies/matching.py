"""Which words of an answer are a copy of the letter's, found run by run in the letter's order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from forum.mailbox.replies.words import Line, read_lines, weight_of

GRAM = 3
MAX_PLACES = 8
MAX_WORDS = 30_000
STARTING_WEIGHT = 4.0
"""So many words in a row must be the letter's before a copy is seen in them."""
NEAR_WORDS = 60
MAX_DAMAGED = 3
ALIKE = 0.5
VERY_ALIKE = 0.8
MAX_LONGER = 2
SPOILT = re.compile(r"\w\?\w|[\ufffd=]|Ã.|â€")
NOWHERE = -1
SENTENCE_END = re.compile(r"[.!?…:;。！？।؟։]")


@dataclass(slots=True)
class Parent:
    """The words of a letter we sent, in its plain and its HTML form, one behind the other."""

    words: list[str] = field(default_factory=list)
    starts: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    openings: set[int] = field(default_factory=set)
    stops: set[int] = field(default_factory=set)
    """Where a line starts or ends, and where a line or a sentence does."""
    places: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    depth: int = 0

    @classmethod
    def of(cls, *texts: str) -> Parent:
        """Learn the letter's forms; of each no more than 30,000 words."""
        parent = cls()
        for text in texts:
            parent._learn(read_lines(text))
        for place in range(len(parent.words) - GRAM + 1):
            found = parent.places.setdefault(tuple(parent.words[place : place + GRAM]), [])
            if len(found) < MAX_PLACES:
                found.append(place)
        return parent

    def _learn(self, lines: Sequence[Line]) -> None:
        most = len(self.words) + MAX_WORDS
        for line in lines:
            if line.words and len(self.words) < most:
                self.starts.add(len(self.words))
                self._learn_sentences(line)
                self.words += line.words
                self.ends.add(len(self.words))
                self.depth = max(self.depth, line.depth)
        self.words.append("\n")  # no run goes over from one form to the other

    def _learn_sentences(self, line: Line) -> None:
        here = len(self.words)
        self.openings.add(here)
        for number, (before, after) in enumerate(pairwise(line.spans), start=1):
            if SENTENCE_END.search(line.text, before[1], after[0]):
                self.openings.add(here + number)
                self.stops.add(here + number)
        self.stops.add(here + len(line.words))

    def run(self, words: Sequence[str], at: int, place: int) -> int:
        """How many words from `at` on are the letter's from `place` on."""
        length = 0
        most = min(len(words) - at, len(self.words) - place)
        while length < most and words[at + length] == self.words[place + length]:
            length += 1
        return length


def find_copies(lines: Sequence[Line], parent: Parent) -> list[list[int]]:
    """For each line the places in the letter of its words, -1 for a word that is not a copy."""
    return _Walk(lines, parent).places()


class _Walk:
    """One pass over all words of an answer."""

    def __init__(self, lines: Sequence[Line], parent: Parent) -> None:
        self.lines = lines
        self.parent = parent
        self.words = [word for line in lines for word in line.words]
        self.line_of = [number for number, line in enumerate(lines) for _ in line.words]
        self.found = [NOWHERE] * len(self.words)
        self.expected = NOWHERE
        self.unbroken = False
        """Whether the word before was found too."""

    def places(self) -> list[list[int]]:
        at = 0
        while at < len(self.words):
            at = self.step(at)
        result, done = [], 0
        for line in self.lines:
            result.append(self.found[done : done + len(line.words)])
            done += len(line.words)
        return result

    def step(self, at: int) -> int:
        place, length = self.best(at)
        if length and self.accepted(at, place, length):
            return self.take(at, place, length)
        if self.unbroken and (damaged := self.damage(at)):
            gap, skipped = damaged
            for offset in range(gap):
                self.found[at + offset] = self.expected + min(offset, skipped - 1)
            return self.take(at + gap, self.expected + skipped, 1)
        self.unbroken = False
        return at + 1

    def take(self, at: int, place: int, length: int) -> int:
        self.found[at : at + length] = range(place, place + length)
        self.expected, self.unbroken = place + length, True
        return at + length

    def best(self, at: int) -> tuple[int, int]:
        """Where the longest run starts; going on where the last one ended is preferred."""
        going_on = self.parent.run(self.words, at, self.expected) if self.expected >= 0 else 0
        best = (self.expected, going_on)
        for place in self.candidates(at):
            length = self.parent.run(self.words, at, place)
            if length > best[1]:
                best = (place, length)
        return best

    def candidates(self, at: int) -> list[int]:
        known = self.parent.places.get(tuple(self.words[at : at + GRAM]), [])
        if self.starts_line(at) and self.expected >= 0:  # also a short line further down
            line = self.lines[self.line_of[at]]
            if len(line.words) < GRAM or len(line.words) * 2 < NEAR_WORDS:
                return [*known, *self.lines_ahead(line.words)]
        return known

    def lines_ahead(self, words: Sequence[str]) -> list[int]:
        """Where, a little below, the letter has just such a line."""
        ahead = range(self.expected, min(self.expected + NEAR_WORDS, len(self.parent.words)))
        return [
            place
            for place in ahead
            if place in self.parent.starts
            and place + len(words) in self.parent.ends
            and self.parent.words[place : place + len(words)] == list(words)
        ]

    def accepted(self, at: int, place: int, length: int) -> bool:
        if sum(map(weight_of, self.words[at : at + length])) >= STARTING_WEIGHT:
            return True
        if place == self.expected and self.unbroken:
            return True
        if not self.starts_line(at):
            return False
        if not self.ends_line(at + length - 1):
            return self.begins_with_sentence(at, place, length)
        if self.lines[self.line_of[at]].depth and self.is_quote(place, length):
            return True
        whole = place in self.parent.starts and place + length in self.parent.ends
        return whole and (self.expected < 0 or self.is_near(place))

    def begins_with_sentence(self, at: int, place: int, length: int) -> bool:
        """Whether a marked line takes up where the last left off, up to the end of a sentence."""
        marked = self.lines[self.line_of[at]].depth > 0
        ends = range(place + 1, place + length + 1)
        return marked and place == self.expected and any(end in self.parent.stops for end in ends)

    def is_quote(self, place: int, length: int) -> bool:
        """Of a marked line less is asked: three words, a sentence, or what is next."""
        if self.expected >= 0 and self.is_near(place):
            return True
        sentence = place in self.parent.openings and place + length in self.parent.stops
        return length >= GRAM or sentence

    def is_near(self, place: int) -> bool:
        return self.expected <= place <= self.expected + NEAR_WORDS

    def starts_line(self, at: int) -> bool:
        return at == 0 or self.line_of[at - 1] != self.line_of[at]

    def ends_line(self, at: int) -> bool:
        return at + 1 >= len(self.words) or self.line_of[at + 1] != self.line_of[at]

    def damage(self, at: int) -> tuple[int, int] | None:
        """A word or three that a charset or a program spoilt: behind them the copy goes on."""
        for gap in range(1, MAX_DAMAGED + 1):
            for skipped in range(1, MAX_DAMAGED + 1):
                if self.goes_on_behind(at, gap, skipped) and self.alike(at, gap, skipped):
                    return gap, skipped
        return None

    def goes_on_behind(self, at: int, gap: int, skipped: int) -> bool:
        after, place = at + gap, self.expected + skipped
        here, there = self.words[after : after + 2], self.parent.words[place : place + 2]
        if not here or here != there:
            return False
        if self.torn(at, gap, skipped):
            return True
        if self.line_of[at] != self.line_of[after - 1]:
            return False
        return not self.starts_line(at) or (gap <= skipped and not self.ends_line(after - 1))

    def torn(self, at: int, gap: int, skipped: int) -> bool:
        """One word in two, at the end of a line mostly."""
        here = "".join(self.words[at : at + gap])
        return gap != skipped and here == "".join(
            self.parent.words[self.expected : self.expected + skipped]
        )

    def alike(self, at: int, gap: int, skipped: int) -> bool:
        """Word by word where there are as many here as there, else as a whole."""
        here = self.words[at : at + gap]
        there = self.parent.words[self.expected : self.expected + skipped]
        line = self.lines[self.line_of[at]]
        if not line.depth and not SPOILT.search(line.text):
            return False  # an unmarked sentence with another word in it may be meant so
        if gap == skipped:
            return all(map(similar, here, there))
        longer = abs(len("".join(here)) - len("".join(there)))
        return longer <= MAX_LONGER and similar("".join(here), "".join(there), VERY_ALIKE)


def similar(here: str, there: str, least: float = ALIKE) -> bool:
    return SequenceMatcher(None, here[:200], there[:200]).ratio() >= least
