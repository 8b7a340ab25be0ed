"""Asks about names that are in no table: a strange word where only a person can stand."""

from __future__ import annotations

from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.gentler import person_words
from forum.spaces.recognise.lexicon import Is, word_set
from forum.spaces.recognise.names_by_form import NAME, WORD, by_form, is_eponym, strange

_DEPARTMENTS = word_set("departments")
_HUMAN = word_set("human verbs")
_NAMING = word_set("naming")
_DONE_BY = word_set("done by")
_DETERMINERS = word_set("determiners")
_TO = word_set("to somebody")
_FROM = frozenset("from in at aus von du de des".split())
_THE = frozenset("the our der dem la le".split())
_AND = frozenset("and or und et y och og en with e".split())
_WHOSE = frozenset("my our the his her their a an mein meine unser unsere mon ma notre mi".split())
_PLACED = frozenset("in near to via".split())
_THATS = frozenset("that it this here c".split())
_JUNIOR = frozenset("jr sr".split())
# German writes these beside a noun as if they were a name's first part.
_MEASURES = frozenset(
    "ende anfang mitte projekt abteilung thema team firma bereich stadt liter tonnen millionen"
    " euro prozent stuck meter kilo paar menge art anzahl glas flasche tasse seite schicht".split()
)


def unknown_people(draft: Draft) -> Iterator[Finding]:
    for number, raw in enumerate(draft.raw):
        if not raw[0].isupper() and not draft.is_[number] & (NAME | Is.HONORIFIC):
            continue
        span = by_form(draft, number)
        if span is None and raw[0].isupper():
            span = _by_place(draft, number)
        if span:
            span = _with_surname(draft, *span) if raw[0].isupper() else span
            words = person_words(alone=span[0] == span[1])
            yield draft.finding(Level.ASK, Kind.PERSON, *span, words)


def _by_place(draft: Draft, number: int) -> tuple[int, int] | None:
    if _from_department(draft, number):
        return number, number
    if not strange(draft, number) or _sure_name(draft, number) or is_eponym(draft, number):
        return None  # a sure name is asked about anyway
    named = draft.key_at(number - 1) in _NAMING and draft.near(number)
    if named or _beside_a_role(draft, number) or _beside_a_name(draft, number):
        return number, number
    if draft.capitals_mean_little:
        return (number, number + 1) if _full_name_among_capitals(draft, number) else None
    person = _person_must_stand(draft, number) or _full_name(draft, number)
    return (number, number) if person else None


def _with_surname(draft: Draft, first: int, last: int) -> tuple[int, int]:
    """To the end of the name: Hugues de Kermadec, Lakshmi P., Harlan Stubbs Jr."""
    after = last + 1
    while draft.near(after) and draft.has(after, Is.PARTICLE) and after - last < 3:
        after += 1
    family = draft.has(after, Is.SURNAME) or strange(draft, after) or len(draft.key_at(after)) == 1
    if draft.near(after) and draft.capital(after) and draft.gap(after) != "'" and family:
        last = after
    junior = draft.key_at(last + 1) in _JUNIOR and draft.gap(last + 1) in {" ", ", "}
    return first, last + 1 if junior else last


def _from_department(draft: Draft, number: int) -> bool:
    """Kat from Claims; Hope in the legal team isn't one."""
    if draft.key_at(number + 1) not in _FROM or not draft.near(number + 1):
        return False
    name = draft.has(number, Is.GIVEN | Is.LISTED) and draft.key[number + 1] != "in"
    plain = draft.has(number, Is.KNOWN | Is.FIRM | Is.PLACE | Is.MONTH)
    if plain or not (name or strange(draft, number)):
        return False
    at = number + 3 if draft.key_at(number + 2) in _THE else number + 2
    return draft.key_at(at) in _DEPARTMENTS and draft.near(at)


def _beside_a_role(draft: Draft, number: int) -> bool:
    """The union rep, Bronwen, said; Bronwen, our VP; my boss (Bronwen)."""
    before, after = draft.gap(number), draft.gap(number + 1)
    if before in {", ", " ("} and draft.has(number - 1, Is.ROLE):
        last = _with_surname(draft, number, number)[1]
        return draft.gap(last + 1)[:1] in {",", ".", ")", ";", ":", ""}
    if before == ", " and after == ", " and any(draft.has(number - n, Is.ROLE) for n in (2, 3)):
        return True
    if draft.capitals_mean_little or (after != ", " and not after.startswith(" (")):
        return False
    at = number + 2 if draft.key_at(number + 1) in _WHOSE else number + 1
    for ahead in range(at, at + 4):
        if (ahead > at and not draft.near(ahead)) or not draft.key_at(ahead):
            return False
        if draft.has(ahead, Is.ROLE):
            return True
    return False


def _beside_a_name(draft: Draft, number: int) -> bool:
    """Birgitta and Rasheed; Anna, Rasheed and Priya."""
    for other, joint in ((number - 2, number - 1), (number + 2, number + 1)):
        joined = draft.key_at(joint) in _AND and draft.near(joint) and draft.near(joint + 1)
        if joined and (_sure_name(draft, other) or _surely_stands(draft, other)):
            return True
    return any(
        draft.gap(gap) == ", " and _sure_name(draft, other)
        for other, gap in ((number - 1, number), (number + 1, number + 1))
    )


def _surely_stands(draft: Draft, number: int) -> bool:
    """Strange too, and where only a person stands."""
    return (
        not draft.capitals_mean_little
        and strange(draft, number)
        and _person_must_stand(draft, number)
    )


def _sure_name(draft: Draft, number: int) -> bool:
    return draft.capital(number) and draft.has(number, Is.GIVEN) and not draft.has(number, WORD)


def _person_must_stand(draft: Draft, number: int) -> bool:
    """Under Margriet, thanks to Margriet, Margriet's plan, Margriet refused."""
    near, after = draft.near(number), draft.key_at(number + 1)
    if near and _person_before(draft, number):
        return True
    if draft.near(number + 1) and (after in _HUMAN or (after == "who" and not near)):
        return True
    if draft.possessive(number):
        return True
    return not draft.opens(number) and _listed_alone(draft, number)


def _person_before(draft: Draft, number: int) -> bool:
    before, further = draft.key_at(number - 1), draft.key_at(number - 2)
    if before == "under" or (before == "to" and further in _TO):
        return True
    if before == "by" and further in _DONE_BY:
        return True
    thats = before in {"s", "is", "est"} and further in _THATS
    return thats and not draft.near(number + 1)


def _listed_alone(draft: Draft, number: int) -> bool:
    """A rare name, standing by itself with no article."""
    alone = not draft.capital(number - 1) and not draft.capital(number + 1)
    before = _THE | _PLACED | {"a", "from", "at"}
    return alone and draft.has(number, Is.LISTED) and draft.key_at(number - 1) not in before


def _full_name(draft: Draft, number: int) -> bool:
    """Two strange words together, unless a place seems meant."""
    after = number + 1
    if not draft.near(after) or draft.gap(after) != " ":
        return False
    named = draft.has(number, NAME) or draft.has(after, NAME)
    if draft.has(after, Is.SURNAME | Is.LISTED) and not draft.has(after, WORD):
        return draft.capital(after)
    if not strange(draft, after) or draft.capital(after + 1):
        return False
    begins = draft.opens(number) and draft.gap(number) not in {": ", ' "', " - ", "- "}
    return named or not (begins or draft.key_at(number - 1) in _PLACED)


def _full_name_among_capitals(draft: Draft, number: int) -> bool:
    """Abgesagt hat Friedhelm Rautenberg: in German, two nouns that nothing joins."""
    before, after = draft.key_at(number - 1), number + 1
    if draft.opens(number) or draft.capital(number - 1) or before in _DETERMINERS:
        return False
    if before[-2:] in {"er", "en", "em", "es", "te", "im", "am", "um"} or before in _PLACED:
        return False
    strangers = strange(draft, after) and draft.gap(after) == " " and not draft.capital(after + 1)
    return strangers and draft.key[number] not in _MEASURES
