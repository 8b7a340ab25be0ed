"""A name with one letter wrong, doubled, masked by stars, or without its vowels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from forum.spaces.recognise.lexicon import Is

MIN_CHARS = 7  # shorter names are one letter away from too many words
MIN_CONSONANTS = 4
MAX_CHUNK_CHARS = 80  # between two spaces

_VOWELS = str.maketrans("", "", "aeiou")
_TWICE = re.compile(r"(.)\1+")
_SYMBOLS = str.maketrans("@$!|013457€", "asiioleaste")
_STANDING_FOR_LETTERS = frozenset("@$!|€")
_HIDING = frozenset("@$!|€*#_~•-.")
_NO_LETTER = re.compile(r"[\W_]")
_CHUNK = re.compile(r"\S+")
_NOT_A_NAME = Is.EVERYDAY | Is.KNOWN | Is.GIVEN | Is.SURNAME | Is.PLACE


class Misspelt:
    """One edit leaves the first three letters or the last three alone; those are looked up."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_edge: dict[str, list[str]] = {}
        self.bare: set[str] = set()
        self.once: set[str] = set()
        names = list(names)
        self.short = {_TWICE.sub(r"\1", name) for name in names if 3 < len(name) < MIN_CHARS}
        for name in names:
            if len(name) < MIN_CHARS - 1:
                continue
            self.once.add(_TWICE.sub(r"\1", name))
            bare = name.translate(_VOWELS)
            if len(bare) >= MIN_CONSONANTS and bare != name:
                self.bare.add(bare)
            if len(name) >= MIN_CHARS:
                self.by_edge.setdefault("^" + name[:3], []).append(name)
                self.by_edge.setdefault(name[-3:] + "$", []).append(name)

    def is_one(self, word: str, is_: int) -> bool:
        if is_ & _NOT_A_NAME or len(word) < MIN_CONSONANTS:
            return False
        if word in self.bare:
            return True
        if not is_ and len(word) < MIN_CHARS + 1 and _TWICE.sub(r"\1", word) in self.short:
            return True  # Fordd, Shel; a word in no list at all
        if self.is_edited(word):
            return True
        return bool(_TWICE.search(word)) and _TWICE.sub(r"\1", word) in self.once

    def is_edited(self, word: str) -> bool:
        """One letter of a long name wrong."""
        if len(word) < MIN_CHARS - 1:
            return False
        near = self.by_edge.get("^" + word[:3], []) + self.by_edge.get(word[-3:] + "$", [])
        return any(_one_edit_apart(word, name) for name in near)


def _one_edit_apart(one: str, other: str) -> bool:
    """One letter more, fewer or other, or two neighbours swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    a, b = one[same:], other[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def disguised(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Places in lower-case text where symbols stand for letters of a name, or stars hide them."""
    known = [name for name in names if len(name) > 3]
    shortest = min(map(len, known), default=MAX_CHUNK_CHARS)
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        if shortest <= len(chunk) <= MAX_CHUNK_CHARS and not _HIDING.isdisjoint(chunk):
            shown = _NO_LETTER.sub("", chunk.translate(_SYMBOLS))
            masked = _NO_LETTER.sub("*", chunk.strip(".,;:()\"'"))
            if any(_inside(chunk, shown, name) or _masks(masked, name) for name in known):
                yield match.span()


def _inside(chunk: str, shown: str, name: str) -> bool:
    return name in shown and not _STANDING_FOR_LETTERS.isdisjoint(chunk)


def _masks(masked: str, name: str) -> bool:
    """n*rthwind, n****wind: at least two letters are shown and all of them fit."""
    if "*" not in masked or len(masked) < len(name):
        return False
    part = masked[: len(name)]
    shown = len(part) - part.count("*")
    rest_fits = masked[len(name) :].replace("*", "") in {"", "s"}
    return (
        shown >= 2
        and "*" in part
        and rest_fits
        and all(char in ("*", letter) for char, letter in zip(part, name, strict=True))
    )
