"""No draft of 20,000 characters takes 50 ms, whatever stands in it and wherever its writer works.

Counted is processor time, beside a loop that takes 50 ms on the machine this was written on: on a
machine that is busy or slower both take longer, and the better of several runs is what counts.
"""

import time

import pytest

from forum.core.markup import MAX_BODY_CHARS
from forum.spaces.recognise import Employer, Writer, check, speaks_of_self_harm

RUNS, STEPS = 9, 600_000
FIRMS = (
    *("Northwind Traders Ltd", "Blue Harbor Foods", "Contoso", "Fabrikam GmbH", "Litware Inc"),
    *("Tailspin Toys", "Wingtip", "Proseware", "Adventure Works", "Alpine Ski House", "Adatum"),
    "Trey Research",
)
DOMAINS = tuple(f"{name.split()[0].lower()}{n}.example" for name in FIRMS for n in range(6))
MANY = Writer(
    names=("Ana Lima",),
    handles=("ana-lima",),
    addresses=("alima82@mail.example",),
    employers=tuple(Employer((name,), DOMAINS) for name in FIRMS),
)
"""Twelve employers and their seventy-two mail domains, as the site hands them over."""

HOSTILE = {
    "letters": "a",
    "words": "a ",
    "capitals": "A",
    "capital words": "A ",
    "digits": "1",
    "digit words": "1 ",
    "dotted digits": "1.",
    "dots": ".",
    "brackets": "([",
    "at-signs": "@",
    "addresses": "a@",
    "long addresses": "a." * 60 + "@" + "b." * 100,
    "look-alikes": "а",
    "invisible": "a\u200b",
    "ligatures": "ﷺ",
    "almost the employer": "northwin",
    "almost the employer, spaced": "n o r t h w i n ",
    "initials": "nt",
    "own name": "Ana ",
    "titles": "Dr Ana ",
    "spelt out": "a at b dot c ",
    "amounts": "$1,",
    "months": "May 1 ",
    "stars": "n*rth ",
    "quotes": "O'",
    "places": "VP of Sales Lyon retail ",
    "harm": "kill myself laughing ",
    "stars, at the employer": "ad*t ",
    "signs for letters": "@bcd ",
    "signs in long words": "a@cdefghij ",
    "numbers of telephones": "(0171) 555-",
    "numbers with hyphens": "1-2-",
    "sharp letters": "ß ",
    "said": "Karen said ",
    "firms": "Acme GmbH ",
    "lines": "a\n",
    "spoken numbers": "zero one two ",
    "prose": "At Northwind, in Lyon, marketing told Karen that 3,000 of us would go. ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_draft_of_20_000_characters_takes_less_than_50_ms(kind):
    assert _share(_draft(kind, MAX_BODY_CHARS)) < 1


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_costs_about_twice(kind):
    half, whole = (min(_cost(_draft(kind, size)) for _run in range(3)) for size in (10_000, 20_000))
    assert whole <= 3 * half + 0.02


def _draft(kind: str, size: int) -> str:
    return (HOSTILE[kind] * size)[:size]


def _share(text: str) -> float:
    """What the check takes of the loop's time, at its best."""
    check(text[:50], MANY)
    shares: list[float] = []
    for _run in range(RUNS):
        shares.append(_cost(text) / _loop())
        if shares[-1] < 1:
            break
    return min(shares)


def _cost(text: str) -> float:
    begun = time.process_time()
    check(text, MANY)
    speaks_of_self_harm(text)
    return time.process_time() - begun


def _loop() -> float:
    """What any program does: it looks words up and keeps some."""
    begun, table, found = time.process_time(), {"word": 1, "other": 2}, []
    for number in range(STEPS):
        word = "word" if number % 3 else "other"
        if table.get(word) == 2 and word.startswith("o"):
            found.append(word[: number % 5])
    return time.process_time() - begun
