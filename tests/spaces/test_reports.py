"""A report is opened to one person outside the wall; nobody else learns that there is one."""

import pytest
from sqlalchemy import delete

from forum.core.db import transaction
from forum.core.errors import NotThere
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.circles import Role
from forum.models.discussions import Report
from forum.models.guarding import LogEntry, ReportCase, Step
from forum.models.spaces import SpaceMember
from forum.policy.allowed import ForModerators
from forum.spaces.guardians import (
    Colleagues,
    TooFewGuardians,
    dismiss_guardian,
    name_guardian,
)
from forum.spaces.hours import NotHours, set_hours
from forum.spaces.reports import settle, take, take_as_guardian
from tests.support import community, spaces, workplaces
from tests.support.together import at_once
from tests.support.watched import rows


def taken(watched, name):
    return take(watched.reads(name), watched.here.public_id)


def guarded(watched, *names):
    return {name: bool(take_as_guardian(watched.reads(name))) for name in names}


def without_dora(watched):
    """Only Eli, of Ana's employer, is left as a moderator."""
    spaces.change_member(watched.here, watched.dora, role=Role.MEMBER)


class TestAModerator:
    def test_outside_the_wall_reads_the_post_with_what_it_answers_and_what_was_said(self, watched):
        answer = spaces.sealed_reply(watched.ben, watched.topic, "It serves you right.")
        spaces.sealed_reply(watched.cara, watched.topic, "Another branch.")
        spaces.report(watched.finn, answer, "This hurts.")
        got = taken(watched, "dora")
        assert got.post_public_id == answer
        assert got.opened.title == "It failed"
        assert [post.html for post in got.opened.posts] == [
            "<p>Badly.</p>",
            "<p>It serves you right.</p>",
        ]
        assert [post.handle for post in got.opened.posts] == [
            spaces.name_in(watched.ana, answer),
            spaces.name_in(watched.ben, answer),
        ]
        assert [words for _reason, words in got.said] == ["This hurts."]

    def test_behind_the_wall_learns_nothing(self, watched):
        before = taken(watched, "eli")
        spaces.report(watched.ben, watched.topic)
        assert taken(watched, "eli") is before is None
        assert rows(ReportCase) == []

    def test_who_wrote_it_or_reported_it_is_not_asked(self, watched):
        mine = spaces.sealed_reply(watched.dora, watched.topic)
        spaces.report(watched.ben, mine)
        assert taken(watched, "dora") is None
        spaces.report(watched.dora, watched.topic)
        assert taken(watched, "dora") is None

    def test_keeps_it_and_no_second_one_gets_it_until_a_day_has_passed(self, watched, held_clock):
        fay = community.person("Fay")
        spaces.enter(watched.here, fay, Role.MODERATOR, employer="Fourth Coffee")
        spaces.report(watched.ben, watched.topic)
        assert taken(watched, "dora") == taken(watched, "dora") is not None
        assert take(community.viewer(fay), watched.here.public_id) is None
        held_clock.forward(days=2)
        assert take(community.viewer(fay), watched.here.public_id)
        with pytest.raises(NotThere):
            settle(watched.reads("dora"), watched.topic, hide=True)

    def test_two_at_once_are_given_it_once(self, watched, app):
        fay = community.person("Fay")
        spaces.enter(watched.here, fay, Role.MODERATOR, employer="Fourth Coffee")
        spaces.report(watched.ben, watched.topic)
        both = [
            lambda who=who: take(who, watched.here.public_id)
            for who in (watched.reads("dora"), community.viewer(fay))
        ]
        got = at_once(app, *both)
        assert sorted(each is None for each in got) == [False, True], got

    def test_settles_it_with_all_other_reports_of_the_post(self, watched):
        for name in ("ben", "cara"):
            spaces.report(watched.people[name], watched.topic)
        taken(watched, "dora")
        settle(watched.reads("dora"), watched.topic, hide=True)
        assert all(report.settled_at for report in rows(Report))
        assert taken(watched, "dora") is None
        with pytest.raises(NotThere):
            topic_of(watched, "ben")

    def test_only_of_the_space_may_ask(self, watched):
        with pytest.raises(ForModerators):
            taken(watched, "ben")
        with pytest.raises(NotThere):
            taken(watched, "gus")

    def test_nobody_settles_what_was_not_opened_to_them(self, watched):
        spaces.report(watched.ben, watched.topic)
        for name in ("dora", "eli", "ben", "gus"):
            with pytest.raises(NotThere):
                settle(watched.reads(name), watched.topic, hide=False)


def topic_of(watched, name):
    return topic_ground(watched.reads(name), watched.topic)


class TestGuardians:
    def test_are_not_asked_while_a_moderator_may_be(self, watched):
        spaces.report(watched.ben, watched.topic)
        assert guarded(watched, "gus", "hal") == {"gus": False, "hal": False}

    def test_outside_the_wall_one_is_asked_when_no_moderator_may_be(self, watched):
        without_dora(watched)
        spaces.report(watched.ben, watched.topic)
        assert guarded(watched, "jo", "gus", "hal") == {"jo": False, "gus": True, "hal": False}
        settle(watched.reads("gus"), watched.topic, hide=False)
        assert guarded(watched, "gus") == {"gus": False}

    def test_are_asked_where_nobody_moderates(self, watched):
        with transaction() as session:
            session.execute(delete(SpaceMember).where(SpaceMember.role == Role.MODERATOR))
        spaces.report(watched.ben, watched.topic)
        assert take_as_guardian(watched.reads("hal")).opened.title == "It failed"

    def test_who_wrote_or_reported_it_is_not_asked(self, watched):
        without_dora(watched)
        spaces.enter(watched.here, watched.gus)
        spaces.report(watched.gus, watched.topic)
        assert guarded(watched, "gus", "hal") == {"gus": False, "hal": True}

    def test_fewer_than_four_are_asked_nothing(self, watched):
        without_dora(watched)
        spaces.report(watched.ben, watched.topic)
        dismiss_guardian(watched.ida.id)
        with pytest.raises(TooFewGuardians):
            take_as_guardian(watched.reads("gus"))

    def test_nobody_else_is_one(self, watched):
        for name in ("ana", "dora"):
            with pytest.raises(NotThere):
                take_as_guardian(watched.reads(name))

    def test_come_from_different_employers(self, watched):
        kim = community.person("Kim")
        workplaces.works_for(kim, "Adatum")
        with pytest.raises(Colleagues):
            name_guardian(kim.id)


class TestThreeReports:
    def report_by(self, watched, *names):
        for name in names:
            spaces.report(watched.people[name], watched.topic)

    def is_hidden(self, watched) -> bool:
        try:
            topic_of(watched, "finn")
        except NotThere:
            return True
        return False

    def test_hide_a_post_until_somebody_has_looked(self, watched):
        self.report_by(watched, "ben", "cara")
        assert not self.is_hidden(watched)
        self.report_by(watched, "finn")
        assert self.is_hidden(watched)
        assert taken(watched, "dora")
        settle(watched.reads("dora"), watched.topic, hide=False)
        assert not self.is_hidden(watched)

    def test_of_one_member_are_one(self, watched):
        self.report_by(watched, "ben", "ben", "ben", "cara")
        assert not self.is_hidden(watched)

    def test_hide_nothing_that_was_looked_at(self, watched):
        self.report_by(watched, "ben")
        taken(watched, "dora")
        settle(watched.reads("dora"), watched.topic, hide=False)
        self.report_by(watched, "ben", "cara", "finn")
        assert not self.is_hidden(watched)

    @pytest.mark.parametrize(
        ("hours", "hides"), [((8, 12), False), ((22, 10), False), ((10, 24), True)]
    )
    def test_hide_nothing_in_moderated_hours(self, watched, held_clock, hours, hides):
        set_hours(watched.reads("dora"), watched.here.public_id, hours)
        spaces.sealed_topic(watched.ana, watched.here)
        self.report_by(watched, "ben", "cara", "finn")
        assert self.is_hidden(watched) is hides

    def test_hours_are_a_moderators_to_set(self, watched):
        with pytest.raises(ForModerators):
            set_hours(watched.reads("ben"), watched.here.public_id, (8, 12))
        for wrong in ((8, 8), (-1, 4), (3, 25)):
            with pytest.raises(NotHours):
                set_hours(watched.reads("dora"), watched.here.public_id, wrong)
        set_hours(watched.reads("dora"), watched.here.public_id, (8, 12))
        set_hours(watched.reads("dora"), watched.here.public_id, None)


def test_each_opening_is_logged_and_nothing_in_the_log_says_of_whom(watched):
    spaces.report(watched.ben, watched.topic)
    taken(watched, "dora")
    settle(watched.reads("dora"), watched.topic, hide=False)
    assert [entry.step for entry in rows(LogEntry)] == [Step.REPORT_OPENED, Step.REPORT_SETTLED]
    known = {str(watched.dora.id), str(watched.ana.id), watched.dora.public_id}
    for entry in rows(LogEntry):
        assert not known & {entry.about, entry.mark}
