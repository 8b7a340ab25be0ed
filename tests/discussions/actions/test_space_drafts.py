"""Drafts for new topics of a space: old copies don't tell which were one person's."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.discussions import actions, queries
from forum.models.discussions import Draft
from forum.policy.visible import Reason, unscoped
from tests.support import spaces


@pytest.fixture
def place(inside) -> str:
    return f"space:{inside.here.public_id}"


def seats() -> set[str]:
    db.session.rollback()
    return set(db.session.execute(unscoped(select(Draft.seat), Reason.SET_UP)).scalars())


def kept(inside, name: str, place: str) -> str | None:
    voice = spaces.seen(getattr(inside, name), inside.here).voice
    draft = queries.draft_for(inside.reads(name), place, voice)
    return draft and draft.body


def test_each_draft_has_a_seat_of_its_own(inside, place):
    ben = inside.reads("ben")
    met = set()
    for number in range(3):
        version = actions.save_draft(ben, place, "Why?", f"Thought {number}", "")
        assert len(seats()) == 1
        assert not seats() & met
        met |= seats()
        actions.save_draft(ben, place, "", "", version)
        assert seats() == set()


def test_saving_it_again_changes_the_one_draft(inside, place):
    ben = inside.reads("ben")
    version = actions.save_draft(ben, place, "Why?", "Half", "")
    before = seats()
    actions.save_draft(ben, place, "Why?", "Half a thought", version)
    assert seats() == before
    assert kept(inside, "ben", place) == "Half a thought"


def test_everybody_finds_their_own(inside, place):
    for name in ("ana", "ben", "dora"):
        actions.save_draft(inside.reads(name), place, "", f"By {name}", "")
    assert [kept(inside, name, place) for name in ("ana", "ben", "dora")] == [
        "By ana",
        "By ben",
        "By dora",
    ]
    assert len(seats()) == 3


def test_posting_lets_only_ones_own_go(inside, place):
    for name in ("ana", "ben"):
        actions.save_draft(inside.reads(name), place, "", f"By {name}", "")
    spaces.sealed_topic(inside.ben, inside.here)
    assert kept(inside, "ben", place) is None
    assert kept(inside, "ana", place) == "By ana"


def test_a_draft_of_another_space_is_not_found(inside, place):
    actions.save_draft(inside.reads("ben"), place, "", "By ben", "")
    assert kept(inside, "ben", "space:aaaaaaaaaaaa") is None
