"""A space opens once it is mixed, and two moderators are there who can stand in for each other."""

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotAllowed
from forum.employments.actions import Workplace, declaring
from forum.models.employers import Tie
from forum.models.spaces import Space as Row
from forum.policy.visible import Reason, unscoped
from forum.spaces import actions
from tests.support import community, workplaces
from tests.support.space_people import Space

EIGHT = {
    "Ana": "Northwind",
    "Ben": "Northwind",
    "Cem": "Contoso",
    "Dora": "Fabrikam",
    "Eva": "Litware",
    "Fay": "Tailspin",
    "Gil": "Wingtip",
    "Hana": "Proseware",
}


@pytest.fixture
def space(app, held_clock) -> Space:
    """Founded; its eight are in the circle and not in the space yet."""
    here = Space(app, "retail")
    with app.app_context():
        community.circle("retail")
        for name, employer in EIGHT.items():
            here.come(name, employer)
        actions.found_space(community.find("retail").id)
    return here


def enter(space: Space, *names: str) -> None:
    for name in names or EIGHT:
        space.enter(name)


def appoint(space: Space, *names: str) -> None:
    with space.app.app_context():
        for name in names:
            actions.appoint(space.people[name].id, community.find("retail").id)


def is_open(space: Space) -> bool:
    with space.app.app_context():
        query = unscoped(select(Row.opened_on), Reason.SET_UP)
        return db.session.execute(query).scalar() is not None


def test_with_the_second_moderator(space):
    enter(space)
    assert not is_open(space)
    appoint(space, "Ana")
    assert not is_open(space)
    appoint(space, "Dora")
    assert is_open(space)


def test_with_the_eighth_member(space):
    enter(space, *list(EIGHT)[:7])
    appoint(space, "Ana", "Dora")
    assert not is_open(space)
    enter(space, "Hana")
    assert is_open(space)


def test_not_with_two_of_one_employer(space):
    enter(space)
    appoint(space, "Ana")
    with pytest.raises(NotAllowed):
        appoint(space, "Ben")
    assert not is_open(space)


def test_nor_with_two_who_have_become_colleagues(space):
    enter(space, *list(EIGHT)[:7])
    appoint(space, "Cem", "Dora")
    with space.app.app_context():
        workplaces.group("Both", "Contoso", "Fabrikam")
    enter(space, "Hana")
    assert not is_open(space)


def test_a_moderator_who_left_does_not_count(space):
    enter(space, *list(EIGHT)[:7])
    appoint(space, "Ana", "Dora")
    space.leave("Dora")
    with space.app.app_context():
        space.come("Ivo", "Adatum")
    enter(space, "Hana", "Ivo")
    assert not is_open(space)


def test_eight_of_three_firms_are_not_enough_whatever_one_of_them_lists(app, held_clock):
    space = Space(app, "retail")
    with app.app_context():
        community.circle("retail")
        actions.found_space(community.find("retail").id)
    for number, name in enumerate(EIGHT):
        space.come(name, ("Contoso", "Fabrikam", "Litware")[number % 3])
    with app.app_context():
        for side in ("Side One", "Side Two"):
            told = Workplace(side, Tie.WORKS_FOR)
            declaring.enter(space.people["Ana"].id, told, told_on=clock.today())
    enter(space)
    appoint(space, "Ana", "Ben")
    assert not is_open(space)
