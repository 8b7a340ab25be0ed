"""Whoever knows or guesses something that a wall hides tries it: nothing may answer."""

from functools import partial

import pytest
from sqlalchemy import select, update

from forum.core.db import transaction
from forum.models.discussions import Topic
from forum.models.spaces import TopicKey
from forum.policy.visible import Reason, unscoped
from tests.journeys.space_walk import NOBODYS, ask, seen
from tests.support.community import csrf
from tests.support.space_people import PLENTY, Space
from tests.support.together import at_once

MEMBERS = {"Ana": "Northwind", "Ben": "Northwind", "Mod": "Adventure"} | dict(
    zip(("Cem", "Dora", "Eva", "Fay", "Gil", "Hana"), PLENTY, strict=True)
)


@pytest.fixture
def space(app, held_clock) -> Space:
    """Cem told something; Ana, whom a wall hides from Ben, answered Dora's answer."""
    space = Space.founded(app, MEMBERS)
    space.appoint("Mod")
    return space


@pytest.fixture
def told(space) -> str:
    return space.tell("Cem", "It failed", "We failed.")


@pytest.fixture
def ben(space):
    return space.client("Ben")


def test_whoever_names_a_voice_behind_their_wall_goes_on_to_see_their_own_words(space, told, ben):
    """Else a text full of names would tell by its vanishing that a colleague wrote here."""
    hidden = space.reply("Ana", told, "Mine too.")
    guessed = space.reply("Ben", told, f"Is {space.name_of('Ana', hidden)} here?")
    assert ben.get(f"/p/{guessed}").status_code == 200
    answer = space.reply("Dora", guessed, "Who?")
    assert ben.get(f"/p/{answer}").status_code == 200


def test_a_name_that_stands_only_behind_a_wall_is_not_shown_by_a_text_elsewhere(space, told, ben):
    """Dora wrote only below Ana: for Ben there is no voice of that name."""
    hidden = space.reply("Ana", told, "Mine too.")
    below = space.reply("Dora", hidden, "Tell more.")
    mention = space.reply("Eva", told, f"I agree with {space.name_of('Dora', below)}.")
    assert ben.get(f"/p/{mention}").status_code == 404
    assert space.client("Fay").get(f"/p/{mention}").status_code == 200


@pytest.mark.parametrize("whose", ["reply", "opening"])
def test_an_edit_that_names_a_voice_behind_a_wall_is_not_shown_to_who_must_not_know(
    space, told, ben, whose
):
    hidden = space.reply("Ana", told, "Mine too.")
    name = space.name_of("Ana", hidden)
    post = told if whose == "opening" else space.reply("Cem", told, "And another thing.")
    cem = space.client("Cem")
    words = {"title": "It failed", "body": f"As {name} says.", "nonce": "n" * 22}
    answer = cem.post(f"/p/{post}/edit", data=words | {"csrf_token": csrf(cem)})
    assert answer.status_code == 422
    assert name not in ben.get(f"/t/{told}").text


def test_a_reading_place_behind_a_wall_is_none(space, told, ben):
    space.reply("Dora", told, "First.")
    hidden = space.reply("Ana", told, "Mine too.")
    space.reply("Eva", told, "Last.")
    answers = [seen(ben.get(f"/t/{told}/next-unread?after={it}")) for it in (hidden, NOBODYS)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("page", ["reply", "report", "edit", "removal", "hiding"])
def test_of_a_hidden_topic_no_page_of_its_posts_is_left(space, told, page):
    post = space.reply("Dora", told, "Ours too.")
    space.hide("Mod", told)
    eva = space.client("Eva")
    assert eva.get(f"/t/{told}").status_code == 404
    for hidden in (told, post):
        assert eva.get(f"/p/{hidden}").status_code == 404
        assert eva.get(f"/p/{hidden}/{page}").status_code == 404


def test_a_topic_of_which_nothing_is_left_to_see_still_opens(space, told, ben):
    space.reply("Ana", told, "Mine too.")
    space.remove("Cem", told)
    assert ben.get(f"/t/{told}").status_code == 200


def test_what_a_walled_off_writer_adds_marks_nothing_as_new(space, told, ben):
    space.reply("Ana", told, "Mine too.")
    ben.get(f"/t/{told}")
    page = ask(ben, f"/s/{space.public_id}")
    assert "something new" not in page[2]
    space.reply("Ana", told, "And more.")
    assert ask(ben, f"/s/{space.public_id}") == page


def test_whoever_answers_while_somebody_behind_a_wall_does_is_not_refused(app, space, told):
    """A refusal would tell that somebody unseen writes at this moment."""
    for turn in range(4):
        acts = [partial(space.reply, who, told, f"Turn {turn}.") for who in ("Ana", "Ben", "Eva")]
        answers = at_once(app, *acts)
        assert all(isinstance(answer, str) for answer in answers), answers


def test_a_damaged_key_behind_a_wall_changes_nothing_in_the_list(app, space, told, ben):
    ask(ben, f"/s/{space.public_id}")  # a first page gives a browser its cookie
    before = ask(ben, f"/s/{space.public_id}")
    hidden = space.tell("Ana", "Mine", "We failed.")
    with app.app_context(), transaction() as session:
        its_id = select(Topic.id).where(Topic.public_id == hidden)
        found = session.execute(unscoped(its_id, Reason.SET_UP)).scalar_one()
        here = TopicKey.topic_id == found
        assert session.execute(update(TopicKey).where(here).values(wrapped=b"damaged")).rowcount
    assert ask(ben, f"/s/{space.public_id}") == before
    for page in (f"/t/{hidden}", f"/p/{hidden}"):
        assert ben.get(page).status_code == 404


def test_an_edit_keeps_what_its_author_asked_for(space, told):
    asked = "advice" in space.client("Dora").get(f"/s/{space.public_id}").text.casefold()
    space.edit("Cem", told, "We failed badly.", "It failed")
    page = space.client("Dora").get(f"/s/{space.public_id}").text.casefold()
    assert asked == ("advice" in page)
