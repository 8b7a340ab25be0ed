"""A password that was reset by mail: for three days the account finds no private space."""

import pytest

from forum.accounts import actions as accounts
from forum.core import clock
from forum.core.errors import NotThere
from forum.spaces import actions
from forum.spaces.actions import SpacesShut
from tests.accounts.conftest import mailbox
from tests.support import community, spaces
from tests.support.community import PASSWORD, csrf, sign_in

__all__ = ["mailbox"]
NEW = "nine copper kettles singing"
RANDOM_ID = "aaaaaaaaaaaa"


@pytest.fixture
def topic(scene) -> str:
    return spaces.sealed_topic(scene["Chidi"], scene.space)


@pytest.fixture
def gil(scene, topic, mailbox, client):
    """In the space, with a new password by mail to a mailbox of his own, and signed in with it."""
    community.has_mailbox(scene["Gil"])
    accounts.set_new_password(mailbox.asks_for_reset(scene["Gil"].address), NEW)
    sign_in(client, scene["Gil"], NEW)
    client.get("/")
    return scene["Gil"]


def seen_through(answer) -> tuple:
    headers = {k: v for k, v in answer.headers if k not in ("Content-Security-Policy", "Date")}
    return answer.status_code, headers


def space_pages(public_id: str, topic: str) -> list[str]:
    post = f"/p/{topic}"
    return [
        *(f"/s/{public_id}", f"/s/{public_id}/new"),
        *(f"/t/{topic}", f"/t/{topic}/next-unread"),
        *(post, f"{post}/reply", f"{post}/edit", f"{post}/report"),
    ]


def test_every_page_answers_as_one_that_is_absent(client, scene, topic, gil):
    real = space_pages(scene.space.public_id, topic)
    absent = space_pages(RANDOM_ID, RANDOM_ID)
    for path, other in zip(real, absent, strict=True):
        assert seen_through(client.get(path)) == seen_through(client.get(other)), path
        assert client.get(path).status_code == 404, path


def test_nor_can_they_write_or_leave(client, scene, topic, gil):
    sent = {"csrf_token": csrf(client), "body": "Words.", "title": "T", "nonce": "n" * 22}
    here = f"/s/{scene.space.public_id}"
    for path in (f"{here}/new", f"{here}/leave", f"/p/{topic}/reply", f"/p/{topic}/report"):
        assert client.post(path, data=sent).status_code == 404, path
    with pytest.raises(NotThere):
        actions.leave(community.viewer(gil), scene.space.public_id)


def test_the_door_says_when_it_opens_again(client, gil):
    page = client.get("/c/retail/space")
    assert page.status_code == 200
    assert "open to you again on 2026-03-05, at 09:00 UTC" in page.text
    assert "Enter the private space" not in page.text


def test_and_lets_nobody_in_until_then(client, scene, gil):
    answer = client.post("/c/retail/space", data={"csrf_token": csrf(client)})
    assert answer.status_code == 403
    assert "open to you again on 2026-03-05" in answer.text
    with pytest.raises(SpacesShut) as refusal:
        actions.enter(community.viewer(gil), scene.circle.id)
    assert (refusal.value.until - clock.now()).total_seconds() == 72 * 3600


def test_after_72_hours_all_is_there_again(client, held_clock, scene, topic, gil):
    held_clock.forward(hours=71, minutes=59)
    assert client.get(f"/t/{topic}").status_code == 404
    held_clock.forward(minutes=1)
    assert client.get(f"/t/{topic}").status_code == 200
    assert "Go in" in client.get("/c/retail/space").text


def test_the_circle_itself_is_open_all_the_time(client, gil):
    assert client.get("/c/retail").status_code == 200


def test_a_password_changed_while_signed_in_shuts_nothing(scene, topic, client):
    gil = scene["Gil"]
    accounts.change_password(community.viewer(gil), PASSWORD, NEW)
    assert not community.viewer(gil).spaces_shut
    sign_in(client, gil, NEW)
    assert client.get(f"/t/{topic}").status_code == 200


def test_neither_does_a_reset_that_was_only_asked_for(scene, mailbox):
    mailbox.asks_for_reset(scene["Gil"].address)
    assert not community.viewer(scene["Gil"]).spaces_shut


def test_it_says_that_nothing_else_is_needed(client, gil):
    page = client.get("/settings/private-spaces")
    assert "nothing else is needed" in page.text
    assert "Make a link" not in page.text


def test_the_first_password_of_an_account_shuts_nothing(mailbox):
    """Nobody can have been in before."""
    sam = accounts.add_user("sam@site.example", "Sam", None, staff=True)
    accounts.set_new_password(mailbox.asks_for_reset("sam@site.example"), NEW)
    viewer = community.viewer(sam)
    assert not viewer.spaces_shut
