"""Asks where a role, a place and a trade stand together: they can point at one person."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.gentler import title_words
from forum.spaces.recognise.lexicon import Is, Phrase, cities, industries, titles

NEAR_WORDS = 60  # about three sentences
_NOT_OF = frozenset(
    "the a an our my their his her its this that it them us all course which whom".split()
)


def positions(draft: Draft) -> Iterator[Finding]:
    roles = _titles(draft)
    places = list(_places(draft)) if roles else []
    said = {number for first, last, _ in roles for number in range(first, last + 1)}
    trades = [number for number in _trades(draft) if number not in said] if places else []
    if not trades:
        return
    place_at = [first for first, _, _ in places]
    for first, last, phrase in roles:
        if _near(trades, first) and _near(place_at, first):
            words = title_words(phrase.heading)
            yield draft.finding(Level.ASK, Kind.POSITION, first, last, words)
    role_at = [first for first, _, _ in roles]
    for first, last, phrase in places:
        if _near(role_at, first) and _near(trades, first):
            yield draft.finding(Level.ASK, Kind.POSITION, first, last, phrase.heading)


def _near(numbers: list[int], number: int) -> bool:
    at = bisect_left(numbers, number - NEAR_WORDS)
    return at < len(numbers) and numbers[at] <= number + NEAR_WORDS


def _titles(draft: Draft) -> list[tuple[int, int, Phrase]]:
    table, found, ahead = titles(), [], 0
    for number, key in enumerate(draft.key):
        if number < ahead or key not in table:
            continue
        phrase = draft.phrase_at(number, table)
        if phrase:
            last = number + len(phrase.words) - 1
            if phrase.open_ended:
                if draft.key_at(last + 1) in _NOT_OF or not draft.near(last + 1):
                    continue
                last += 1
            found.append((number, last, phrase))
            ahead = last + 1
    return found


def _places(draft: Draft) -> Iterator[tuple[int, int, Phrase]]:
    table = cities()
    for number, key in enumerate(draft.key):
        if key in table and draft.capital(number):
            phrase = draft.phrase_at(number, table)
            unclear = draft.has(number, Is.EVERYDAY | Is.GIVEN | Is.SURNAME)
            there = draft.key_at(number - 1) in {"in", "near", "at", "from", "to", "our", "the"}
            if phrase and (not unclear or there or len(phrase.words) > 1):
                yield number, number + len(phrase.words) - 1, phrase


def _trades(draft: Draft) -> Iterator[int]:
    table = industries()
    for number, key in enumerate(draft.key):
        if key in table and draft.phrase_at(number, table):
            yield number
