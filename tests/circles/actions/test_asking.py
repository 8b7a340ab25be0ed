import pytest

from forum.accounts.actions import close_account
from forum.circles import actions, queries
from forum.circles.actions import AskLater, DecidedAlready
from forum.core.errors import NotThere, TooOften
from forum.models.circles import MembershipState, Role, Visibility
from forum.policy.allowed import ForModerators, NoDoor, SignInFirst, Suspended
from forum.policy.viewer import GUEST
from tests.circles.conftest import member_count, membership
from tests.support import community
from tests.support.together import at_once

APPROVAL = Visibility.APPROVAL
SLUG = "approval-circle"
REQUESTED, DECLINED = MembershipState.REQUESTED, MembershipState.DECLINED


def asks(scene, note: str = "I sell shoes."):
    actions.ask(scene.reads("ana"), SLUG, note)


def stands(scene):
    return membership(scene.ana, scene.circles[APPROVAL])


class TestAsking:
    def test_who_asks_waits_with_a_note(self, scene):
        asks(scene)
        assert (stands(scene).state, stands(scene).words) == (REQUESTED, "I sell shoes.")
        assert member_count(SLUG) == 1

    def test_asked_twice_the_last_note_stands(self, scene):
        asks(scene)
        asks(scene, "")
        assert (stands(scene).state, stands(scene).words) == (REQUESTED, None)

    def test_taken_back_the_note_is_gone(self, scene):
        asks(scene)
        actions.take_back(scene.reads("ana"), SLUG)
        assert stands(scene) is None

    def test_what_was_decided_is_not_taken_back(self, scene):
        asks(scene)
        actions.accept(scene.reads("dora"), SLUG, scene.ana.public_id)
        actions.take_back(scene.reads("ana"), SLUG)
        assert stands(scene).state is MembershipState.ACTIVE

    def test_a_member_who_asks_stays_what_they_are(self, scene):
        actions.ask(scene.reads("dora"), SLUG, "")
        row = membership(scene.dora, scene.circles[APPROVAL])
        assert (row.state, row.role) == (MembershipState.ACTIVE, Role.MODERATOR)

    @pytest.mark.parametrize("kind", [Visibility.OPEN, Visibility.MEMBERS])
    def test_where_one_walks_in_nobody_is_asked(self, scene, kind):
        with pytest.raises(NoDoor):
            actions.ask(scene.reads("ana"), f"{kind}-circle", "")

    @pytest.mark.parametrize("slug", ["secret-circle", "nowhere"])
    def test_a_secret_circle_is_as_absent_as_none(self, scene, slug):
        with pytest.raises(NotThere):
            actions.ask(scene.reads("ana"), slug, "")

    def test_a_guest_does_not_even_know_it(self, scene):
        with pytest.raises(NotThere):
            actions.ask(GUEST, SLUG, "")

    def test_who_is_suspended_may_not(self, scene):
        community.suspend(scene.ana)
        with pytest.raises(Suspended):
            asks(scene)

    def test_who_was_sent_away_may_not(self, scene):
        community.join(scene.ana, scene.circles[APPROVAL])
        community.send_away(scene.ana, scene.circles[APPROVAL])
        with pytest.raises(NoDoor):
            asks(scene)

    def test_who_is_invited_is_in_at_once(self, scene):
        community.join(scene.ana, scene.circles[Visibility.OPEN])
        actions.invite(scene.reads("dora"), SLUG, scene.ana.handle)
        asks(scene)
        assert stands(scene).state is MembershipState.ACTIVE

    def test_there_is_an_end_to_asking(self, scene):
        for _again in range(20):
            asks(scene)
        with pytest.raises(TooOften):
            asks(scene)


class TestDeciding:
    def test_who_is_let_in_is_a_member_and_the_note_is_gone(self, scene):
        asks(scene)
        actions.accept(scene.reads("dora"), SLUG, scene.ana.public_id)
        row = stands(scene)
        assert (row.state, row.role, row.words) == (MembershipState.ACTIVE, Role.MEMBER, None)
        assert member_count(SLUG) == 2

    def test_who_is_not_reads_why(self, scene):
        asks(scene)
        actions.decline(scene.reads("dora"), SLUG, scene.ana.public_id, "Shops only.")
        assert (stands(scene).state, stands(scene).words) == (DECLINED, "Shops only.")
        there = queries.standing(scene.reads("ana"), scene.circles[APPROVAL].id)
        assert (there.words, there.may_ask) == ("Shops only.", False)
        assert member_count(SLUG) == 1

    def test_and_asks_again_after_thirty_days(self, held_clock, scene):
        asks(scene)
        actions.decline(scene.reads("dora"), SLUG, scene.ana.public_id, "Shops only.")
        held_clock.forward(days=29)
        with pytest.raises(AskLater):
            asks(scene)
        held_clock.forward(days=1)
        asks(scene, "We have shops now.")
        assert (stands(scene).state, stands(scene).words) == (REQUESTED, "We have shops now.")

    @pytest.mark.parametrize("second", ["accept", "decline"])
    def test_what_is_decided_stays_so(self, scene, second):
        asks(scene)
        actions.decline(scene.reads("dora"), SLUG, scene.ana.public_id, "First.")
        words = () if second == "accept" else ("Second.",)
        with pytest.raises(DecidedAlready):
            getattr(actions, second)(scene.reads("dora"), SLUG, scene.ana.public_id, *words)
        assert stands(scene).words == "First."

    def test_two_moderators_at_one_moment_decide_once(self, app, scene):
        asks(scene)
        dora, ana = scene.reads("dora"), scene.ana.public_id
        said = at_once(
            app,
            *[lambda: actions.accept(dora, SLUG, ana)] * 3,
            *[lambda: actions.decline(dora, SLUG, ana, "No.")] * 3,
        )
        assert said.count(None) == 1
        assert all(isinstance(error, DecidedAlready) for error in said if error)
        assert member_count(SLUG) == (2 if None in said[:3] else 1)

    def test_only_moderators_decide(self, scene):
        asks(scene)
        ben = community.person("Ben")
        community.join(ben, scene.circles[APPROVAL])
        for act in (actions.accept, lambda *who: actions.decline(*who, "No.")):
            with pytest.raises(ForModerators):
                act(community.viewer(ben), SLUG, scene.ana.public_id)

    def test_somebody_who_never_asked_is_not_there(self, scene):
        with pytest.raises(NotThere):
            actions.accept(scene.reads("dora"), SLUG, scene.ana.public_id)


class TestClosingAnAccount:
    def test_it_takes_what_was_asked_along(self, scene):
        asks(scene)
        close_account(scene.ana.id)
        assert stands(scene) is None

    def test_nobody_joins_who_is_gone(self, scene):
        viewer = scene.reads("ana")
        close_account(scene.ana.id)
        with pytest.raises(SignInFirst):
            actions.join(viewer, "open-circle")
        with pytest.raises(SignInFirst):
            actions.ask(viewer, SLUG, "")

    @pytest.mark.parametrize("come_in", ["join", "accept"])
    def test_at_the_moment_somebody_comes_in_nothing_of_them_stays(self, app, scene, come_in):
        asks(scene)
        ana, dora, slug = scene.reads("ana"), scene.reads("dora"), "open-circle"
        acts = {"join": lambda: actions.join(ana, slug)}
        acts["accept"] = lambda: actions.accept(dora, SLUG, scene.ana.public_id)
        closed, _came = at_once(app, lambda: close_account(scene.ana.id), acts[come_in])
        assert closed is None
        assert stands(scene) is membership(scene.ana, scene.circles[Visibility.OPEN]) is None
        assert (member_count(slug), member_count(SLUG)) == (1, 1)
