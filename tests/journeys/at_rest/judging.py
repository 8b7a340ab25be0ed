"""Whether an attack did better than chance."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.journeys.at_rest.attacks.order import Guesses
from tests.journeys.at_rest.attacks.pairs import Pairs, matched
from tests.journeys.at_rest.chance import most_by_chance

SUREST = 10
"""Of all guesses also the surest tenth is judged: a leak may be about a few only."""


@dataclass(frozen=True)
class Verdict:
    """How many of how many guesses were right, and how many chance would bring at most."""

    right: int
    guessed: int
    chance: int

    @property
    def is_chance(self) -> bool:
        return self.right <= self.chance

    def __str__(self) -> str:
        return f"{self.right} right of {self.guessed}, by chance at most {self.chance}"


def of_names(guesses: Guesses, wrote: Mapping[int, int], attempts: int) -> list[Verdict]:
    """Of all voices that something was guessed of, and of the surest."""
    ranked = sorted(guesses, key=lambda voice: -guesses[voice][1])
    hits = [guesses[voice][0] == wrote[voice] for voice in ranked if voice in wrote]
    return _both(hits, 1 / len(set(wrote.values())), attempts)


def of_pairs(pairs: Pairs, wrote: Mapping[int, int], attempts: int) -> list[Verdict]:
    known = [pair for pair in matched(pairs) if set(pair) <= wrote.keys()]
    hits = [wrote[one] == wrote[other] for one, other in known]
    return _both(hits, 1 / len(set(wrote.values())), attempts)


def _both(hits: list[bool], rate: float, attempts: int) -> list[Verdict]:
    some = hits[: max(1, len(hits) // SUREST)]
    return [
        Verdict(sum(part), len(part), most_by_chance(len(part), rate, 2 * attempts))
        for part in (hits, some)
    ]
