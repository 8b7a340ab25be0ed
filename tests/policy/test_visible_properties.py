"""On random communities, for every pair of a person and a thing: the scopes say what the rules say.

The rule is one expression, read both ways: what may Ana see, and who may see this.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Select, select

from forum.core.db import db, transaction
from forum.models.accounts import User
from forum.models.circles import Circle, Membership, MembershipState
from forum.models.discussions import Post, Topic
from forum.models.spaces import Space
from forum.policy import viewer as viewers
from forum.policy import visible
from forum.policy.guard import scoped
from forum.policy.prepared import Prepared
from forum.policy.viewer import GUEST, Viewer
from forum.policy.visible import rules
from tests.policy.random_community import CAN_SIGN_IN, ACommunity, APerson, communities, settle

pytestmark = pytest.mark.usefixtures("app_context")


@dataclass(frozen=True)
class Pair:
    """Somebody who can come to the site, and the community they look at; `who` is None: a guest."""

    who: APerson | None
    viewer: Viewer
    community: ACommunity
    audiences: dict[int, set[int]]
    post_audiences: dict[int, set[int]]


def what_they_see_and_who_may_see_it_agree(pair: Pair) -> None:
    if pair.who:
        reaching = {topic for topic, people in pair.audiences.items() if pair.who.id in people}
        assert seen(visible.topics(pair.viewer, Topic.id)) == reaching


def what_posts_they_see_and_who_may_see_them_agree(pair: Pair) -> None:
    if pair.who:
        reaching = {post for post, people in pair.post_audiences.items() if pair.who.id in people}
        assert seen(visible.posts(pair.viewer, Post.id)) == reaching


def topics_are_those_the_rules_allow(pair: Pair) -> None:
    assert seen(visible.topics(pair.viewer, Topic.id)) == {
        topic.id for circle, topic in pair.community.topics() if circle.sees_topic(pair.who, topic)
    }


def a_prepared_statement_says_the_same_as_one_made_for_them(pair: Pair) -> None:
    prepared = {row.id for row in all_topics(pair.viewer).rows()}
    assert prepared == seen(visible.topics(pair.viewer, Topic.id))


def posts_are_those_the_rules_allow(pair: Pair) -> None:
    assert seen(visible.posts(pair.viewer, Post.id)) == {
        post.id
        for circle, topic in pair.community.topics()
        for post in topic.posts
        if circle.sees_post(pair.who, topic, post)
    }


def counts_leave_out_what_a_block_keeps_from_them(pair: Pair) -> None:
    query = visible.topics(pair.viewer, Topic.id, visible.apart_seqs(pair.viewer))
    found = db.session.execute(visible.counted(query, pair.viewer))
    told = {row.id: set(map(int, (row.apart_seqs or "").split())) for row in found}
    assert told == {
        topic.id: {
            seq
            for seq, post in enumerate(topic.posts)
            if not (post.hidden or post.removed) and circle.keeps_apart(pair.who, post.author)
        }
        for circle, topic in pair.community.topics()
        if circle.sees_topic(pair.who, topic)
    }


def nobody_has_answered_as_far_as_they_can_see(pair: Pair) -> None:
    if not pair.viewer.is_apart:
        return  # then it is the topic's own counter that says so, which these rows don't keep
    query = visible.topics(pair.viewer, Topic.id).where(visible.unanswered(pair.viewer))
    assert seen(visible.counted(query, pair.viewer)) == {
        topic.id
        for circle, topic in pair.community.topics()
        if circle.sees_topic(pair.who, topic)
        and (
            circle.moderates(pair.who)
            or not any(
                circle.sees_post(pair.who, topic, post) and not post.hidden
                for post in topic.posts[1:]
            )
        )
    }


def those_kept_apart_never_meet_in_what_is_saved_or_asked(pair: Pair) -> None:
    authors = {
        post.id: (circle, post.author)
        for circle, topic in pair.community.topics()
        for post in topic.posts
    }
    answers = visible.of_replies_to_me(visible.posts(pair.viewer, Post.id), pair.viewer)
    kept = visible.bookmarks(pair.viewer, Post.id)
    for found in (seen(answers), seen(kept)):
        for circle, author in (authors[each] for each in found):
            assert not circle.keeps_apart(pair.who, author)


def what_is_sealed_meets_only_those_inside(pair: Pair) -> None:
    """Who of them can open it is another question, which is not SQL's."""
    met = [
        topic for circle, topic in pair.community.topics() if circle.meets_in_space(pair.who, topic)
    ]
    posts = {post.id for topic in met for post in topic.posts if not post.removed}
    assert seen(visible.space_topics(pair.viewer, Topic.id)) == {topic.id for topic in met}
    assert seen(visible.space_posts(pair.viewer, Post.id)) == posts
    for shut in (replace(pair.viewer, spaces_shut=True), GUEST):
        assert seen(visible.space_topics(shut, Topic.id)) == set()
        assert seen(visible.space_posts(shut, Post.id)) == set()
        assert seen(visible.spaces(shut, Space.id)) == set()


def spaces_are_known_to_those_inside(pair: Pair) -> None:
    assert seen(visible.spaces(pair.viewer, Space.id)) == {
        circle.id for circle in pair.community.circles if circle.insider(pair.who)
    }


def circles_are_those_the_rules_allow(pair: Pair) -> None:
    circles = pair.community.circles
    reads = {circle.id for circle in circles if circle.reads(pair.who)}
    knows = {circle.id for circle in circles if circle.knows(pair.who)}
    assert seen(visible.circles(pair.viewer, Circle.id)) == reads
    assert seen(visible.circle_cards(pair.viewer, Circle.id)) == knows


def whoever_knows_a_circle_is_among_those_who_may_know_it(pair: Pair) -> None:
    """The rule of cards read the other way: of each circle, everybody who may know its name."""
    if pair.who is None:
        return
    knowing = select(Circle.id).join(User, User.id == pair.who.id)
    knowing = knowing.where(rules.card_rule(visible.Seer.everybody()))
    found = seen(scoped(knowing, Circle, Membership))
    assert found == seen(visible.circle_cards(pair.viewer, Circle.id))


def where_one_stands_outside_is_told_to_oneself_only(pair: Pair) -> None:
    assert seen(visible.own_standing(pair.viewer, Circle.id)) == {
        circle.id
        for circle in pair.community.circles
        for one in circle.memberships
        if one.person == pair.who and one.state is not MembershipState.ACTIVE
    }


def the_door_is_seen_by_those_who_keep_it(pair: Pair) -> None:
    found = db.session.execute(visible.at_the_door(pair.viewer, Circle.id, User.id))
    assert {tuple(row) for row in found} == {
        (circle.id, one.person.id)
        for circle in pair.community.circles
        if circle.moderates(pair.who)
        for one in circle.memberships
    }


def members_are_known_where_discussions_may_be_read(pair: Pair) -> None:
    found = db.session.execute(visible.members(pair.viewer, Circle.id, User.id))
    assert {tuple(row) for row in found} == {
        (circle.id, one.person.id)
        for circle in pair.community.circles
        if circle.reads(pair.who)
        for one in circle.memberships
        if circle.member(one.person)
    }


def their_own_circles_are_their_active_memberships(pair: Pair) -> None:
    assert {mine.id for mine in pair.viewer.circles} == {
        circle.id for circle in pair.community.circles if circle.member(pair.who)
    }


def an_audience_holds_only_people_who_can_sign_in(pair: Pair) -> None:
    able = {person.id for person in pair.community.people if person.state in CAN_SIGN_IN}
    assert set().union(*pair.audiences.values()) <= able


@Prepared
def all_topics(viewer: Viewer) -> Select[Any]:
    return visible.topics(viewer, Topic.id)


FACTS: list[Callable[[Pair], None]] = [
    what_they_see_and_who_may_see_it_agree,
    what_posts_they_see_and_who_may_see_them_agree,
    topics_are_those_the_rules_allow,
    a_prepared_statement_says_the_same_as_one_made_for_them,
    posts_are_those_the_rules_allow,
    counts_leave_out_what_a_block_keeps_from_them,
    nobody_has_answered_as_far_as_they_can_see,
    those_kept_apart_never_meet_in_what_is_saved_or_asked,
    what_is_sealed_meets_only_those_inside,
    spaces_are_known_to_those_inside,
    circles_are_those_the_rules_allow,
    whoever_knows_a_circle_is_among_those_who_may_know_it,
    where_one_stands_outside_is_told_to_oneself_only,
    the_door_is_seen_by_those_who_keep_it,
    members_are_known_where_discussions_may_be_read,
    their_own_circles_are_their_active_memberships,
    an_audience_holds_only_people_who_can_sign_in,
]


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(community=communities())
def test_for_everybody_and_everything_the_scopes_hold(community):
    """All facts on one community, because settling it costs more than asking."""
    with settled(community):
        for pair in pairs(community):
            for fact in FACTS:
                fact(pair)


def pairs(community: ACommunity) -> Iterator[Pair]:
    audiences = {
        topic.id: seen(visible.audience(topic.id)) for _circle, topic in community.topics()
    }
    of_posts = {
        post.id: seen(visible.audience_of_post(post.id))
        for _circle, topic in community.topics()
        for post in topic.posts
    }
    yield Pair(None, GUEST, community, audiences, of_posts)
    for who in community.people:
        viewer = viewers.for_user(who.id, staff_proved=True)
        assert (viewer is not None) is (who.state in CAN_SIGN_IN)
        if viewer:
            yield Pair(who, viewer, community, audiences, of_posts)


class Undo(Exception):
    """Ends an example: nothing of it stays."""


@contextmanager
def settled(community: ACommunity) -> Iterator[None]:
    with suppress(Undo), transaction() as session:
        settle(session, community)
        yield
        raise Undo


def seen(query) -> set[int]:
    return set(db.session.execute(query).scalars())


def test_nothing_of_an_example_stays():
    with settled(ACommunity([APerson(1, next(iter(CAN_SIGN_IN)), staff=False)])):
        assert seen(select(User.id)) == {1}
    assert seen(select(User.id)) == set()
