"""Who is outside a private space finds none of its topics."""

from dataclasses import replace

import pytest

from forum.core.errors import NotThere
from forum.discussions import queries
from forum.discussions.queries.thread import TIME, Ask
from forum.policy.viewer import GUEST, Viewer
from tests.discussions.asking import no_trace, shown
from tests.support import community, spaces


class TestDoors:
    def outside(self, inside, viewer: Viewer) -> None:
        for ask in (Ask(), Ask(view=TIME)):
            with pytest.raises(NotThere):
                queries.thread(viewer, inside.topic, ask)
            with pytest.raises(NotThere):
                queries.thread_at(viewer, inside.topic, ask)
        with pytest.raises(NotThere):
            queries.post_for(viewer, inside.topic)
        with pytest.raises(NotThere):
            spaces.space_for(viewer, inside.here.public_id)

    def test_a_guest_is_outside(self, inside):
        self.outside(inside, GUEST)

    def test_a_member_of_the_circle_alone_is_outside(self, inside):
        gil = community.person("Gil")
        community.join(gil, inside.retail)
        self.outside(inside, community.viewer(gil))

    def test_staff_and_the_circles_moderators_are_outside(self, inside):
        boss, mo = community.person("Boss", staff=True), community.person("Mo")
        community.join(mo, inside.retail, spaces.Role.MODERATOR)
        self.outside(inside, community.viewer(boss, staff_proved=True))
        self.outside(inside, community.viewer(mo))

    def test_a_member_of_another_space_is_outside(self, inside):
        gil = community.person("Gil")
        spaces.enter(spaces.space(community.circle("energy")), gil)
        self.outside(inside, community.viewer(gil))

    def test_whoever_left_the_space_is_outside(self, inside):
        spaces.leave(inside.here, inside.ben)
        self.outside(inside, inside.reads("ben"))

    def test_even_who_wrote_there(self, inside):
        spaces.leave(inside.here, inside.ana)
        self.outside(inside, inside.reads("ana"))

    def test_whoever_left_the_circle_is_outside(self, inside):
        community.leave(inside.ben, inside.retail)
        self.outside(inside, inside.reads("ben"))

    def test_whoever_was_sent_away_from_the_circle_is_outside(self, inside):
        community.send_away(inside.ben, inside.retail)
        self.outside(inside, inside.reads("ben"))

    def test_after_a_password_reset_all_is_shut_for_a_while(self, inside):
        ben = inside.reads("ben")
        assert shown(ben, inside.topic) == [inside.topic]
        self.outside(inside, replace(ben, spaces_shut=True))

    def test_of_topics_before_a_change_of_employers_there_is_nothing(self, held_clock, inside):
        spaces.change_employers(inside.ben)
        held_clock.forward(days=1)
        later = spaces.sealed_topic(inside.dora, inside.here)
        no_trace(inside.reads("ben"), later, inside.topic, inside.here.public_id)
        assert spaces.listed(inside.ben, inside.here) == [later]
        assert shown(inside.reads("ben"), later) == [later]
