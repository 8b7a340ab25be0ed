"""Every route × every method × every role × every state of what it is about, from the URL map.

Each answer is held against what `access_rules` declares, searched for every marker its reader may
not know, and, where there is nothing for them, compared with the answer to an id nobody has.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.journeys.access_rules import EXPECTED, circle_thing
from tests.journeys.access_world import (
    NO_FILE,
    NO_ID,
    NO_SLUG,
    NO_TOKEN,
    ROLES,
    SIGNED_IN,
    SLUGS,
    Thing,
    World,
    settle,
)
from tests.support.statements import Heard, heard
from tests.support.undoing import undo_commits

STATUS = {
    "shown": 200,
    "done": 302,
    "nothing": 404,
    "refused": 403,
    "on page": 422,
    "gone": 410,
    "conflict": 409,
    "away": 303,
    "quiet": 204,
    "no space": 404,
}
MARKERS = re.compile(r"zq\d{3}qz|[a-z]+@site\.example")
TOKENS = re.compile(r'(name="csrf_token"[^>]*value=")[^"]*')
NOWHERE = Thing("", "open", "no thing", "nobody", SIGNED_IN)
OTHER_VIEWS = {
    "discussions.topic": ("?view=time",),
    "discussions.circle": ("?tab=new", "?size=large"),
    "notifications.people": ("?q=ap", "?q=se"),
}
FEWEST_CELLS = 6_000
STEP = {"sqlite": 1, "postgresql": 3}


@dataclass(frozen=True)
class Cell:
    """One question to the site."""

    who: str
    endpoint: str
    method: str
    path: str
    thing: Thing
    absent: str
    """What stands for a thing nobody has, of the same length."""
    sends: tuple[tuple[str, str], ...] = ()
    query: str = ""

    def expected(self) -> str:
        return EXPECTED[self.endpoint, self.method].answer(self.who, self.thing)

    def without_the_thing(self) -> "Cell":
        """The same question about something that isn't there."""
        name = self.thing.public_id
        sends = tuple((key, value.replace(name, self.absent)) for key, value in self.sends)
        return replace(self, path=self.path.replace(name, self.absent), sends=sends, thing=NOWHERE)

    def __str__(self) -> str:
        about = f"{self.thing.circle}, {self.thing.state}"
        return f"{self.method} {self.path}{self.query} as {self.who} ({about})"


@dataclass(frozen=True)
class Reply:
    """What came back, in a form that can be compared."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str
    statements: int

    def about(self, name: str) -> "Reply":
        """The same without the one name that must differ."""
        headers = tuple((key, value.replace(name, "…")) for key, value in self.headers)
        return replace(self, headers=headers, body=self.body.replace(name, "…"))

    def text(self) -> str:
        return "\n".join([*(f"{key}: {value}" for key, value in self.headers), self.body])


class Site:
    """Asks the site, as anybody, without leaving a trace: each commit is undone."""

    def __init__(self, app: Flask, world: World, database: Heard) -> None:
        self._client = app.test_client(use_cookies=False)
        self._world = world
        self._database = database
        self._asked: dict[tuple[object, ...], Reply] = {}

    def answer(self, cell: Cell) -> Reply:
        self._database.clear()
        sends = {**dict(cell.sends), "csrf_token": self._world.tokens[cell.who]}
        got = self._client.open(
            cell.path + cell.query,
            method=cell.method,
            headers={"Cookie": self._world.cookies[cell.who]},
            data=sends if cell.method == "POST" else None,
        )
        return _reply(got, len(self._database.statements))

    def answer_to_nobodys(self, cell: Cell) -> Reply:
        question = (cell.who, cell.method, cell.path, cell.query, cell.sends)
        if question not in self._asked:
            self._asked[question] = self.answer(cell)
        return self._asked[question]


def _reply(got: TestResponse, statements: int) -> Reply:
    headers = tuple(
        sorted((key, value) for key, value in got.headers if key not in {"Set-Cookie", "Date"})
    )
    said = got.get_data().decode(errors="replace")
    return Reply(got.status_code, headers, TOKENS.sub(r"\1", said), statements)


def cells(app: Flask, world: World) -> Iterator[Cell]:
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            for who in ROLES:
                yield from _cells_of(rule, method, who, world)


def _cells_of(rule: Rule, method: str, who: str, world: World) -> Iterator[Cell]:
    sends = tuple(EXPECTED[rule.endpoint, method].sends.items())
    for thing, absent in _things(rule, world):
        path = rule.rule
        if "slug" in rule.arguments and "public_id" in rule.arguments:
            act = rule.endpoint.partition(".")[2]
            path = path.replace("<id:public_id>", world.at_door[act, thing.circle])
        path = re.sub(r"<[^>]*>", thing.public_id, path)
        cell = Cell(who, rule.endpoint, method, path, thing, absent, sends)
        yield cell
        for query in OTHER_VIEWS.get(rule.endpoint, ()):
            yield replace(cell, query=query)
    if rule.endpoint == "discussions.save_draft":
        yield from _draft_cells(who, world, sends)


def _things(rule: Rule, world: World) -> list[tuple[Thing, str]]:
    """What a route can be about, each with a stand-in that isn't there."""
    parts = rule.rule.split("/")
    if "slug" in rule.arguments:
        return [(circle_thing(rule.endpoint, slug, kind), NO_SLUG) for kind, slug in SLUGS.items()]
    if "token" in rule.arguments:
        return [(replace(NOWHERE, public_id=NO_TOKEN), NO_TOKEN)]
    if rule.endpoint == "assets":
        return [(replace(NOWHERE, public_id="site.css"), "site.css")]
    if not rule.arguments:
        return [(NOWHERE, NO_ID)]
    found = {
        "p": world.posts,
        "t": world.topics,
        "s": world.spaces,
        "notices": world.topics,
        "reports": world.reports,
        "files": world.files,
        "drafts": [replace(NOWHERE, public_id=world.draft)],
        "settings": world.employments
        if rule.endpoint.startswith("employments.")
        else [replace(NOWHERE, public_id=world.sign_in)],
        "staff": world.employers,
        "people": world.members if rule.endpoint == "accounts.person" else world.persons,
    }.get(parts[1], [replace(NOWHERE, public_id=NO_ID)])
    absent = NO_FILE if parts[1] == "files" else NO_ID
    return [(thing, absent) for thing in found]


def _draft_cells(who: str, world: World, sends) -> Iterator[Cell]:
    """A draft names its place in the form."""
    circles = [circle_thing("", slug, kind) for kind, slug in SLUGS.items()]
    for kind, things in (("topic", circles), ("reply", world.posts)):
        for thing in things:
            place = ("draft_place", f"{kind}:{thing.public_id}")
            absent = NO_SLUG if kind == "topic" else NO_ID
            yield Cell(
                who, "discussions.save_draft", "POST", "/drafts", thing, absent, (*sends, place)
            )


@pytest.fixture
def world(app) -> World:
    app.config["DEVELOPMENT"] = False
    return settle(app)


def test_every_route_has_a_declared_expectation(app):
    routes = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert routes == set(EXPECTED), (
        "Say in tests/journeys/access_rules.py what a new route answers to whom; the matrix then "
        f"asks it in every role and state. Differs: {sorted(routes ^ set(EXPECTED))}"
    )


def test_everybody_gets_what_is_theirs_and_no_trace_of_the_rest(
    app, world, database, monkeypatch, capsys
):
    """One pass over all cells: settling the world and asking is what takes the time.

    PostgreSQL is asked every third question: its rules are the same, only its SQL is its own.
    """
    undo_commits(monkeypatch)
    wrong: list[str] = []
    asked = 0
    with heard(app) as listening:
        site = Site(app, world, listening)
        for cell in islice(cells(app, world), 0, None, STEP[database.kind]):
            asked += 1
            reply = site.answer(cell)
            wrong += _wrong_answer(cell, reply)
            wrong += _leaks(cell, reply, world)
            if cell.expected() in {"nothing", "sign in"}:
                wrong += _differences(cell, reply, site)
    with capsys.disabled():
        print(f" {asked:,} cells ", end="")
    assert not wrong, f"{len(wrong)} of {asked} answers are wrong:\n" + "\n".join(wrong[:40])
    assert asked >= FEWEST_CELLS // STEP[database.kind]


def _wrong_answer(cell: Cell, reply: Reply) -> list[str]:
    expected = cell.expected()
    if expected == "sign in":
        right = reply.status == (302 if cell.method == "GET" else 401)
    else:
        right = reply.status == STATUS[expected]
    return [] if right else [f"{cell} got {reply.status}, not {expected}"]


def _leaks(cell: Cell, reply: Reply, world: World) -> list[str]:
    shown = set(MARKERS.findall(reply.text()))
    secrets = {mark for mark in shown if cell.who not in world.may_know.get(mark, SIGNED_IN)}
    return [f"{cell} tells {mark}" for mark in sorted(secrets)]


def _differences(cell: Cell, reply: Reply, site: Site) -> list[str]:
    """Of what is not theirs to see, they get the answer to an id that does not exist."""
    if not cell.thing.public_id or cell.thing.public_id == cell.absent:
        return []
    absent = cell.without_the_thing()
    theirs = reply.about(cell.thing.public_id)
    nobodys = site.answer_to_nobodys(absent).about(cell.absent)
    # the wall is compared after fetching (R4); in one's own space one's own posts are looked for
    in_ones_own = {"discussions.remove_own_in_space", "spaces.appeal"}
    if cell.who == "walled" or cell.endpoint in in_ones_own:
        theirs, nobodys = replace(theirs, statements=0), replace(nobodys, statements=0)
    return [] if theirs == nobodys else [f"{cell} differs from {absent}"]
