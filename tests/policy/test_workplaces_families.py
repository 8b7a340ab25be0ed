"""Whose people somebody is, for counting how mixed a space is."""

from datetime import date

import pytest

from forum.employments import actions
from forum.models.accounts import User
from forum.policy.workplaces import families
from tests.support import community, workplaces
from tests.support.statements import counted_statements
from tests.support.workplaces import STAFF, employer_id, group, worked_for, works_for

TODAY = date(2026, 3, 2)
pytestmark = pytest.mark.usefixtures("held_clock")


@pytest.fixture
def ana(app_context) -> User:
    return community.person("Ana")


@pytest.fixture
def ben(app_context) -> User:
    return community.person("Ben")


def of(*people: User) -> list[frozenset[str]]:
    found = families([one.id for one in people], TODAY)
    return [found[one.id] for one in people]


def test_a_group_or_an_employer_in_none(ana, ben):
    works_for(ana, "NW Trading")
    employer_id("Northwind")
    actions.merge(STAFF, employer_id("NW Trading"), "Northwind")
    works_for(ben, "Contoso")
    works_for(ben, "Fabrikam")
    group("The Cons", "Contoso")
    group_id, fabrikam = workplaces.row("Contoso").group_id, workplaces.row("Fabrikam").id
    assert of(ana) == [{f"employer:{workplaces.row('Northwind').id}"}]
    assert of(ben) == [{f"group:{group_id}", f"employer:{fabrikam}"}]


@pytest.mark.parametrize(
    ("until", "counts"),
    [(date(2026, 2, 28), True), (date(2025, 3, 3), True), (date(2025, 3, 2), False)],
)
def test_an_employer_left_under_twelve_months_ago_as_for_a_wall(ana, until, counts):
    worked_for(ana, "Northwind", until=until)
    assert of(ana) == [{f"employer:{workplaces.row('Northwind').id}"} if counts else set()]


def test_both_of_who_has_changed_lately(ana):
    worked_for(ana, "Northwind", until=date(2026, 2, 28))
    works_for(ana, "Contoso")
    (found,) = of(ana)
    assert len(found) == 2


def test_none_for_who_told_of_none(ana):
    assert of(ana) == [frozenset()]


def test_one_mail_domain_under_two_names_is_shared(ana, ben):
    works_for(ana, "Northwind", "northwind.example")
    works_for(ben, "The firm", "northwind.example")
    one, other = of(ana, ben)
    assert one & other == {"domain:northwind.example"}


def test_whoever_owns_a_domain_is_shared_with_who_only_told_of_them(ana, ben):
    actions.add_domain(STAFF, employer_id("Northwind"), "northwind.example")
    works_for(ana, "The firm", "northwind.example")
    works_for(ben, "Northwind")
    one, other = of(ana, ben)
    assert one & other == {f"employer:{workplaces.row('Northwind').id}"}


def test_one_statement_for_all(app, ana, ben):
    works_for(ana, "Northwind")
    with counted_statements(app) as said:
        families([ana.id, ben.id], TODAY)
    assert len(said) == 1


def test_and_none_for_nobody(app, app_context):
    with counted_statements(app) as said:
        assert families([], TODAY) == {}
    assert len(said) == 0
