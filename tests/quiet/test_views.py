"""The pages of muting and blocking, as whoever uses them meets them."""

import html
import re

import pytest

from forum.accounts.actions import close_account
from forum.quiet import actions
from tests.support import community
from tests.support.statements import counted_statements


@pytest.fixture
def as_ana(scene, client):
    community.sign_in(client, scene.ana)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(answer.text))


def send(client, path: str, **words):
    return client.post(path, data={"csrf_token": community.csrf(client), **words})


def undo_of(page) -> tuple[str, dict[str, str]]:
    """Where the line above a page leads to, and what it takes along."""
    form = re.search(
        r'role="status">.*?<form method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    return form[1], fields


def test_the_page_lists_everything_and_ends_it_with_one_click(as_ana, scene):
    actions.mute(scene.reads("ana"), scene.ben.public_id)
    actions.block(scene.reads("ana"), scene.cleo.public_id)
    actions.mute_word(scene.reads("ana"), "synergy")
    page = text_of(as_ana.get("/settings/quiet"))
    for words in ("Ben", "Cleo", "synergy"):
        assert f"<bdi>{words}</bdi>" in page
    send(as_ana, f"/people/{scene.ben.public_id}/mute/end")
    send(as_ana, f"/people/{scene.cleo.public_id}/block/end")
    send(as_ana, "/settings/quiet/words/end", word="synergy")
    as_ana.get("/settings/quiet")
    page = text_of(as_ana.get("/settings/quiet"))
    for words in ("Ben", "Cleo", "synergy"):
        assert f"<bdi>{words}</bdi>" not in page


@pytest.mark.parametrize(
    ("path", "words", "said"),
    [
        ("/people/{ben}/mute", {}, "Ben is muted."),
        ("/people/{ben}/block", {}, "You and Ben no longer meet in circles."),
        ("/settings/quiet", {"word": "Synergy"}, "“synergy” is muted."),
    ],
)
def test_what_was_done_is_said_and_can_be_taken_back(as_ana, scene, path, words, said):
    done = send(as_ana, path.format(ben=scene.ben.public_id), **words)
    page = as_ana.get(done.location).text
    assert said in html.unescape(page)
    undo, fields = undo_of(page)
    assert as_ana.post(undo, data=fields).status_code == 302
    left = scene.reads("ana")
    assert (left.is_apart, left.muted_people, left.muted_words) == (False, set(), set())


def test_an_end_can_be_taken_back_too(as_ana, scene):
    actions.mute_word(scene.reads("ana"), "synergy")
    done = send(as_ana, "/settings/quiet/words/end", word="synergy")
    undo, fields = undo_of(as_ana.get(done.location).text)
    as_ana.post(undo, data=fields)
    assert scene.reads("ana").muted_words == {"synergy"}


def test_blocking_is_asked_about_first(as_ana, scene):
    page = text_of(as_ana.get(f"/people/{scene.ben.public_id}/block"))
    assert "anybody can read who is not signed in" in page
    assert "for 3 people at a time" in page
    assert not scene.reads("ana").is_apart


def test_whether_it_holds_in_spaces_is_changed_where_it_was_said(as_ana, scene):
    path = f"/people/{scene.ben.public_id}/block"
    send(as_ana, path, in_spaces="y")
    assert "in private spaces too" in text_of(as_ana.get("/settings/quiet"))
    assert "checked" in as_ana.get(path).text
    send(as_ana, path)
    assert "in private spaces too" not in text_of(as_ana.get("/settings/quiet"))
    assert scene.reads("ana").is_apart


def test_taking_back_an_unblocking_brings_back_that_it_held_in_spaces(as_ana, scene):
    path = f"/people/{scene.ben.public_id}/block"
    done = send(as_ana, path, in_spaces="y")
    as_ana.get(done.location)
    done = send(as_ana, f"{path}/end")
    undo, fields = undo_of(as_ana.get(done.location).text)
    as_ana.post(undo, data=fields)
    assert "in private spaces too" in text_of(as_ana.get("/settings/quiet"))


def test_the_fourth_in_spaces_is_refused_with_the_reason(as_ana, scene):
    for name in ("Eva", "Fay", "Gil"):
        them = community.person(name)
        community.join(them, scene.retail)
        actions.block(scene.reads("ana"), them.public_id, in_spaces=True)
    answer = send(as_ana, f"/people/{scene.ben.public_id}/block", in_spaces="y")
    assert answer.status_code == 422
    assert "3 blocks can hold at a time" in text_of(answer)
    assert "checked" in answer.text


def test_a_wrong_word_is_said_to_be_wrong(as_ana):
    answer = send(as_ana, "/settings/quiet", word="?!")
    assert answer.status_code == 422
    assert 'value="?!"' in answer.text


def test_one_comes_back_to_where_one_was(as_ana, scene):
    done = send(as_ana, f"/people/{scene.ben.public_id}/mute", next=f"/t/{scene.topic}")
    assert done.location == f"/t/{scene.topic}"
    done = send(as_ana, f"/people/{scene.ben.public_id}/mute", next="https://evil.example/")
    assert done.location == "/settings/quiet"


def test_below_a_post_report_leads_there(as_ana, scene):
    answer = community.reply(scene.ben, scene.topic)
    page = as_ana.get(f"/p/{answer}/report").text
    assert f"/people/{scene.ben.public_id}/mute" in page
    assert f"/people/{scene.ben.public_id}/block" in page


def test_nobody_can_be_muted_for_a_former_members_post(as_ana, scene):
    answer = community.reply(scene.ben, scene.topic)
    close_account(scene.ben.id)
    page = as_ana.get(f"/p/{answer}/report")
    assert page.status_code == 200
    assert "/people/" not in page.text.split("<main")[1]


def test_the_page_takes_as_many_statements_whatever_is_on_it(app, as_ana, scene):
    def taken() -> int:
        with counted_statements(app) as said:
            as_ana.get("/settings/quiet")
        return len(said)

    few = taken()
    for number in range(12):
        them = community.person(f"P{number}")
        community.join(them, scene.retail)
        act = actions.mute if number % 2 else actions.block
        act(scene.reads("ana"), them.public_id)
    assert taken() == few
