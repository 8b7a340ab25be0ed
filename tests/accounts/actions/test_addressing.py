"""Saying whose mailbox one's address leads to."""

import pytest

from forum.accounts import actions
from forum.accounts.actions import AfterReset, AtWork, WrongPassword
from forum.employments.queries import address_kind
from forum.models.accounts import AddressKind, User
from tests.support import community, workplaces
from tests.support.community import PASSWORD

NEW = "nine copper kettles singing"
PERSONAL, WORK, UNSURE = AddressKind.PERSONAL, AddressKind.WORK, AddressKind.UNSURE


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana")


def kind(person: User) -> AddressKind:
    return address_kind(community.viewer(person))


def say(person: User, said: AddressKind, password: str = PASSWORD) -> None:
    actions.say_whose_address(community.viewer(person), said, password)


@pytest.mark.parametrize("said", list(AddressKind))
def test_it_is_what_they_say(ana, said):
    say(ana, said)
    assert kind(ana) is said


def test_it_takes_the_password(ana):
    """An open window at work must not be enough."""
    with pytest.raises(WrongPassword):
        say(ana, PERSONAL, "not hers")
    assert kind(ana) is UNSURE


def test_an_address_at_an_employer_they_verified_is_never_personal(ana):
    workplaces.works_for(ana, "Site", "site.example")
    with pytest.raises(AtWork):
        say(ana, PERSONAL)
    say(ana, UNSURE)
    assert kind(ana) is WORK


class TestAfterAReset:
    """Whoever came in by the mailbox must not be the one who says whose it is."""

    @pytest.fixture
    def reset(self, ana, mailbox):
        actions.set_new_password(mailbox.asks_for_reset(ana.address), NEW)

    @pytest.mark.parametrize("said", list(AddressKind))
    def test_it_stays_as_it_was(self, ana, reset, said):
        with pytest.raises(AfterReset):
            say(ana, said, NEW)
        assert kind(ana) is UNSURE

    def test_however_long_they_wait(self, ana, reset, held_clock):
        held_clock.forward(days=400)
        with pytest.raises(AfterReset):
            say(ana, PERSONAL, NEW)

    def test_or_change_the_password_once_more(self, ana, reset, held_clock):
        actions.change_password(community.viewer(ana), NEW, PASSWORD)
        held_clock.forward(days=4)
        with pytest.raises(AfterReset):
            say(ana, PERSONAL)

    def test_or_have_it_reset_again(self, ana, reset, mailbox, held_clock):
        held_clock.forward(days=4)
        actions.set_new_password(mailbox.asks_for_reset(ana.address), PASSWORD)
        held_clock.forward(days=4)
        with pytest.raises(AfterReset):
            say(ana, PERSONAL)

    def test_of_a_personal_address_until_spaces_open(self, ana, mailbox, held_clock):
        say(ana, PERSONAL)
        actions.set_new_password(mailbox.asks_for_reset(ana.address), NEW)
        with pytest.raises(AfterReset):
            say(ana, UNSURE, NEW)
        held_clock.forward(hours=72)
        say(ana, UNSURE, NEW)
        assert kind(ana) is UNSURE

    def test_a_page_opened_before_the_reset_counts_no_more(self, ana, mailbox, monkeypatch):
        """The password was right when it was checked; then the reset came."""
        viewer = community.viewer(ana)
        check = actions.addressing.check_own_password

        def slow(*words):
            checked = check(*words)
            actions.set_new_password(mailbox.asks_for_reset(ana.address), NEW)
            return checked

        monkeypatch.setattr(actions.addressing, "check_own_password", slow)
        with pytest.raises(AfterReset):
            actions.say_whose_address(viewer, PERSONAL, PASSWORD)
        assert kind(ana) is UNSURE
