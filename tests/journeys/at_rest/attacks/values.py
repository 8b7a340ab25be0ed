"""Attacks by equal values: seats, nonces, ids, addresses, or a part of one, in two places."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from tests.journeys.at_rest.attacks.order import Guesses
from tests.journeys.at_rest.copies import Copy, Kept
from tests.journeys.at_rest.reading import about_members, of_spaces, row_tokens, voices

_STEPS, _MANY = 3, 100
_COMMON = {"topic_id", "circle_id", "space_id", "parent_id"}
"""What all rows of a topic share."""


def by_equal_values(copy: Copy) -> Guesses:
    """Whoever is named by a row that shares a value with a row about the voice, or is led to."""
    owners, leads = _owners(copy), _leads(copy)
    guesses: Guesses = {}
    for voice in voices(copy):
        fresh = {each for _table, row in voice.rows for each in row_tokens(row, _COMMON)}
        known: set[Any] = set()
        votes: Counter[int] = Counter()
        for step in range(_STEPS):
            for each in fresh:
                votes.update(dict.fromkeys(owners.get(each, ()), _STEPS - step))
            known |= fresh
            fresh = {more for each in fresh for more in leads.get(each, ())} - known
        if votes:
            who, weight = votes.most_common(1)[0]
            guesses[voice.id] = (who, float(weight))
    return guesses


def by_beginnings(copy: Copy) -> Guesses:
    """The same with the first four signs of a value: what was cut short, or coarsely hashed."""
    owners: dict[Any, set[int]] = defaultdict(set)
    for who, rows in about_members(copy).items():
        for _table, row in rows:
            for each in row_tokens(row, _COMMON):
                owners[_beginning(each)].add(who)
    guesses: Guesses = {}
    for voice in voices(copy):
        votes: Counter[int] = Counter()
        for _table, row in voice.rows:
            for each in row_tokens(row, _COMMON):
                found = owners.get(_beginning(each), set())
                votes.update(found if len(found) == 1 else ())
        if votes:
            who, weight = votes.most_common(1)[0]
            guesses[voice.id] = (who, float(weight))
    return guesses


ATTACKS: dict[str, Callable[[Copy], Guesses]] = {
    "equal values": by_equal_values,
    "equal beginnings": by_beginnings,
}


def _owners(copy: Copy) -> dict[Any, set[int]]:
    """Whom each value is said of, where it is not said of many."""
    owners: dict[Any, set[int]] = defaultdict(set)
    for who, rows in about_members(copy).items():
        for _table, row in rows:
            for each in row_tokens(row, _COMMON):
                owners[each].add(who)
    return {each: found for each, found in owners.items() if len(found) == 1}


def _leads(copy: Copy) -> dict[Any, set[Any]]:
    """From each value in a row of a space that names nobody to the others in the same row."""
    leads: dict[Any, set[Any]] = defaultdict(set)
    for table, rows in copy.items():
        for row in rows:
            if _is_nobodys(table, row):
                found = row_tokens(row, {*_COMMON, "sealed", "wall", "wrapped"})
                for each in found:
                    leads[each] |= found
    return {each: found for each, found in leads.items() if len(found) <= _MANY}


def _is_nobodys(table: str, row: Kept) -> bool:
    return of_spaces(table, row) or table in ("job", "letter", "throttle", "report_case")


def _beginning(value: Any) -> Any:
    if isinstance(value, int):
        return value >> 43
    return value[:4]
