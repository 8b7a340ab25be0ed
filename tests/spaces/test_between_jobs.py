"""Whose job has ended stays who they are: in the space, behind the same walls, of the same people.

A job that ended under 12 months ago counts like one that goes on, but lets nobody in.
"""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.errors import NotThere
from forum.discussions.queries import post_for
from forum.employments import actions as employers
from forum.models.circles import Role
from forum.models.spaces import Space
from forum.policy.workplaces import has_verified_employment
from forum.spaces import actions
from forum.spaces.actions import NotVerified, SameEmployer
from forum.spaces.guardians import Colleagues, come_apart, name_guardian
from forum.spaces.mixture import check_mixture
from forum.spaces.reports import take_as_guardian
from tests.support import community, spaces, workplaces
from tests.support.watched import rows

YEAR_AND_A_DAY = 366


def job_ends(person) -> None:
    viewer = community.viewer(person)
    for one in workplaces.queries.employments(viewer):
        employers.end(viewer, one.public_id)


def is_read_only() -> bool:
    check_mixture()
    (space,) = rows(Space)
    return space.read_only_from is not None


class TestAMember:
    @pytest.fixture
    def ben(self, scene):
        job_ends(scene["Ben"])
        assert not has_verified_employment(scene["Ben"].id)
        return scene["Ben"]

    def test_reads_and_writes_on(self, scene, held_clock, ben):
        held_clock.forward(days=1)
        asked = spaces.sealed_topic(scene["Chidi"], scene.space)
        answer = spaces.sealed_reply(ben, asked)
        assert post_for(community.viewer(scene["Ema"]), answer)

    def test_is_still_walled_from_the_people_they_left(self, scene, held_clock, ben):
        held_clock.forward(days=1)
        with pytest.raises(NotThere):
            post_for(community.viewer(ben), spaces.sealed_topic(scene["Ana"], scene.space))
        with pytest.raises(NotThere):
            post_for(community.viewer(scene["Ana"]), spaces.sealed_topic(ben, scene.space))

    def test_and_a_year_later_no_more(self, scene, held_clock, ben):
        held_clock.forward(days=YEAR_AND_A_DAY)
        assert post_for(community.viewer(ben), spaces.sealed_topic(scene["Ana"], scene.space))
        assert post_for(community.viewer(scene["Ana"]), spaces.sealed_topic(ben, scene.space))

    def test_stays_when_the_month_is_over(self, scene, held_clock, ben):
        held_clock.forward(days=31)
        check_mixture()
        assert ben.id in actions.present_members(scene.space.id)


class TestBeingLetIn:
    @pytest.fixture
    def kim(self, scene):
        kim = community.person("Kim")
        community.join(kim, scene.circle)
        workplaces.works_for(kim, "Adatum", "adatum.example")
        return kim

    def test_not_by_a_job_that_ended_last_month(self, scene, held_clock, kim):
        job_ends(kim)
        held_clock.forward(days=30)
        with pytest.raises(NotVerified):
            actions.enter(community.viewer(kim), scene.circle.id)

    def test_nor_again_after_leaving_the_space_without_one(self, scene, held_clock, kim):
        actions.enter(community.viewer(kim), scene.circle.id)
        job_ends(kim)
        actions.leave(community.viewer(kim), scene.space.public_id)
        with pytest.raises(NotVerified):
            actions.enter(community.viewer(kim), scene.circle.id)

    def test_but_by_the_word_of_two(self, scene, kim):
        job_ends(kim)
        workplaces.vouched_for(kim, scene.circle, by=(scene["Ana"], scene["Chidi"]))
        assert actions.enter(community.viewer(kim), scene.circle.id)

    def test_whose_job_has_ended_vouches_for_nobody(self, scene, kim):
        job_ends(scene["Ana"])
        with pytest.raises(employers.CannotVouch):
            workplaces.vouched_for(kim, scene.circle, by=(scene["Ana"],))


class TestTheMonthlyLook:
    """Nine members: two each of Northwind, Contoso and Fabrikam, one each of three others."""

    def test_three_who_have_just_left_one_employer_are_still_of_it(self, scene, held_clock):
        lately = clock.today() - timedelta(days=20)
        for name in ("Hana", "Ivo"):
            workplaces.worked_for(scene[name], "Northwind", until=lately)
        assert is_read_only(), "four of nine are, or were lately, of Northwind"
        held_clock.forward(days=YEAR_AND_A_DAY)
        assert not is_read_only()

    def test_who_has_left_is_not_an_employer_of_their_own(self, scene, held_clock):
        workplaces.group("Big", "Litware", "Tailspin")
        assert not is_read_only()
        workplaces.group("Big", "Wingtip")
        for name in ("Ema", "Finn"):
            job_ends(scene[name])
        assert is_read_only(), "four families are left, whoever has just left one of them"
        held_clock.forward(days=YEAR_AND_A_DAY)
        assert not is_read_only()

    def test_nobody_stands_for_more_than_one_employer(self, scene):
        workplaces.group("Big", "Litware", "Tailspin", "Wingtip")
        for employer in ("Adatum", "Proseware"):
            workplaces.works_for(scene["Ivo"], employer)
            employers.allow_change(workplaces.STAFF, scene["Ivo"].address)
        assert is_read_only()

    def test_two_names_of_one_mail_domain_are_one(self, scene):
        workplaces.group("Big", "Litware", "Tailspin")
        assert not is_read_only()
        told = workplaces.works_for(scene["Ivo"], "The firm")
        workplaces.change(told, verified_on=clock.today(), verified_domain="contoso.example")
        assert is_read_only()

    def test_a_space_that_opens_counts_alike(self, scene):
        members = actions.present_members(scene.space.id)
        assert actions.is_mixed(members)
        for name in ("Hana", "Ivo"):
            workplaces.worked_for(scene[name], "Northwind", until=clock.today())
        assert not actions.is_mixed(members)


class TestWhoKeepsOrder:
    @pytest.mark.parametrize(("days", "is_refused"), [(300, True), (YEAR_AND_A_DAY, False)])
    def test_a_moderator_may_not_lately_have_been_a_colleague(
        self, scene, held_clock, days, is_refused
    ):
        actions.appoint(scene["Ana"].id, scene.circle.id)
        job_ends(scene["Ben"])
        held_clock.forward(days=days)
        if is_refused:
            with pytest.raises(SameEmployer):
                actions.appoint(scene["Ben"].id, scene.circle.id)
        else:
            actions.appoint(scene["Ben"].id, scene.circle.id)

    @pytest.mark.parametrize(("days", "is_refused"), [(300, True), (YEAR_AND_A_DAY, False)])
    def test_nor_may_a_guardian(self, watched, held_clock, days, is_refused):
        kim = community.person("Kim")
        workplaces.works_for(kim, "Adatum")
        job_ends(kim)
        held_clock.forward(days=days)
        if is_refused:
            with pytest.raises(Colleagues):
                name_guardian(kim.id)
        else:
            name_guardian(kim.id)

    def test_guardians_who_became_colleagues_are_told_of(self, watched):
        assert come_apart()
        workplaces.works_for(watched.gus, "Proseware")
        job_ends(watched.gus)
        assert not come_apart()

    def test_a_guardian_who_left_the_authors_employer_lately_is_not_asked(self, watched):
        spaces.change_member(watched.here, watched.dora, role=Role.MEMBER)
        job_ends(watched.jo)
        spaces.report(watched.ben, watched.topic)
        assert take_as_guardian(watched.reads("jo")) is None
        assert take_as_guardian(watched.reads("gus"))
