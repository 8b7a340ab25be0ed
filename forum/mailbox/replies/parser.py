"""The whole way from the text of an answer to its writer's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from forum.mailbox.folding.armour import cut_armour
from forum.mailbox.folding.own_words import cleaned
from forum.mailbox.replies.endings import cut_endings
from forum.mailbox.replies.frames import Known
from forum.mailbox.replies.leftovers import Piece
from forum.mailbox.replies.matching import GRAM, Parent
from forum.mailbox.replies.sheet import Kind, told_apart
from forum.mailbox.replies.sorting import sort_lines
from forum.mailbox.replies.unmatched import sort_by_looks
from forum.mailbox.replies.words import read_lines

MAX_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Answered:
    """The letter that is answered: its texts, and what its headers said."""

    plain: str = ""
    html_as_text: str = ""
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody answered, what was cut from around it, and whether the letter was found."""

    reply: str
    cut: str
    matched: bool


@dataclass(slots=True)
class _Stretch:
    """Pieces in a row that are all the writer's, or none of which is."""

    own: bool
    framed: bool
    """Whether it starts with the frame of a copy."""
    lines: list[str]
    left: list[str] = field(default_factory=list)
    """What remains of the writer's lines once the endings are off."""


def own_words(
    text: str, answered: Answered, sender: str = "", signatures: Sequence[str] = ()
) -> Words:
    """Find the writer's own words in the text of an answer.

    `sender` is the name in the mail's From, `signatures` what its program marked as such.
    """
    text, unread = divided(cut_armour(cleaned(text), []))
    lines = read_lines(text)
    parent = Parent.of(answered.plain, answered.html_as_text)
    found = sort_lines(lines, parent, answered.known)
    pieces = found.pieces
    if not found.matched:
        is_known = len(parent.words) > GRAM
        pieces = sort_by_looks(lines, answered.known, letter_known=is_known)
    stretches = stretched(pieces)
    take_endings_off(stretches, sender, signatures)
    reply = "\n\n".join(
        "\n".join(stretch.left) for stretch in stretches if any(map(str.strip, stretch.left))
    )
    return Words(tidied(f"{reply}\n\n{unread}"), cut_of(stretches), found.matched)


def divided(text: str) -> tuple[str, str]:
    """The lines to be looked at, and those beyond, which are all taken for the writer's."""
    lines = text.split("\n")
    return "\n".join(lines[:MAX_LINES]), "\n".join(lines[MAX_LINES:])


def stretched(pieces: Sequence[tuple[Kind, Piece]]) -> list[_Stretch]:
    result = []
    for own, group in groupby(joined(pieces), key=lambda item: item[0] is Kind.OWN):
        kinds, lines = map(list, zip(*group, strict=True))
        framed = kinds[0] is Kind.FRAME
        result.append(_Stretch(own, framed, lines, trimmed(lines) if own else []))
    return result


def joined(pieces: Sequence[tuple[Kind, Piece]]) -> list[tuple[Kind, str]]:
    """Blank lines go with what stands above them; those between two copies divide nothing."""
    result: list[tuple[Kind, str]] = []
    for kind, piece in pieces:
        blank = not piece.text.strip()
        result.append((result[-1][0] if blank and result else kind, piece.text))
    return result


def trimmed(lines: Sequence[str]) -> list[str]:
    """Without blank lines around, and with at most one in a row within."""
    kept: list[str] = []
    for line in lines:
        if line.strip() or (kept and kept[-1].strip()):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def take_endings_off(stretches: Sequence[_Stretch], sender: str, signatures: Sequence[str]) -> None:
    """Signatures stand at the very end, and above a copy that follows the words.

    Where a signature stands alone below the copy, the words above it may end in one too.
    """
    last, below = True, None
    for stretch in reversed(stretches):
        if stretch.own and (last or (below is not None and below.framed)):
            stretch.left = trimmed(cut_endings(stretch.left, sender, signatures))
            last = last and not any(map(str.strip, stretch.left))
        below = stretch


def cut_of(stretches: Sequence[_Stretch]) -> str:
    """Everything that is not in the reply, in its order."""
    cut: list[str] = []
    for stretch in stretches:
        left = stretch.left if stretch.own else []
        cut += [line for line, stays in told_apart(stretch.lines, left) if not stays]
    return tidied("\n".join(trimmed(cut)))


def tidied(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
