"""Bad luck in a private space: the clock goes back, a member leaves while posting.

Nothing is lost then, nothing is told, and what is refused is refused as what is not there.
"""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotThere
from forum.discussions.actions import editing, posting
from forum.models.discussions import Draft, Post, Topic
from forum.policy.visible import Reason, unscoped
from forum.spaces import life, shuffling
from tests.journeys.space_walk import NOBODYS, Reply, seen
from tests.support import community
from tests.support.space_people import Space
from tests.support.together import at_once

MEMBERS = {"Ana": "Northwind", "Ben": "Northwind", "Cem": "Contoso", "Dora": "Fabrikam"}
BACK = [timedelta(hours=30), timedelta(days=40)]


@pytest.fixture
def space(app, held_clock) -> Space:
    """On a day in May, so that there is a past to go back to."""
    held_clock.forward(days=70)
    return Space.founded(app, MEMBERS)


@pytest.mark.parametrize("back", BACK, ids=str)
class TestTheClockGoesBack:
    def test_all_goes_on_in_what_was_told_before(self, space, held_clock, back):
        ana, cem = (space.client(name) for name in ("Ana", "Cem"))
        topic = told(space, ana)
        answered(cem, topic, "Before.")
        held_clock.set(clock.now() - back)
        assert answered(ana, topic, "Now.") == answered(cem, topic, "And I.") == 302
        assert sent(ana, f"/p/{topic}/edit", body="Other words.", title="It sank") == 302
        assert sent(cem, f"/p/{topic}/reactions", kind="with_you") == 302
        assert sent(cem, f"/p/{topic}/report", reason="other", words="Look.") == 302
        assert saved(cem, f"reply:{topic}") == 200
        page = cem.get(f"/t/{topic}").text
        assert all(words in page for words in ("Other words.", "Before.", "Now.", "And I."))
        assert "It sank" in cem.get(f"/s/{space.public_id}").text

    def test_what_is_told_then_can_be_read_then_and_afterwards(self, space, held_clock, back):
        ana, cem = (space.client(name) for name in ("Ana", "Cem"))
        earlier = told(space, ana)
        held_clock.set(clock.now() - back)
        topic = told(space, ana)
        assert answered(cem, topic, "I read it.") == 302
        for _turn in range(2):
            listed = cem.get(f"/s/{space.public_id}").text
            assert all(f"/t/{each}" in listed for each in (earlier, topic))
            assert "I read it." in ana.get(f"/t/{topic}").text
            held_clock.forward(seconds=back.total_seconds() + 60)

    def test_the_wall_of_what_is_told_then_stands(self, space, held_clock, back):
        """Also before whom it stands for an employer told of on a day that has yet to come."""
        ben = space.client("Ben")
        space.tell("Cem", "It failed", "We failed.")
        before = told(space, space.client("Ana"))
        held_clock.set(clock.now() - back)
        during = space.tell("Ana", "What we did", "We did it.")
        after_that = seen(ben.get(f"/t/{NOBODYS}"))
        for topic in (before, during):
            got = seen(ben.get(f"/t/{topic}"))
            assert (got[0], got[2].replace(topic, NOBODYS)) == (404, after_that[2])
            assert topic not in ben.get(f"/s/{space.public_id}").text

    def test_the_nights_work_erases_nothing_before_its_day(self, space, held_clock, back, app):
        topic = space.tell("Ana", "It failed", "We failed.")
        held_clock.set(clock.now() - back)
        for _night in range(2):
            assert nights_work(app) == 0
            assert "We failed." in space.client("Cem").get(f"/t/{topic}").text
            held_clock.forward(seconds=back.total_seconds())
        held_clock.forward(days=121)
        assert nights_work(app) == 1


def leaves_while(space: Space, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """They leave in another window, once the text was looked at and before it is written."""
    before = posting.rendered

    def leaving(*given: object) -> object:
        for module in (posting, editing):
            monkeypatch.setattr(module, "rendered", before)
        (answer,) = at_once(space.app, lambda: space.leave(name))
        assert answer is None
        return before(*given)

    for module in (posting, editing):
        monkeypatch.setattr(module, "rendered", leaving)


PLACES = {"a topic": "/s/{space}/new", "a reply": "/p/{topic}/reply", "an edit": "/p/{own}/edit"}


@pytest.mark.parametrize("what", PLACES)
def test_whoever_leaves_while_posting_has_posted_nothing(space, monkeypatch, what):
    topic = space.tell("Cem", "It failed", "We failed.")
    own = space.reply("Ana", topic, "So did we.")
    ana, path = space.client("Ana"), PLACES[what]
    written = rows(space.app)
    nobodys = answer(ana, path.format(space=NOBODYS, topic=NOBODYS, own=NOBODYS))
    leaves_while(space, monkeypatch, "Ana")
    refused = answer(ana, path.format(space=space.public_id, topic=topic, own=own))
    assert refused == nobodys
    assert refused[0] == 404
    assert rows(space.app) == written
    page = space.client("Cem").get(f"/t/{topic}").text
    assert "So did we." in page
    assert "Marzipan" not in page


def test_at_the_very_same_moment_it_is_posted_or_refused(space):
    """Then whoever stays reads it, or there is none; nothing in between."""
    topic = space.tell("Cem", "It failed", "We failed.")
    cem = space.client("Cem")
    for number, name in enumerate(("Ana", "Dora")):
        said = f"So it was, number {number}."
        acts = (partial(space.reply, name, topic, said), partial(space.leave, name))
        posted, left = at_once(space.app, *acts)
        assert left is None
        assert isinstance(posted, str | NotThere), posted
        assert (said in cem.get(f"/t/{topic}").text) == isinstance(posted, str)


def test_a_draft_is_there_again_for_who_left_while_writing_and_comes_back(space):
    topic = space.tell("Cem", "It failed", "We failed.")
    ana = space.client("Ana")
    assert saved(ana, f"reply:{topic}") == 200
    space.leave("Ana")
    assert saved(ana, f"reply:{topic}") == 404
    assert ana.get(f"/p/{topic}/reply").status_code == 404
    space.enter("Ana")
    assert "Half a thought" in ana.get(f"/p/{topic}/reply").text


def sent(client: FlaskClient, path: str, **words: str) -> int:
    return client.post(path, data={"csrf_token": community.csrf(client), **words}).status_code


def told(space: Space, client: FlaskClient) -> str:
    words = {"title": "It failed", "body": "We failed.", "wish": "advice"}
    data = {"csrf_token": community.csrf(client), **words}
    return client.post(f"/s/{space.public_id}/new", data=data).headers["Location"][3:]


def answered(client: FlaskClient, topic: str, words: str) -> int:
    return sent(client, f"/p/{topic}/reply", body=words)


def saved(client: FlaskClient, place: str) -> int:
    return sent(client, "/drafts", draft_place=place, body="Half a thought")


def answer(client: FlaskClient, path: str) -> Reply:
    words = {"title": "Marzipan", "body": "Marzipan.", "wish": "advice"}
    return seen(client.post(path, data={"csrf_token": community.csrf(client), **words}))


def rows(app: Flask) -> list[int]:
    with app.app_context():
        found = (select(table.id) for table in (Topic, Post, Draft))
        return sorted(
            each for query in found for each in db.session.scalars(unscoped(query, Reason.SET_UP))
        )


def nights_work(app: Flask) -> int:
    with app.app_context():
        erased = life.erase_due()
        shuffling.shuffle()
        return erased
