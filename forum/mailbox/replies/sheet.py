"""An answer laid out line by line, with what is known of each so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cached_property

from forum.mailbox.replies.frames import MAX_LINES, Known
from forum.mailbox.replies.matching import NOWHERE, Parent, find_copies
from forum.mailbox.replies.words import Line

MATCHED_WEIGHT = 3.0
MAX_BLANKS = 3


class Kind(StrEnum):
    OWN = "own"
    COPY = "copy"
    FRAME = "frame"


class Sheet:
    """The lines of an answer, where each is found in the letter, and of which kind it is."""

    def __init__(self, lines: Sequence[Line], parent: Parent, known: Known) -> None:
        self.lines = lines
        self.parent = parent
        self.known = known
        self.places = find_copies(lines, parent)
        self.kinds: list[Kind | None] = [None] * len(lines)
        self.quoting: set[int] = set()
        """Lines of the marked blocks in which the letter is."""

    @property
    def matched(self) -> bool:
        weight = sum(
            line.weight
            for line, kind, places in zip(self.lines, self.kinds, self.places, strict=True)
            if kind is Kind.COPY and places and NOWHERE not in places
        )
        return weight >= MATCHED_WEIGHT

    @cached_property
    def quoted(self) -> str:
        """The words of all marked copies in a row; asked once these are settled."""
        copies = (
            " ".join(line.words)
            for line, kind in zip(self.lines, self.kinds, strict=True)
            if line.depth and kind is Kind.COPY
        )
        return f" {' '.join(copies)} "

    def said_again(self, numbers: Sequence[int]) -> bool:
        """Unmarked words of the letter whose marked copy is there as well: their writer's."""
        words = " ".join(word for number in numbers for word in self.lines[number].words)
        return f" {words} " in self.quoted

    def full(self, number: int) -> bool:
        places = self.places[number]
        return bool(places) and NOWHERE not in places

    def set(self, numbers: Iterable[int], kind: Kind) -> None:
        for number in numbers:
            self.kinds[number] = kind

    def share(self, start: int, end: int) -> float:
        """How much of a block is the letter's."""
        found = [place != NOWHERE for number in range(start, end) for place in self.places[number]]
        return sum(found) / max(len(found), 1)

    def blocks(self) -> Iterable[tuple[int, int]]:
        number = 0
        while number < len(self.lines):
            end = number
            while end < len(self.lines) and self.lines[end].depth:
                end += 1
            if end > number:
                yield number, end
            number = max(end, number + 1)

    def mark_end(self, number: int) -> int:
        while number < len(self.lines) and self.lines[number].depth:
            number += 1
        return number

    def above(self, number: int) -> int:
        """Behind the next line above that is not blank."""
        end = number
        while end > 0 and number - end < MAX_BLANKS and self.lines[end - 1].blank:
            end -= 1
        return end

    def below(self, number: int) -> int:
        """The next line that is not blank, from this one on."""
        while number < len(self.lines) and self.lines[number].blank:
            number += 1
        return number

    def first_free(self, end: int) -> int:
        """How far up a frame may reach: not over lines that are a copy or a frame already.

        A letter that says "Ana wrote:" itself makes no copy of such a line above a quote.
        """
        stop = end
        while stop > max(end - MAX_LINES, 0) and self.kinds[stop - 1] is None:
            stop -= 1
        return stop

    def unmarked_full(self, number: int) -> bool:
        free = self.kinds[number] is None and not self.lines[number].depth
        return free and self.full(number)

    def follows(self, above: int, number: int) -> bool:
        return self.places[number][0] == self.places[above][-1] + 1

    def goes_on(self, number: int) -> bool:
        """Whether a line takes up exactly where the copy above it ends."""
        above = self.above(number) - 1
        if above < 0 or self.kinds[above] is not Kind.COPY or not self.places[above]:
            return False
        return self.follows(above, number)

    def goes_on_below(self, number: int) -> bool:
        below = self.below(number + 1)
        if below >= len(self.lines) or not self.places[below]:
            return False
        return self.kinds[below] is Kind.COPY and self.follows(number, below)

    def whole(self, number: int) -> bool:
        """Whether it is a line of the letter's own, of more than a word."""
        places = self.places[number]
        lined = places[0] in self.parent.starts and places[-1] + 1 in self.parent.ends
        return lined or self.lines[number].weight >= 4

    def beside_copy(self, number: int) -> bool:
        above = self.above(number)
        return above > 0 and self.kinds[above - 1] in (Kind.COPY, Kind.FRAME)


def told_apart(lines: Sequence[str], kept: Sequence[str]) -> Iterable[tuple[str, bool]]:
    """The lines, each with whether it is among `kept`, which is a part of them in their order."""
    waiting = list(reversed(kept))
    for line in lines:
        stays = bool(waiting) and waiting[-1] == line
        if stays:
            waiting.pop()
        yield line, stays
