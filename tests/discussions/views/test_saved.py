"""Keeping posts for later: for oneself, as long as one may read them, and never in a space."""

import html
import re

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.models.quiet import Bookmark
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from tests.support import community
from tests.support.members_browser import Browser, browser
from tests.support.statements import counted_statements


@pytest.fixture
def ana(app, scene) -> Browser:
    return browser(app, scene.ana)


@pytest.fixture
def answer(scene) -> str:
    return community.reply(scene.ben, scene.topic, "They ended in a drawer.")


def rows() -> int:
    db.session.rollback()
    query = select(func.count()).select_from(Bookmark)
    return db.session.execute(unscoped(query, Reason.SET_UP)).scalar_one()


def test_a_post_is_kept_and_its_button_says_so(ana, scene, answer):
    page = ana.get(f"/t/{scene.topic}").text
    assert f'formaction="/p/{answer}/bookmark" aria-pressed="false"' in page
    ana.post(f"/p/{answer}/bookmark")
    page = ana.get(f"/t/{scene.topic}").text
    assert f'formaction="/p/{answer}/bookmark/end" aria-pressed="true"' in page
    assert f'formaction="/p/{scene.topic}/bookmark" aria-pressed="false"' in page


def test_the_note_beside_it_is_cleaned(ana, answer):
    ana.post(f"/p/{answer}/bookmark", note="For\0 Monday\u202e")
    assert "For Monday<" in ana.get("/saved").text


def test_twice_is_once(ana, answer):
    for _time in range(2):
        ana.post(f"/p/{answer}/bookmark")
    assert rows() == 1


def test_the_latest_stands_first(ana, scene, answer, held_clock):
    ana.post(f"/p/{answer}/bookmark")
    held_clock.forward(minutes=1)
    ana.post(f"/p/{scene.topic}/bookmark")
    page = ana.get("/saved").text
    assert page.index(f'href="/t/{scene.topic}"') < page.index(f'href="/p/{answer}#p-{answer}"')


def test_only_whoever_kept_it_sees_it(app, ana, scene, answer):
    ana.post(f"/p/{answer}/bookmark")
    ben = browser(app, scene.ben)
    assert "Nothing saved yet" in ben.get("/saved").text
    assert ben.get(f"/saved/{answer}").status_code == 404
    assert f'/p/{answer}/bookmark" aria-pressed="false"' in ben.get(f"/t/{scene.topic}").text


@pytest.mark.parametrize("how", ["hidden", "removed", "apart"])
def test_what_cannot_be_read_any_more_is_not_among_them(ana, scene, answer, how):
    ana.post(f"/p/{answer}/bookmark")
    if how == "hidden":
        community.hide(answer)
    elif how == "removed":
        community.remove(answer)
    else:
        quiet.block(scene.reads("ben"), scene.ana.public_id)
    assert "Nothing saved yet" in ana.get("/saved").text
    assert ana.get(f"/saved/{answer}").status_code == 404


def test_removing_it_can_be_undone_with_its_note(ana, answer):
    ana.post(f"/p/{answer}/bookmark", note="For May")
    done = ana.post(f"/p/{answer}/bookmark/end", next="/saved", note="For May")
    assert rows() == 0
    page = ana.get(done.location).text
    undo = r'role="status">.*?<form method="post" action="([^"]+)">(.*?)</form>'
    form = re.search(undo, page, re.DOTALL)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    ana.client.post(form[1], data=fields)
    assert "For May" in ana.get("/saved").text


def test_a_note_can_be_changed(ana, answer):
    ana.post(f"/p/{answer}/bookmark")
    ana.post(f"/saved/{answer}", note="Ask Ben")
    assert "Ask Ben" in ana.get("/saved").text


def test_a_note_of_more_than_two_hundred_characters_is_refused(ana, answer):
    ana.post(f"/p/{answer}/bookmark")
    refused = ana.post(f"/saved/{answer}", note="x" * 201)
    assert refused.status_code == 422
    assert "up to 200 characters" in html.unescape(refused.text)
    assert ana.post(f"/saved/{answer}", note="x" * 200).status_code == 302


def test_in_a_space_nothing_is_kept(app, inside):
    ben = browser(app, inside.ben)
    refused = ben.post(f"/p/{inside.topic}/bookmark")
    assert refused.status_code == 403
    assert "not done in a private space" in refused.text
    assert "/bookmark" not in ben.get(f"/t/{inside.topic}").text
    assert rows() == 0


def test_what_one_may_not_see_is_not_there_to_keep(app, inside):
    assert browser(app, inside.cleo).post(f"/p/{inside.topic}/bookmark").status_code == 404


def test_guests_have_no_such_button(client, scene):
    assert "/bookmark" not in client.get(f"/t/{scene.topic}").text


def test_the_list_is_in_pages_and_takes_as_many_statements(app, ana, scene, answer):
    def taken(path: str) -> int:
        with counted_statements(app) as said:
            assert ana.get(path).status_code == 200
        return len(said)

    ana.post(f"/p/{answer}/bookmark")
    few = taken("/saved")
    for number in range(31):
        ana.post(f"/p/{community.reply(scene.ben, scene.topic, f'More {number}')}/bookmark")
    assert taken("/saved") == few
    page = ana.get("/saved").text
    older = re.search(r'href="(/saved\?after=\w+)"', page)[1]
    assert "They ended in a drawer." not in page
    assert "They ended in a drawer." in ana.get(older).text
    assert ana.get("/saved?after=zzzzzzzzzzzz").status_code == 404
