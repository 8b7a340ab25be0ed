"""Asks about firms: well-known ones by a table, others by how firms are written."""

from __future__ import annotations

from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.employer_names import GENERIC
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.gentler import firm_words
from forum.spaces.recognise.lexicon import Is, Phrase, firms, word_set

MAX_NAME_WORDS = 4
_FORMS = word_set("forms")
_BEFORE = word_set("before")
# An everyday or foreign verb unless written with a capital where none is due.
_COMPANY = word_set("company")
_OF = frozenset("bank university ministry hospital port city".split())
_A_NAME_BEFORE = Is.EVERYDAY | Is.KNOWN | Is.ROLE


def well_known_firms(draft: Draft) -> Iterator[Finding]:
    table = firms()
    for number, key in enumerate(draft.key):
        if key in table:
            phrase = draft.phrase_at(number, table)
            if phrase and _is_meant(draft, number, phrase):
                last = number + len(phrase.words) - 1
                words = firm_words(phrase.heading)
                yield draft.finding(Level.ASK, Kind.FIRM, number, last, words)


def _is_meant(draft: Draft, number: int, phrase: Phrase) -> bool:
    last = number + len(phrase.words) - 1
    if not draft.capital(number) and draft.raw[number] != "easyJet":
        several = len(phrase.words) > 1 and not draft.has(number, Is.EVERYDAY)
        return several or (
            not draft.has(number, Is.EVERYDAY | Is.TOOL | Is.GIVEN | Is.SURNAME | Is.PLACE)
            and len(phrase.words[0]) > 4
        )
    if len(phrase.words) > 1:
        return draft.capital(last) or not draft.has(last, Is.EVERYDAY)
    if len(draft.raw[number]) < 4 and not draft.raw[number].isupper():
        return len(draft.raw[number]) == 3 and not draft.has(
            number, Is.EVERYDAY | Is.GIVEN | Is.SURNAME | Is.SHORT
        )
    if phrase.tool:
        return draft.possessive(number) or draft.key_at(number - 1) in _BEFORE - {
            "with",
            "via",
            "by",
            "for",
            "from",
        }
    if draft.has(number, Is.GIVEN | Is.SURNAME | Is.PLACE):
        return draft.key_at(number - 1) in _BEFORE - {"with", "by", "from"} and not draft.capital(
            number + 1
        )
    if draft.has(number, Is.EVERYDAY | Is.KNOWN):
        calm = not draft.capitals_mean_little and not draft.opens(number)
        return (calm and not draft.capital(number + 1)) or draft.possessive(number)
    return True


def firms_by_form(draft: Draft) -> Iterator[Finding]:
    """Acme Widgets GmbH; Bank of Somewhere; Something Pharma."""
    for number in range(1, draft.count):
        raw, key = draft.raw[number], draft.key[number]
        if raw in _FORMS or (key in _COMPANY and raw[0].isupper()):
            first = _beginning(draft, number, by_form=raw in _FORMS)
            if first < number:
                yield draft.finding(Level.ASK, Kind.FIRM, first, number, firm_words())
        elif key == "of" and _is_named_of(draft, number):
            yield draft.finding(Level.ASK, Kind.FIRM, number - 1, number + 1, firm_words())


def _is_named_of(draft: Draft, number: int) -> bool:
    kind = draft.key[number - 1] in _OF and draft.capital(number - 1)
    return kind and draft.capital(number + 1) and draft.near(number + 1)


def _beginning(draft: Draft, number: int, *, by_form: bool) -> int:
    """The first of the capitals before this word; the word itself when they are no name."""
    first = number
    while number - first < MAX_NAME_WORDS and draft.capital(first - 1):
        if draft.gap(first) not in {" ", " & ", "-", ", ", "'"} or (
            first < number and "," in draft.gap(first)
        ):
            break
        first -= 1
        if draft.opens(first):
            break
    while first < number and draft.opens(first) and draft.has(first, Is.EVERYDAY):
        first += 1
    names = [n for n in range(first, number) if not draft.has(n, _A_NAME_BEFORE)]
    if by_form:
        inner = [n for n in range(first, number) if draft.key[n] not in GENERIC]
        return first if names or len(inner) > 1 else number
    shouting = all(draft.raw[n].isupper() for n in range(first, number + 1))
    return first if names and not shouting and not draft.capitals_mean_little else number
