"""Which of a message's readable parts are its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

NEEDS_HTML = re.compile(r"(?i)\bhtml\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """A readable part; `plain` when it was text/plain."""

    text: str
    plain: bool


def best_of(children: list[list[Piece]]) -> list[Piece]:
    """Of a multipart/alternative: plain text, unless it only says that one should look at the
    HTML.
    """
    filled = [child for child in children if any(piece.text.strip() for piece in child)]
    plain = next((child for child in filled if any(piece.plain for piece in child)), None)
    other = next((child for child in reversed(filled) if child is not plain), None)
    if plain is None or (other is not None and is_stub(plain, other)):
        return other or []
    return plain


def is_stub(plain: list[Piece], other: list[Piece]) -> bool:
    said = "".join(piece.text for piece in plain).strip()
    meant = sum(len(piece.text) for piece in other)
    return len(said) < 300 and bool(NEEDS_HTML.search(said)) and meant > 3 * len(said)


def without_twins(pieces: list[Piece]) -> list[Piece]:
    """Drop an HTML piece that only repeats the words of a plain one beside it."""
    plain_words = {word for piece in pieces if piece.plain for word in piece.text.split()}
    if not plain_words:
        return pieces
    return [p for p in pieces if p.plain or not set(p.text.split()) <= plain_words]
