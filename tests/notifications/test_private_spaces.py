"""Of a private space nobody is told anything, whoever follows whatever (access-and-privacy R3)."""

import pytest

from forum.discussions import actions
from forum.models.notifications import Level
from forum.policy.allowed import NotInSpaces
from tests.notifications.conftest import how_many_rows
from tests.support import community
from tests.support.space_people import Space

MEMBERS = {"Ana": "Northwind", "Ben": "Contoso", "Mod": "Adventure"}


@pytest.fixture
def space(app, held_clock) -> Space:
    """All in it watch its circle; who is whose handle they could name."""
    space = Space.founded(app, MEMBERS)
    with app.app_context():
        for person in space.people.values():
            actions.follow_circle(community.viewer(person), "retail", Level.WATCHING)
    return space


def test_nothing_that_is_done_in_it_leaves_a_row(app, space):
    with app.app_context():
        before = how_many_rows()
    topic = space.tell("Ana", "It failed", "We failed, @ben.")
    reply = space.reply("Ben", topic, "So did we, @ana.")
    space.reply("Ana", reply, "And now?")
    client = space.client("Ana")
    sent = {"csrf_token": community.csrf(client), "body": "@ben again.", "title": "It failed"}
    assert client.post(f"/p/{topic}/edit", data=sent | {"looked": "y"}).status_code == 302
    for who in ("Ana", "Ben", "Mod"):
        assert space.client(who).get(f"/t/{topic}").status_code == 200
    with app.app_context():
        assert how_many_rows() == before


def test_its_topics_cannot_be_followed(app, space):
    topic = space.tell("Ana", "It failed", "We failed.")
    with app.app_context():
        before = how_many_rows()
        for level in (*Level, None):
            with pytest.raises(NotInSpaces):
                actions.follow_topic(community.viewer(space.people["Ben"]), topic, level)
    with app.app_context():
        assert how_many_rows() == before


def test_its_pages_have_no_bell_no_menu_and_no_look_up(space):
    topic = space.tell("Ana", "It failed", "We failed.")
    public = space.client("Ana").get("/c/retail").text
    assert 'href="/notices"' in public
    assert "/watch" in public
    for path in (f"/t/{topic}", f"/s/{space.public_id}", f"/p/{topic}/reply", "/c/retail/space"):
        page = space.client("Ana").get(path).text
        for sign in ('href="/notices"', "/watch", "data-people", "/names"):
            assert sign not in page, (path, sign)


def test_who_only_wrote_in_it_is_not_found_among_people_of_the_circle(app, space):
    """Nor does what a member wrote there make them easier to find."""
    space.tell("Ben", "It failed", "We failed.")
    with app.app_context():
        community.leave(space.people["Ben"], community.find("retail"))
    assert space.client("Ana").get("/c/retail/names?q=ben").json == []
