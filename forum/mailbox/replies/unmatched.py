"""Answers in which the letter is not found: the quotes are told by their looks alone."""

from __future__ import annotations

from collections.abc import Sequence

from forum.mailbox.folding.attributions import original_start, unmarked_start
from forum.mailbox.folding.quotes import is_quote
from forum.mailbox.replies.frames import Known, attribution_start, header_block_end, is_rule
from forum.mailbox.replies.leftovers import Piece
from forum.mailbox.replies.sheet import Kind
from forum.mailbox.replies.words import Line

MAX_BLANKS = 3


def sort_by_looks(
    lines: Sequence[Line], known: Known, *, letter_known: bool = False
) -> list[tuple[Kind, Piece]]:
    """Quotes below an attribution, and unmarked copies below a block of headers, with their frames.

    Marked lines that nothing introduces stay the writer's, unless they end the text; and even there
    when the letter's words are known, for then they are no quote of it.
    """
    kinds = [Kind.OWN] * len(lines)
    start = copy_start(lines, known)
    introduced = False
    for number in range(start, len(lines)):
        kinds[number] = Kind.COPY
    for number in range(start):
        if not is_quote(lines[number].whole):
            continue
        end = above(lines, number)
        first = attribution_start(lines, end, 0, known)
        if first < end and kinds[end - 1] is Kind.OWN:
            introduced = True
            kinds[first:end] = [Kind.FRAME] * (end - first)
        if introduced:
            kinds[number] = Kind.COPY
    last = above(lines, len(lines))
    first = attribution_start(lines, last, 0, known)
    kinds[first:last] = [Kind.FRAME] * (last - first)
    if introduced or not letter_known:
        cut_last_quote(lines, kinds, start)
    return [(kind, Piece(line.whole, line)) for kind, line in zip(kinds, lines, strict=True)]


def copy_start(lines: Sequence[Line], known: Known) -> int:
    """Where an unmarked copy starts that goes to the end, with its frame; the end if none does."""
    texts = [line.whole for line in lines]
    starts = [original_start(texts), unmarked_start(texts)]
    starts += [
        number
        for number, line in enumerate(lines)
        if not line.depth and header_block_end(lines, number, known) > number
    ][:1]
    start = min((found for found in starts if found is not None), default=len(lines))
    ruled = above(lines, start)
    if 0 < ruled <= start < len(lines) and is_rule(lines[ruled - 1].text):
        return ruled - 1
    return start


def cut_last_quote(lines: Sequence[Line], kinds: list[Kind], end: int) -> None:
    """A marked quote below the writer's words, with nothing but blank lines behind it."""
    number = end
    while number > 0 and (lines[number - 1].blank or is_quote(lines[number - 1].whole)):
        number -= 1
    if number and any(is_quote(line.whole) for line in lines[number:end]):
        for quoted in range(number, end):
            kinds[quoted] = Kind.COPY if kinds[quoted] is Kind.OWN else kinds[quoted]


def above(lines: Sequence[Line], number: int) -> int:
    """Behind the next line above that is not blank."""
    end = number
    most = MAX_BLANKS if number < len(lines) else len(lines)
    while end > 0 and number - end < most and lines[end - 1].blank:
        end -= 1
    return end
