"""A space opens by itself on the day it is mixed enough that nobody in it stands out."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

import pytest

from forum.models.accounts import User
from forum.spaces import actions
from forum.spaces.queries import SeenSpace, space_for
from tests.support import community, workplaces

OTHERS = ("Fabrikam", "Litware", "Tailspin", "Wingtip", "Proseware", "Adatum")
MIXED = (*("Northwind", "Contoso") * 2, *OTHERS[:3], "Northwind")
"""Eight people of five employers, who are all there with the seventh."""


@dataclass
class Filling:
    """The space of the circle retail, before it is open."""

    public_id: str = ""
    people: list[User] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def enter(self, employer: str) -> bool:
        """Somebody of this employer comes in; whether the space is open now."""
        user = community.person(f"P{next(self.numbers)}")
        community.join(user, community.find("retail"))
        workplaces.works_for(user, employer, f"{employer.lower()}.example")
        self.public_id = actions.enter(community.viewer(user), community.find("retail").id)
        self.people.append(user)
        return self.is_open()

    def enter_all(self, employers: Iterable[str]) -> list[bool]:
        return [self.enter(employer) for employer in employers]

    def is_open(self) -> bool:
        return self._seen().is_open

    def is_written_in(self) -> bool:
        return self._seen().place.may_write

    def _seen(self) -> SeenSpace:
        return space_for(community.viewer(self.people[-1]), self.public_id)


@pytest.fixture
def filling(held_clock, app_context) -> Filling:
    actions.found_space(community.circle("retail").id)
    return Filling()


def test_it_opens_with_the_eighth_member(filling):
    assert filling.enter_all(MIXED) == [False] * 7 + [True]


def test_eight_of_four_employers_are_too_few(filling):
    twice = ("Northwind", "Contoso", "Fabrikam", "Litware") * 2
    assert not any(filling.enter_all(twice))
    assert filling.enter("Tailspin"), "a fifth was missing, nothing else"


def test_employers_of_one_group_are_one(filling):
    workplaces.group("Winds", "Fabrikam", "Litware")
    assert not any(filling.enter_all(MIXED))
    assert filling.enter("Wingtip")


def test_none_may_have_more_than_forty_in_a_hundred(filling):
    """Four of eight, four of nine; four of ten are just few enough."""
    four = ("Northwind",) * 4
    assert filling.enter_all((*four, *OTHERS)) == [False] * 9 + [True]


def test_who_left_counts_no_more(filling):
    filling.enter_all(MIXED[:7])
    actions.leave(community.viewer(filling.people[0]), filling.public_id)
    assert not filling.enter("Tailspin")
    assert filling.enter("Wingtip")


def test_until_then_nobody_writes_in_it_and_from_then_on_everybody_may(filling):
    filling.enter_all(MIXED[:7])
    assert not filling.is_written_in()
    filling.enter(MIXED[7])
    assert filling.is_written_in()


def test_once_open_it_stays_open_whoever_leaves(filling, held_clock):
    filling.enter_all(MIXED)
    for user in filling.people[:5]:
        actions.leave(community.viewer(user), filling.public_id)
    held_clock.forward(days=1)
    assert filling.is_open()
