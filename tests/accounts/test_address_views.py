"""The settings of one's address and of letters about something new."""

import re

import pytest

from forum.accounts import queries
from forum.core.db import db
from forum.models.accounts import AddressKind
from tests.support import community, spaces
from tests.support.community import PASSWORD, csrf, sign_in


@pytest.fixture
def ana(held_clock, app_context, client):
    ana = community.person("Ana")
    sign_in(client, ana)
    return ana


def say(client, kind: str, password: str = PASSWORD):
    sent = {"csrf_token": csrf(client), "kind": kind, "current": password}
    return client.post("/settings/address", data=sent)


def kind_of(ana) -> AddressKind | None:
    db.session.rollback()
    return community.viewer(ana).address_said


def without_tokens(page: str) -> str:
    return re.sub(r'(csrf[^>]*?(?:value|content)=")[^"]*', r"\1", page)


def wants(ana) -> bool:
    db.session.rollback()
    return queries.wants_updates(community.viewer(ana))


@pytest.mark.parametrize("kind", list(AddressKind))
def test_whose_mailbox_it_is_can_be_said(client, ana, kind):
    assert say(client, kind.value).status_code == 302
    assert kind_of(ana) is kind


def test_the_page_has_ticked_what_is_believed(client, ana):
    page = client.get("/settings/address").text
    assert 'checked id="kind-2"' in page


def test_a_wrong_password_changes_nothing(client, ana):
    assert say(client, "personal", "not mine").status_code == 422
    assert kind_of(ana) is None


@pytest.mark.parametrize("kind", ["", "mine"])
def test_nor_does_what_is_none_of_the_three(client, ana, kind):
    assert say(client, kind).status_code == 422
    assert kind_of(ana) is None


def test_letters_are_off_until_asked_for(client, ana):
    community.has_mailbox(ana)
    assert "Send me these letters" in client.get("/settings/mail").text
    assert not wants(ana)


def test_they_can_be_had_and_stopped(client, ana):
    community.has_mailbox(ana)
    client.post("/settings/letters", data={"csrf_token": csrf(client)})
    assert wants(ana)
    assert "You get these letters" in client.get("/settings/mail").text
    client.post("/settings/letters/end", data={"csrf_token": csrf(client)})
    assert not wants(ana)


def test_without_a_personal_address_they_are_not_offered(client, ana):
    page = client.get("/settings/mail").text
    assert "Send me these letters" not in page
    assert "first say that yours is one" in page


def test_nor_given(client, ana):
    answer = client.post("/settings/letters", data={"csrf_token": csrf(client)})
    assert answer.status_code == 409
    assert not wants(ana)


@pytest.mark.parametrize("path", ["/settings", "/settings/mail", "/settings/export"])
def test_the_page_is_the_same_in_a_space_or_not(client, ana, path):
    """That they may be had says nothing of who is in one."""
    retail = community.circle("retail")
    community.join(ana, retail)
    before = without_tokens(client.get(path).text)
    spaces.enter(spaces.space(retail), ana)
    assert without_tokens(client.get(path).text) == before
