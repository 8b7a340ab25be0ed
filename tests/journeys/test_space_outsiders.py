"""Of all that happens in a space nothing is to be seen outside: no letter of a page, no log line.

Whoever is not in a space asks every page of the site before and after a day of the space, to which
everybody in it contributes what there is to do; what goes wrong that day is logged like the rest.
"""

import logging
import re
from dataclasses import dataclass
from io import BytesIO
from itertools import count

import pytest
from flask.testing import FlaskClient

from forum.discussions import actions
from forum.discussions.about import TopicFacts
from forum.discussions.actions import follow_circle
from forum.models.circles import Role
from forum.models.discussions import ReactionKind, Wish
from forum.models.notifications import Level
from tests.files import hostile
from tests.journeys.space_walk import Reply, addresses, ask
from tests.support import community
from tests.support.space_people import Space

MEMBERS = {"Ana": "Northwind", "Ben": "Northwind", "Cem": "Contoso", "Mod": "Adventure"}
OUTSIDE = ("guest", "outsider", "Neighbour", "Lea", "Moderator", "staff")
"""Neighbour is only in the circle, Lea left the space, Moderator is one of the circle's."""
_nonces = count(1)


@dataclass
class Scene:
    space: Space
    public_topic: str

    def walk(self, client: FlaskClient) -> dict[str, Reply]:
        """Every GET route, of the public topic and the space and what there is not."""
        ids, here = [self.public_topic], self.space.public_id
        paths = addresses(self.space.app, ["retail", "energy"], ids, ids, here)
        return {path: ask(client, path) for path in dict.fromkeys(paths)}

    def day(self) -> set[str]:
        """A day of the space, through its pages; the public ids it gave."""
        space, known = self.space, set()
        ana, cem, mod = (space.client(name) for name in ("Ana", "Cem", "Mod"))
        words = {"title": "canarytitle", "body": "canarybody", "wish": "advice"}
        for _turn in range(2):
            added = [_added(ana, f"/s/{space.public_id}/new/file") for _each in range(2)]
            shown = words | {"body": f"canarybody ![canarychart]({added[0]})"}
            topic = _sent(ana, f"/s/{space.public_id}/new", **shown)[3:]
            (picture,) = space.pictures_of(topic)
            assert cem.get(f"/files/{picture}").status_code == 200
            reply = _sent(cem, f"/p/{topic}/reply", body="canaryreply").partition("#p-")[2]
            known |= {topic, reply}
            for client in (ana, cem, mod):
                for path in (f"/s/{space.public_id}", f"/t/{topic}", f"/p/{reply}"):
                    assert client.get(path).status_code == 200
            for kind in ("with_you", "been_there", "thanks"):
                _sent(cem, f"/p/{topic}/reactions", kind=kind)
            _sent(ana, f"/t/{topic}/answer", post=reply)
            _sent(cem, f"/p/{topic}/report", reason="other", words="canaryreport")
            _sent(cem, "/drafts", draft_place=f"reply:{topic}", body="canarydraft")
            _sent(ana, f"/p/{topic}/edit", title="canaryother", body="canaryedit")
            _sent(mod, f"/p/{reply}/hiding", reason="canaryreason")
        _sent(cem, f"/p/{reply}/removal")
        return known


@pytest.fixture
def scene(app, held_clock) -> Scene:
    space = Space.founded(app, MEMBERS | {"Lea": "Alpine"})
    space.appoint("Mod")
    with app.app_context():
        retail, energy = community.find("retail"), community.circle("energy")
        for name in ("outsider", "Moderator"):
            space.people[name] = community.person(name)
        space.people["staff"] = community.person("staff", staff=True)
        community.join(space.people["Moderator"], retail, Role.MODERATOR)
        for _turn in range(2):  # one more than in retail, so that counts would change an order
            community.topic(space.people["Ana"], energy)
        topic = community.topic(space.people["Ana"], retail, "Pilots that never end")
        answer = community.reply(space.people["Cem"], topic)
        ana = community.viewer(space.people["Ana"])
        actions.edit_post(ana, topic, "What now, then?", facts=TopicFacts(wish=Wish.ADVICE))
        actions.react(ana, answer, ReactionKind.THANKS)
        actions.accept_answer(ana, topic, answer)
    space.come("Neighbour", "Northwind")
    space.leave("Lea")
    with app.app_context():  # all would hear of everything, were it not a space
        for person in space.people.values():
            follow_circle(community.viewer(person), "retail", Level.WATCHING)
    return Scene(space, topic)


def test_every_page_of_whoever_is_outside_stays_the_same_to_the_letter(scene):
    clients = {who: scene.space.client(who) for who in OUTSIDE[1:]}
    clients |= {"guest": scene.space.app.test_client()}
    before = {}
    for who, client in clients.items():
        scene.walk(client)  # first visits leave their marks
        before[who] = scene.walk(client)
        assert sum(got[0] == 200 for got in before[who].values()) > 10
    assert len(scene.day()) == 4
    for who, client in clients.items():
        after = scene.walk(client)
        wrong = [path for path, got in before[who].items() if after[path] != got]
        assert not wrong, (who, wrong)


def test_no_line_of_the_log_says_what_was_done_there_nor_by_whom(scene, caplog):
    caplog.set_level(logging.DEBUG)
    known = scene.day()
    topic = min(known)
    ben, cem = scene.space.client("Ben"), scene.space.client("Cem")
    for path in (f"/t/{topic}", f"/p/{topic}/reply"):
        assert ben.get(path).status_code == 404
    _sent(cem, f"/p/{topic}/reply", body="canarytoolong " * 2_000)
    _sent(cem, f"/p/{topic}/reply", body="")
    _sent(cem, f"/p/{topic}/reply/file", file="canarynofile")
    cem.post(f"/p/{topic}/reply", data={"body": "canarytoken"})
    assert not _told(caplog, scene, known)


def test_what_breaks_there_is_logged_without_words_or_ids(scene, caplog, monkeypatch):
    known, topic = scene.day(), scene.space.tell("Cem", "It failed", "We failed.")
    cem, words = scene.space.client("Cem"), f"canarybroken in {topic}"

    def breaks(*_given: object) -> None:
        raise ValueError(words)

    with monkeypatch.context() as broken:
        broken.setattr("forum.discussions.actions.posting.write_sealed_reply", breaks)
        _sent(cem, f"/p/{topic}/reply", body="canaryreply")
    with monkeypatch.context() as broken:
        broken.setattr("forum.core.ids.public_id", lambda: topic)
        _sent(cem, f"/p/{topic}/reply", body="canaryreply")
    broken_twice = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert len(broken_twice) == 2
    assert caplog.text.count("actions/once.py") >= 2, "it doesn't say where"
    assert not _told(caplog, scene, known | {topic})


def _told(caplog: pytest.LogCaptureFixture, scene: Scene, ids: set[str]) -> set[str]:
    """Which of the words nobody must find stand in the log."""
    log = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    people = [scene.space.people[name] for name in MEMBERS]
    names = {part for each in people for part in (each.name, each.handle, each.public_id)}
    names |= {each.address for each in people} | {scene.space.public_id}
    return {each for each in ids | names if each in log} | set(re.findall("canary[a-z]+", log))


def _added(client: FlaskClient, path: str) -> str:
    """The address of a picture that waits."""
    file = (BytesIO(hostile.picture()), "canaryname.png")
    sent = {"csrf_token": community.csrf(client), "file": file}
    got = client.post(path, data=sent, headers={"Accept": "application/json"})
    return got.get_json()["url"]


def _sent(client: FlaskClient, path: str, **words: str) -> str:
    data = {"csrf_token": community.csrf(client), "nonce": f"{next(_nonces):022d}", **words}
    return client.post(path, data=data).headers.get("Location", "")
