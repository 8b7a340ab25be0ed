"""Whoever leaves a circle leaves its private space, and comes back to neither without being let in.

Being let in anew they are who they were, so that what was decided about them still holds.
"""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.circles import actions as circles
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import NotThere
from forum.discussions.queries import own_posts, post_for
from forum.models.accounts import User
from forum.models.circles import MembershipState, Role
from forum.models.guarding import Ability
from forum.models.spaces import SpaceMember
from forum.policy.allowed import Barred
from forum.spaces import actions
from forum.spaces.guardians import moderator_ids
from forum.spaces.queries import space_of_circle
from forum.spaces.reports import take, take_as_guardian
from forum.spaces.sanctions import bar
from tests.support import community, spaces
from tests.support.watched import rows


def is_in(scene, name: str) -> bool:
    return space_of_circle(community.viewer(scene[name]), scene.circle.id) is not None


def row_of(person) -> SpaceMember:
    (mine,) = [row for row in rows(SpaceMember) if row.user_id == person.id]
    return mine


def leaves(scene, name: str) -> None:
    community.leave(scene[name], scene.circle)


def comes_back(scene, name: str) -> None:
    circles.join(community.viewer(scene[name]), scene.circle.slug)


def is_sent_away_and_let_in_again(scene, name: str) -> None:
    community.send_away(scene[name], scene.circle)
    circles.appoint(scene[name].id, scene.circle.slug, Role.MEMBER)


def leaves_and_comes_back(scene, name: str) -> None:
    leaves(scene, name)
    comes_back(scene, name)


class TestLeavingTheCircle:
    def test_ends_being_in_the_space_and_only_the_month_is_kept(self, scene, held_clock):
        held_clock.forward(days=9)
        leaves(scene, "Ana")
        assert row_of(scene["Ana"]).left_on == clock.today().replace(day=1)

    def test_takes_nobody_else_out(self, scene):
        leaves(scene, "Ana")
        gone = [row.user_id for row in rows(SpaceMember) if row.left_on]
        assert gone == [scene["Ana"].id]

    def test_ends_no_space_of_another_circle(self, scene):
        energy = community.circle("energy")
        spaces.enter(spaces.space(energy), scene["Ana"])
        leaves(scene, "Ana")
        assert space_of_circle(community.viewer(scene["Ana"]), energy.id)

    def test_of_who_left_the_space_before_the_day_stays(self, scene, held_clock):
        actions.leave(community.viewer(scene["Ana"]), scene.space.public_id)
        month = clock.today().replace(day=1)
        held_clock.forward(days=40)
        leaves(scene, "Ana")
        assert row_of(scene["Ana"]).left_on == month

    def test_leaves_what_they_wrote_to_the_others(self, scene):
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        leaves(scene, "Ana")
        assert post_for(community.viewer(scene["Chidi"]), topic)


@pytest.mark.parametrize("goes", [leaves_and_comes_back, is_sent_away_and_let_in_again])
class TestComingBack:
    def test_to_the_circle_is_not_coming_back_to_the_space(self, scene, goes):
        topic = spaces.sealed_topic(scene["Chidi"], scene.space)
        goes(scene, "Ana")
        assert community.viewer(scene["Ana"]).circle(scene.circle.id)
        assert not is_in(scene, "Ana")
        with pytest.raises(NotThere):
            post_for(community.viewer(scene["Ana"]), topic)

    def test_they_are_not_counted_before_they_are_let_in(self, scene, goes):
        goes(scene, "Ana")
        assert scene["Ana"].id not in actions.present_members(scene.space.id)
        actions.enter(community.viewer(scene["Ana"]), scene.circle.id)
        assert scene["Ana"].id in actions.present_members(scene.space.id)

    def test_once_let_in_they_are_who_they_were(self, scene, goes):
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        before, name = row_of(scene["Ana"]), spaces.name_in(scene["Ana"], topic)
        goes(scene, "Ana")
        actions.enter(community.viewer(scene["Ana"]), scene.circle.id)
        after = row_of(scene["Ana"])
        assert (after.number, after.secret) == (before.number, before.secret)
        assert spaces.name_in(scene["Ana"], topic) == name
        (mine,) = own_posts(community.viewer(scene["Ana"]), spaces.seen(scene["Ana"], scene.space))
        assert mine.public_id == topic

    def test_a_moderator_of_the_space_is_none_any_more(self, scene, goes):
        actions.appoint(scene["Ana"].id, scene.circle.id)
        assert moderator_ids(scene.space.id) == [scene["Ana"].id]
        goes(scene, "Ana")
        actions.enter(community.viewer(scene["Ana"]), scene.circle.id)
        assert moderator_ids(scene.space.id) == []


class TestWhatWasDecided:
    def test_a_barred_name_stays_barred(self, watched):
        answer = spaces.sealed_reply(watched.ben, watched.topic, "It serves you right.")
        bar(watched.reads("dora"), answer, Ability.WRITE, 7, "Please be kind.")
        community.leave(watched.ben, watched.retail)
        circles.join(watched.reads("ben"), watched.retail.slug)
        spaces.change_member(watched.here, watched.ben, left_on=None)
        with pytest.raises(Barred):
            spaces.sealed_reply(watched.ben, watched.topic)

    def test_whoever_was_sent_away_is_not_in_the_space_meanwhile(self, scene):
        community.send_away(scene["Ana"], scene.circle)
        assert not is_in(scene, "Ana")
        assert scene["Ana"].id not in actions.present_members(scene.space.id)

    def test_nor_can_they_be_made_its_moderator(self, scene):
        community.send_away(scene["Ana"], scene.circle)
        with pytest.raises(NotThere):
            actions.appoint(scene["Ana"].id, scene.circle.id)

    def test_a_page_from_before_they_left_lets_nobody_in(self, scene):
        """Sent while another window leaves the circle."""
        stale = community.viewer(scene["Ana"])
        leaves(scene, "Ana")
        actions.enter(stale, scene.circle.id)
        assert not is_in(scene, "Ana")
        comes_back(scene, "Ana")
        assert not is_in(scene, "Ana")


class TestWhenModeratorsLeave:
    def test_leaving_the_space_alone_ends_it_too(self, scene):
        actions.appoint(scene["Ana"].id, scene.circle.id)
        actions.leave(community.viewer(scene["Ana"]), scene.space.public_id)
        assert row_of(scene["Ana"]).role is Role.MEMBER

    def test_another_of_their_employer_can_follow_them(self, scene):
        actions.appoint(scene["Ana"].id, scene.circle.id)
        leaves(scene, "Ana")
        actions.appoint(scene["Ben"].id, scene.circle.id)
        comes_back(scene, "Ana")
        actions.enter(community.viewer(scene["Ana"]), scene.circle.id)
        assert moderator_ids(scene.space.id) == [scene["Ben"].id]

    def test_reports_go_to_who_is_left_and_then_to_guardians(self, watched):
        report = spaces.sealed_topic(watched.finn, watched.here)
        spaces.report(watched.ben, report)
        community.leave(watched.dora, watched.retail)
        assert take(watched.reads("eli"), watched.here.public_id)
        other = spaces.sealed_reply(watched.cara, report, "Look.")
        spaces.report(watched.finn, other)
        community.leave(watched.eli, watched.retail)
        assert take_as_guardian(watched.reads("gus"))


def test_whoever_is_let_into_the_circle_for_the_first_time_is_in_no_space(scene):
    kim = community.person("Kim")
    community.join(kim, scene.circle)
    community.set_membership(kim, scene.circle, MembershipState.REQUESTED)
    circles.appoint(kim.id, scene.circle.slug, Role.MEMBER)
    assert space_of_circle(community.viewer(kim), scene.circle.id) is None


class TestTheQuestion:
    """What the page that asks first says, and to whom."""

    @pytest.fixture
    def page(self, app, scene):
        def page(name: str) -> str:
            client = app.test_client()
            community.sign_in(client, scene[name])
            return client.get(f"/c/{scene.circle.slug}/membership/end").text

        return page

    def test_says_to_who_is_in_the_space_that_they_leave_it_too(self, page):
        assert "private space" in page("Ana")

    def test_not_to_who_is_not_or_is_no_longer(self, scene, page):
        spaces.leave(scene.space, scene["Ana"])
        assert "private space" not in page("Ana")

    def test_nor_where_private_spaces_are_shut_to_them(self, scene, page):
        """After a password was reset: whoever did that shall not learn that they are in."""
        soon = clock.now() + timedelta(days=1)
        with transaction() as session:
            session.execute(update(User).where(User.id == scene["Ana"].id).values(spaces_from=soon))
        assert "private space" not in page("Ana")

    def test_says_to_who_keeps_order_there_that_it_ends(self, scene, page):
        assert "keep order" not in page("Ana")
        actions.appoint(scene["Ana"].id, scene.circle.id)
        assert "keep order" in page("Ana")

    def test_differs_in_nothing_but_words_of_its_one_paragraph(self, scene, page):
        """From where somebody else may stand it is the same page: title, form, signs, colours."""
        inside = page("Ana")
        spaces.leave(scene.space, scene["Ana"])
        assert _without_words(inside) == _without_words(page("Ana"))
        assert "dusk" not in inside

    def test_what_is_said_afterwards_is_the_same_for_all(self, app, scene):
        said = set()
        spaces.leave(scene.space, scene["Ben"])
        for name in ("Ana", "Ben"):
            client = app.test_client()
            community.sign_in(client, scene[name])
            sent = {"csrf_token": community.csrf(client)}
            answer = client.post(f"/c/{scene.circle.slug}/membership/end", data=sent)
            said.add(re.search(r"You have left[^<]*", client.get(answer.location).text)[0])
        assert said == {"You have left. What you wrote stays."}


def _without_words(page: str) -> str:
    page = re.sub(r'(name="csrf_token"[^>]*value=")[^"]*', r"\1", page)
    return re.sub(r"<p>What you wrote stays\..*?</p>", "<p></p>", page, flags=re.DOTALL)
