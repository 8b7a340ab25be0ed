"""Each line of an answer: the writer's own, a copy of the letter, or the frame around a copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forum.mailbox.folding.attributions import is_dated_attribution
from forum.mailbox.folding.footers import cut_footers
from forum.mailbox.replies.frames import (
    FIRST_OF_A_COPY,
    Known,
    attribution_start,
    header_block_end,
    is_rule,
)
from forum.mailbox.replies.leftovers import Piece, is_leftover, split_line
from forum.mailbox.replies.matching import NOWHERE, Parent
from forum.mailbox.replies.sheet import MATCHED_WEIGHT, Kind, Sheet, told_apart
from forum.mailbox.replies.words import Line

UNMARKED_WEIGHT = 10.0
MAX_LEADING_LINES = 3
LEAST_SHARE = 0.5
"""Of a marked block; in one that is less of the letter's, what is not may be of something older."""


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


class _Sorter(Sheet):
    """Decides about each line, the surest signs first."""

    def sort(self) -> None:
        self.sort_footers()
        self.sort_header_blocks()
        self.sort_marked()
        self.sort_attributions()
        self.sort_unmarked()
        self.sort_within()
        self.sort_rules()
        self.sort_older()
        self.sort_history()

    def sort_footers(self) -> None:
        """What a list or a scanner put below a mail, also where it is quoted."""
        texts = [line.whole for line in self.lines]
        for number, (_text, kept) in enumerate(told_apart(texts, cut_footers(texts))):
            if not kept:
                self.kinds[number] = Kind.FRAME

    def sort_header_blocks(self) -> None:
        number = 0
        while number < len(self.lines):
            end = header_block_end(self.lines, number, self.known)
            copied = all(map(self.full, range(number, end)))
            if not copied and any(map(self.full, range(end, min(end + 8, len(self.lines))))):
                self.set(range(number, end), Kind.FRAME)
            number = max(end, number + 1)

    def sort_marked(self) -> None:
        """Blocks of lines with quote marks, each as a whole: is the letter in it?"""
        for start, end in self.blocks():
            found = sum(
                sum(place != NOWHERE for place in self.places[number])
                for number in range(start, end)
            )
            if found >= MATCHED_WEIGHT or any(map(self.full, range(start, end))):
                self.sort_block(start, end)

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
            framed = self.kinds[number] is Kind.FRAME and not line.depth
            if line.blank or framed or not self.may_start(number):
                continue
            end = self.above(number)
            stop = self.first_free(end)
            first = attribution_start(self.lines, end, stop, self.known)
            self.set(range(first, end), Kind.FRAME)
        last = self.above(len(self.lines))
        if last and Kind.COPY not in self.kinds and not self.full(last - 1):
            first = attribution_start(self.lines, last, self.first_free(last), self.known)
            self.set(range(first, last), Kind.FRAME)

    def may_start(self, number: int) -> bool:
        above = self.above(number)
        first = above == 0 or not self.lines[above - 1].depth
        return self.full(number) or (first and self.lines[number].depth > 0)

    def sort_unmarked(self) -> None:
        """A row of unmarked lines that is the letter's, if it is long or a frame stands above."""
        for chain in self.chains():
            weight = sum(self.lines[number].weight for number in chain)
            above = self.above(chain[0])
            framed = above > 0 and self.kinds[above - 1] is Kind.FRAME
            torn = self.goes_on(chain[0]) and self.goes_on_below(chain[-1])
            if not framed and self.said_again(chain):
                continue
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

    def amid_own(self, chain: Sequence[int]) -> bool:
        """In the middle of a paragraph of the writer's: words that happen to be the letter's."""
        above, below = chain[0] - 1, chain[-1] + 1
        beside = [number for number in (above, below) if 0 <= number < len(self.lines)]
        own = any(self.kinds[number] is None and self.lines[number].words for number in beside)
        return own and sum(self.lines[number].weight for number in chain) < 2 * UNMARKED_WEIGHT

    def sort_within(self) -> None:
        """Between two copies: short lines of the letter, and what programs put in."""
        copied = [number for number, kind in enumerate(self.kinds) if kind is not None]
        if Kind.COPY not in self.kinds:
            return
        for number in range(copied[0], len(self.lines)):
            line = self.lines[number]
            if self.kinds[number] is not None or line.depth:
                continue
            inside = number < copied[-1]
            if self.unmarked_full(number) and self.said_again([number]):
                continue
            if self.unmarked_full(number) and (inside or self.goes_on(number)):
                self.kinds[number] = Kind.COPY if self.whole(number) else None
            elif inside and line.text.strip() and not line.words:
                below = next(n for n in range(number, copied[-1] + 1) if self.lines[n].words)
                self.kinds[number] = Kind.COPY if self.kinds[below] is Kind.COPY else None
            elif self.beside_copy(number) and is_leftover(line.text, self.parent):
                self.kinds[number] = Kind.COPY

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

    def sort_history(self) -> None:
        """What stands below a further frame, in or below the copy: mails older than the letter."""
        copied = next((n for n, kind in enumerate(self.kinds) if kind is Kind.COPY), None)
        number = len(self.lines) if copied is None else copied
        while number < len(self.lines):
            end = self.older_frame_end(number)
            if end > number:
                marked = self.lines[number].depth > 0
                end = self.mark_end(end) if marked else len(self.lines)
                self.set((n for n in range(number, end) if self.kinds[n] is None), Kind.COPY)
            number = max(end, number + 1)

    def older_frame_end(self, number: int) -> int:
        """Behind a frame that starts here and has no words of the letter below it."""
        if self.lines[number].blank or self.full(number):
            return number
        end = header_block_end(self.lines, number, self.known)
        for lines in range(1, MAX_LEADING_LINES + 1):
            joined = " ".join(line.text for line in self.lines[number : number + lines])
            if end == number and is_dated_attribution(" ".join(joined.split())):
                end = number + lines
        below = self.below(end)
        if end == number or below >= len(self.lines) or self.kinds[below] is not None:
            return number
        return number if self.lines[below].depth != self.lines[number].depth else end

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
        places, above = self.places[number], self.above(number) - 1
        if not places or self.said_again([number]):
            return False
        if self.quoting:
            return self.goes_on(number) and places[0] not in self.parent.starts
        if places[0] != NOWHERE and Kind.COPY in self.kinds[:number]:
            framed = above >= 0 and self.kinds[above] is Kind.FRAME
            return framed or places[0] in self.parent.starts or self.goes_on(number)
        return places[-1] != NOWHERE and self.goes_on_below(number)
