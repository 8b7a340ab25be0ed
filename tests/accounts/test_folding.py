"""Choosing what is folded: about content notes, never about a topic."""

import pytest
from sqlalchemy import select

from forum.accounts.actions import fold_behind
from forum.core.db import db
from forum.models.accounts import User
from forum.spaces.notes import NOTES, NoSuchNote
from tests.support import community
from tests.support.members_browser import Browser, browser

PAGE = "/settings/notes"


@pytest.fixture
def ana(app_context: None) -> User:
    return community.person("Ana")


@pytest.fixture
def anas(app, ana) -> Browser:
    return browser(app, ana)


def kept(user: User) -> str | None:
    db.session.rollback()
    return db.session.execute(select(User.unfolded_notes).where(User.id == user.id)).scalar()


def ticked(page: str) -> set[str]:
    return {key for key in NOTES if f'checked id="notes-{list(NOTES).index(key)}"' in page}


class TestTheChoice:
    def test_nothing_is_kept_of_who_has_not_chosen(self, ana):
        assert kept(ana) is None

    def test_is_kept_as_what_is_not_folded(self, ana):
        """So that a note which is added one day is folded for everybody."""
        fold_behind(community.viewer(ana), ["illness", "death"])
        rest = [key for key in NOTES if key not in {"illness", "death"}]
        assert kept(ana) == ",".join(rest)
        assert community.viewer(ana).unfolded_notes == set(rest)

    def test_of_all_notes_is_as_if_nothing_was_chosen(self, ana):
        fold_behind(community.viewer(ana), NOTES)
        assert kept(ana) == ""

    def test_of_an_unknown_one_is_refused_and_changes_nothing(self, ana):
        fold_behind(community.viewer(ana), ["illness"])
        with pytest.raises(NoSuchNote):
            fold_behind(community.viewer(ana), ["burnout"])
        assert "illness" not in kept(ana)

    def test_is_nobody_elses(self, ana):
        ben = community.person("Ben")
        fold_behind(community.viewer(ana), [])
        assert kept(ben) is None


class TestThePage:
    def test_has_all_ticked_at_first(self, anas):
        assert ticked(anas.get(PAGE).text) == set(NOTES)

    def test_shows_what_was_chosen(self, anas):
        answer = anas.client.post(
            PAGE, data={"csrf_token": community.csrf(anas.client), "notes": ["illness", "death"]}
        )
        assert answer.location == "/settings"
        assert ticked(anas.get(PAGE).text) == {"illness", "death"}

    def test_none_ticked_is_a_choice_too(self, anas):
        assert anas.post(PAGE).status_code == 302
        assert ticked(anas.get(PAGE).text) == set()

    def test_an_unknown_note_is_refused_and_what_was_ticked_stays(self, anas):
        answer = anas.client.post(
            PAGE, data={"csrf_token": community.csrf(anas.client), "notes": ["illness", "burnout"]}
        )
        assert answer.status_code == 422
        assert ticked(answer.text) == {"illness"}

    def test_is_the_same_for_everybody_in_a_space_or_not(self, app, ana, anas):
        """Who looks over a shoulder learns nothing from it."""
        page = anas.get(PAGE).text
        assert "private space" in page
        assert ana.name not in page.partition("<main")[2]

    def test_leads_from_the_settings(self, anas):
        assert f'href="{PAGE}"' in anas.get("/settings").text
