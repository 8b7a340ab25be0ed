"""Of twenty members one writes and nineteen read: which one, no moderator and no staff can see.

The same site is made twice with the same randomness and clock; only the author is another member.
"""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from forum.models.circles import Role
from tests.journeys.space_walk import Reply, addresses, ask
from tests.journeys.test_space_worlds import Build, World, build, differences  # noqa: F401
from tests.support import community

READERS = [f"Reader{chr(65 + number)}" for number in range(20)]
MEMBERS = {name: f"Firm {name[-1]}" for name in READERS} | {"Mod": "Contoso", "Ben": "Litware"}
REPORTER = READERS[0]
AUTHORS = READERS[5], READERS[12]
WATCHERS = ("staff", "Lea", "Mod")
"""Lea moderates the circle, Mod the space too."""
DRAWN = re.compile(r'(<span class="avatar drawn"[^>]*>).*?</span>', re.DOTALL)


def happens(world: World, author: str) -> None:
    """The author writes, edits, drafts, removes; all twenty come and read, the author too."""
    space = world.space
    world.told("topic", author, "It failed")
    world.answered("answer", REPORTER, "topic")
    world.answered("taken back", author, "answer")
    world.act("removal", lambda: space.remove(author, world.at["taken back"]))
    world.act("edit", lambda: space.edit(author, world.at["topic"], "It sank.", "It sank"))
    world.act("draft", lambda: space.draft(author, f"reply:{world.at['answer']}", "Half"))
    world.act("report", lambda: space.report(REPORTER, world.at["topic"]))
    for name in READERS:
        client = signed_in(world, name)
        for path in (f"/s/{space.public_id}", f"/t/{world.at['topic']}"):
            world.streams.name(f"{name} {path}")
            assert client.get(path).status_code == 200


def seen_by_watchers(world: World) -> Iterator[tuple[str, dict[str, Reply]]]:
    space, topic = world.space, world.at["topic"]
    with space.app.app_context():
        world.streams.name("staff")
        space.people["staff"] = community.person("staff", staff=True)
        world.streams.name("Lea")
        space.people["Lea"] = community.person("Lea")
        for name in ("Lea", "Mod"):
            community.join(space.people[name], community.find("retail"), Role.MODERATOR)
    ids = [world.at[name] for name in ("topic", "answer", "taken back", "report")]
    paths = list(dict.fromkeys(addresses(space.app, ["retail"], ids, [topic], space.public_id)))
    for name in WATCHERS:
        client, found = signed_in(world, name), {}
        for path in paths:
            world.streams.name(f"{name} {path}")
            found[path] = ask(client, path)
        yield name, found


def signed_in(world: World, name: str) -> FlaskClient:
    world.streams.name(f"sign-in of {name}")
    return world.space.client(name)


@pytest.fixture
def walks(build: Build) -> list[dict[str, dict[str, Reply]]]:  # noqa: F811
    """What each who watches gets, with either author, whose name in the space is taken out."""
    found = []
    for author in AUTHORS:
        world = build(True, MEMBERS)
        world.space.appoint("Mod")
        happens(world, author)
        voice = world.space.name_of(author, world.at["topic"])
        found.append(
            {
                who: {path: _nameless(reply, voice) for path, reply in pages.items()}
                for who, pages in seen_by_watchers(world)
            }
        )
    return found


def test_whoever_of_the_twenty_wrote_all_pages_of_moderators_and_staff_are_the_same(walks):
    for who in WATCHERS:
        wrong = list(differences(*(walk[who] for walk in walks)))
        assert not wrong, f"{who}: {len(wrong)} differ:\n" + "\n".join(wrong[:5])
    there = {who: _showing("It sank", pages) for who, pages in walks[0].items()}
    assert there["Mod"], "nobody saw it"
    assert not there["staff"] | there["Lea"]
    for path in there["Mod"]:
        assert not any(name in walks[0]["Mod"][path][2] for name in READERS), path


def _showing(words: str, pages: dict[str, Reply]) -> set[str]:
    return {path for path, (_status, _headers, text) in pages.items() if words in text}


def _nameless(reply: Reply, voice: str) -> Reply:
    status, headers, text = reply
    return status, headers, DRAWN.sub(r"\1…</span>", text).replace(voice, "Somebody")
