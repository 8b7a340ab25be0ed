import pytest
from sqlalchemy import select

from forum.accounts.actions import close_account
from forum.circles import actions, queries
from forum.circles.actions import NobodyOfThatName, NoLink, NotInvited
from forum.circles.actions.inviting import InAlready
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.circles import Invitation, MembershipState, Role, Visibility
from forum.policy.allowed import ForModerators, HasNoLock, Suspended
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from tests.circles.conftest import member_count, membership
from tests.support import community
from tests.support.together import at_once

NARROW = pytest.mark.parametrize("kind", [Visibility.APPROVAL, Visibility.SECRET])
INVITED, ACTIVE = MembershipState.INVITED, MembershipState.ACTIVE
SECRET = "secret-circle"


@pytest.fixture
def met(scene):
    """Ana and Dora share the open circle."""
    community.join(scene.ana, scene.circles[Visibility.OPEN])
    return scene


def invites(scene, slug: str = SECRET):
    actions.invite(scene.reads("dora"), slug, scene.ana.handle)


def slugs(viewer) -> set[str]:
    return {card.slug for card in queries.directory(viewer)}


def link(scene, slug: str = SECRET) -> str:
    """The token of a new link."""
    before = _links(scene, slug)
    actions.make_link(scene.reads("dora"), slug)
    (made,) = _links(scene, slug) - before
    return actions.token_of(made)


def _links(scene, slug: str) -> set[str]:
    circle = community.find(slug)
    return {one.public_id for one in queries.door(scene.reads("dora"), circle.id).links}


class TestByHandle:
    @NARROW
    def test_somebody_one_shares_a_circle_with(self, met, kind):
        invites(met, f"{kind}-circle")
        assert membership(met.ana, met.circles[kind]).state is INVITED
        assert member_count(f"{kind}-circle") == 1

    def test_who_is_invited_learns_of_a_secret_circle_and_reads_nothing_there(self, met):
        assert SECRET not in slugs(met.reads("ana"))
        invites(met)
        assert SECRET in slugs(met.reads("ana"))
        assert queries.about(met.reads("ana"), SECRET).moderators == []
        with pytest.raises(NotThere):
            queries.place(met.reads("ana"), SECRET)

    def test_the_invitation_taken_back_it_is_gone(self, met):
        invites(met)
        actions.withdraw(met.reads("dora"), SECRET, met.ana.public_id)
        assert SECRET not in slugs(met.reads("ana"))
        with pytest.raises(NotThere):
            actions.follow(met.reads("ana"), SECRET)

    @pytest.mark.parametrize(("blocks", "blocked"), [("ana", "dora"), ("dora", "ana")])
    def test_nobody_whom_a_block_keeps_apart(self, met, blocks, blocked):
        quiet.block(met.reads(blocks), getattr(met, blocked).public_id)
        with pytest.raises(NobodyOfThatName):
            invites(met)
        assert membership(met.ana, met.circles[Visibility.SECRET]) is None

    @pytest.mark.parametrize("handle", ["ana", "nobody", ""])
    def test_a_strangers_handle_is_as_unknown_as_nobodys(self, scene, handle):
        with pytest.raises(NobodyOfThatName):
            actions.invite(scene.reads("dora"), SECRET, handle)
        assert membership(scene.ana, scene.circles[Visibility.SECRET]) is None

    def test_invited_twice_is_once(self, met):
        invites(met)
        with pytest.raises(InAlready):
            actions.invite(met.reads("dora"), SECRET, met.dora.handle)
        invites(met)
        assert membership(met.ana, met.circles[Visibility.SECRET]).state is INVITED

    def test_who_has_asked_already_is_let_in(self, met):
        actions.ask(met.reads("ana"), "approval-circle", "Please.")
        invites(met, "approval-circle")
        row = membership(met.ana, met.circles[Visibility.APPROVAL])
        assert (row.state, row.words) == (ACTIVE, None)

    @pytest.mark.parametrize("kind", [Visibility.OPEN, Visibility.MEMBERS])
    def test_nobody_is_invited_where_everybody_walks_in(self, met, kind):
        with pytest.raises(HasNoLock):
            invites(met, f"{kind}-circle")

    def test_only_moderators_invite(self, met):
        community.join(met.ana, met.circles[Visibility.SECRET])
        with pytest.raises(ForModerators):
            actions.invite(met.reads("ana"), SECRET, met.dora.handle)


class TestAnswering:
    @NARROW
    def test_who_comes_is_a_member(self, met, kind):
        invites(met, f"{kind}-circle")
        actions.follow(met.reads("ana"), f"{kind}-circle")
        row = membership(met.ana, met.circles[kind])
        assert (row.state, row.role) == (ACTIVE, Role.MEMBER)
        assert member_count(f"{kind}-circle") == 2

    def test_who_does_not_is_forgotten(self, met):
        invites(met)
        actions.turn_down(met.reads("ana"), SECRET)
        assert membership(met.ana, met.circles[Visibility.SECRET]) is None
        assert SECRET not in slugs(met.reads("ana"))

    def test_nobody_comes_uninvited(self, met):
        with pytest.raises(NotInvited):
            actions.follow(met.reads("ana"), "approval-circle")
        with pytest.raises(NotThere):
            actions.follow(met.reads("ana"), SECRET)

    def test_turning_nothing_down_leaves_a_member_in(self, met):
        actions.turn_down(met.reads("dora"), SECRET)
        assert membership(met.dora, met.circles[Visibility.SECRET]).state is ACTIVE

    def test_who_is_suspended_does_not_come(self, met):
        invites(met)
        community.suspend(met.ana)
        with pytest.raises(Suspended):
            actions.follow(met.reads("ana"), SECRET)


class TestByLink:
    def test_who_was_handed_one_comes_in(self, scene):
        token = link(scene)
        assert queries.invitation(token).circle.slug == SECRET
        assert actions.follow_link(scene.reads("ana"), token) == SECRET
        assert membership(scene.ana, scene.circles[Visibility.SECRET]).state is ACTIVE

    def test_it_works_once(self, scene):
        token = link(scene)
        actions.follow_link(scene.reads("ana"), token)
        with pytest.raises(NoLink):
            actions.follow_link(community.viewer(community.person("Ben")), token)

    def test_of_many_at_one_moment_one_comes_in(self, app, scene):
        token = link(scene)
        people = [community.viewer(community.person(f"P{n}")) for n in range(5)]
        said = at_once(app, *(lambda p=p: actions.follow_link(p, token) for p in people))
        assert said.count(SECRET) == 1
        assert member_count(SECRET) == 2

    def test_it_works_for_fourteen_days(self, held_clock, scene):
        token = link(scene)
        held_clock.forward(days=14)
        assert queries.invitation(token)
        held_clock.forward(days=1)
        with pytest.raises(NoLink):
            actions.follow_link(scene.reads("ana"), token)

    def test_it_ends_when_whoever_made_it_keeps_the_door_no_more(self, scene):
        token = link(scene)
        community.join(scene.dora, scene.circles[Visibility.SECRET], Role.MEMBER)
        with pytest.raises(NoLink):
            actions.follow_link(scene.reads("ana"), token)

    def test_a_moderator_ends_it(self, scene):
        token = link(scene)
        (public_id,) = _links(scene, SECRET)
        actions.end_link(scene.reads("dora"), SECRET, public_id)
        with pytest.raises(NoLink):
            actions.follow_link(scene.reads("ana"), token)

    def test_it_lets_nobody_back_who_was_sent_away(self, scene):
        community.join(scene.ana, scene.circles[Visibility.SECRET])
        community.send_away(scene.ana, scene.circles[Visibility.SECRET])
        token = link(scene)
        with pytest.raises(NoLink):
            actions.follow_link(scene.reads("ana"), token)
        assert queries.invitation(token), "the link was used up"

    def test_a_member_does_not_use_it_up(self, scene):
        token = link(scene)
        with pytest.raises(NoLink):
            actions.follow_link(scene.reads("dora"), token)
        assert queries.invitation(token)

    def test_of_its_token_only_a_digest_is_kept(self, scene):
        token = link(scene)
        query = unscoped(select(Invitation), Reason.INVITING)
        (row,) = db.session.execute(query).scalars()
        assert token not in {str(value) for value in vars(row).values()}

    def test_it_goes_with_the_account_that_made_it(self, scene):
        link(scene)
        close_account(scene.dora.id)
        query = unscoped(select(Invitation.id), Reason.INVITING)
        assert db.session.execute(query).all() == []
