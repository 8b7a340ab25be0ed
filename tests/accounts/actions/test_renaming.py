"""Another name: the one before is kept nowhere."""

import pytest

from forum.accounts import actions
from forum.core.errors import TooOften
from forum.models.accounts import User
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
