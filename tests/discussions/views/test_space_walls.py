"""Addresses of a private space: what one must not know answers as what was made up."""

import re

import pytest
from flask.testing import FlaskClient

from forum.core.ids import PUBLIC_LENGTH
from forum.discussions import actions
from forum.policy.allowed import TopicClosed
from tests.support import community, spaces

NO_SUCH = "z" * PUBLIC_LENGTH
PAGES = [
    *("/t/{}", "/p/{}", "/t/{}?view=time", "/t/{}/next-unread", "/p/{}/reply", "/p/{}/edit"),
    *("/p/{}/removal", "/p/{}/report", "/p/{}/hiding"),
]


@pytest.fixture
def browsers(app, inside) -> dict[str, FlaskClient]:
    """One of each of them, and of Gil, who is in the circle alone."""
    community.join(community.person("Gil"), inside.retail)
    people = [
        inside.ana,
        inside.ben,
        inside.cleo,
        inside.dora,
        community.account("gil@site.example"),
    ]
    found = {}
    for who in people:
        found[who.name.lower()] = client = app.test_client()
        community.sign_in(client, who)
    return found


def answer(browser: FlaskClient, page: str, public_id: str) -> tuple[int, dict, str]:
    """Status, headers and page, less the id that was asked for and what is new each time."""
    found = browser.get(page.format(public_id))
    text = re.sub(r'(csrf[^>]*?(?:value|content)=")[^"]*', r"\1", found.text)
    headers = {name: value for name, value in found.headers if name not in ("Date", "Set-Cookie")}
    return found.status_code, headers, text.replace(public_id, "")


@pytest.mark.parametrize("name", ["cleo", "gil"])
@pytest.mark.parametrize("page", PAGES)
def test_a_walled_topic_answers_as_one_that_never_was(browsers, inside, page, name):
    walled = answer(browsers[name], page, inside.topic)
    assert walled[0] == 404
    assert walled == answer(browsers[name], page, NO_SUCH)


@pytest.mark.parametrize("page", PAGES[1:])
def test_so_does_a_walled_answer(browsers, inside, page):
    asked = spaces.sealed_topic(inside.ben, inside.here)
    walled = spaces.sealed_reply(inside.ana, asked)
    found = answer(browsers["cleo"], page, walled)
    assert found[0] == 404
    assert found == answer(browsers["cleo"], page, NO_SUCH)


@pytest.mark.parametrize("cursor", ["from", "before", "view=time&from", "view=time&before"])
def test_so_does_a_cursor_to_one(browsers, inside, cursor):
    asked = spaces.sealed_topic(inside.ben, inside.here)
    walled = spaces.sealed_reply(inside.ana, asked)
    page = f"/t/{asked}?{cursor}={{}}"
    found = answer(browsers["cleo"], page, walled)
    assert found[0] == 404
    assert found == answer(browsers["cleo"], page, NO_SUCH)
    assert answer(browsers["dora"], page, walled)[0] == 200


def test_next_unread_after_one_leads_where_it_leads_after_none(browsers, inside):
    asked = spaces.sealed_topic(inside.ben, inside.here)
    first, walled, last = (
        spaces.sealed_reply(who, asked) for who in (inside.dora, inside.ana, inside.dora)
    )
    for after in (walled, NO_SUCH):
        found = browsers["cleo"].get(f"/t/{asked}/next-unread?after={after}")
        assert found.location == f"/t/{asked}"
    browsers["cleo"].get(f"/t/{asked}")
    newest = spaces.sealed_reply(inside.dora, first)
    for after in (walled, NO_SUCH, last, first):
        found = browsers["cleo"].get(f"/t/{asked}/next-unread?after={after}")
        assert found.location == f"/p/{newest}#p-{newest}"


@pytest.mark.parametrize("page", ["/s/{}", "/s/{}/new", "/s/{}?after=" + NO_SUCH])
def test_a_space_answers_so_to_who_is_not_in_it(browsers, inside, page):
    found = answer(browsers["gil"], page, inside.here.public_id)
    assert found[0] == 404
    assert found == answer(browsers["gil"], page, NO_SUCH)


def test_its_list_says_the_same_to_a_colleague_as_if_nothing_was_there(browsers, inside):
    page = browsers["cleo"].get(f"/s/{inside.here.public_id}")
    assert page.status_code == 200
    assert inside.topic not in page.text
    assert "Pilots that never end" not in page.text
    assert "Pilots that never end" in browsers["ben"].get(f"/s/{inside.here.public_id}").text


def test_a_topics_page_names_nobody(browsers, inside):
    spaces.sealed_reply(inside.ben, inside.topic)
    page = browsers["dora"].get(f"/t/{inside.topic}").text
    for who in (inside.ana, inside.ben, inside.cleo):
        assert who.public_id not in page
        assert not re.search(rf"\b{who.name}\b", page)


class TestALockedTopic:
    """Who goes on where others can't would show that they are one of two moderators."""

    @pytest.fixture(params=["closed", "hidden"])
    def lock(self, request, inside) -> None:
        if request.param == "hidden":
            actions.hide(inside.reads("dora"), inside.topic, "Too loud.")
        else:
            actions.close(inside.reads("dora"), inside.topic)

    def test_offers_its_moderators_no_reply(self, browsers, inside, lock):
        assert f"/p/{inside.topic}/reply" not in browsers["dora"].get(f"/t/{inside.topic}").text

    def test_takes_none_of_theirs(self, inside, lock):
        with pytest.raises(TopicClosed):
            spaces.sealed_reply(inside.dora, inside.topic)


def test_an_open_one_offers_them_a_reply(browsers, inside):
    assert f"/p/{inside.topic}/reply" in browsers["dora"].get(f"/t/{inside.topic}").text
