from datetime import date

import pytest
from sqlalchemy import select

from forum.cli import tidying
from forum.core.db import db
from forum.core.errors import NotThere, TooOften
from forum.employments import actions, queries
from forum.employments.actions import CannotVouch, TellFirst
from forum.models.accounts import User
from forum.models.employers import VouchLink
from forum.policy.visible import Reason, unscoped
from forum.policy.workplaces import is_verified
from tests.support import community, workplaces
from tests.support.community import viewer
from tests.support.together import at_once
from tests.support.workplaces import STAFF, works_for

NOBODYS = "z" * 43


@pytest.fixture
def gil(app_context, retail) -> User:
    """Works for himself, and is in the circle; nothing verifies him."""
    gil = community.person("Gil")
    community.join(gil, retail)
    works_for(gil, "Gil's Studio")
    return gil


@pytest.fixture
def colleagues(ana, ben, retail) -> tuple[User, User]:
    """Ana and Ben, verified members of the circle with employers of their own."""
    for who, name in ((ana, "Northwind"), (ben, "Contoso")):
        community.join(who, retail)
        works_for(who, name, f"{name.lower()}.example")
    return ana, ben


@pytest.fixture
def token(gil, retail, colleagues) -> str:
    return workplaces.link(gil, retail)


def vouch(who: User, token: str) -> None:
    actions.vouch(viewer(who), token)


def count_for(who: User) -> int:
    (mine,) = queries.vouches(viewer(who))
    return mine.count


class TestBeingVouchedFor:
    def test_two_words_verify(self, ana, ben, gil, retail, token):
        vouch(ana, token)
        assert not is_verified(gil.id, retail.id)
        vouch(ben, token)
        assert is_verified(gil.id, retail.id)

    def test_in_that_circle_only(self, ana, ben, gil, token):
        vouch(ana, token)
        vouch(ben, token)
        assert not is_verified(gil.id, community.circle("finance").id)

    def test_one_sees_how_many_and_not_who(self, ana, gil, token):
        vouch(ana, token)
        assert count_for(gil) == 1
        assert "Ana" not in str(queries.vouches(viewer(gil)))

    def test_the_second_word_ends_the_link(self, ana, ben, gil, retail, token):
        vouch(ana, token)
        vouch(ben, token)
        cem = community.person("Cem")
        community.join(cem, retail)
        works_for(cem, "Litware", "litware.example")
        with pytest.raises(CannotVouch):
            vouch(cem, token)

    def test_who_was_vouched_for_may_vouch(self, ana, ben, gil, retail, token):
        vouch(ana, token)
        vouch(ben, token)
        eve = community.person("Eve")
        community.join(eve, retail)
        works_for(eve, "Eve's Bakery")
        vouch(gil, workplaces.link(eve, retail))
        assert count_for(eve) == 1

    def test_first_one_says_where_one_works(self, app_context, retail):
        eve = community.person("Eve")
        community.join(eve, retail)
        with pytest.raises(TellFirst):
            actions.make_vouch_link(viewer(eve), retail.slug)

    @pytest.mark.parametrize("slug", ["finance", "nowhere"])
    def test_only_in_circles_one_is_in(self, gil, slug):
        community.circle("finance")
        with pytest.raises(NotThere):
            actions.make_vouch_link(viewer(gil), slug)

    def test_a_new_link_ends_the_one_before(self, ana, gil, retail, token):
        newer = workplaces.link(gil, retail)
        with pytest.raises(CannotVouch):
            vouch(ana, token)
        vouch(ana, newer)

    def test_many_at_one_moment_are_one_link(self, app, gil, retail):
        who = viewer(gil)
        at_once(app, *[lambda: actions.make_vouch_link(who, retail.slug)] * 4)
        found = unscoped(select(VouchLink.id), Reason.SET_UP)
        assert len(db.session.execute(found).all()) == 1

    def test_it_works_for_a_fortnight(self, held_clock, ana, ben, gil, retail):
        for who, name in ((ana, "Northwind"), (ben, "Contoso")):
            community.join(who, retail)
            works_for(who, name, f"{name.lower()}.example")
        token = workplaces.link(gil, retail)
        held_clock.forward(days=14)
        tidying.tidy()
        vouch(ana, token)
        held_clock.forward(days=1)
        with pytest.raises(CannotVouch):
            vouch(ben, token)

    def test_the_row_does_not_hold_the_token(self, token):
        row = db.session.execute(unscoped(select(VouchLink), Reason.SET_UP)).scalar_one()
        assert token not in str(vars(row))


class TestWhoMayVouch:
    """The set-up is that of the success; one thing differs."""

    def test_a_verified_member_with_another_employer(self, ana, gil, token):
        vouch(ana, token)
        assert count_for(gil) == 1

    def test_not_oneself(self, gil, token):
        refused(gil, token)

    def test_not_twice(self, ana, gil, token):
        vouch(ana, token)
        refused(ana, token)
        assert count_for(gil) == 1

    def test_not_twice_at_one_moment(self, app, ana, gil, token):
        who = viewer(ana)
        answers = at_once(app, *[lambda: actions.vouch(who, token)] * 4)
        assert [isinstance(answer, CannotVouch) for answer in answers].count(False) == 1
        assert count_for(gil) == 1

    def test_not_somebody_outside_the_circle(self, ana, gil, retail, token):
        community.leave(ana, retail)
        refused(ana, token)

    def test_not_for_somebody_who_left_it(self, ana, gil, retail, token):
        community.leave(gil, retail)
        refused(ana, token)

    def test_not_somebody_who_is_suspended(self, ana, token):
        community.suspend(ana)
        refused(ana, token)

    def test_not_somebody_unverified(self, token, retail):
        cem = community.person("Cem")
        community.join(cem, retail)
        works_for(cem, "Litware")
        refused(cem, token)

    def test_not_somebody_whose_verified_job_has_ended(self, ana, token):
        (job,) = queries.employments(viewer(ana))
        actions.end(viewer(ana), job.public_id)
        refused(ana, token)

    def test_not_after_the_link_is_over(self, ana, token):
        refused(ana, NOBODYS)

    def test_at_most_six_in_thirty_days(self, held_clock, app_context, retail):
        ana = community.person("Ana")
        community.join(ana, retail)
        works_for(ana, "Northwind", "northwind.example")
        tokens = []
        for number in range(7):
            somebody = community.person(f"P{number}")
            community.join(somebody, retail)
            works_for(somebody, f"Studio {number}")
            tokens.append(workplaces.link(somebody, retail))
        for token in tokens[:6]:
            vouch(ana, token)
        with pytest.raises(TooOften):
            vouch(ana, tokens[6])


def refused(who: User, token: str) -> None:
    """Both on opening the link and on confirming, in the one sentence there is."""
    for act in (actions.vouch_ask, actions.vouch):
        with pytest.raises(CannotVouch) as answer:
            act(viewer(who), token)
        assert str(answer.value) == str(CannotVouch.sentence)


class TestColleagues:
    """Whoever works where the other works may not, and learns nothing from it."""

    def test_of_the_same_employer(self, ana, gil, token):
        works_for(gil, "NORTHWIND GmbH")
        refused(ana, token)

    def test_of_another_employer_of_the_group(self, ana, gil, token):
        works_for(gil, "Southwind")
        workplaces.group("The Winds", "Northwind", "Southwind")
        refused(ana, token)

    def test_of_an_employer_under_another_name(self, ana, gil, token):
        works_for(gil, "NW Trading")
        actions.merge(STAFF, workplaces.employer_id("NW Trading"), "Northwind")
        refused(ana, token)

    def test_with_an_address_of_the_same_domain(self, ana, gil, token):
        (job,) = queries.employments(viewer(gil))
        workplaces.verify(gil, job.public_id, "gil@northwind.example")
        refused(ana, token)

    def test_with_an_address_of_a_domain_of_the_same_employer(self, ana, gil, token):
        actions.add_domain(STAFF, workplaces.employer_id("Northwind"), "nw.example")
        (job,) = queries.employments(viewer(gil))
        workplaces.verify(gil, job.public_id, "gil@nw.example")
        refused(ana, token)

    def test_who_left_under_a_year_ago(self, held_clock, ana, gil, token):
        workplaces.worked_for(gil, "Northwind", until=date(2025, 3, 31))
        refused(ana, token)

    def test_who_left_longer_ago_is_none(self, held_clock, ana, gil, token):
        workplaces.worked_for(gil, "Northwind", until=date(2025, 3, 1))
        vouch(ana, token)

    def test_another_of_the_circle_still_may(self, ana, ben, gil, token):
        works_for(gil, "Northwind")
        refused(ana, token)
        vouch(ben, token)
        assert count_for(gil) == 1
