"""One author and nineteen readers: nothing that is kept, or shown to those who keep order, tells.

Two sites are built with the same randomness; in each another member wrote, all else is the same.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from flask import Flask
from flask.testing import FlaskClient

from forum.core.errors import NotAllowed
from forum.discussions import actions
from forum.models.circles import Role
from forum.models.discussions import ReactionKind
from forum.policy import limits
from forum.spaces import reports
from tests.journeys.at_rest import copies, month
from tests.journeys.at_rest.copies import Copy, Values
from tests.journeys.at_rest.month import NAMES
from tests.journeys.at_rest.reading import about_members
from tests.journeys.space_walk import addresses, ask
from tests.support import community, streams
from tests.support.application import close_connections
from tests.support.databases import Database
from tests.support.held_clock import HeldClock
from tests.support.space_people import Space
from tests.support.streams import Streams

AUTHORS = ("Ana", "Ben")
ANSWERS, REPORTS, MODERATES = "Cem", "Dora", "Eva"
KEEPERS = ("Eva", "Olga", "staff")
"""A moderator of the space, one of its circle who is not in it, and staff."""
EMPLOYERS = {name: f"{name}works" for name in NAMES}
FACES = re.compile(r"<svg.*?</svg>", re.DOTALL)
KEPT_AS_IT_IS = re.compile(r"\d{4}-\d\d-\d\d.*|member|moderator|active|works_for|[\d,-]{1,8}")


@dataclass
class World:
    """A site on which one member has written."""

    space: Space
    streams: Streams
    author: str
    topic: str = ""
    posts: list[str] = field(default_factory=list)
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    @property
    def voice(self) -> str:
        return self.space.name_of(self.author, self.topic)

    def pages(self, who: str) -> dict[str, str]:
        """All that somebody gets, without the author's name there."""
        found, voice = {}, self.voice
        here = addresses(self.space.app, ["retail"], self.posts, [self.topic], self.space.public_id)
        for path in dict.fromkeys(here):
            self.streams.name(f"{who} {path}")
            status, headers, text = ask(self.clients[who], path)
            named = [name for name, _value in headers]
            text = FACES.sub("<face>", text.replace(voice, "…"))
            found[path] = f"{status} {named}\n{text}"
        return found


Build = Callable[[str], World]


@pytest.fixture
def build(
    app: Flask,
    empty_again: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    held_clock: HeldClock,
) -> Build:
    """A site on which this member wrote; the others read, and some answered and reported."""
    start = held_clock.forward()

    def built(author: str) -> World:
        close_connections(app)
        empty_again()
        limits._in_memory.clear()
        held_clock.set(start)
        drawn = streams.install(monkeypatch)
        world = World(_space(app, drawn), drawn, author)
        _come(world)
        held_clock.forward(days=7)
        _write(world)
        _read(world)
        held_clock.forward(days=1)
        month.work(app)
        return world

    return built


@pytest.mark.parametrize("who", KEEPERS)
def test_pages_of_those_who_keep_order_are_the_same_whoever_wrote(build, who):
    one, other = (build(author).pages(who) for author in AUTHORS)
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
    assert sum("200 " in page[:4] for page in one.values()) > 10


def test_so_is_a_report_that_a_moderator_opens(build, app):
    told = []
    for author in AUTHORS:
        world = build(author)
        with app.app_context():
            report = reports.take(world.space.viewer(MODERATES), world.space.public_id)
        told.append(repr(report).replace(world.voice, "…"))
    assert told[0] == told[1]
    assert "Please look." in told[0]


def test_what_the_database_says_of_the_author_it_says_of_every_reader(build, database):
    world = build("Ana")
    said = _said_of_each(copies.copy(database))
    author = said[world.space.people["Ana"].id]
    readers = {
        name: said[user.id]
        for name, user in world.space.people.items()
        if user.id in said and name not in ("Ana", MODERATES)
    }
    assert len(readers) == 18
    assert {name: found - author for name, found in readers.items() if found != author} == {}
    assert {table for table, _row in author} >= {"user", "sign_in", "last_seen", "space_member"}


def test_and_the_same_as_if_another_had_written(build, database):
    """Of everybody, in both worlds; also how many rows there are of each table."""
    one, other = ([_said_of_each(copy), _counts(copy)] for copy in _copies(build, database))
    assert one == other


def _space(app: Flask, drawn: Streams) -> Space:
    drawn.name("setting up")
    space = Space.founded(app, EMPLOYERS)
    space.appoint(MODERATES)
    space.come("Olga")
    with app.app_context():
        space.people["staff"] = community.person("staff", staff=True)
        community.join(space.people["Olga"], community.find("retail"), Role.MODERATOR)
    return space


def _come(world: World) -> None:
    for name in world.space.people:
        world.streams.name(f"{name} signs in")
        world.clients[name] = world.space.client(name)


def _write(world: World) -> None:
    """The author begins to write, tells, edits and answers; others answer and report."""
    author, space = world.author, world.space
    added: list[str] = []
    acts: list[Callable[[], object]] = [
        lambda: space.draft(author, f"space:{space.public_id}", "Half a thought"),
        lambda: world.posts.append(space.tell(author, "It failed", "We failed.")),
        lambda: world.posts.append(space.reply(ANSWERS, world.posts[0], "So did we.")),
        lambda: world.posts.append(space.reply(author, world.posts[1], "How?")),
        lambda: added.append(space.picture(author)),
        lambda: space.edit(author, world.posts[2], f"How? ![A chart](/files/{added[0]})"),
        lambda: world.posts.extend([*space.pictures_of(world.posts[2]), space.picture(author)]),
        lambda: space.draft(author, f"reply:{world.posts[1]}", "Half a thought"),
        lambda: space.report(REPORTS, world.posts[0]),
    ]
    for number, act in enumerate(acts):
        world.streams.name(f"act {number}")
        act()
    world.topic = world.posts[0]


def _read(world: World) -> None:
    """Everybody, and the author among them, looks at the same pages and leaves what they can."""
    for name in NAMES:
        world.streams.name(f"{name} reads")
        for path in ("/", "/c/retail", f"/s/{world.space.public_id}", f"/t/{world.topic}"):
            world.clients[name].get(path)
        for post in world.posts[:3]:
            with world.space.app.app_context():
                try:
                    actions.react(world.space.viewer(name), post, ReactionKind.WITH_YOU)
                except NotAllowed:  # one's own
                    continue


def _copies(build: Build, database: Database) -> list[Copy]:
    found = []
    for author in AUTHORS:
        build(author)
        found.append(copies.copy(database))
    return found


def _said_of_each(copy: Copy) -> dict[int, Counter[tuple[str, str]]]:
    """The rows about each member, without what is random in them."""
    return {
        who: Counter((table, _shape(row.values)) for table, row in rows)
        for who, rows in about_members(copy).items()
    }


def _counts(copy: Copy) -> dict[str, int]:
    return {table: len(rows) for table, rows in copy.items()}


def _shape(values: Values) -> str:
    kept = {
        column: str(value) if value is None or _is_plain(value) else "…"
        for column, value in values.items()
        if column not in ("number", "role")
    }
    return str(sorted(kept.items()))


def _is_plain(value: object) -> bool:
    """Not an id, a name, a digest: what could differ by what somebody did."""
    return isinstance(value, bool) or bool(KEPT_AS_IT_IS.fullmatch(str(value)))
