"""The way back into private spaces after a reset by a mailbox that an employer may read."""

import pytest

from forum.accounts import actions as accounts
from forum.employments import actions
from forum.employments.actions import CannotVouch
from forum.models.accounts import AddressKind, User
from forum.models.circles import Circle
from forum.models.employers import ReturnVouch, Vouch, VouchLink
from forum.policy import workplaces as rules
from tests.accounts.conftest import mailbox
from tests.support import community, workplaces
from tests.support.together import at_once
from tests.support.watched import rows

__all__ = ["mailbox"]
NEW = "nine copper kettles singing"


@pytest.fixture
def retail(held_clock, app_context) -> Circle:
    return community.circle("retail")


@pytest.fixture
def people(retail) -> dict[str, User]:
    """Members of Retail, each verified at an employer of their own; Nora at Gil's."""
    employers = {"Gil": "Litware", "Ana": "Northwind", "Ben": "Contoso", "Nora": "Litware"}
    found = {}
    for name, employer in employers.items():
        found[name] = community.person(name)
        community.join(found[name], retail)
        workplaces.works_for(found[name], employer, f"{employer.lower()}.example")
    return found


@pytest.fixture
def gil(people, mailbox) -> User:
    """With a new password by mail to an address of which nobody knows whose it is."""
    reset(people["Gil"], mailbox)
    return people["Gil"]


def reset(person: User, mailbox) -> None:
    accounts.set_new_password(mailbox.asks_for_reset(person.address), NEW)


def is_locked(person: User) -> bool:
    return community.viewer(person).spaces_locked


def is_shut(person: User) -> bool:
    return community.viewer(person).spaces_shut


def vouch(person: User, token: str) -> None:
    actions.vouch(community.viewer(person), token)


class TestLocked:
    @pytest.mark.parametrize("kind", [AddressKind.WORK, AddressKind.UNSURE, None])
    def test_after_a_reset_by_a_mailbox_an_employer_may_read(self, people, mailbox, kind):
        if kind:
            community.has_mailbox(people["Gil"], kind)
        reset(people["Gil"], mailbox)
        assert is_locked(people["Gil"])

    def test_not_by_a_personal_one(self, people, mailbox, held_clock):
        community.has_mailbox(people["Gil"])
        reset(people["Gil"], mailbox)
        assert is_shut(people["Gil"])
        assert not is_locked(people["Gil"])

    def test_time_opens_nothing(self, gil, held_clock):
        held_clock.forward(days=400)
        assert is_shut(gil)

    def test_nor_does_another_employer_verified(self, gil, held_clock):
        """A code to a work address proves what the employer can read."""
        workplaces.verify(gil, workplaces.works_for(gil, "Tailspin"), "gil@tailspin.example")
        held_clock.forward(days=4)
        assert is_shut(gil)

    def test_nor_another_password(self, gil, held_clock):
        accounts.change_password(community.viewer(gil), NEW, community.PASSWORD)
        held_clock.forward(days=4)
        assert is_shut(gil)

    def test_nor_a_later_reset_by_what_is_now_a_personal_address(self, gil, mailbox, held_clock):
        community.has_mailbox(gil)
        reset(gil, mailbox)
        held_clock.forward(days=4)
        assert is_shut(gil)

    def test_whoever_is_shut_out_cannot_vouch_for_others(self, people, gil, retail):
        """Else one mailbox would open the door to the next account, or to a spy."""
        asking = community.person("Sid")
        community.join(asking, retail)
        workplaces.works_for(asking, "Wingtip")
        with pytest.raises(CannotVouch):
            vouch(gil, workplaces.link(asking, retail))


class TestTwoWhoSaySo:
    def test_open_private_spaces_again(self, people, gil, retail, held_clock):
        token = workplaces.link(gil, retail)
        vouch(people["Ana"], token)
        assert is_locked(gil)
        vouch(people["Ben"], token)
        assert not is_locked(gil)
        assert is_shut(gil), "the three days in which the owner may notice go on"
        held_clock.forward(hours=72)
        assert not is_shut(gil)

    def test_leave_nothing(self, people, gil, retail):
        workplaces.vouched_for(gil, retail, by=(people["Ana"], people["Ben"]))
        assert rows(ReturnVouch) == rows(VouchLink) == rows(Vouch) == []

    def test_one_twice_is_one(self, people, gil, retail):
        vouch(people["Ana"], workplaces.link(gil, retail))
        with pytest.raises(CannotVouch):
            vouch(people["Ana"], workplaces.link(gil, retail))
        assert is_locked(gil)

    def test_one_in_two_circles_is_one(self, people, gil, retail):
        finance = community.circle("finance")
        for name in ("Ana", "Gil"):
            community.join(people[name], finance)
        vouch(people["Ana"], workplaces.link(gil, retail))
        with pytest.raises(CannotVouch):
            vouch(people["Ana"], workplaces.link(gil, finance))
        assert is_locked(gil)

    @pytest.mark.parametrize("name", ["Nora", "Gil"])
    def test_are_no_colleagues_nor_oneself(self, people, gil, retail, name):
        with pytest.raises(CannotVouch):
            vouch(people[name], workplaces.link(gil, retail))

    def test_are_verified_members_of_the_circle(self, people, gil, retail):
        token = workplaces.link(gil, retail)
        hal, ida = community.person("Hal"), community.person("Ida")
        community.join(hal, retail)
        workplaces.works_for(ida, "Wingtip", "wingtip.example")
        for person in (hal, ida):
            with pytest.raises(CannotVouch):
                vouch(person, token)

    def test_who_said_before_the_reset_that_they_know_them_must_say_so_anew(
        self, people, retail, mailbox
    ):
        """And can."""
        gil = people["Gil"]
        workplaces.vouched_for(gil, retail, by=(people["Ana"], people["Ben"]))
        reset(gil, mailbox)
        assert is_locked(gil)
        workplaces.vouched_for(gil, retail, by=(people["Ana"], people["Ben"]))
        assert not is_locked(gil)
        assert rules.vouch_count(gil.id, retail.id) == 2, "what was said before stays said"

    def test_with_a_link_from_before_the_reset_nothing_can_be_said(self, people, retail, mailbox):
        token = workplaces.link(people["Gil"], retail)
        reset(people["Gil"], mailbox)
        with pytest.raises(CannotVouch):
            vouch(people["Ana"], token)

    def test_a_further_reset_begins_anew(self, people, gil, retail, mailbox):
        vouch(people["Ana"], workplaces.link(gil, retail))
        reset(gil, mailbox)
        vouch(people["Ben"], workplaces.link(gil, retail))
        assert is_locked(gil)

    def test_at_one_moment_count_both(self, app, people, gil, retail):
        token = workplaces.link(gil, retail)
        voices = [community.viewer(people[name]) for name in ("Ana", "Ben")]
        at_once(app, *(lambda voice=voice: actions.vouch(voice, token) for voice in voices))
        assert not is_locked(gil)

    def test_the_link_says_what_it_is_for(self, people, gil, retail):
        ask = actions.vouch_ask(community.viewer(people["Ana"]), workplaces.link(gil, retail))
        assert ask.returning
