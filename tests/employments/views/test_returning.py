"""The page that says why private spaces are closed after a reset, and what opens them."""

import re

import pytest

from forum.accounts import actions as accounts
from tests.accounts.conftest import mailbox
from tests.support import community, spaces, workplaces
from tests.support.community import csrf, sign_in

__all__ = ["mailbox"]
NEW = "nine copper kettles singing"
PAGE = "/settings/private-spaces"


@pytest.fixture
def retail(held_clock, app_context):
    return community.circle("retail")


@pytest.fixture
def here(retail):
    return spaces.space(retail)


@pytest.fixture
def gil(here, mailbox, client):
    """In a space; came back by a mailbox of which nobody knows whose it is."""
    gil = community.person("Gil")
    spaces.enter(here, gil, employer="Litware", domain="litware.example")
    accounts.set_new_password(mailbox.asks_for_reset(gil.address), NEW)
    sign_in(client, gil, NEW)
    return gil


@pytest.fixture
def ana(here, gil, app):
    """Verified, of another employer, and signed in."""
    ana = community.person("Ana")
    spaces.enter(here, ana, employer="Northwind", domain="northwind.example")
    browser = app.test_client()
    sign_in(browser, ana)
    return browser


def without_tokens(page: str) -> str:
    return re.sub(r'(csrf[^>]*?(?:value|content)=")[^"]*', r"\1", page)


def link_on(client) -> str:
    return re.search(r"http://localhost(/vouch/[\w-]{43})", client.get(PAGE).text)[1]


def test_it_says_why_and_what_opens_them(client, gil):
    page = client.get(PAGE).text
    assert "a mailbox that may not be yours alone" in page
    assert "two verified members" in page
    assert "0 of 2 have said so" in page


@pytest.mark.parametrize("page", ["/settings", "/c/retail/space", "/settings/employers"])
def test_pages_where_one_notices_lead_there(client, gil, page):
    assert f'href="{PAGE}"' in client.get(page).text


def test_spaces_are_not_there_meanwhile(client, gil, here):
    assert client.get(f"/s/{here.public_id}").status_code == 404


def test_the_door_is_the_same_whether_one_is_in_the_space_or_not(client, gil, here):
    """Whoever came in by the mailbox must not learn it."""
    inside = without_tokens(client.get("/c/retail/space").text)
    spaces.leave(here, gil)
    assert without_tokens(client.get("/c/retail/space").text) == inside


def test_a_link_can_be_made_and_is_shown_there(client, gil):
    made = client.post("/settings/employers/vouches/retail", data={"csrf_token": csrf(client)})
    assert made.location == PAGE
    assert link_on(client)


def test_whoever_follows_it_is_asked_whether_it_is_really_they(client, gil, ana):
    client.post("/settings/employers/vouches/retail", data={"csrf_token": csrf(client)})
    page = ana.get(link_on(client)).text
    assert "Is it really <bdi>Gil</bdi>?" in page
    assert "face to face" in page


def test_their_word_is_counted(client, gil, ana):
    client.post("/settings/employers/vouches/retail", data={"csrf_token": csrf(client)})
    assert ana.post(link_on(client), data={"csrf_token": csrf(ana)}).status_code == 302
    assert "1 of 2 have said so" in client.get(PAGE).text


def test_who_has_named_no_employer_is_told_to(client, here, mailbox):
    eve = community.person("Eve")
    community.join(eve, community.find("retail"))
    accounts.set_new_password(mailbox.asks_for_reset(eve.address), NEW)
    sign_in(client, eve, NEW)
    assert "First say where you work" in client.get(PAGE).text
    answer = client.post("/settings/employers/vouches/retail", data={"csrf_token": csrf(client)})
    assert answer.status_code == 409


def test_to_everybody_else_it_says_that_they_are_open(client, here):
    community.person("Hal")
    sign_in(client, community.account("hal@site.example"))
    assert "Private spaces are open to you" in client.get(PAGE).text


def test_a_link_for_somebody_new_reads_as_ever(app, client, here, ana):
    sid = community.person("Sid")
    community.join(sid, community.find("retail"))
    workplaces.works_for(sid, "Wingtip")
    token = workplaces.link(sid, community.find("retail"))
    assert "Vouch for <bdi>Sid</bdi>?" in ana.get(f"/vouch/{token}").text
