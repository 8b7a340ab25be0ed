"""Attacks by dates: who was here on the day, in the week, or is missing where others stand."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta

from tests.journeys.at_rest.attacks.order import Guesses
from tests.journeys.at_rest.copies import Copy, Kept
from tests.journeys.at_rest.reading import about_members, days, naming, steadily, voices

_FEW = 6
_RUN = re.compile(r"\d+")


def by_day(copy: Copy) -> Guesses:
    """Whoever's rows bear most of the days on which the voice wrote, and few others."""
    found = {who: _days_of(rows) for who, rows in about_members(copy).items()}
    return _likeliest(copy, found, lambda voice, theirs: _share(voice.days, theirs))


def by_week(copy: Copy) -> Guesses:
    """The same with weeks."""
    found = {
        who: {_monday(day) for day in _days_of(rows)} for who, rows in about_members(copy).items()
    }
    return _likeliest(
        copy, found, lambda voice, theirs: _share({_monday(day) for day in voice.days}, theirs)
    )


def by_last_sign(copy: Copy) -> Guesses:
    """Somebody who was still here afterwards; the last one seen before is ruled out."""
    found = {
        who: max(_days_of(rows, "sign_in", "last_seen"), default=date.min)
        for who, rows in about_members(copy).items()
    }
    return _likeliest(
        copy,
        found,
        lambda voice, last: -(last - max(voice.days)).days if last >= max(voice.days) else -999,
    )


def by_sign_in(copy: Copy) -> Guesses:
    """Whoever signed in, or used a sign-in, on one of the days."""
    found = {who: _days_of(rows, "sign_in") for who, rows in about_members(copy).items()}
    return _likeliest(copy, found, lambda voice, theirs: len(voice.days & theirs))


def by_letter(copy: Copy) -> Guesses:
    """Whoever got a letter, or asked for one, nearest to the day."""
    found: dict[int, set[date]] = {who: set() for who in about_members(copy)}
    for table, row, who in naming(copy):
        if table in ("letter", "address_proof", "job"):
            found[who] |= days(row.values.values())
    return _likeliest(copy, found, lambda voice, theirs: -_distance(voice.days, theirs))


def by_reading(copy: Copy) -> Guesses:
    """Whoever read as far, in the open circle, as had been written there on the day."""
    written: dict[tuple[int, int], date] = {}
    for row in copy["post"]:
        for day in days([row["created_at"]]):
            written[row["topic_id"], row["seq"]] = day
    found: dict[int, set[date]] = {who: set() for who in about_members(copy)}
    for table, row, who in naming(copy):
        if table == "read_mark":
            last = max(map(int, _RUN.findall(row["read"] or "")), default=0)
            found[who] |= {written[it] for it in [(row["topic_id"], last)] if it in written}
    return _likeliest(copy, found, lambda voice, theirs: len(voice.days & theirs))


def by_absence(copy: Copy) -> Guesses:
    """Whoever is missing where nearly everybody is named on that day."""
    there: dict[tuple[str, date], set[int]] = defaultdict(set)
    for table, row, who in naming(copy):
        for day in days(row.values.values()):
            there[table, day].add(who)
    everybody = set(about_members(copy))
    missing: dict[date, Counter[int]] = defaultdict(Counter)
    for (_table, day), named in there.items():
        if len(everybody - named) <= _FEW:
            missing[day].update(everybody - named)
    guesses: Guesses = {}
    for voice in voices(copy):
        votes = sum((missing[day] for day in voice.days), Counter())
        if votes:
            who, weight = votes.most_common(1)[0]
            guesses[voice.id] = (who, float(weight))
    return guesses


ATTACKS: dict[str, Callable[[Copy], Guesses]] = {
    "day": by_day,
    "week": by_week,
    "last sign of life": by_last_sign,
    "sign-in": by_sign_in,
    "letter": by_letter,
    "reading in the circle": by_reading,
    "absence": by_absence,
}


def _likeliest(copy, found, score) -> Guesses:
    """Whoever has the highest score; among equals somebody."""
    guesses: Guesses = {}
    for voice in voices(copy):
        scores = {who: score(voice, theirs) for who, theirs in found.items()}
        best = max(scores.values())
        equal = [who for who, value in scores.items() if value == best]
        guesses[voice.id] = (steadily(equal, voice.id), best / len(equal) if best > 0 else best)
    return guesses


def _share(ours: set[date], theirs: set[date]) -> float:
    return len(ours & theirs) / (len(ours) * (1 + len(theirs)) ** 0.5)


def _distance(ours: set[date], theirs: set[date]) -> int:
    return min((abs((one - other).days) for one in ours for other in theirs), default=999)


def _days_of(rows: list[tuple[str, Kept]], *tables: str) -> set[date]:
    return {
        day
        for table, row in rows
        if not tables or table in tables
        for day in days(row.values.values())
    }


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
