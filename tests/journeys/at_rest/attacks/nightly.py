"""Attacks by comparing copies: whoever steals one every night sees what came, changed and went."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import reduce
from itertools import combinations, pairwise
from typing import Any

from tests.journeys.at_rest.attacks.order import Guesses
from tests.journeys.at_rest.attacks.pairs import Pairs
from tests.journeys.at_rest.copies import Copy, Kept
from tests.journeys.at_rest.reading import Voice, naming, steadily, voices

Mornings = list[Copy]


def by_presence(mornings: Mornings) -> Guesses:
    """Whoever left something of their own on each of the days on which the voice wrote."""
    suspects: dict[int, list[set[int]]] = defaultdict(list)
    for before, after in pairwise(mornings):
        here = _changed_people(before, after)
        for voice in _wrote_since(before, after):
            suspects[voice.id].append(here)
    guesses: Guesses = {}
    for voice_id, days in suspects.items():
        likely = reduce(set.__and__, days) or set().union(*days)
        if likely:
            guesses[voice_id] = (steadily(likely, voice_id), 1 / len(likely))
    return guesses


def by_rarity(mornings: Mornings) -> Guesses:
    """Whoever left more than usual on those days, and less on the others."""
    counts = [_changes(before, after) for before, after in pairwise(mornings)]
    usual = sum(counts, Counter[int]())
    scores: dict[int, Counter[int]] = defaultdict(Counter)
    for day, (before, after) in enumerate(pairwise(mornings)):
        for voice in _wrote_since(before, after):
            for who, number in counts[day].items():
                scores[voice.id][who] += round(1_000 * number / usual[who])
    return {
        voice_id: (found.most_common(1)[0][0], float(found.most_common(1)[0][1]))
        for voice_id, found in scores.items()
        if found
    }


def by_drafts(mornings: Mornings) -> Pairs:
    """The openers of topics that came when a draft of the same seat went."""
    return _by_what_went(mornings, _seats_of_drafts, _opened_since)


def by_pictures(mornings: Mornings) -> Pairs:
    """Those whose posts came to carry pictures when waiting ones of the same seat went."""
    return _by_what_went(mornings, _seats_of_pictures, _pictured_since)


NAMING: dict[str, Callable[[Mornings], Guesses]] = {
    "presence": by_presence,
    "rarity": by_rarity,
}
PAIRING: dict[str, Callable[[Mornings], Pairs]] = {
    "drafts": by_drafts,
    "pictures": by_pictures,
}


def _by_what_went(
    mornings: Mornings,
    seats: Callable[[Copy], set[str]],
    came: Callable[[Copy, Copy], list[Voice]],
) -> Pairs:
    """Voices of two days, on each of which a row of one seat went."""
    went: dict[str, list[list[Voice]]] = defaultdict(list)
    for before, after in pairwise(mornings):
        fresh = came(before, after)
        for seat in seats(before) - seats(after):
            went[seat].append(fresh)
    weight: Counter[tuple[int, int]] = Counter()
    for times in went.values():
        for some, others in combinations(times, 2):
            for one in some:
                for other in others:
                    weight[one.id, other.id] += 1_000 // (len(some) * len(others))
    return [pair for pair, _weight in weight.most_common()]


def _opened_since(before: Copy, after: Copy) -> list[Voice]:
    known = {row["id"] for row in before["pseudonym"]}
    opened = [voice for voice in _wrote_since(before, after) if voice.opened]
    return [voice for voice in opened if voice.id not in known]


def _pictured_since(before: Copy, after: Copy) -> list[Voice]:
    known = {row["id"] for row in before["sealed_picture"]}
    return [
        voice
        for voice in voices(after)
        if any(each["id"] not in known for each in voice.of("sealed_picture"))
    ]


def _wrote_since(before: Copy, after: Copy) -> Iterator[Voice]:
    """The voices of which there is a new post."""
    known = {row["id"] for row in before["post"]}
    for voice in voices(after):
        if any(post["id"] not in known for post in voice.posts):
            yield voice


def _changed_people(before: Copy, after: Copy) -> set[int]:
    return set(_changes(before, after))


def _changes(before: Copy, after: Copy) -> Counter[int]:
    """How many rows that name each member are new or not the same."""
    known = {_said(table, row) for table, row, _who in naming(before)}
    return Counter(who for table, row, who in naming(after) if _said(table, row) not in known)


def _said(table: str, row: Kept) -> tuple[Any, ...]:
    return (table, *(repr(value) for value in row.values.values()))


def _seats_of_drafts(copy: Copy) -> set[str]:
    return {
        row["seat"]
        for row in copy["draft"]
        if row["seat"] is not None and row["place"].startswith("space:")
    }


def _seats_of_pictures(copy: Copy) -> set[str]:
    return {row["seat"] for row in copy["waiting_picture"]}
