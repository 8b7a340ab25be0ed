"""The feed of an open circle, against what RFC 4287 asks for."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from sqlalchemy import update

from forum.core.db import transaction
from forum.discussions import actions
from forum.models.circles import Visibility
from forum.models.discussions import Post
from tests.support import community
from tests.support.statements import counted_statements

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def answer(client, scene):
    def ask(slug: str = "retail"):
        return client.get(f"/c/{slug}/feed")

    return ask


def read(answer) -> ElementTree.Element:
    assert answer.status_code == 200
    assert answer.content_type == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.data)


def one(element: ElementTree.Element, name: str) -> ElementTree.Element:
    """The RFC wants exactly one of these."""
    (found,) = element.findall(f"{ATOM}{name}")
    return found


def texts(feed: ElementTree.Element, name: str) -> list[str]:
    return [one(entry, name).text or "" for entry in feed.findall(f"{ATOM}entry")]


def test_it_has_all_that_a_feed_must_have(answer):
    feed = read(answer())
    assert feed.tag == f"{ATOM}feed"
    assert one(feed, "id").text == "http://localhost/c/retail"
    assert one(feed, "title").text.startswith("Retail")
    assert datetime.fromisoformat(one(feed, "updated").text).tzinfo
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "self": "http://localhost/c/retail/feed",
        "alternate": "http://localhost/c/retail",
    }


def test_each_entry_has_all_that_an_entry_must_have(answer, scene):
    (entry,) = read(answer()).findall(f"{ATOM}entry")
    assert one(entry, "id").text == f"http://localhost/t/{scene.topic}"
    assert one(entry, "title").text == "Pilots that never end"
    assert one(one(entry, "author"), "name").text == "Ana"
    assert one(entry, "summary").text == "How do yours end?"
    assert one(entry, "link").get("href") == f"http://localhost/t/{scene.topic}"
    for moment in ("updated", "published"):
        assert datetime.fromisoformat(one(entry, moment).text).tzinfo


def test_an_empty_circle_has_a_feed_too(answer):
    community.circle("finance")
    feed = read(answer("finance"))
    assert feed.findall(f"{ATOM}entry") == []
    assert one(feed, "updated").text


def test_whatever_people_write_it_stays_xml(answer, scene):
    nasty = "</title>]]>&<b>\x0bé"
    topic = community.topic(scene.ana, scene.retail, nasty.replace("\x0b", ""), f"{nasty} *really*")
    feed = read(answer())
    assert texts(feed, "id")[0] == f"http://localhost/t/{topic}"
    assert texts(feed, "title")[0] == nasty.replace("\x0b", "")


def test_the_newest_thirty_come_first(held_clock, answer, scene):
    made = []
    for number in range(31):
        held_clock.forward(minutes=1)
        made.append(community.topic(scene.ana, scene.retail, f"Number {number}"))
    found = texts(read(answer()), "id")
    assert found == [f"http://localhost/t/{topic}" for topic in reversed(made[1:])]


def test_an_edit_is_told_and_a_reply_is_not(held_clock, answer, scene):
    before = one(read(answer()), "updated").text
    held_clock.forward(hours=1)
    community.reply(scene.ben, scene.topic)
    assert one(read(answer()), "updated").text == before
    actions.edit_post(scene.reads("ana"), scene.topic, "How did yours end?")
    assert one(read(answer()), "updated").text > before


@pytest.mark.parametrize("who", ["guest", "ana", "dora"])
def test_what_is_hidden_is_in_it_for_nobody(app, answer, scene, who):
    before = answer()
    community.hide(community.topic(scene.ana, scene.retail, "Loud", "Loud words"))
    client = app.test_client()
    if who != "guest":
        community.sign_in(client, getattr(scene, who))
    after = client.get("/c/retail/feed")
    assert after.data == before.data
    kept = ("Cache-Control", "Content-Type", "Content-Length")
    assert [after.headers[name] for name in kept] == [before.headers[name] for name in kept]
    assert not {"ETag", "Last-Modified", "Set-Cookie"} & set(after.headers.keys())


def test_what_its_author_removed_is_gone(answer, scene):
    community.reply(scene.ben, scene.topic)
    community.remove(scene.topic)
    assert texts(read(answer()), "summary") == [""]


@pytest.mark.parametrize("kind", [each for each in Visibility if each is not Visibility.OPEN])
def test_other_circles_have_none_not_even_for_their_members(client, scene, kind):
    here = community.circle("finance", kind)
    community.join(scene.ana, here)
    absent = client.get("/c/nowhere/feed")
    assert absent.status_code == 404
    assert client.get("/c/finance/feed").data == absent.data
    community.sign_in(client, scene.ana)
    assert client.get("/c/finance/feed").status_code == 404


def test_it_may_be_kept_for_a_little_and_carries_no_cookie(app, answer, scene):
    client = app.test_client()
    community.sign_in(client, scene.ana)
    got = client.get("/c/retail/feed")
    assert got.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in got.headers


def test_a_circles_page_says_where_it_is(client, scene):
    assert 'type="application/atom+xml"' in client.get("/c/retail").text
    community.circle("members", Visibility.MEMBERS)
    community.sign_in(client, scene.ana)
    assert "atom+xml" not in client.get("/c/members").text


def test_it_takes_two_statements(client, answer, scene):
    for _topic in range(5):
        community.topic(scene.ana, scene.retail)
    with counted_statements(client.application) as said:
        answer()
    assert len(said) == 2


def test_what_xml_cannot_say_is_left_out_also_of_what_was_stored_before(answer, scene):
    with transaction() as session:
        stored = {"html": "<p>How\x01 do\u202e yours end?</p>"}
        session.execute(update(Post).where(Post.public_id == scene.topic).values(**stored))
    assert texts(read(answer()), "summary") == ["How do yours end?"]


def test_a_reference_to_a_control_character_breaks_no_feed(answer, scene):
    community.topic(scene.ana, scene.retail, "Broken", "One &#1;&#x1f;&#xfffe; two")
    assert texts(read(answer()), "summary")[0] == "One two"
