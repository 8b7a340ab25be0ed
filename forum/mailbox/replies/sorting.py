"""Each line of an answer: the writer's own, a copy of the letter, or the frame around a copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forum.mailbox.replies.frames import (
    FIRST_OF_A_COPY,
    Known,
    attribution_start,
    header_block_end,
    is_rule,
)
from forum.mailbox.replies.leftovers import Piece, is_leftover, split_line
from forum.mailbox.replies.matching import NOWHERE, Parent, find_copies
from forum.mailbox.replies.words import Line

UNMARKED_WEIGHT = 10.0
MATCHED_WEIGHT = 3.0
MAX_BLANKS = 3
LEAST_SHARE = 0.5
"""Of a marked block; in one that is less of the letter's, what is not may be of something older."""


class Kind(StrEnum):
    OWN = "own"
    COPY = "copy"
    FRAME = "frame"


@dataclass(slots=True)
class Sorted:
    """A text taken apart; `matched` says that the letter was found in it."""

    pieces: list[tuple[Kind, Piece]]
    matched: bool


def sort_lines(lines: Sequence[Line], parent: Parent, known: Known) -> Sorted:
    """Take an answer apart by comparing it with the letter it answers."""
    sorter = _Sorter(lines, parent, known)
    sorter.sort()
    return Sorted(list(sorter.pieces()), sorter.matched)


class _Sorter:
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

    def sort(self) -> None:
        self.sort_header_blocks()
        self.sort_marked()
        self.sort_attributions()
        self.sort_unmarked()
        self.sort_within()
        self.sort_rules()
        self.sort_older()

    def full(self, number: int) -> bool:
        places = self.places[number]
        return bool(places) and NOWHERE not in places

    def sort_header_blocks(self) -> None:
        number = 0
        while number < len(self.lines):
            end = number
            if not self.full(number):
                end = header_block_end(self.lines, number, self.known)
            self.set(range(number, end), Kind.FRAME)
            number = max(end, number + 1)

    def set(self, numbers: Iterable[int], kind: Kind) -> None:
        for number in numbers:
            self.kinds[number] = kind

    def sort_marked(self) -> None:
        """Blocks of lines with quote marks, each as a whole: is the letter in it?"""
        for start, end in self.blocks():
            found = sum(
                sum(place != NOWHERE for place in self.places[number])
                for number in range(start, end)
            )
            if found >= MATCHED_WEIGHT or any(map(self.full, range(start, end))):
                self.sort_block(start, end)

    def blocks(self) -> Iterable[tuple[int, int]]:
        number = 0
        while number < len(self.lines):
            end = number
            while end < len(self.lines) and self.lines[end].depth:
                end += 1
            if end > number:
                yield number, end
            number = max(end, number + 1)

    def sort_block(self, start: int, end: int) -> None:
        self.quoting.update(range(start, end))
        for number in range(start, end):
            line = self.lines[number]
            if self.kinds[number] is Kind.FRAME:
                continue
            if self.full(number) or not line.words or is_leftover(line.text, self.parent):
                self.kinds[number] = Kind.COPY
            elif line.depth > self.parent.depth + 1:
                self.kinds[number] = Kind.COPY  # of something older than the letter
                if number > start and self.leads_up(number - 1, line.depth):
                    self.kinds[number - 1] = Kind.FRAME

    def leads_up(self, number: int, depth: int) -> bool:
        line = self.lines[number]
        return line.depth < depth and line.text.rstrip().endswith((":", "："))

    def sort_attributions(self) -> None:
        """The paragraph above what looks like a copy, outside or inside its quote marks."""
        for number, line in enumerate(self.lines):
            if line.blank or self.kinds[number] is Kind.FRAME or not self.may_start(number):
                continue
            end = self.above(number)
            stop = self.first_free(end)
            first = attribution_start(self.lines, end, stop, self.known)
            self.set(range(first, end), Kind.FRAME)
        last = self.above(len(self.lines))
        if last and not self.full(last - 1):
            first = attribution_start(self.lines, last, self.first_free(last), self.known)
            self.set(range(first, last), Kind.FRAME)

    def may_start(self, number: int) -> bool:
        first = number == 0 or not self.lines[number - 1].depth
        return self.full(number) or (first and self.lines[number].depth > 0)

    def above(self, number: int) -> int:
        """Behind the next line above that is not blank."""
        end = number
        while end > 0 and number - end < MAX_BLANKS and self.lines[end - 1].blank:
            end -= 1
        return end

    def first_free(self, end: int) -> int:
        """How far up a frame may reach: not over lines that are a copy or a frame already."""
        stop = end
        while stop > 0 and self.kinds[stop - 1] is None and not self.full(stop - 1):
            stop -= 1
        return stop

    def sort_unmarked(self) -> None:
        """A row of unmarked lines that is the letter's, if it is long or a frame stands above."""
        for chain in self.chains():
            weight = sum(self.lines[number].weight for number in chain)
            above = self.above(chain[0])
            framed = above > 0 and self.kinds[above - 1] is Kind.FRAME
            torn = self.goes_on(chain[0]) and self.goes_on_below(chain[-1])
            if framed or torn or (weight >= UNMARKED_WEIGHT and not self.amid_own(chain)):
                self.set(chain, Kind.COPY)

    def chains(self) -> Iterable[list[int]]:
        """Rows of lines that are the letter's, over blank ones as long as they go on in it."""
        chain: list[int] = []
        for number, line in enumerate(self.lines):
            if not line.words and not line.depth:
                continue
            follows = chain and self.unmarked_full(number) and self.follows(chain[-1], number)
            if chain and not follows:
                yield chain
                chain = []
            if self.unmarked_full(number):
                chain = [*chain, number]
        if chain:
            yield chain

    def follows(self, above: int, number: int) -> bool:
        return self.places[number][0] == self.places[above][-1] + 1

    def unmarked_full(self, number: int) -> bool:
        free = self.kinds[number] is None and not self.lines[number].depth
        return free and self.full(number)

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

    def below(self, number: int) -> int:
        """The next line that is not blank, from this one on."""
        while number < len(self.lines) and self.lines[number].blank:
            number += 1
        return number

    def amid_own(self, chain: Sequence[int]) -> bool:
        """In the middle of a paragraph of the writer's: words that happen to be the letter's."""
        above, below = chain[0] - 1, chain[-1] + 1
        beside = [number for number in (above, below) if 0 <= number < len(self.lines)]
        own = any(self.kinds[number] is None and self.lines[number].words for number in beside)
        return own and sum(self.lines[number].weight for number in chain) < 2 * UNMARKED_WEIGHT

    def sort_within(self) -> None:
        """Between two copies: short lines of the letter, and what programs put in."""
        copied = [number for number, kind in enumerate(self.kinds) if kind is not None]
        if not any(kind is Kind.COPY for kind in self.kinds):
            return
        for number in range(copied[0], len(self.lines)):
            line = self.lines[number]
            if self.kinds[number] is not None or line.depth:
                continue
            inside = number < copied[-1]
            if self.unmarked_full(number) and (inside or self.goes_on(number)):
                self.kinds[number] = Kind.COPY if self.whole(number) else None
            elif inside and line.text.strip() and not line.words:
                below = next(n for n in range(number, copied[-1] + 1) if self.lines[n].words)
                self.kinds[number] = Kind.COPY if self.kinds[below] is Kind.COPY else None
            elif self.beside_copy(number) and is_leftover(line.text, self.parent):
                self.kinds[number] = Kind.COPY

    def whole(self, number: int) -> bool:
        """Whether it is a line of the letter's own, of more than a word."""
        places = self.places[number]
        lined = places[0] in self.parent.starts and places[-1] + 1 in self.parent.ends
        return lined or self.lines[number].weight >= 4

    def beside_copy(self, number: int) -> bool:
        above = self.above(number)
        return above > 0 and self.kinds[above - 1] in (Kind.COPY, Kind.FRAME)

    def sort_rules(self) -> None:
        """Lines of dashes, and the like, right above a copy or its frame."""
        for number in range(len(self.lines) - 1, -1, -1):
            if self.kinds[number] in (None, Kind.OWN):
                continue
            above = self.above(number)
            if above > 0 and self.kinds[above - 1] is None:
                text = self.lines[above - 1].text
                if is_rule(text) or FIRST_OF_A_COPY.match(text):
                    self.kinds[above - 1] = Kind.FRAME

    def sort_older(self) -> None:
        """Marked blocks without the letter: of something older, where a frame introduces them."""
        for start, end in self.blocks():
            above = self.above(start)
            wordless = not any(line.words for line in self.lines[start:end])
            framed = above > 0 and self.kinds[above - 1] is Kind.FRAME
            foreign = start not in self.quoting or self.share(start, end) < LEAST_SHARE
            if (foreign and framed) or wordless:
                self.set((n for n in range(start, end) if self.kinds[n] is None), Kind.COPY)

    def share(self, start: int, end: int) -> float:
        """How much of a block is the letter's."""
        found = [place != NOWHERE for number in range(start, end) for place in self.places[number]]
        return sum(found) / max(len(found), 1)

    def pieces(self) -> Iterable[tuple[Kind, Piece]]:
        """The lines in their order; one that is part copy, part the writer's comes in two."""
        matched = self.matched
        for number, line in enumerate(self.lines):
            kind = self.kinds[number]
            if kind is None and matched and self.may_be_divided(number):
                for is_copy, piece in split_line(line, self.places[number], self.parent):
                    yield (Kind.COPY if is_copy else Kind.OWN), piece
            else:
                yield kind or Kind.OWN, Piece(line.whole, line)

    def may_be_divided(self, number: int) -> bool:
        """In a quote of the letter; of unmarked lines only one that goes on in it."""
        if self.lines[number].depth:
            return number in self.quoting
        places, above, below = self.places[number], self.above(number) - 1, self.below(number + 1)
        if not places:
            return False
        if places[0] != NOWHERE and Kind.COPY in self.kinds[:number]:
            framed = above >= 0 and self.kinds[above] is Kind.FRAME
            return framed or places[0] in self.parent.starts or self.goes_on(number)
        return places[-1] != NOWHERE and self.goes_on_below(number)
