"""The bundled tables, read once: what a word may be, as bits, and phrases of several words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from forum.spaces.recognise.folding import plain

DATA = Path(__file__).with_name("data")
WORD = re.compile(r"[^\W_]+")


class Is:
    """What a word may be, each a bit; plain numbers, for a draft compares 100,000 of them."""

    EVERYDAY = 1
    KNOWN = 2
    GIVEN = 4
    SURNAME = 8
    HONORIFIC = 16
    TELLING = 32  # verbs done to a person: "I told …"
    SAYING = 64  # verbs a person does: "… said"
    ROLE = 128  # words before a name: "my manager …"
    MONTH = 256
    PARTICLE = 512  # inside a surname: van, de, bin
    SHORT = 1024  # given names of two letters, names only beside another
    PLACE = 2048
    FIRM = 4096
    TOOL = 8192
    COMMON = 16384  # among the words people write most, in zxcvbn's lists; names are too
    LISTED = 32768  # a name in zxcvbn's lists, rarer as a word


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero januari gennaio janeiro",
            "february feb februar fevrier febrero februari febbraio fevereiro",
            "march mar marz maerz mars marzo maart marco",
            "april apr avril abril aprile",
            "may mai mayo mei maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug aout agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez decembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}


class Phrase(NamedTuple):
    """Words to be found one after the other, and the heading of the table they stand under."""

    words: tuple[str, ...]
    heading: str
    open_ended: bool = False
    tool: bool = False


@cache
def bits() -> dict[str, int]:
    """Everything one word alone may be."""
    table: dict[str, int] = {}
    for name, bit in (("everyday", Is.EVERYDAY), ("known", Is.KNOWN), ("surnames", Is.SURNAME)):
        _add(table, _words(name), bit)
    given = _words("given_names")
    _add(table, given, Is.GIVEN)
    _add(table, [word for word in given if len(word) < 3], Is.SHORT)
    for words, bit in (
        ("honorifics", Is.HONORIFIC),
        ("telling", Is.TELLING),
        ("saying", Is.SAYING),
        ("roles", Is.ROLE),
        ("particles", Is.PARTICLE),
    ):
        _add(table, map(plain, word_set(words)), bit)
    _add(table, MONTHS, Is.MONTH)
    for source, ranked in FREQUENCY_LISTS.items():
        _add(table, ranked, Is.LISTED if "name" in source else Is.COMMON)
    _add(table, map(plain, word_set("common elsewhere")), Is.COMMON)
    for first, phrases in cities().items():
        _add(table, [first] if any(len(p.words) == 1 for p in phrases) else [], Is.PLACE)
    for first, phrases in firms().items():
        single = [phrase for phrase in phrases if len(phrase.words) == 1]
        _add(table, [first] if single else [], Is.FIRM)
        _add(table, [first] if any(phrase.tool for phrase in single) else [], Is.TOOL)
    return table


@cache
def firms() -> dict[str, tuple[Phrase, ...]]:
    return _phrases("firms")


@cache
def cities() -> dict[str, tuple[Phrase, ...]]:
    return _phrases("cities")


@cache
def titles() -> dict[str, tuple[Phrase, ...]]:
    return _phrases("titles")


@cache
def industries() -> dict[str, tuple[Phrase, ...]]:
    return _phrases("industries")


def word_set(name: str) -> frozenset[str]:
    """One of the short lists, as written."""
    return _word_sets()[name]


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    lists: dict[str, list[str]] = {}
    for line in (DATA / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            found = lists.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            found.extend(line.split())
    return {name: frozenset(words) for name, words in lists.items()}


def _add(table: dict[str, int], words: Iterable[str], bit: int) -> None:
    for word in words:
        table[word] = table.get(word, 0) | bit


def _words(name: str) -> list[str]:
    return [part for line in _lines(name) for word in line.split() for part in WORD.findall(word)]


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield plain(line) if not line.startswith("[") else line


def _phrases(name: str) -> dict[str, tuple[Phrase, ...]]:
    """By first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    heading = ""
    for line in _lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
            continue
        for entry in line.split(","):
            words = tuple(WORD.findall(entry))
            phrase = Phrase(words, heading, entry.endswith("*"), entry.strip().startswith("*"))
            found.setdefault(words[0], []).append(phrase)
    return {
        first: tuple(sorted(phrases, key=lambda phrase: -len(phrase.words)))
        for first, phrases in found.items()
    }
