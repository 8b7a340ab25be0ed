"""On random communities: told of a post are its watchers, of its audience, but for its author."""

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from forum.core import ids
from forum.core.db import db
from forum.models.notifications import Kind, Level, Notification, Watch, Why
from forum.notifications.actions import News, announce
from forum.policy import viewer as viewers
from forum.policy import visible
from forum.policy.visible import Reason, unscoped
from tests.policy.random_community import (
    CAN_SIGN_IN,
    ACircle,
    ACommunity,
    APerson,
    APost,
    ATopic,
    communities,
)
from tests.policy.test_visible_properties import settled

pytestmark = pytest.mark.usefixtures("app_context")


@dataclass(frozen=True)
class Event:
    """A post as it is announced: what it answers, and whom it names."""

    circle: ACircle
    topic: ATopic
    post: APost
    parent: APost | None
    named: frozenset[APerson]


@dataclass(frozen=True)
class Following:
    community: ACommunity
    levels: dict[tuple[APerson, int], Level]
    """By person and the id of a circle or topic."""
    events: list[Event]


@st.composite
def followings(draw: st.DrawFn) -> Following:
    community = draw(communities())
    places = [circle.id for circle in community.circles]
    places += [topic.id for _circle, topic in community.topics()]
    some = st.none() | st.sampled_from(Level)
    drawn = {(who, place): draw(some) for who in community.people for place in places}
    levels = {key: level for key, level in drawn.items() if level}
    names = st.frozensets(st.sampled_from(community.people), max_size=2)
    events = [
        Event(circle, topic, post, topic.posts[seq - 1] if seq else None, draw(names))
        for circle, topic in community.topics()
        for seq, post in enumerate(topic.posts)
    ]
    return Following(community, levels, events)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(following=followings())
def test_told_are_watchers_in_the_audience_but_for_the_author(following):
    with settled(following.community):
        follow(following)
        for event in following.events:
            tell(event)
        told = {(row.user_id, row.post_id): row.kind for row in db.session.execute(all_told())}
        assert told == expected(following)
        for who in following.community.people:
            viewer = viewers.for_user(who.id, staff_proved=True)
            if viewer:
                assert shown_to(viewer) == still_seen(following, who, told)


def expected(following: Following) -> dict[tuple[int, int], Kind]:
    """By the rules, in plain Python over plain values."""
    found = {}
    for event in following.events:
        for who in following.community.people:
            if kind := why_told(following, event, who):
                found[who.id, event.post.id] = kind
    return found


def why_told(following: Following, event: Event, who: APerson) -> Kind | None:
    if who == event.post.author or who.state not in CAN_SIGN_IN:
        return None
    if not event.circle.sees_topic(who, event.topic):
        return None
    of_topic = following.levels.get((who, event.topic.id))
    of_circle = following.levels.get((who, event.circle.id))
    level = of_topic or of_circle or Level.NORMAL
    if level is Level.MUTED:
        return None
    if event.parent and event.parent.author == who:
        return Kind.REPLY
    if who in event.named:
        return Kind.MENTION
    if level is not Level.WATCHING:
        return None
    return Kind.TOPIC if of_topic else Kind.CIRCLE


def still_seen(following: Following, who: APerson, told) -> set[int]:
    """Of what they were told, the posts they may see."""
    return {
        event.post.id
        for event in following.events
        if (who.id, event.post.id) in told and event.circle.sees_post(who, event.topic, event.post)
    }


def shown_to(viewer) -> set[int]:
    query = visible.notifications(viewer, Notification.post_id)
    return set(db.session.execute(query).scalars())


def follow(following: Following) -> None:
    topics = {topic.id for _circle, topic in following.community.topics()}
    for (who, place), level in following.levels.items():
        at = {"topic_id" if place in topics else "circle_id": place}
        row = Watch(id=ids.random_key(), user_id=who.id, level=level, why=Why.CHOSEN, **at)
        db.session.add(row)
    db.session.flush()


def tell(event: Event) -> None:
    words = " ".join(f"@p{who.id}" for who in event.named)
    parent_id = event.parent.id if event.parent else None
    place = (event.post.id, event.topic.id, event.circle.id)
    announce(News(*place, event.post.author.id, f"<p>{words}</p>", parent_id))


def all_told():
    return unscoped(
        select(Notification.user_id, Notification.post_id, Notification.kind), Reason.SET_UP
    )
