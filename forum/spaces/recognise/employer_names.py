"""The spellings by which an employer is known: with its legal form and without, its first word,
its first words, its initials, its domain, and what people are known to call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from forum.spaces.recognise.findings import Employer
from forum.spaces.recognise.folding import fold, latin, unspaced
from forum.spaces.recognise.lexicon import DATA, WORD, Is, bits, word_set

MAX_EMPLOYERS = 200  # a group has tens; more would cost time and find little
MAX_NAME_CHARS = 120

LEGAL = word_set("legal")
GENERIC = word_set("generic")
LITTLE = frozenset("the of and und et y e de la le for der die das & a".split())
ACRONYMS = word_set("acronyms")
FREE_MAIL = word_set("free mail")
_SECOND_LEVEL = frozenset("co com org net ac gov edu ltd plc gob go or ne gen in".split())
_VOWELS = frozenset("aeiouy")
_HUMPS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Care(IntEnum):
    """How sure one must be of the writing before a word is taken for the employer."""

    ANY = 0  # like no other word: any case, any ending, letters apart
    CAPITAL = 1  # also somebody's name
    EVERYDAY = 2  # also an everyday word: a capital where a sentence doesn't begin
    CAPITALS = 3  # initials, all in capitals
    WHOLE = 4  # a domain, whole
    PLACE = 5  # a part of the name: only where a firm stands, "at Crescent"


class Spelling(NamedTuple):
    glued: str
    care: Care
    words: int


def spellings(employers: Iterable[Employer]) -> list[Spelling]:
    """Every spelling once, the most careless way of finding it first."""
    found: dict[str, Spelling] = {}
    for employer in list(employers)[:MAX_EMPLOYERS]:
        named: dict[str, Spelling] = {}
        for spelling in _of_names(employer.names):
            _keep(spelling, named)
        # a domain runs words together of which the name tells better how they are written
        hosts = [host for host in _of_domains(employer.domains) if host.glued not in named]
        for spelling in (*named.values(), *hosts):
            _keep(spelling, found)
    return sorted(found.values(), key=lambda spelling: spelling.care)


def _keep(spelling: Spelling, found: dict[str, Spelling]) -> None:
    known = found.get(spelling.glued)
    if len(spelling.glued) > 1 and (known is None or spelling.care < known.care):
        found[spelling.glued] = spelling


def _of_names(names: Iterable[str]) -> Iterator[Spelling]:
    for name in names:
        folded = fold(name[:MAX_NAME_CHARS])
        raw = WORD.findall(folded.plain)
        words = [latin(word.lower()) for word in raw]
        full = _without_legal(words)
        yield from _written(words)
        yield from _written(full)
        head = _head(full)
        yield from _written(head, partial=head != full)
        yield from _written(_tail(head), partial=True)
        for length in range(2, len(full)):
            yield from _written(full[:length], partial=True)
        yield from (Spelling(word, Care.ANY, 1) for word in words if _like_no_other(word))
        yield from _called(full)
        if full and ("&" in name or "+" in name):
            yield from _joined(full)
        yield from _part(full, head)
        yield from _initials(words)
        yield from _initials(full)
        yield from _initials([hump for word in raw for hump in _HUMPS.findall(word)])


def _part(full: list[str], head: list[str]) -> Iterator[Spelling]:
    """Crescent, of Crescent Payments; Polder, of Polderbank."""
    first = full[0] if full else ""
    if len(head) > 1 and len(first) > 3 and _care(first) is Care.ANY:
        yield Spelling(first, Care.ANY, 1)
    elif len(full) > 1 and len(first) > 3 and first not in GENERIC:
        yield Spelling(first, Care.PLACE, 1)
    elif len(full) == 1:
        stems = {first.removesuffix(ending) for ending in GENERIC if len(ending) > 2} - {first}
        yield from (Spelling(stem, Care.PLACE, 1) for stem in stems if len(stem) > 3)


def _without_legal(words: list[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and (kept[-1] in LEGAL or len(kept[-1]) == 1):
        kept.pop()
    return kept[1:] if len(kept) > 1 and kept[0] == "the" else kept


def _head(words: list[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and kept[-1] in GENERIC:
        kept.pop()
    return kept


def _tail(words: list[str]) -> list[str]:
    """Banco Montaña, Stadtwerke Lindenau: what is left without the general word before it."""
    kept = list(words)
    while len(kept) > 1 and (kept[0] in GENERIC or kept[0] in LITTLE):
        kept = kept[1:]
    return kept


def _like_no_other(word: str) -> bool:
    """Healthineers, Intacct: made up by the firm, so it stands for it alone."""
    made_up = len(word) > 5 and word.isalpha() and word not in bits() and word not in GENERIC
    return unspaced(word) or made_up


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    lines = (DATA / "short_forms.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.split() for line in lines if not line.startswith("#"))
    return {entry[0]: tuple(entry[1:]) for entry in entries}


def _called(words: list[str]) -> Iterator[Spelling]:
    for known in ("".join(words[:length]) for length in range(1, len(words) + 1)):
        for short in _short_forms().get(known, ()):
            if short not in ACRONYMS:
                care = Care.CAPITALS if len(short) < 5 else max(_care(short), Care.CAPITAL)
                yield Spelling(short, care, 1)


def _joined(words: list[str]) -> Iterator[Spelling]:
    """Fjord & Fell: with the word for the sign, and as F&F."""
    for word in ("and", "und", "et", "y", "e"):
        yield Spelling(words[0] + word + "".join(words[1:]), Care.ANY, len(words) + 1)
    yield Spelling("".join(word[0] for word in words), Care.CAPITALS, 1)
    single = list(takewhile(lambda word: len(word) == 1, words))
    if len(single) > 1:
        yield Spelling("".join(single), Care.CAPITALS, 1)


def _written(words: list[str], *, partial: bool = False) -> Iterator[Spelling]:
    """The words run together, with their little words and without."""
    if not words or (partial and _says_little(words)):
        return
    care = _care(words[0]) if len(words) == 1 else _care_of_several(words)
    yield Spelling("".join(words), care, len(words))
    bare = [word for word in words if word not in LITTLE]
    if len(bare) > 1 and bare != words:
        yield Spelling("".join(bare), _care_of_several(bare), len(bare))


def _says_little(words: list[str]) -> bool:
    table = bits()
    return all(
        word in GENERIC or table.get(word, 0) & (Is.PLACE | Is.KNOWN | Is.TOOL) for word in words
    )


def _care(word: str) -> Care:
    have = bits().get(word, 0)
    if have & (Is.EVERYDAY | Is.KNOWN | Is.PLACE | Is.TOOL | Is.MONTH) or word in GENERIC:
        return Care.EVERYDAY
    if unspaced(word):
        return Care.ANY
    if have & Is.COMMON and not have & (Is.GIVEN | Is.FIRM | Is.SURNAME):
        return Care.EVERYDAY
    if have & Is.GIVEN or len(word) < (6 if have & Is.SURNAME else 4):
        return Care.CAPITAL
    return Care.ANY


def _care_of_several(words: list[str]) -> Care:
    """Blue Harbor and Target Group might be said of others too, Unity Bank is no saying."""
    table = bits()
    said = Is.EVERYDAY | Is.COMMON
    if words[-1] in GENERIC and not (table.get(words[0], 0) & Is.EVERYDAY or words[0] in GENERIC):
        return Care.ANY
    everyday = all(table.get(w, 0) & said or w in GENERIC or w in LITTLE for w in words)
    return Care.EVERYDAY if everyday else Care.ANY


def _initials(words: list[str]) -> Iterator[Spelling]:
    for kept in (words, [word for word in words if word.lower() not in LITTLE]):
        letters = "".join(word[0] for word in kept).lower()
        if 2 <= len(letters) <= 6 and letters not in ACRONYMS and letters.isalpha():
            yield Spelling(letters, Care.CAPITALS, 1)


def three_letters(employers: Iterable[Employer]) -> frozenset[str]:
    """NWT for Northwind Traders: a consonant from inside one of two words comes along.

    All at once, to be looked up by word: there are too many to be looked for one by one.
    """
    found: set[str] = set()
    for employer in list(employers)[:MAX_EMPLOYERS]:
        for name in employer.names:
            words = [
                latin(word.lower()) for word in WORD.findall(fold(name[:MAX_NAME_CHARS]).plain)
            ]
            full = [word for word in _without_legal(words) if word not in LITTLE]
            if len(full) == 2:
                one, other = full
                found.update(f"{one[0]}{letter}{other[0]}" for letter in one[2:])
                found.update(f"{one[0]}{other[0]}{letter}" for letter in other[2:])
    return (
        frozenset(each for each in found if each.isalpha() and not _VOWELS & set(each[1:]))
        - ACRONYMS
    )


def _of_domains(domains: Iterable[str]) -> Iterator[Spelling]:
    for domain in domains:
        labels = latin(fold(domain[:MAX_NAME_CHARS]).lower).strip(" .@").split(".")
        if len(labels) < 2:
            continue
        at = -3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2
        name, ending = "".join(WORD.findall(labels[at])), "".join(labels[at + 1 :])
        yield Spelling(name + ending, Care.WHOLE, 2)
        yield Spelling(name + "dot" + "dot".join(labels[at + 1 :]), Care.WHOLE, 3)
        if len(name) == 2 and name not in ACRONYMS:
            yield Spelling(name, Care.CAPITALS, 1)
        if len(name) > 2 and labels[at] not in FREE_MAIL:
            yield Spelling(name, _care(name), 1)
