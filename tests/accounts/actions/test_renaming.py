"""Another name: the one before is kept nowhere."""

import pytest
from sqlalchemy import select

from forum.accounts import actions, handles
from forum.core.db import db
from forum.core.errors import TooOften
from forum.models.accounts import LeftHandle, User
from forum.policy.allowed import Suspended
from tests.support import community


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana Duarte")


def called(person: User) -> tuple[str, str]:
    viewer = community.viewer(person)
    return viewer.name, viewer.handle


def rename(person: User, name: str) -> None:
    actions.change_name(community.viewer(person), name)


def test_name_and_handle_are_new(ana):
    assert called(ana) == ("Ana Duarte", "ana-duarte")
    rename(ana, "Zinaida Dobson")
    assert called(ana) == ("Zinaida Dobson", "zinaida-dobson")


def test_a_handle_that_fits_the_new_name_stays(ana):
    rename(ana, "Ana  Duarte!")
    assert called(ana) == ("Ana  Duarte!", "ana-duarte")


def test_a_handle_with_a_number_fits_too(ana):
    other = community.person("Anabel")
    rename(other, "Ana Duarte")
    handle = called(other)[1]
    assert handle.startswith("ana-duarte-")
    rename(other, "Ana Duarté")
    assert called(other)[1] == handle


def test_the_same_name_again_is_no_change(ana):
    for _ in range(9):
        rename(ana, "Ana Duarte")
    assert called(ana) == ("Ana Duarte", "ana-duarte")


def test_what_was_written_before_carries_it(ana, client):
    retail = community.circle("retail")
    topic = community.topic(ana, retail)
    rename(ana, "Zinaida Dobson")
    page = client.get(f"/t/{topic}").text
    assert "Zinaida Dobson" in page
    assert "Ana Duarte" not in page


class TestTheHandleBefore:
    @pytest.fixture
    def renamed(self, ana) -> User:
        rename(ana, "Zinaida Dobson")
        return ana

    def test_nobody_elses_is_it_for_half_a_year(self, renamed, held_clock):
        """Else they would be named by what others once wrote to somebody else."""
        other = community.person("Ben")
        rename(other, "Ana Duarte")
        assert called(other)[1].startswith("ana-duarte-")
        assert handles.for_name("Ana Duarte") != "ana-duarte"
        held_clock.forward(days=180)
        assert handles.for_name("Ana Duarte") == "ana-duarte"

    def test_they_themselves_get_it_back(self, renamed):
        rename(renamed, "Ana Duarte")
        assert called(renamed)[1] == "ana-duarte"

    def test_given_up_twice_it_is_kept_from_the_last_time_on(self, renamed, held_clock):
        held_clock.forward(days=179)
        rename(renamed, "Ana Duarte")
        rename(renamed, "Zinaida Dobson")
        held_clock.forward(days=179)
        assert handles.for_name("Ana Duarte") != "ana-duarte"

    def test_of_a_closed_account_it_is_kept_as_well(self, ana):
        actions.close_account(ana.id)
        assert handles.for_name("Ana Duarte").startswith("ana-duarte-")

    def test_it_is_not_written_down(self, renamed):
        (kept,) = db.session.execute(select(LeftHandle)).scalars()
        assert "ana" not in f"{kept.digest} {kept.left_by}"
        assert str(renamed.id) not in f"{kept.digest} {kept.left_by}"

    def test_of_two_that_one_person_gave_up_none_tells_so(self, renamed):
        rename(renamed, "Gil Blas")
        assert len({one.left_by for one in db.session.execute(select(LeftHandle)).scalars()}) == 2


def test_past_five_a_day_it_is_refused(ana):
    for number in range(5):
        rename(ana, f"Ana {number}")
    with pytest.raises(TooOften):
        rename(ana, "Ana again")
    assert called(ana)[0] == "Ana 4"


def test_whoever_is_suspended_keeps_their_name(ana):
    community.suspend(ana)
    with pytest.raises(Suspended):
        rename(ana, "Zinaida Dobson")
    assert called(ana) == ("Ana Duarte", "ana-duarte")
