"""Attacks by order: of ids, of names, of places in a file, of row versions."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from forum.core import names
from tests.journeys.at_rest.copies import Copy, Kept
from tests.journeys.at_rest.reading import (
    Voice,
    about_members,
    naming,
    of_spaces,
    voices,
)

Guesses = dict[int, tuple[int, float]]
"""For each voice that something is guessed of: whose it is, and how sure that is."""
Trait = Callable[[list[tuple[str, Kept]]], Any]


def _least(table: str, column: str) -> Trait:
    def trait(rows: list[tuple[str, Kept]]) -> Any:
        found = [row[column] for name, row in rows if name == table]
        return min(map(_sortable, found), default=None)

    return trait


def _place(table: str) -> Trait:
    return lambda rows: min((row.place for name, row in rows if name == table), default=None)


def _number_of_name(rows: list[tuple[str, Kept]]) -> int | None:
    return next((names.number(row["name"]) for name, row in rows if name == "pseudonym"), None)


VOICE: dict[str, Trait] = {
    "number of the name": _number_of_name,
    "id of the name": _least("pseudonym", "id"),
    "id of the post": _least("post", "id"),
    "address of the post": _least("post", "public_id"),
    "words": _least("post", "sealed"),
    "wall": _least("post", "wall"),
    "id of the nonce": _least("submit_nonce", "id"),
    "nonce": _least("submit_nonce", "nonce"),
    "seat of the nonce": _least("submit_nonce", "seat"),
    "seat of an edit": _least("draft", "seat"),
    "id of a picture": _least("sealed_picture", "id"),
    "address of a picture": _least("sealed_picture", "public_id"),
    "a picture": _least("sealed_picture", "sealed"),
    "id of the topic": _least("topic", "id"),
    "key of the topic": _least("topic_key", "wrapped"),
    "place of the name": _place("pseudonym"),
    "place of the post": _place("post"),
    "place of the nonce": _place("submit_nonce"),
    "place of a picture": _place("sealed_picture"),
}
MEMBER: dict[str, Trait] = {
    "account": _least("user", "id"),
    "address": _least("user", "public_id"),
    "own name": _least("user", "name"),
    "number": _least("space_member", "number"),
    "secret": _least("space_member", "secret"),
    "place among the members": _place("space_member"),
    "sign-in": _least("sign_in", "id"),
    "place of the sign-in": _place("sign_in"),
    "employment": _least("employment", "id"),
}


def by_rank(of_voice: str, of_member: str, copy: Copy, *, in_topic: bool = False) -> Guesses:
    """Whoever comes as early among the members as the voice among all, or in its topic."""
    people = about_members(copy)
    members_in_order = [who for who, _rows in _ranked(people.items(), MEMBER[of_member])]
    found: Guesses = {}
    for group in _groups(copy, in_topic=in_topic):
        ranked = _ranked(((voice.id, voice.rows) for voice in group), VOICE[of_voice])
        for rank, (voice_id, _rows) in enumerate(ranked):
            at = (rank + 0.5) / len(ranked)
            found[voice_id] = (members_in_order[int(at * len(members_in_order))], 1.0)
    return found


def by_neighbour(copy: Copy) -> Guesses:
    """Whoever is named by the row that lies next to it in the file, in tables that hold both."""
    near: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, row, who in naming(copy):
        if not of_spaces(table, row):
            near[table].append((row.place, who))
    return _last_before(copy, near, lambda row: row.place)


def by_version(copy: Copy) -> Guesses:
    """Whoever is named by what was written just before it. Only PostgreSQL numbers its writings."""
    near: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for _table, row, who in naming(copy):
        if row.version is not None:
            near[""].append((row.version, who))
    return _last_before(copy, near, lambda row: row.version)


def by_lock(copy: Copy) -> Guesses:
    """The same with rows that were only taken hold of."""
    near: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, row, who in naming(copy):
        if row.locked and table == "user":
            near[""].append((row.locked, who))
    return _last_before(copy, near, lambda row: row.version)


def by_id(copy: Copy) -> Guesses:
    """Whoever is named by the row with the next smaller id, as if ids rose with time."""
    near: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for table, row, who in naming(copy):
        if table not in ("user", "space_member") and "id" in row.values:
            near[""].append((row["id"], who))
    return _last_before(copy, near, lambda row: row.values.get("id"))


def _last_before(
    copy: Copy, near: dict[str, list[tuple[int, int]]], where: Callable[[Kept], int | None]
) -> Guesses:
    """For each voice whom the rows before its own name, the nearer the surer."""
    rows = {table: _telling(found) for table, found in near.items()}
    guesses: Guesses = {}
    for voice in voices(copy):
        votes: Counter[int] = Counter()
        for table, row in voice.rows:
            line, at = rows.get(table) or rows.get("") or [], where(row)
            before = bisect_right(line, (at, 1 << 64)) - 1 if at is not None else -1
            if before >= 0:
                votes[line[before][1]] += (1 << 64) // (1 + at - line[before][0])
        if votes:
            who, weight = votes.most_common(1)[0]
            guesses[voice.id] = (who, float(weight))
    return guesses


def _telling(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, without what was written at once about many."""
    named: dict[int, set[int]] = defaultdict(set)
    for at, who in found:
        named[at].add(who)
    return [(at, min(whom)) for at, whom in sorted(named.items()) if len(whom) == 1]


def _groups(copy: Copy, *, in_topic: bool) -> Iterator[list[Voice]]:
    found = voices(copy)
    if not in_topic:
        yield found
        return
    for topic_id in {voice.topic_id for voice in found}:
        yield [voice for voice in found if voice.topic_id == topic_id]


def _ranked(things: Any, trait: Trait) -> list[tuple[int, Any]]:
    told = [(value, who, rows) for who, rows in things if (value := trait(rows)) is not None]
    return [(who, rows) for _value, who, rows in sorted(told, key=lambda each: each[0])]


def _sortable(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


ATTACKS: dict[str, Callable[[Copy], Guesses]] = {
    "neighbour": by_neighbour,
    "version": by_version,
    "lock": by_lock,
    "id": by_id,
} | {
    f"{voice} beside {member}{' in the topic' if in_topic else ''}": partial(
        by_rank, voice, member, in_topic=in_topic
    )
    for voice in VOICE
    for member in MEMBER
    for in_topic in (False, True)
}
