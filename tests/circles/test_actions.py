import pytest
from sqlalchemy import select

from forum.circles import actions, queries
from forum.circles.actions import CircleWords
from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import TooComplex
from forum.discussions.queries import post_for
from forum.models.circles import Circle, CircleKind, MembershipState, Role, Visibility
from forum.policy.allowed import ForModerators, NoDoor, NotAMember, SignInFirst, Suspended
from forum.policy.viewer import GUEST
from forum.policy.visible import Reason, unscoped
from tests.circles.conftest import member_count, membership
from tests.support import community
from tests.support.together import at_once

OPEN, MEMBERS = Visibility.OPEN, Visibility.MEMBERS
BROAD = pytest.mark.parametrize("kind", [OPEN, MEMBERS])
NARROW = pytest.mark.parametrize("kind", [Visibility.APPROVAL, Visibility.SECRET])


class TestJoining:
    @BROAD
    def test_a_member_of_the_site_walks_in(self, held_clock, scene, kind):
        actions.join(scene.reads("ana"), f"{kind}-circle")
        row = membership(scene.ana, scene.circles[kind])
        assert (row.role, row.state) == (Role.MEMBER, MembershipState.ACTIVE)
        assert row.joined_at == clock.now()

    def test_and_is_counted(self, scene):
        assert member_count("open-circle") == 1
        actions.join(scene.reads("ana"), "open-circle")
        assert member_count("open-circle") == 2

    def test_twice_is_once(self, scene):
        viewer = scene.reads("ana")
        actions.join(viewer, "open-circle")
        actions.join(viewer, "open-circle")
        actions.join(scene.reads("ana"), "open-circle")
        assert member_count("open-circle") == 2

    def test_clicked_many_times_at_one_moment_it_is_once(self, app, scene):
        viewer = scene.reads("ana")
        assert at_once(app, *[lambda: actions.join(viewer, "open-circle")] * 8) == [None] * 8
        assert member_count("open-circle") == 2

    def test_many_people_at_one_moment_are_all_counted(self, app, scene):
        people = [community.viewer(community.person(f"P{n}")) for n in range(8)]
        acts = (lambda p=p: actions.join(p, "open-circle") for p in people)
        assert at_once(app, *acts) == [None] * 8
        assert member_count("open-circle") == 9

    def test_a_moderator_who_joins_again_stays_one(self, scene):
        actions.join(scene.reads("dora"), "open-circle")
        assert membership(scene.dora, scene.circles[OPEN]).role is Role.MODERATOR

    def test_a_guest_is_told_to_sign_in(self, scene):
        with pytest.raises(SignInFirst):
            actions.join(GUEST, "open-circle")

    def test_who_is_suspended_may_not(self, scene):
        community.suspend(scene.ana)
        with pytest.raises(Suspended):
            actions.join(scene.reads("ana"), "open-circle")

    def test_an_approval_circle_has_no_door_of_that_kind(self, scene):
        with pytest.raises(NoDoor):
            actions.join(scene.reads("ana"), "approval-circle")

    @pytest.mark.parametrize("slug", ["secret-circle", "nowhere"])
    def test_a_secret_circle_is_as_absent_as_none(self, scene, slug):
        with pytest.raises(NotThere):
            actions.join(scene.reads("ana"), slug)

    def test_who_was_sent_away_cannot_come_back_by_themselves(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        community.send_away(scene.ana, scene.circles[OPEN])
        with pytest.raises(NoDoor):
            actions.join(scene.reads("ana"), "open-circle")
        assert membership(scene.ana, scene.circles[OPEN]).state is MembershipState.REMOVED


class TestLeaving:
    def test_who_leaves_is_counted_no_more(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        actions.leave(scene.reads("ana"), "open-circle")
        assert membership(scene.ana, scene.circles[OPEN]) is None
        assert member_count("open-circle") == 1

    def test_who_left_may_come_back(self, scene):
        for _ in range(2):
            actions.join(scene.reads("ana"), "open-circle")
            actions.leave(scene.reads("ana"), "open-circle")
        actions.join(scene.reads("ana"), "open-circle")
        assert member_count("open-circle") == 2

    @NARROW
    def test_one_may_leave_any_circle(self, scene, kind):
        community.join(scene.ana, scene.circles[kind])
        actions.leave(scene.reads("ana"), f"{kind}-circle")
        assert membership(scene.ana, scene.circles[kind]) is None

    def test_who_is_suspended_may_leave(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        community.suspend(scene.ana)
        actions.leave(scene.reads("ana"), "open-circle")
        assert member_count("open-circle") == 1

    def test_who_is_not_in_it_cannot(self, scene):
        with pytest.raises(NotAMember):
            actions.leave(scene.reads("ana"), "open-circle")

    def test_who_was_sent_away_cannot_wipe_that_out_by_leaving(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        stale = scene.reads("ana")
        community.send_away(scene.ana, scene.circles[OPEN])
        actions.leave(stale, "open-circle")
        assert membership(scene.ana, scene.circles[OPEN]).state is MembershipState.REMOVED

    def test_clicked_many_times_at_one_moment_it_is_once(self, app, scene):
        actions.join(scene.reads("ana"), "open-circle")
        viewer = scene.reads("ana")
        assert at_once(app, *[lambda: actions.leave(viewer, "open-circle")] * 6) == [None] * 6
        assert member_count("open-circle") == 1

    def test_what_one_wrote_stays(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        topic = community.topic(scene.ana, scene.circles[OPEN])
        actions.leave(scene.reads("ana"), "open-circle")
        assert post_for(GUEST, topic).card.byline.name == "Ana"


class TestEditing:
    WORDS = CircleWords("For shopkeepers.", "1. Be *kind*.", 5)

    def test_a_moderator_changes_what_the_circle_says(self, scene):
        actions.edit(scene.reads("dora"), "open-circle", self.WORDS)
        found = queries.about(GUEST, "open-circle")
        assert (found.purpose, found.rules, found.hue) == ("For shopkeepers.", "1. Be *kind*.", 5)
        assert "<em>kind</em>" in found.rules_html

    def test_a_member_cannot(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        with pytest.raises(ForModerators):
            actions.edit(scene.reads("ana"), "open-circle", self.WORDS)

    def test_staff_can_in_broad_circles_when_they_have_proved_themselves(self, scene):
        sam = community.viewer(community.person("Sam", staff=True), staff_proved=True)
        actions.edit(sam, "members-circle", self.WORDS)
        with pytest.raises(ForModerators):
            actions.edit(sam, "approval-circle", self.WORDS)
        with pytest.raises(NotThere):
            actions.edit(sam, "secret-circle", self.WORDS)

    def test_rules_past_their_budget_change_nothing(self, scene):
        before = queries.about(GUEST, "open-circle")
        with pytest.raises(TooComplex):
            actions.edit(scene.reads("dora"), "open-circle", CircleWords("x", "> " * 300 + "x", 1))
        assert queries.about(GUEST, "open-circle") == before


class TestFounding:
    NEW = actions.NewCircle(
        "retail",
        "Retail",
        CircleWords("Shops.", "1. Be *kind*.", 3),
        CircleKind.INDUSTRY,
        "G",
        OPEN,
    )

    def test_a_circle_begins_empty(self, held_clock, app_context):
        assert actions.found(self.NEW)
        row = db.session.execute(
            unscoped(select(Circle.__table__).where(Circle.slug == "retail"), Reason.SET_UP)
        ).one()
        assert (row.name, row.isic, row.hue) == ("Retail", "G", 3)
        assert (row.member_count, row.topic_count) == (0, 0)
        assert row.created_at == clock.now()
        assert "<em>kind</em>" in row.rules_html

    def test_a_slug_that_is_taken_founds_nothing(self, app_context):
        assert actions.found(self.NEW)
        assert not actions.found(self.NEW)
        assert len(queries.directory(GUEST)) == 1


class TestAppointing:
    def test_somebody_who_is_not_in_it_joins_with_the_role(self, scene):
        actions.appoint(scene.ana.id, "open-circle", Role.MODERATOR)
        assert membership(scene.ana, scene.circles[OPEN]).role is Role.MODERATOR
        assert member_count("open-circle") == 2

    def test_a_member_is_not_counted_again(self, scene):
        actions.join(scene.reads("ana"), "open-circle")
        actions.appoint(scene.ana.id, "open-circle", Role.MODERATOR)
        assert member_count("open-circle") == 2

    def test_somebody_sent_away_is_let_in_again(self, scene):
        community.join(scene.ana, scene.circles[OPEN])
        community.send_away(scene.ana, scene.circles[OPEN])
        actions.appoint(scene.ana.id, "open-circle", Role.MEMBER)
        assert membership(scene.ana, scene.circles[OPEN]).state is MembershipState.ACTIVE

    def test_in_a_circle_that_never_was_nobody_has_a_role(self, scene):
        with pytest.raises(NotThere):
            actions.appoint(scene.ana.id, "nowhere", Role.MEMBER)
