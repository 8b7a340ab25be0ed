"""Of a space and all in it, whoever is not to know gets what an id nobody has gets."""

import re
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from tests.journeys.space_walk import NOBODYS, Reply, seen
from tests.support import community
from tests.support.community import csrf
from tests.support.space_people import PLENTY, Space

MEMBERS = {"Ana": "Northwind", "Ben": "Northwind", "Mod": "Adventure"} | dict(
    zip(("Cem", "Dora", "Eva", "Fay", "Gil", "Hana"), PLENTY, strict=True)
)
OUTSIDE = ("guest", "outsider", "Neighbour", "Lea", "Xena", "staff", "suspended")
"""Neighbour is only in the circle; Lea left the space, and Xena the circle."""
WALLED = "Ben"
READ = (
    *("/t/{it}", "/t/{it}?view=time", "/t/{it}/next-unread", "/t/{topic}?from={it}"),
    "/t/{it}/news?after=0",
    *("/p/{it}/reply/file", "/p/{it}/edit/file"),
    *("/p/{it}", "/p/{it}/reply", "/p/{it}/edit", "/p/{it}/removal", "/p/{it}/report"),
    *(
        "/p/{it}/hiding",
        "/s/{it}",
        "/s/{it}/new",
        "/s/{it}/new/file",
        "/s/{it}/leave",
        "/s/{it}?after={it}",
        "/s/{space}?after={it}",
    ),
)
SENT = (
    *("/p/{it}/reply", "/p/{it}/edit", "/p/{it}/removal", "/p/{it}/report", "/p/{it}/hiding"),
    *("/s/{it}/new/file", "/p/{it}/reply/file", "/p/{it}/edit/file"),
    *("/p/{it}/hiding/end", "/t/{it}/closure", "/t/{it}/closure/end", "/t/{it}/pin"),
    *("/t/{it}/pin/end", "/s/{it}/new", "/s/{it}/leave", "/reports/{it}/settled"),
    *("/t/{it}/watch", "/t/{it}/watch/end", "/notices/{it}/read"),
    *("/drafts/{it}/discard", "reply:{it}", "edit:{it}", "space:{it}"),
)
WORDS = {
    "body": "Words",
    "title": "Title",
    "reason": "other",
    "words": "Please look.",
    "wish": "advice",
    "level": "watching",
}


@dataclass
class Scene:
    space: Space
    things: dict[str, str]
    clients: dict[str, FlaskClient]

    def answers(self, who: str, it: str) -> dict[str, Reply]:
        client = self.clients[who]
        found = {}
        for path in READ:
            found[path] = seen(client.get(self.path(path, it)))
        for path in SENT:
            words = WORDS | {"csrf_token": csrf(client), "nonce": "n" * 22}
            url = self.path(path, it)
            if not url.startswith("/"):
                url, words["draft_place"] = "/drafts", url
            found[f"POST {path}"] = seen(client.post(url, data=words))
        return {path: _without(it, answer) for path, answer in found.items()}

    def path(self, path: str, it: str) -> str:
        return path.format(it=it, topic=self.things["topic"], space=self.space.public_id)


@pytest.fixture
def scene(app, held_clock) -> Scene:
    space = Space.founded(app, MEMBERS | {"Lea": "Alpine", "Xena": "Alpine"})
    space.appoint("Mod")
    topic = space.tell("Ana", "It failed", "We failed.")
    reply = space.reply("Cem", topic, "So did we.")
    things = {"topic": topic, "reply": reply, "report": space.report("Dora", reply)}
    space.leave("Lea")
    with app.app_context():
        community.leave(space.people["Xena"], community.find("retail"))
        space.people["outsider"] = community.person("outsider")
        space.people["staff"] = community.person("staff", staff=True)
        space.people["suspended"] = community.person("Sid")
        community.join(space.people["suspended"], community.find("retail"))
        community.suspend(space.people["suspended"])
        space.come("Neighbour", "Northwind")
    clients = {who: space.client(who) for who in (*OUTSIDE[1:], WALLED, "Cem")}
    return Scene(space, things, clients | {"guest": app.test_client()})


@pytest.mark.parametrize("who", [*OUTSIDE, WALLED])
def test_what_is_not_theirs_answers_like_what_is_not_there(scene, who):
    scene.answers(who, NOBODYS)  # a first page gives a browser its cookie
    nobodys = scene.answers(who, NOBODYS)
    things = scene.things if who == WALLED else scene.things | {"space": scene.space.public_id}
    for name, it in things.items():
        theirs = scene.answers(who, it)
        skipped = {"/s/{space}?after={it}"} if name == "space" else set()
        wrong = [each for each in nobodys if theirs[each] != nobodys[each] and each not in skipped]
        assert not wrong, f"{name}: {[(path, theirs[path][0]) for path in wrong]}"
    there = {
        path: answer[0] for path, answer in nobodys.items() if not path.startswith("/s/{space")
    }
    assert set(there.values()) <= ({404} if who != "guest" else {302, 401, 404}), there


def test_a_member_no_wall_stands_before_finds_all_of_it(scene):
    """The same questions, so that the others' silence means something."""
    topic = scene.answers("Cem", scene.things["topic"])
    assert topic["/t/{it}"][0] == topic["/p/{it}/reply"][0] == 200
    assert topic["POST /p/{it}/report"][0] == 302
    space = scene.clients["Cem"].get(f"/s/{scene.space.public_id}")
    assert space.status_code == 200


def _without(it: str, answer: Reply) -> Reply:
    status, headers, body = answer
    named = tuple((key, re.sub(it, "…", value)) for key, value in headers)
    return status, named, body.replace(it, "…")
