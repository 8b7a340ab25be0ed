"""For whoever a wall stands before, the site equals one in which the others never wrote.

Two sites are built with the same randomness and the same clock. In the first somebody wrote whom a
wall hides from Ben; in the second they did not. Then Ben asks both sites everything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.policy import limits
from tests.journeys.space_walk import Reply, addresses, ask, seen
from tests.support import streams, workplaces
from tests.support.application import close_connections
from tests.support.community import csrf
from tests.support.held_clock import HeldClock
from tests.support.space_people import PLENTY, Space
from tests.support.streams import Streams

MEMBERS = {"Ana": "Northwind", "Ben": "Northwind", "Sue": "Southwind", "Mod": "Adventure"}
MEMBERS |= {"Ida": "Woodgrove", "Jon": "Coho"}
MEMBERS |= dict(zip(("Cem", "Dora", "Eva", "Fay", "Gil", "Hana"), PLENTY, strict=True))
MANY_TOPICS, MANY_REPLIES = 32, 52
"""More than a page of each."""
Answers = dict[str, Reply]


@dataclass
class World:
    """One of the two sites, while it is made."""

    space: Space
    streams: Streams
    clock: HeldClock
    whole: bool
    """Whether those whom a wall hides from Ben write here."""
    at: dict[str, str] = field(default_factory=dict)
    """Public ids of what was written, by the names this file gives them."""
    ben: FlaskClient = field(init=False)

    def told(self, name: str, who: str, title: str, notes: tuple[str, ...] = ()) -> None:
        text = f"What happened in {title}."
        self.act(name, lambda: self.space.tell(who, title, text, notes=notes))

    def answered(self, name: str, who: str, to: str, text: str = "") -> None:
        self.act(name, lambda: self.space.reply(who, self.at[to], text or f"Answer {name}."))

    def act(self, name: str, happening: Callable[[], str | None]) -> None:
        """Something happens, with a stream of its own; what starts with "hidden" not always."""
        if name.startswith("hidden") and not self.whole:
            return
        self.streams.name(name)
        self.at[name] = happening() or ""

    def sends(self, name: str, path: str, **words: str) -> Reply:
        """Ben sends a form."""
        self.streams.name(name)
        sent = {"csrf_token": csrf(self.ben), "nonce": name.ljust(22, "x")[-22:], **words}
        return seen(self.ben.post(path, data=sent))


Build = Callable[[bool], World]


@pytest.fixture
def build(
    app: Flask,
    empty_again: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    held_clock: HeldClock,
) -> Build:
    """An empty site with a space, the same to the last bit each time."""
    start = held_clock.forward()

    def built(whole: bool, members: dict[str, str] = MEMBERS) -> World:
        close_connections(app)
        empty_again()
        limits._in_memory.clear()
        held_clock.set(start)
        drawn = streams.install(monkeypatch)
        drawn.name("setting up")
        world = World(Space.founded(app, members), drawn, held_clock, whole)
        if "Sue" in members:
            world.space.appoint("Mod")
            with app.app_context():
                workplaces.group("Winds", "Northwind", "Southwind")
        drawn.name("signing in")
        world.ben = world.space.client("Ben")
        return world

    return built


def first_days(world: World) -> None:
    blocking(world)
    world.told("pilot", "Cem", "A pilot that ended")
    world.answered("pilot 1", "Dora", "pilot")
    world.answered("hidden 1", "Ana", "pilot 1")
    world.answered("hidden 2", "Cem", "hidden 1")
    world.answered("hidden 3", "Ana", "hidden 2", "And **back**.")
    world.answered("pilot 2", "Eva", "pilot")
    world.act("hidden edit", lambda: world.space.edit("Ana", world.at["hidden 1"], "Other words."))
    world.answered("pilot 1 1", "Ben", "pilot 1")
    world.answered("pilot 1 1 1", "Dora", "pilot 1 1")
    world.answered("hidden 4", "Sue", "pilot 2")
    world.answered("hidden 5", "Ana", "pilot")
    world.act("hidden removal", lambda: world.space.remove("Ana", world.at["hidden 5"]))
    world.told("hidden topic", "Ana", "What we did at work")
    world.answered("hidden topic 1", "Hana", "hidden topic")
    world.answered("hidden topic 2", "Mod", "hidden topic 1")
    world.act("hidden report", lambda: world.space.report("Hana", world.at["hidden topic"]))
    world.act("hidden hiding", lambda: world.space.hide("Mod", world.at["hidden topic 1"]))
    for post, who in (("pilot 1", "Ana"), ("pilot", "Sue"), ("hidden topic", "Hana")):
        reacts(world, f"hidden reaction to {post}", who, post)
    reacts(world, "reaction", "Eva", "pilot 1")
    world.act("hidden draft", lambda: draft(world, "Ana", "pilot 2"))
    noted(world)
    behind_blocks(world)
    world.told("of Ben", "Ben", "What I saw")
    world.answered("of Ben 1", "Gil", "of Ben")
    reacts(world, "reaction to Ben", "Gil", "of Ben")
    reacts(world, "reaction of Ben", "Ben", "pilot 2")
    world.told("removed", "Fay", "What I take back")
    world.answered("removed 1", "Gil", "removed")
    world.answered("hidden 6", "Ana", "removed 1")
    world.act("removal", lambda: world.space.remove("Fay", world.at["removed"]))
    world.act("leaf removal", lambda: world.space.remove("Gil", world.at["removed 1"]))


def blocking(world: World) -> None:
    """Ida blocks Ben, and he Jon, of whom he goes on to see all. It holds from the next day on."""
    world.act("hidden block", lambda: world.space.block("Ida", "Ben"))
    world.act("block", lambda: world.space.block("Ben", "Jon"))
    world.clock.forward(days=1)


def behind_blocks(world: World) -> None:
    """Ida writes, and Jon; Ben mutes him, too."""
    world.told("hidden from Ben", "Ida", "What I would not tell him")
    world.answered("hidden from Ben 1", "Gil", "hidden from Ben")
    world.answered("hidden 7", "Ida", "pilot 1 1")
    world.answered("hidden 8", "Dora", "hidden 7")
    world.answered("muted", "Jon", "pilot 2")
    world.act("mute", lambda: world.space.mute("Ben", world.at["muted"]))
    world.act("hidden mute", lambda: world.space.mute("Ida", world.at["pilot 1 1"]))


def noted(world: World) -> None:
    """Topics with content notes, which fold texts for Ben: one that he sees, one he doesn't."""
    world.told("noted", "Gil", "What wore me out", ("illness", "death"))
    world.answered("noted 1", "Dora", "noted")
    world.answered("hidden noted 1", "Ana", "noted 1")
    world.answered("noted 2", "Ben", "noted")
    world.answered("hidden noted 2", "Sue", "noted 1")
    world.told("hidden noted", "Ana", "What wore me out too", ("illness", "bullying"))
    world.answered("hidden noted 3", "Hana", "hidden noted")
    world.act("hidden unfolding", lambda: world.space.unfold("Ana", world.at["noted"]))


def later_days(world: World) -> None:
    world.clock.forward(days=3)
    for number in range(MANY_TOPICS):
        if number % 6 == 3:
            world.told(f"hidden day {number}", "Ana" if number % 4 else "Sue", f"Mine {number}")
        world.told(f"day {number}", "Fay" if number % 2 else "Gil", f"Failure {number}")
    world.clock.forward(days=1)
    for number in range(MANY_REPLIES):
        below = "pilot" if number % 5 else "pilot 1 1"
        if number % 4 == 0:
            world.answered(f"hidden more {number}", "Ana", "pilot" if number % 8 else "pilot 2")
        if number % 20 == 19:
            world.clock.forward(hours=1)
        who = ("Cem", "Dora", "Eva", "Fay", "Gil", "Hana")[number % 6]
        world.answered(f"more {number}", who, below)
    world.told("hidden last", "Sue", "The last word")


def reacts(world: World, name: str, who: str, post: str) -> None:
    world.act(name, lambda: world.space.react(who, world.at[post]))


def draft(world: World, who: str, to: str) -> None:
    world.space.draft(who, f"reply:{world.at[to]}", "Half a thought")


def walk(world: World, known: dict[str, str], turn: str) -> Answers:
    """Everything Ben can ask, in one order; his visits leave their marks."""
    here = [one for one in known.values() if one]
    topics = [known[name] for name in TOPICS if name in known]
    paths = addresses(world.space.app, ["retail", "none"], here, topics, world.space.public_id)
    answers: Answers = {}
    for path in dict.fromkeys(paths):
        world.streams.name(f"{turn} {path}")
        answers[f"{turn} {path}"] = ask(world.ben, path)
    return answers


def sendings(world: World, known: dict[str, str]) -> Answers:
    """Ben answers, reacts, reports and drafts wherever there may be something."""
    answers: Answers = {}
    for name, it in known.items():
        where = {
            f"/p/{it}/reply": {"body": f"Below {name}."},
            f"/p/{it}/reactions": {"kind": "with_you"},
            f"/p/{it}/report": {"reason": "other", "words": "Please look."},
            f"/t/{it}/unfolding": {"next": f"/t/{it}"},
            f"/p/{it}/muting": {},
            f"/p/{it}/bookmark": {},
            "/drafts": {"draft_place": f"edit:{it}", "body": "Half a thought"},
        }
        for path, words in where.items():
            label = f"{path} {it}"
            answers[f"sent {label}"] = world.sends(label, path, **words)
    return answers


TOPICS = ("pilot", "noted", "removed", "hidden topic")
EARLY = (
    *(*TOPICS, "of Ben", "pilot 1", "pilot 1 1", "hidden 1", "hidden 5", "hidden topic 1"),
    *("noted 2", "hidden noted", "hidden noted 1"),
    *("hidden from Ben", "hidden from Ben 1", "hidden 7", "hidden 8", "muted"),
)
LATE = (
    *("pilot", "noted", "hidden noted", "hidden topic", "day 9", "hidden day 3"),
    *("more 38", "hidden more 8"),
)
"""What Ben asks about on his two visits."""


def differences(one: Answers, other: Answers) -> Iterator[str]:
    assert one.keys() == other.keys()
    for path, answer in one.items():
        if answer != other[path]:
            yield f"{path}: {answer[0]} {other[path][0]}\n{_first(answer, other[path])}"


def _first(one: Reply, other: Reply) -> str:
    lines = zip(one[2].splitlines(), other[2].splitlines(), strict=False)
    text = next((f"  {ours}\n  {theirs}" for ours, theirs in lines if ours != theirs), "")
    return text or f"  {set(one[1]) ^ set(other[1])}"


def test_a_site_with_walled_off_writers_equals_one_without_them(build):
    walks: list[Answers] = []
    known: dict[str, str] = {}
    for whole in (True, False):
        world = build(whole)
        first_days(world)
        known = known or dict(world.at)
        early = {name: known[name] for name in EARLY}
        asked = walk(world, early, "early") | sendings(world, early)
        later_days(world)
        known |= world.at
        walks.append(asked | walk(world, {name: known[name] for name in LATE}, "late"))
    wrong = list(differences(*walks))
    assert not wrong, f"{len(wrong)} of {len(walks[0])} differ:\n" + "\n".join(wrong[:10])
    assert sum(answer[0] == 200 for answer in walks[0].values()) > 100
