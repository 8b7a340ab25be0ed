"""What walls are made of, what is held against them, and who is verified."""

from datetime import date

import pytest
from sqlalchemy import func, select

from forum.core.db import db
from forum.employments import actions
from forum.employments.actions import Workplace, enter
from forum.models.accounts import User
from forum.models.employers import KinMember, Tie
from forum.policy.visible import Reason, unscoped
from forum.policy.workplaces import (
    ENTRIES_EACH,
    a_year_before,
    are_colleagues,
    author_entries,
    changed_on,
    has_verified_employment,
    is_verified,
    person,
    viewer_entries,
)
from tests.support import community, workplaces
from tests.support.community import viewer
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


def of(name: str) -> tuple[str, str]:
    return "employer", str(workplaces.row(name).id)


def kin(name: str) -> tuple[str, str]:
    """That an employer belongs to now."""
    entry = f"employer:{workplaces.row(name).id}"
    newest = select(func.max(KinMember.kin_id)).where(KinMember.entry == entry)
    return "kin", str(db.session.execute(unscoped(newest, Reason.SET_UP)).scalar_one())


def holds(who: User, opened_on: date = TODAY) -> set[tuple[str, str]]:
    """What a viewer holds against a topic opened on a day, less themself."""
    since = a_year_before(opened_on)
    return {
        (kind, value)
        for kind, value, until in viewer_entries(who.id)
        if until is None or until >= since
    } - {person(who.id)}


def walled(author: User, who: User) -> bool:
    return not author_entries(author.id, TODAY).isdisjoint(holds(who))


class TestWhatAnAuthorPutsUp:
    def test_nothing_who_told_of_nothing(self, ana):
        assert author_entries(ana.id, TODAY) == frozenset()

    @pytest.mark.parametrize("tie", list(Tie))
    def test_employers_they_work_for_or_at(self, ana, tie):
        works_for(ana, "Northwind", tie=tie)
        assert author_entries(ana.id, TODAY) == {of("Northwind")}

    def test_domains_they_proved(self, ana):
        works_for(ana, "Northwind", "northwind.example")
        assert author_entries(ana.id, TODAY) == {of("Northwind"), ("domain", "northwind.example")}

    @pytest.mark.parametrize(
        ("until", "counts"),
        [(date(2025, 3, 3), True), (date(2025, 3, 2), False), (date(2020, 1, 1), False)],
    )
    def test_employers_left_under_twelve_months_ago(self, ana, until, counts):
        worked_for(ana, "Northwind", until=until)
        assert bool(author_entries(ana.id, TODAY)) is counts

    def test_those_of_the_group_in_one_entry(self, ana):
        works_for(ana, "Northwind")
        group("The Winds", "Northwind", "Southwind", "Westwind")
        assert author_entries(ana.id, TODAY) == {of("Northwind"), kin("Southwind")}

    def test_but_of_no_other_group(self, ana):
        works_for(ana, "Northwind")
        group("The Winds", "Northwind", "Southwind")
        group("Others", "Contoso", "Fabrikam")
        assert kin("Contoso") not in author_entries(ana.id, TODAY)

    def test_of_employers_in_no_group_only_their_own(self, ana, ben):
        works_for(ana, "Northwind")
        works_for(ben, "Contoso")
        assert author_entries(ana.id, TODAY) == {of("Northwind")}

    @pytest.mark.parametrize("name", ["NW Trading", "Northwind", "North Atlantic Wind"])
    def test_all_names_of_an_employer_whichever_they_told(self, ana, name):
        works_for(ana, name)
        employer_id("Northwind")
        for alias in ("NW Trading", "North Atlantic Wind"):
            actions.merge(STAFF, employer_id(alias), "Northwind")
        assert author_entries(ana.id, TODAY) == {of(name), kin("Northwind")}
        assert kin("Northwind") == kin("NW Trading") == kin("North Atlantic Wind")

    def test_aliases_of_employers_of_the_group_too(self, ana):
        works_for(ana, "NW Trading")
        employer_id("Northwind")
        actions.merge(STAFF, employer_id("NW Trading"), "Northwind")
        employer_id("Southwind")
        actions.merge(STAFF, employer_id("SW Trading"), "Southwind")
        group("The Winds", "Northwind", "Southwind")
        assert kin("SW Trading") in author_entries(ana.id, TODAY)

    def test_whoever_owns_the_domain_they_proved(self, ana):
        actions.add_domain(STAFF, employer_id("Contoso"), "contoso.example")
        group("The Cons", "Contoso", "Conbelow")
        works_for(ana, "Something of mine", "contoso.example")
        assert kin("Conbelow") in author_entries(ana.id, TODAY)

    def test_as_they_belong_together_on_that_day(self, ana):
        works_for(ana, "Northwind")
        group("The Winds", "Northwind", "Southwind")
        before = kin("Northwind")
        group("", "Southwind")
        assert kin("Northwind") != before
        assert author_entries(ana.id, TODAY) == {of("Northwind"), kin("Northwind")}

    def test_never_more_than_four_an_employment(self, ana):
        for number in range(3):
            told = Workplace(f"Firm {number}", Tie.WORKS_FOR)
            domain = f"firm{number}.example"
            enter(ana.id, told, told_on=TODAY, verified_domain=domain)
            actions.add_domain(STAFF, employer_id(f"Owner {number}"), domain)
            for more in range(9):
                group(f"Group {number}", f"Firm {number}", f"Daughter {number} {more}")
        assert len(author_entries(ana.id, TODAY)) == 3 * ENTRIES_EACH

    def test_nothing_of_anybody_else(self, ana, ben):
        works_for(ben, "Contoso", "contoso.example")
        assert author_entries(ana.id, TODAY) == frozenset()


class TestWhatAViewerHolds:
    def test_themself(self, ana):
        assert viewer_entries(ana.id) == [("person", str(ana.id), None)]

    def test_every_employer_and_domain_with_the_day_it_ended(self, ana):
        works_for(ana, "Northwind", "northwind.example")
        worked_for(ana, "Contoso", until=date(2019, 5, 31))
        found = {(kind, value): until for kind, value, until in viewer_entries(ana.id)}
        assert found[of("Northwind")] is None
        assert found["domain", "northwind.example"] is None
        assert found[of("Contoso")] == date(2019, 5, 31)

    @pytest.mark.parametrize(
        ("until", "counts"), [(date(2025, 3, 2), True), (date(2025, 3, 1), False)]
    )
    def test_an_employer_counts_a_year_before_the_topic_was_opened(self, ana, until, counts):
        worked_for(ana, "Northwind", until=until)
        assert bool(holds(ana)) is counts

    def test_for_a_topic_opened_longer_ago_it_counts_longer(self, ana):
        worked_for(ana, "Northwind", until=date(2025, 1, 1))
        assert not holds(ana)
        assert holds(ana, opened_on=date(2026, 1, 1))

    def test_of_two_times_at_one_employer_the_later_counts(self, ana):
        worked_for(ana, "Northwind", until=date(2019, 5, 31))
        works_for(ana, "Northwind Ltd")
        assert of("Northwind") in holds(ana)
        assert len(viewer_entries(ana.id)) == 2

    def test_what_they_told_of_was_ever_in(self, ana):
        works_for(ana, "Northwind")
        group("The Winds", "Northwind", "Southwind")
        first = kin("Northwind")
        group("", "Northwind")
        assert {of("Northwind"), first, kin("Northwind")} <= holds(ana)

    def test_what_a_domain_they_proved_was_ever_in(self, ana):
        works_for(ana, "Something of mine", "contoso.example")
        actions.add_domain(STAFF, employer_id("Contoso"), "contoso.example")
        assert kin("Contoso") in holds(ana)

    def test_not_the_others_in_it(self, ana):
        """The author's side names it as it was that day; else staff could make posts go."""
        works_for(ana, "Northwind")
        group("The Winds", "Northwind", "Southwind")
        actions.add_domain(STAFF, employer_id("Northwind"), "northwind.example")
        assert of("Southwind") not in holds(ana)
        assert ("domain", "northwind.example") not in holds(ana)

    def test_but_those_who_were_in_it_before_they_told(self, held_clock, ana):
        actions.add_domain(STAFF, employer_id("Southwind"), "southwind.example")
        earlier = kin("Southwind")
        group("The Winds", "Northwind", "Southwind")
        held_clock.forward(days=1)
        works_for(ana, "Northwind")
        assert {of("Southwind"), ("domain", "southwind.example"), earlier} <= holds(ana)

    def test_and_before_they_came_into_the_space(self, held_clock, ana):
        works_for(ana, "Northwind")
        group("The Winds", "Northwind", "Southwind")
        assert ("employer", of("Southwind")[1], None) not in viewer_entries(ana.id, TODAY)
        assert ("employer", of("Southwind")[1], None) in viewer_entries(ana.id, date(2026, 4, 1))

    def test_what_they_left_ends_with_all_that_belongs_to_it(self, held_clock, ana):
        group("The Winds", "Northwind", "Southwind")
        held_clock.forward(days=1)
        worked_for(ana, "Northwind", until=date(2025, 1, 1))
        assert not holds(ana)
        assert kin("Southwind") in holds(ana, opened_on=date(2026, 1, 1))


class TestBothTogether:
    """However two people came to be colleagues, the wall stands, and in both directions."""

    def test_one_employer(self, ana, ben):
        works_for(ana, "Northwind")
        works_for(ben, "NORTHWIND GmbH")
        assert walled(ana, ben)
        assert walled(ben, ana)

    def test_one_group(self, ana, ben):
        works_for(ana, "Northwind")
        works_for(ben, "Southwind")
        group("The Winds", "Northwind", "Southwind")
        assert walled(ana, ben)
        assert walled(ben, ana)

    def test_one_domain_under_two_names(self, ana, ben):
        works_for(ana, "Northwind", "northwind.example")
        works_for(ben, "The firm", "northwind.example")
        assert walled(ana, ben)
        assert walled(ben, ana)

    def test_a_name_here_and_a_domain_of_that_employer_there(self, ana, ben):
        actions.add_domain(STAFF, employer_id("Northwind"), "northwind.example")
        works_for(ana, "Northwind")
        works_for(ben, "The firm", "northwind.example")
        assert walled(ana, ben)
        assert walled(ben, ana)

    def test_what_staff_learn_only_after_a_post_was_written_holds_for_later_posts(self, ana, ben):
        works_for(ana, "NW", "northwind.example")
        works_for(ben, "Northwind")
        wall = author_entries(ana.id, TODAY)
        actions.add_domain(STAFF, employer_id("Northwind"), "northwind.example")
        assert wall.isdisjoint(holds(ben))
        assert walled(ana, ben)
        assert walled(ben, ana)

    def test_strangers_see_each_other(self, ana, ben):
        works_for(ana, "Northwind", "northwind.example")
        works_for(ben, "Contoso", "contoso.example")
        assert not walled(ana, ben)
        assert not walled(ben, ana)
        assert not are_colleagues(ana.id, ben.id, TODAY)

    def test_colleagues_are_colleagues_both_ways(self, ana, ben):
        works_for(ana, "Northwind")
        works_for(ben, "Southwind")
        group("The Winds", "Northwind", "Southwind")
        assert are_colleagues(ana.id, ben.id, TODAY)
        assert are_colleagues(ben.id, ana.id, TODAY)


@pytest.mark.parametrize("employers", [1, 6])
def test_each_side_asks_two_things_of_the_database(app, ana, employers):
    for number in range(employers):
        works_for(ana, f"Firm {number}", "firm.example" if number == employers - 1 else "")
    for read in (lambda: author_entries(ana.id, TODAY), lambda: viewer_entries(ana.id)):
        with counted_statements(app) as said:
            read()
        assert len(said) == 2


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 2), date(2025, 3, 2)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_year_before(day, before):
    assert a_year_before(day) == before


class TestWhoIsVerified:
    def test_whoever_typed_the_code_of_a_work_address(self, ana):
        works_for(ana, "Northwind", "northwind.example")
        assert has_verified_employment(ana.id)
        assert is_verified(ana.id, circle_id=1)

    def test_not_whoever_only_told(self, ana):
        works_for(ana, "Northwind")
        assert not is_verified(ana.id, circle_id=1)

    def test_not_after_that_job_has_ended(self, ana):
        actions.end(viewer(ana), works_for(ana, "Northwind", "northwind.example"))
        assert not is_verified(ana.id, circle_id=1)


class TestWhenTheyChanged:
    def test_never_before_anything_verified_them(self, ana):
        works_for(ana, "Northwind")
        works_for(ana, "Contoso", "contoso.example")
        assert changed_on(ana.id) is None

    def test_on_the_day_another_employer_was_told(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        held_clock.forward(days=10)
        works_for(ana, "Contoso")
        assert changed_on(ana.id) == date(2026, 3, 12)

    def test_and_on_the_day_that_one_was_verified(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        other = works_for(ana, "Contoso")
        held_clock.forward(days=10)
        workplaces.verify(ana, other, "ana@contoso.example")
        assert changed_on(ana.id) == date(2026, 3, 12)
