"""The same of random spaces: who works where, who writes what below whom, is anybody's guess.

What a wall hides from Ben is worked out here a second time, from the employers and the tree alone.
"""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.journeys.space_walk import NOBODYS, Reply, ask
from tests.journeys.test_space_worlds import Build, World, build, differences  # noqa: F401
from tests.support import workplaces

NAMES = ("Ben", "Ana", "Cem", "Dora", "Eva", "Fay")
EMPLOYERS = ("Northwind", "Southwind", "Contoso", "Fabrikam")
GROUPED = {"Southwind": "Northwind"}
"""Two of the employers are one group."""
KINDS = ("write", "write", "write", "mention", "edit", "remove", "report", "draft", "read")


@dataclass(frozen=True)
class Happening:
    """Somebody does something about the post of an earlier happening, or opens a topic."""

    who: str
    kind: str
    below: int
    """Which of the earlier posts, counted round; a new topic when it hits one past the last."""
    named: int


@dataclass(frozen=True)
class Community:
    employers: dict[str, str]
    happenings: list[Happening]


@st.composite
def communities(draw: st.DrawFn) -> Community:
    employers = {name: draw(st.sampled_from(EMPLOYERS)) for name in NAMES}
    happening = st.builds(
        Happening,
        who=st.sampled_from(NAMES),
        kind=st.sampled_from(KINDS),
        below=st.integers(0, 12),
        named=st.integers(0, 12),
    )
    return Community(employers, draw(st.lists(happening, min_size=4, max_size=14)))


@dataclass
class Written:
    """A post, as this file works out who sees it."""

    label: str
    author: str
    topic: str
    wall: frozenset[tuple[str, str]]
    """Authors with their employers' groups."""
    removed: bool = False


def family(employer: str) -> str:
    return GROUPED.get(employer, employer)


def sees(who: str, wall: frozenset[tuple[str, str]], families: dict[str, str]) -> bool:
    return not any(by != who and put_up == families[who] for by, put_up in wall)


def play(world: World, some: Community) -> list[str]:
    """Let it happen, but, unless the world is whole, for what a wall hides from Ben."""
    families = {name: family(employer) for name, employer in some.employers.items()}
    written: list[Written] = []
    for number, it in enumerate(some.happenings):
        own = frozenset({(it.who, families[it.who])})
        place = it.below % (len(written) + 1)
        if place == len(written):
            post = Written(f"post {number}", it.who, f"post {number}", own)
            if _happens(world, post.wall, families):
                world.told(post.label, it.who, f"Topic {number}")
            written.append(post)
            continue
        target = written[place]
        if target.removed or not sees(it.who, target.wall, families):
            continue
        _one(world, it, number, target, written, families)
    return [post.label for post in written]


def _one(world, it, number, target, written, families) -> None:  # noqa: PLR0913 PLR0917
    label = f"{it.kind} {number}"
    if it.kind in {"write", "mention"}:
        wall = target.wall | {(it.who, families[it.who])}
        text = f"Answer {number}"
        if it.kind == "mention":
            there = [w for w in written if w.topic == target.topic and not w.removed]
            named = there[it.named % len(there)]
            theirs = [w for w in there if w.author == named.author]
            seen = [w for w in theirs if sees(it.who, w.wall, families)]
            if named.author != it.who and named in seen:
                wall |= frozenset.intersection(*(w.wall for w in seen)) | {
                    (named.author, families[named.author])
                }
                text = named.label
        if _happens(world, wall, families):
            if text != f"Answer {number}":
                text = f"As {world.space.name_of(named.author, world.at[named.label])} says"
            world.answered(label, it.who, target.label, text)
        written.append(Written(label, it.who, target.topic, wall))
    elif not _happens(world, target.wall | {(it.who, families[it.who])}, families):
        target.removed |= it.kind == "remove" and it.who == target.author
    elif it.kind in {"edit", "remove"} and it.who == target.author:
        post = world.at[target.label]
        change = {
            "edit": lambda: world.space.edit(it.who, post, f"Edited {number}"),
            "remove": lambda: world.space.remove(it.who, post),
        }[it.kind]
        world.act(label, change)
        target.removed |= it.kind == "remove"
    elif it.kind == "report":
        world.act(label, lambda: world.space.report(it.who, world.at[target.label]) and None)
    elif it.kind == "draft" and it.who != "Ben":
        place = f"reply:{world.at[target.label]}"
        world.act(label, lambda: world.space.draft(it.who, place, f"Draft {number}"))
    elif it.kind == "read" and it.who == "Ben":
        world.streams.name(label)
        world.ben.get(f"/p/{world.at[target.label]}")


def _happens(world: World, wall: frozenset[tuple[str, str]], families: dict[str, str]) -> bool:
    return world.whole or sees("Ben", wall, families)


def look_around(world: World, ids: dict[str, str]) -> dict[str, Reply]:
    """A smaller walk than of the site made by hand."""
    space = world.space.public_id
    paths = ["/", "/drafts", "/c/retail", "/c/retail/space", f"/s/{space}", "/sitemap.xml"]
    for it in [*ids.values(), NOBODYS]:
        paths += [f"/p/{it}", f"/p/{it}/reply", f"/p/{it}/edit", f"/s/{space}?after={it}"]
    for topic in list(ids.values())[:3]:
        paths += [f"/t/{topic}{more}" for more in ("", "?view=time", "?at=last", "/next-unread")]
        for it in ids.values():
            paths += [f"/t/{topic}?{each}={it}" for each in ("from", "before", "fold")]
            paths += [f"/t/{topic}?view=time&before={it}", f"/t/{topic}/next-unread?after={it}"]
    answers = {}
    for path in dict.fromkeys(paths):
        world.streams.name(path)
        answers[path] = ask(world.ben, path)
    return answers


@settings(
    max_examples=6,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(some=communities())
def test_random_sites_with_walled_off_writers_equal_those_without_them(build: Build, some):  # noqa: F811
    members = {name: some.employers[name] for name in NAMES}
    walks, known = [], {}
    for whole in (True, False):
        world = build(whole, members)
        with world.space.app.app_context():
            world.streams.name("groups")
            workplaces.group("Winds", "Northwind", "Southwind")
        labels = play(world, some)
        known = known or {name: world.at[name] for name in labels}
        walks.append(look_around(world, known))
    wrong = list(differences(*walks))
    assert not wrong, f"{len(wrong)} of {len(walks[0])} differ:\n" + "\n".join(wrong[:5])

