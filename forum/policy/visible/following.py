"""Scopes of following: how closely somebody does, who is told of a post, what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from forum.models.accounts import User, UserState
from forum.models.circles import Circle, Membership, MembershipState
from forum.models.discussions import Post, Topic
from forum.models.notifications import Level, Mention, Notification, Watch
from forum.models.quiet import Block, Mute
from forum.policy.guard import covered_too, scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules
from forum.policy.visible.circles import audience, posts

OfTopic = aliased(Watch, name="of_topic")
OfCircle = aliased(Watch, name="of_circle")
LEVEL = func.coalesce(OfTopic.level, OfCircle.level)
"""Of a query with levels; NULL for the usual one."""
NOT_MUTED = or_(LEVEL.is_(None), LEVEL != Level.MUTED)
CIRCLE_LEVEL = OfCircle.level.label("circle_level")
LEVELS = (OfTopic.level.label("topic_level"), OfTopic.why.label("topic_why"), CIRCLE_LEVEL)
"""The same as columns."""


def readers_of(topic_id: int, author_id: int) -> Select[Any]:
    """The ids of everybody who may be told of a post of this author in this topic.

    Nobody is told of somebody they muted, or where a block stands between the two.
    """
    near = rules.together(Seer.everybody(), literal(author_id))
    muted = exists().where(Mute.user_id == User.id, Mute.muted_id == author_id)
    readers = audience(topic_id).where(User.id != author_id, near, not_(muted))
    return scoped(readers, Block, Mute)


def with_levels(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Outer-join how closely the viewer follows the topic, and its circle, of a query of topics."""
    return _with_topic_level(with_circle_level(query, viewer), _who(viewer))


def with_circle_level(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """The same of the circle alone, for a query of circles."""
    return _with_circle_level(query, _who(viewer))


def with_readers_levels(readers: Select[Any]) -> Select[Any]:
    """Outer-join how closely each of `readers_of` a topic follows it."""
    people = User.id.expression
    return _with_topic_level(_with_circle_level(readers, people), people)


def concerned(
    topic_id: int, circle_id: int, parent_id: int | None, handles: Sequence[str]
) -> Select[Any]:
    """The ids of people a post may concern: who watches, whom it answers, whom it names.

    Each part looks into an index, so what it costs is their number, not that of all members.
    """
    here = or_(Watch.topic_id == topic_id, Watch.circle_id == circle_id)
    parts = [select(Watch.user_id.label("id")).where(here, Watch.level == Level.WATCHING)]
    if parent_id is not None:
        parts.append(author_of(parent_id))
    if handles:
        parts.append(select(User.id).where(User.handle.in_(handles)))
    found = union_all(*parts).subquery()
    return scoped(select(found.c[0]), Watch, Post)


def author_of(post_id: int) -> Select[Any]:
    """The id of the author of a circle's post, for whom an answer to it is news."""
    return scoped(select(Post.author_id).where(Post.id == post_id), Post)


def mentioned_in(post_id: int) -> Select[Any]:
    """The ids of people a post named before, to tell each of them once."""
    return scoped(select(Mention.user_id).where(Mention.post_id == post_id), Mention)


def told_of(post_id: int) -> Select[Any]:
    """The ids of people who were told of a post already."""
    told = select(Notification.user_id).where(Notification.post_id == post_id)
    return scoped(told, Notification)


def own_watches(viewer: Viewer, *columns: Any) -> Select[Any]:
    """What the viewer follows, and how. Nothing for a guest."""
    query = select(*(columns or (Watch,))).select_from(Watch)
    return scoped(query.where(Watch.user_id == _who(viewer)), Watch)


def notifications(viewer: Viewer, *columns: Any) -> Select[Any]:
    """What the viewer was told of and may see now, joined to post, topic and circle.

    What was hidden or removed since, or stands where they may read no more, is not among it.
    """
    query = posts(viewer, *(columns or (Notification,)))
    query = query.join(Notification, Notification.post_id == Post.id)
    return scoped(query.where(Notification.user_id == _who(viewer)), Notification)


def with_news(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Add to a query of topics whether the viewer was told of each and has not looked: has_news."""
    unread = exists().where(
        Notification.topic_id == Topic.id,
        Notification.user_id == _who(viewer),
        Notification.read_at.is_(None),
    )
    return scoped(query.add_columns(unread.label("has_news")), Notification)


def mentionable(viewer: Viewer, circle_id: int, *columns: Any) -> Select[Any]:
    """People one may name in a circle's discussions: its members, and who wrote what is seen there.

    Only those who may read them now, where the viewer may; nobody of its private space.
    """
    member = exists().where(
        Membership.circle_id == circle_id,
        Membership.user_id == User.id,
        Membership.state == MembershipState.ACTIVE,
    )
    wrote = posts(viewer, literal(1)).where(Post.author_id == User.id, Topic.circle_id == circle_id)
    query = select(*columns).select_from(User).join(Circle, Circle.id == circle_id)
    query = query.where(
        User.state == UserState.ACTIVE,
        not_(rules.apart(Seer.of(viewer), User.id.expression)),
        rules.circle_rule(Seer.of(viewer)),
        rules.circle_rule(Seer.everybody()),
        or_(member, wrote.correlate(User).exists()),
    )
    return covered_too(scoped(query, Circle, Membership, Block), wrote)


def _who(viewer: Viewer) -> ColumnElement[int]:
    return Seer.of(viewer).me


def _with_topic_level(query: Select[Any], who: ColumnElement[int]) -> Select[Any]:
    mine = and_(OfTopic.topic_id == Topic.id, OfTopic.user_id == who)
    return scoped(query.outerjoin(OfTopic, mine), Watch)


def _with_circle_level(query: Select[Any], who: ColumnElement[int]) -> Select[Any]:
    mine = and_(OfCircle.circle_id == Circle.id, OfCircle.user_id == who)
    return scoped(query.outerjoin(OfCircle, mine), Watch)
