"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORDS = re.compile(r"\S+|\s+")
_LINES = re.compile(r".*\n|.+")
_MOST = 1_500
"""Parts of each text that are compared: more would take a crafted text over a tenth of a second."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of both texts, or of the earlier or the later one alone."""

    text: str
    gone: bool = False
    new: bool = False


def differences(earlier: str, later: str) -> list[Piece]:
    """Both texts as one row of pieces, in order.

    By words and what is between them; where over 1,500 of these lie between the first and the last
    difference by lines; and where that is too much as well, one text in place of the other.
    """
    for pattern in (_WORDS, _LINES):
        old, new = pattern.findall(earlier), pattern.findall(later)
        head = _same(old, new)
        tail = _same(old[head:][::-1], new[head:][::-1])
        old_middle, new_middle = old[head : len(old) - tail], new[head : len(new) - tail]
        if max(len(old_middle), len(new_middle)) <= _MOST:
            middle = _compared(old_middle, new_middle)
            return _kept([_piece(old[:head]), *middle, _piece(old[len(old) - tail :])])
    return _kept([Piece(earlier, gone=True), Piece(later, new=True)])


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """How many parts both begin with."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _compared(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    pieces = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(_piece(old[i:j]))
        else:
            pieces.append(Piece("".join(old[i:j]), gone=True))
            pieces.append(Piece("".join(new[k:m]), new=True))
    return pieces


def _piece(parts: Sequence[str]) -> Piece:
    return Piece("".join(parts))


def _kept(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if piece.text]
