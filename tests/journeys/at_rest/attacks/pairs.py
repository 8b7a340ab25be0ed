"""Attacks on pairs: "these two names, of two topics, are one person's"."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from itertools import combinations, pairwise
from typing import Any

from forum.core import names
from tests.journeys.at_rest.attacks.order import VOICE
from tests.journeys.at_rest.copies import Copy
from tests.journeys.at_rest.reading import Voice, row_tokens, voices

Pairs = list[tuple[int, int]]
"""Pairs of voices, the surest first."""
_RARE = 30
"""What more voices share than that is no tie."""
_IN_TOPIC = ("draft", "read_mark", "reaction", "report", "submit_nonce")


def by_order(of_voice: str, copy: Copy) -> Pairs:
    """Those which come one after the other."""
    told = [(VOICE[of_voice](voice.rows), voice) for voice in voices(copy)]
    ranked = sorted((each for each in told if each[0] is not None), key=lambda each: each[0])
    return _apart((one[1], other[1]) for one, other in pairwise(ranked))


def by_values(copy: Copy) -> Pairs:
    """Those whose rows share a value, or a part of one."""
    holders: dict[Any, list[Voice]] = defaultdict(list)
    for voice in voices(copy):
        about = set().union(
            *(row_tokens(row, ("topic_id", "circle_id", "space_id")) for _table, row in voice.rows)
        )
        for each in about:
            holders[each].append(voice)
    return _tied(holders)


def by_beginnings(copy: Copy) -> Pairs:
    """Those whose seats, nonces or ids begin alike."""
    holders: dict[Any, list[Voice]] = defaultdict(list)
    for voice in voices(copy):
        for _table, row in voice.rows:
            for column in ("seat", "nonce", "public_id", "id"):
                value = row.values.get(column)
                if value is not None:
                    holders[column, str(value)[:3]].append(voice)
    return _tied(holders, often=True)


def by_name(part: str, copy: Copy) -> Pairs:
    """Those whose names share a word, or differ by little."""
    found = voices(copy)
    if part == "near":
        ranked = sorted(found, key=lambda voice: names.number(voice.name) or 0)
        return _apart(pairwise(ranked))
    holders: dict[Any, list[Voice]] = defaultdict(list)
    for voice in found:
        holders[voice.name.split()[part == "second"]].append(voice)
    return _tied(holders)


def by_sizes(copy: Copy) -> Pairs:
    """Those with walls, words and pictures of the same rare sizes."""
    holders: dict[Any, list[Voice]] = defaultdict(list)
    for voice in voices(copy):
        sizes = (
            max(len(post["wall"]) for post in voice.posts),
            max(len(post["sealed"]) for post in voice.posts),
            max((len(each["sealed"]) for each in voice.of("sealed_picture")), default=0),
        )
        holders[sizes].append(voice)
    walls: dict[Any, list[Voice]] = defaultdict(list)
    for voice in voices(copy):
        if voice.opened:
            walls[len(voice.posts[0]["wall"])].append(voice)
    return _tied(walls) + _tied(holders)


def by_days(copy: Copy) -> Pairs:
    """Those that wrote on the same days."""
    holders: dict[Any, list[Voice]] = defaultdict(list)
    for voice in voices(copy):
        holders[frozenset(voice.days)].append(voice)
    wrote_often = {days: found for days, found in holders.items() if len(days) > 1}
    return _tied(wrote_often, rare=1_000)


def by_seats(copy: Copy) -> Pairs:
    """The openers of two topics in which a seat of the same table is the same."""
    seats: dict[Any, set[int]] = defaultdict(set)
    topics = {row["id"]: row["topic_id"] for row in copy["post"]}
    for table in _IN_TOPIC:
        for row in copy[table]:
            if row["seat"] is not None:
                topic_id = row.values.get("topic_id") or topics.get(row.values.get("post_id"))
                seats[table, row["seat"]].add(topic_id)
    openers = {voice.topic_id: voice for voice in voices(copy) if voice.opened}
    holders = {
        seat: [openers[topic_id] for topic_id in found if topic_id in openers]
        for seat, found in seats.items()
    }
    return _tied(holders)


def by_tickets(copy: Copy) -> Pairs:
    """Those whose sealed words or keys begin with nonces in a row, as of one counter."""
    told = sorted(
        (bytes(post["sealed"][:12]), voice.id, voice)
        for voice in voices(copy)
        for post in voice.posts
        if post["sealed"]
    )
    close = sorted(
        (int.from_bytes(other[0], "big") - int.from_bytes(one[0], "big"), one[1], other[1])
        for one, other in pairwise(told)
        if one[2].topic_id != other[2].topic_id
    )
    return [(one, other) for _gap, one, other in close]


def matched(pairs: Pairs) -> Pairs:
    """Each voice in one pair at most: else one hit would count many times."""
    taken: set[int] = set()
    found = []
    for one, other in pairs:
        if one != other and not {one, other} & taken:
            taken |= {one, other}
            found.append((one, other))
    return found


def _tied(holders: dict[Any, list[Voice]], rare: int = _RARE, *, often: bool = False) -> Pairs:
    """Voices that hold the same, those who share most, and with the fewest others, first.

    What many have in common by chance, as a beginning, tells the more the `often`er it is met.
    """
    weight: Counter[tuple[int, int]] = Counter()
    for found in holders.values():
        once = {voice.id: voice for voice in found}
        if 1 < len(once) <= rare:
            for one, other in combinations(once.values(), 2):
                if one.topic_id != other.topic_id:
                    weight[one.id, other.id] += len(once) if often else 1_000 // len(once)
    return [pair for pair, _weight in weight.most_common()]


def _apart(pairs: Iterable[tuple[Voice, Voice]]) -> Pairs:
    return [(one.id, other.id) for one, other in pairs if one.topic_id != other.topic_id]


ATTACKS: dict[str, Callable[[Copy], Pairs]] = {
    "values": by_values,
    "beginnings": by_beginnings,
    "first word": partial(by_name, "first"),
    "second word": partial(by_name, "second"),
    "near names": partial(by_name, "near"),
    "sizes": by_sizes,
    "days": by_days,
    "seats": by_seats,
    "tickets": by_tickets,
} | {f"order of: {trait}": partial(by_order, trait) for trait in VOICE}
