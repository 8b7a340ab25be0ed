"""A name with one letter wrong, doubled, masked by stars, or without its vowels."""

from __future__ import annotations

import re
from bisect import bisect_right
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
    known = sorted({name for name in names if len(name) > 3}, key=len)
    shortest = len(known[0]) if known else MAX_CHUNK_CHARS
    placed = _by_place(known)
    for match in _CHUNK.finditer(text):
        chunk = match.group()
        if not shortest <= len(chunk) <= MAX_CHUNK_CHARS or _HIDING.isdisjoint(chunk):
            continue
        if _holds(chunk, known) or _is_masked(chunk, placed):
            yield match.span()


def _by_place(names: Iterable[str]) -> dict[tuple[int, str], set[str]]:
    """The names that have a letter at a place: all names tried at every star would take long."""
    found: dict[tuple[int, str], set[str]] = {}
    for name in names:
        for place in enumerate(name):
            found.setdefault(place, set()).add(name)
    return found


def _holds(chunk: str, names: list[str]) -> bool:
    """Whether one of the names, the shortest first, stands here with symbols for letters."""
    if _STANDING_FOR_LETTERS.isdisjoint(chunk):
        return False
    shown = _NO_LETTER.sub("", chunk.translate(_SYMBOLS))
    fitting = names[: bisect_right(names, len(shown), key=len)]
    return any(name in shown for name in fitting)


def _is_masked(chunk: str, placed: dict[tuple[int, str], set[str]]) -> bool:
    """n*rthwind, n****wind: at least two letters are shown and all of them fit."""
    masked = _NO_LETTER.sub("*", chunk.strip(".,;:()\"'"))
    if "*" not in masked:
        return False
    letters = [place for place in enumerate(masked) if place[1] != "*"][:2]
    if len(letters) < 2:
        return False
    first, second = (placed.get(place, set()) for place in letters)
    near = (name for name in first & second if len(name) <= len(masked))
    return any(_masks(masked, name) for name in near)


def _masks(masked: str, name: str) -> bool:
    part = masked[: len(name)]
    rest_fits = masked[len(name) :].replace("*", "") in {"", "s"}
    return (
        "*" in part
        and rest_fits
        and all(char in ("*", letter) for char, letter in zip(part, name, strict=True))
    )
