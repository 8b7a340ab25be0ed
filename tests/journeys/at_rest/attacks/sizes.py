"""Attacks by sizes: of walls beside employers, of texts beside texts, of the crowd in a topic."""

from collections import Counter, defaultdict
from collections.abc import Callable
from statistics import fmean

from tests.journeys.at_rest.attacks.order import Guesses
from tests.journeys.at_rest.copies import Copy
from tests.journeys.at_rest.reading import about_members, steadily, voices


def by_wall(copy: Copy) -> Guesses:
    """Whoever's employers, with their groups and domains, make a wall of this size."""
    entries = entries_of(copy)
    by_size: dict[int, list[int]] = defaultdict(list)
    for who, number in entries.items():
        for slots in {number, _filled_up(number)}:
            by_size[32 + 10 * slots].append(who)
    openings = {voice.id: len(voice.posts[0]["wall"]) for voice in voices(copy) if voice.opened}
    sizes = sorted(set(openings.values()))
    ranked = sorted(entries, key=entries.__getitem__)
    common = Counter(openings.values())
    guesses: Guesses = {}
    for voice_id, size in openings.items():
        below = sum(common[each] for each in sizes if each < size)
        first = round(below / len(openings) * len(ranked))
        last = max(round((below + common[size]) / len(openings) * len(ranked)), first + 1)
        like = by_size.get(size) or ranked[min(first, len(ranked) - 1) : last]
        guesses[voice_id] = (steadily(like, voice_id), 1 / len(like))
    return guesses


def by_growth(copy: Copy) -> Guesses:
    """Whoever's employers make a wall grow by as much, beyond that of the post above."""
    entries = entries_of(copy)
    walls = {post["id"]: len(post["wall"]) for post in copy["post"] if post["wall"]}
    guesses: Guesses = {}
    for voice in voices(copy):
        grown = [
            len(post["wall"]) - walls[post["parent_id"]]
            for post in voice.posts
            if post["parent_id"] in walls
        ]
        if grown:
            many = max(grown) > 0
            pick = max(entries.values()) if many else min(entries.values())
            like = [who for who, number in entries.items() if number == pick]
            guesses[voice.id] = (steadily(like, voice.id), max(grown) + 1 / len(like))
    return guesses


def by_length(copy: Copy) -> Guesses:
    """Whoever's open texts are as long as the sealed ones, on the average."""
    open_texts: dict[int, list[int]] = defaultdict(list)
    for who, rows in about_members(copy).items():
        open_texts[who] += [
            len(row["source"]) for table, row in rows if table == "post" and row["author_id"] == who
        ]
    ranked = sorted(open_texts, key=lambda who: fmean(open_texts[who] or [0]))
    lengths = {
        voice.id: fmean(len(post["sealed"]) for post in voice.posts) for voice in voices(copy)
    }
    order = sorted(lengths, key=lengths.__getitem__)
    return {
        voice_id: (ranked[rank * len(ranked) // len(order)], 1.0)
        for rank, voice_id in enumerate(order)
    }


def by_crowd(copy: Copy) -> Guesses:
    """In a topic that many answered somebody with few colleagues; in a quiet one the others."""
    names = Counter(voice.topic_id for voice in voices(copy))
    firms: dict[int, set[int]] = defaultdict(set)
    for row in copy["employment"]:
        firms[row["employer_id"]].add(row["user_id"])
    people = about_members(copy)
    colleagues = {
        who: max((len(f) for f in firms.values() if who in f), default=1) for who in people
    }
    usual = sorted(names.values())[len(names) // 2]
    guesses: Guesses = {}
    for voice in voices(copy):
        if voice.opened:
            few = names[voice.topic_id] > usual
            pick = (min if few else max)(colleagues.values())
            like = [who for who, number in colleagues.items() if number == pick]
            guesses[voice.id] = (steadily(like, voice.id), abs(names[voice.topic_id] - usual))
    return guesses


def entries_of(copy: Copy) -> dict[int, int]:
    """How many entries each member's own wall has, as the tables of employers tell."""
    groups = {row["id"]: row["group_id"] for row in copy["employer"]}
    roots = {row["id"]: row["merged_into_id"] or row["id"] for row in copy["employer"]}
    domains = {row["domain"]: row["employer_id"] for row in copy["employer_domain"]}
    found = {}
    for who, rows in about_members(copy).items():
        told = [row for table, row in rows if table == "employment"]
        starts = {roots[row["employer_id"]] for row in told}
        starts |= {roots[domains[d]] for row in told if (d := row["verified_domain"]) in domains}
        kin = {
            each
            for each in roots
            for start in starts
            if roots[each] == start or (groups[start] and groups[roots[each]] == groups[start])
        }
        found[who] = len(kin) + len({row["verified_domain"] for row in told} - {None})
    return found


def _filled_up(number: int) -> int:
    return max(16, 1 << (number - 1).bit_length())


ATTACKS: dict[str, Callable[[Copy], Guesses]] = {
    "wall": by_wall,
    "growth of walls": by_growth,
    "length": by_length,
    "crowd": by_crowd,
}
