"""Opening a topic with content notes, and changing them: nothing chosen is lost on the way."""

import re

import pytest

from tests.discussions.conftest import ANSWER, ASKED
from tests.support.members_browser import Browser, browser


@pytest.fixture
def ana(app, inside) -> Browser:
    return browser(app, inside.ana)


@pytest.fixture
def ben(app, inside) -> Browser:
    return browser(app, inside.ben)


@pytest.fixture
def dora(app, inside) -> Browser:
    return browser(app, inside.dora)


def chosen(page: str) -> set[str]:
    """The boxes that are ticked."""
    box = r'checked id="(?:notes|wish)-\d" name="\w+" type="\w+" value="(\w+)"'
    return set(re.findall(box, page))


def form(**more) -> dict:
    return {"title": "Used up", "body": "It began.", "wish": "listen", **more}


def test_chosen_notes_stand_above_the_topic_and_in_the_list(ana, ben, inside):
    here = f"/s/{inside.here.public_id}"
    told = ana.post(f"{here}/new", **form(notes=["death", "illness"])).location
    both = "Content note: Illness or burn-out · Death and grief"
    assert both in ben.get(told).text
    assert both in ben.get(here).text


def test_none_is_fine(ana, inside):
    told = ana.post(f"/s/{inside.here.public_id}/new", **form()).location
    assert "Content note" not in ana.get(told).text


def test_one_that_there_is_not_is_refused_and_nothing_typed_is_lost(ana, inside):
    sent = form(notes=["illness", "burnout"])
    answered = ana.post(f"/s/{inside.here.public_id}/new", **sent)
    assert answered.status_code == 422
    assert chosen(answered.text) == {"illness", "listen"}
    assert "It began." in answered.text


@pytest.mark.parametrize("wrong", [{"title": ""}, {"body": ""}, {"body": "Ring +44 20 7946 0958"}])
def test_refused_for_something_else_the_choices_stay(ana, inside, wrong):
    sent = form(notes=["illness"], **wrong)
    answered = ana.post(f"/s/{inside.here.public_id}/new", **sent)
    assert answered.status_code == 422
    assert chosen(answered.text) == {"illness", "listen"}


def test_a_preview_keeps_them(ana, inside):
    sent = form(notes=["illness"], preview="1")
    answered = ana.post(f"/s/{inside.here.public_id}/new", **sent)
    assert answered.status_code == 200
    assert chosen(answered.text) == {"illness", "listen"}


def test_an_edit_begins_with_what_stands_there(ana, noted):
    assert chosen(ana.get(f"/p/{noted.topic}/edit").text) == {"illness"}


def test_and_puts_others_in_their_place(ana, ben, noted):
    sent = {"title": "Used up", "body": ASKED, "notes": ["self_harm"]}
    assert ana.post(f"/p/{noted.topic}/edit", **sent).status_code == 302
    page = ben.get(f"/t/{noted.topic}").text
    assert "Content note: Self-harm or suicide" in page
    assert "Illness" not in page


def test_or_none(ana, ben, noted):
    ana.post(f"/p/{noted.topic}/edit", title="Used up", body=ASKED)
    page = ben.get(f"/t/{noted.topic}").text
    assert "Content note" not in page
    assert '<details class="noted">' not in page


def test_an_answer_has_none_of_its_own(ben, dora, noted):
    assert 'name="notes"' not in ben.get(f"/p/{noted.answer}/reply").text
    assert 'name="notes"' not in dora.get(f"/p/{noted.answer}/edit").text


def test_nor_has_anything_in_a_circle(app, scene):
    ana = browser(app, scene.ana)
    for page in ("/c/retail/new", f"/p/{scene.topic}/edit"):
        assert 'name="notes"' not in ana.get(page).text


def test_whoever_takes_the_text_back_takes_the_note_along(ana, ben, noted):
    """A removal erases all they said of it (R9); what others answered is theirs."""
    ana.post(f"/p/{noted.topic}/removal")
    page = ben.get(f"/t/{noted.topic}").text
    assert "Content note" not in page
    assert ANSWER in page
