from datetime import date

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotThere, TooOften
from forum.employments import actions, queries
from forum.employments.actions import AlreadyTold, ChangedLately, TooLate, TooMany, Workplace
from forum.employments.names import BadName
from forum.models.employers import Employer, Employment, Tie
from forum.policy.visible import Reason, unscoped
from tests.support import community, workplaces
from tests.support.community import viewer
from tests.support.statements import heard
from tests.support.together import at_once
from tests.support.workplaces import STAFF, works_for

TODAY = date(2026, 3, 2)


def tell(who, name="Northwind", **more):
    actions.declare(viewer(who), Workplace(name, Tie.WORKS_FOR, **more))


def listed(who) -> list[str]:
    return [one.name for one in queries.employments(viewer(who))]


class TestTelling:
    def test_it_is_on_ones_own_list_in_ones_own_words(self, ana):
        tell(ana, "NORTHWIND Ltd.")
        assert listed(ana) == ["NORTHWIND Ltd."]

    def test_and_on_nobody_elses(self, ana, ben):
        tell(ana)
        assert listed(ben) == []

    def test_all_that_was_told_is_kept(self, held_clock, ana):
        workplace = Workplace("Northwind", Tie.WORKS_AT, date(2020, 1, 1), date(2025, 12, 31))
        actions.declare(viewer(ana), workplace)
        (one,) = queries.employments(viewer(ana))
        assert (one.works_for, one.told_on) == (False, TODAY)
        assert (one.began_on, one.ended_on) == (date(2020, 1, 1), date(2025, 12, 31))

    def test_spellings_of_one_name_are_one_employer(self, ana, ben):
        one = workplaces.employment_row(works_for(ana, "Northwind GmbH"))
        other = workplaces.employment_row(works_for(ben, "NORTH-WIND"))
        assert one.employer_id == other.employer_id

    def test_how_staff_call_an_employer_is_not_shown_to_who_named_it(self, ana):
        tell(ana, "north wind")
        actions.describe(
            STAFF, workplaces.employer_id("Northwind"), actions.Description("The Wind Group", "")
        )
        assert listed(ana) == ["north wind"]

    def test_a_known_name_is_answered_and_worked_on_like_an_unknown_one(self, app, ana, ben):
        """All but the employer's own row, which one of them makes."""
        tell(ana, "Northwind")
        tell(ben, "Something before")
        db.session.rollback()
        said = []
        for name in ("Northwind", "Southwind"):
            with heard(app) as listening:
                assert tell(ben, name) is None
                said.append(
                    [s.split()[0] for s in listening.statements if "INTO employer " not in s]
                )
        assert said[0] == said[1]

    def test_one_name_told_by_many_at_one_moment_is_one_employer(self, app, app_context):
        people = [viewer(community.person(f"P{n}")) for n in range(6)]
        told = Workplace("Northwind", Tie.WORKS_FOR)
        acts = (lambda p=p: actions.declare(p, told) for p in people)
        assert at_once(app, *acts) == [None] * 6
        found = unscoped(select(Employer.id), Reason.SET_UP)
        assert len(db.session.execute(found).all()) == 1

    def test_a_name_needs_a_letter(self, ana):
        with pytest.raises(BadName):
            tell(ana, "!!!")

    @pytest.mark.parametrize("spelling", ["Northwind", "northwind AG"])
    def test_twice_is_refused_in_any_spelling(self, ana, spelling):
        tell(ana)
        with pytest.raises(AlreadyTold):
            tell(ana, spelling)

    def test_an_alias_that_only_staff_know_of_is_no_second_time(self, ana):
        """Else the refusal would tell what staff know."""
        tell(ana, "Northwind")
        actions.merge(STAFF, workplaces.employer_id("NW Group"), "Northwind")
        tell(ana, "NW Group")
        assert len(listed(ana)) == 2

    def test_whoever_comes_back_may_say_so(self, ana):
        tell(ana, ended_on=date(2020, 1, 31))
        tell(ana)
        assert len(listed(ana)) == 2

    def test_twelve_in_two_years_are_as_many_as_count(self, held_clock, ana):
        tell(ana, "Long ago", ended_on=date(2024, 1, 31))
        for number in range(12):
            tell(ana, f"Firm {number}")
        with pytest.raises(TooMany):
            tell(ana, "One more")

    def test_trying_names_one_after_the_other_is_slowed_down(self, held_clock, ana):
        for number in range(20):
            workplace = Workplace(f"Firm {number}", Tie.WORKS_FOR, ended_on=date(2020, 1, 31))
            actions.declare(viewer(ana), workplace)
        with pytest.raises(TooOften):
            tell(ana, "One more")


class TestChanging:
    """What one tells before anything verified them is no change; afterwards it is (R5)."""

    def test_what_is_told_first_is_no_change(self, held_clock, ana):
        works_for(ana, "Northwind")
        works_for(ana, "Southwind")
        assert queries.next_change_on(viewer(ana)) is None

    def test_nor_is_having_the_first_verified(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        assert queries.next_change_on(viewer(ana)) is None

    def test_another_employer_afterwards_is_one(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        tell(ana, "Contoso")
        assert queries.next_change_on(viewer(ana)) == date(2026, 5, 31)

    def test_a_past_one_told_afterwards_is_one_too(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        tell(ana, "Contoso", ended_on=date(2025, 12, 31))
        assert queries.next_change_on(viewer(ana)) == date(2026, 5, 31)

    def test_a_second_change_waits_ninety_days_and_the_refusal_says_until_when(
        self, held_clock, ana
    ):
        works_for(ana, "Northwind", "northwind.example")
        tell(ana, "Contoso")
        held_clock.forward(days=89)
        with pytest.raises(ChangedLately) as refused:
            tell(ana, "Fabrikam")
        assert refused.value.until == date(2026, 5, 31)
        assert "2026-05-31" in str(refused.value)
        assert "staff" in str(refused.value)
        held_clock.forward(days=1)
        tell(ana, "Fabrikam")

    def test_whoever_was_only_vouched_for_changes_too(self, held_clock, ana, ben, retail):
        gil = community.person("Gil")
        for who in (ana, ben, gil):
            community.join(who, retail)
        works_for(ana, "Northwind", "northwind.example")
        works_for(gil, "Gil's Studio")
        workplaces.vouched_for(gil, retail, by=(ana,))
        tell(gil, "Contoso")
        with pytest.raises(ChangedLately):
            tell(gil, "Fabrikam")

    def test_ending_is_always_possible_and_no_change(self, held_clock, ana):
        first = works_for(ana, "Northwind", "northwind.example")
        tell(ana, "Contoso")
        actions.end(viewer(ana), first)
        assert queries.next_change_on(viewer(ana)) == date(2026, 5, 31)

    def test_a_change_still_counts_once_what_let_them_in_has_ended(self, held_clock, ana):
        actions.end(viewer(ana), works_for(ana, "Northwind", "northwind.example"))
        tell(ana, "Contoso")
        with pytest.raises(ChangedLately):
            tell(ana, "Fabrikam")

    def test_staff_may_allow_one_more_once(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        tell(ana, "Contoso")
        actions.allow_change(STAFF, ana.address)
        tell(ana, "Fabrikam")
        with pytest.raises(ChangedLately):
            tell(ana, "Litware")

    def test_a_permit_is_not_used_up_where_none_is_needed(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        actions.allow_change(STAFF, ana.address)
        tell(ana, "Contoso")
        tell(ana, "Fabrikam")

    def test_a_refused_change_leaves_nothing(self, held_clock, ana):
        works_for(ana, "Northwind", "northwind.example")
        tell(ana, "Contoso")
        with pytest.raises(ChangedLately):
            tell(ana, "Fabrikam")
        assert "Fabrikam" not in listed(ana)

    def test_two_changes_at_one_moment_are_one(self, app, ana):
        works_for(ana, "Northwind", "northwind.example")
        who = viewer(ana)
        names = ("Contoso", "Fabrikam", "Litware")
        acts = (lambda n=n: actions.declare(who, Workplace(n, Tie.WORKS_FOR)) for n in names)
        answers = at_once(app, *acts)
        assert sorted(map(str, map(type, answers))).count(str(ChangedLately)) == 2


class TestEnding:
    def test_it_ends_today_whatever_was_before(self, held_clock, ana):
        told = works_for(ana, "Northwind")
        held_clock.forward(days=10)
        actions.end(viewer(ana), told)
        assert workplaces.employment_row(told).ended_on == clock.today()

    def test_twice_is_once(self, held_clock, ana):
        told = works_for(ana, "Northwind")
        actions.end(viewer(ana), told)
        held_clock.forward(days=10)
        actions.end(viewer(ana), told)
        assert workplaces.employment_row(told).ended_on == TODAY

    def test_only_ones_own(self, ana, ben):
        told = works_for(ana, "Northwind")
        with pytest.raises(NotThere):
            actions.end(viewer(ben), told)
        assert workplaces.employment_row(told).ended_on is None


class TestTakingBack:
    @pytest.mark.parametrize("hours", [0, 24, 38])
    def test_a_mistake_goes_within_a_day(self, held_clock, ana, hours):
        told = works_for(ana, "Northwnid")
        held_clock.forward(hours=hours)
        actions.remove(viewer(ana), told)
        assert listed(ana) == []

    def test_later_it_can_only_be_ended(self, held_clock, ana):
        told = works_for(ana, "Northwnid")
        held_clock.forward(days=2)
        with pytest.raises(TooLate):
            actions.remove(viewer(ana), told)
        assert listed(ana) == ["Northwnid"]

    def test_once_they_may_have_written_in_a_space_it_stays(self, held_clock, ana):
        told = works_for(ana, "Northwind")
        works_for(ana, "Contoso", "contoso.example")
        with pytest.raises(TooLate):
            actions.remove(viewer(ana), told)

    def test_only_ones_own(self, ana, ben):
        told = works_for(ana, "Northwind")
        with pytest.raises(NotThere):
            actions.remove(viewer(ben), told)
        assert listed(ana) == ["Northwind"]


def test_the_database_refuses_an_end_before_the_beginning(ana):
    told = works_for(ana, "Northwind")
    with pytest.raises(Exception, match="ends_after_it_began"):
        workplaces.change(told, began_on=date(2025, 1, 1), ended_on=date(2024, 1, 1))


def test_an_account_that_goes_takes_its_list_along(ana):
    works_for(ana, "Northwind")
    account = community.account(ana.address)
    db.session.delete(account)
    db.session.flush()
    rows = unscoped(select(Employment.id), Reason.SET_UP)
    assert db.session.execute(rows).all() == []
    db.session.rollback()
