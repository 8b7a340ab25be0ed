"""Scopes of circles, and of what staff keep."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, exists, select, type_coerce
from sqlalchemy.orm import aliased

from forum.core.db import InLines
from forum.models.accounts import User, UserState
from forum.models.circles import Circle, Membership, MembershipState
from forum.models.discussions import Post, Reaction, Report, Revision, Topic, TopicTag
from forum.models.employers import Employer, EmployerDomain, EmployerGroup
from forum.models.quiet import Block
from forum.policy.guard import scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules


def circles(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Circles whose discussions the viewer may read."""
    query = select(*(columns or (Circle,))).select_from(Circle)
    return scoped(query.where(rules.circle_rule(Seer.of(viewer))), Circle, Membership)


def circle_cards(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Circles whose name and purpose the viewer may know: all but other people's secret ones.

    A secret one also when they are invited.
    """
    query = select(*(columns or (Circle,))).select_from(Circle)
    return scoped(query.where(rules.card_rule(Seer.of(viewer))), Circle, Membership)


def members(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Active memberships, with their people, of circles whose discussions the viewer may read."""
    query = (
        select(*(columns or (Membership,)))
        .select_from(Membership)
        .join(Circle, Circle.id == Membership.circle_id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.state == MembershipState.ACTIVE, rules.circle_rule(Seer.of(viewer)))
    )
    return scoped(query, Circle, Membership)


def topics(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Topics the viewer may read, joined to their circle. Their tags may be asked for too."""
    query = (
        select(*(columns or (Topic,)))
        .select_from(Topic)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(rules.topic_rule(Seer.of(viewer)))
    )
    return scoped(query, Topic, Circle, Membership, Block, TopicTag)


def posts(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Posts the viewer may read, joined to their topic and circle.

    Removed posts are there for nobody; hidden ones for their author and the circle's moderators.
    """
    seer = Seer.of(viewer)
    query = (
        select(*(columns or (Post,)))
        .select_from(Post)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(rules.topic_rule(seer), rules.post_rule(seer))
    )
    return scoped(query, Post, Topic, Circle, Membership, Block, TopicTag)


def tags_of_topic() -> ColumnElement[str | None]:
    """The tags of a topic that `topics` or `posts` found, one a line, as a column of that query."""
    tags = select(InLines(TopicTag.tag)).where(TopicTag.topic_id == Topic.id)
    return tags.correlate(Topic).scalar_subquery()


def reports(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Reports in circles the viewer moderates, joined to post, topic, circle; never who reported.

    Not those about the viewer's own posts.
    """
    seer = Seer.of(viewer)
    query = (
        select(*(columns or (Report.id, Report.public_id, Report.reason, Report.words)))
        .select_from(Report)
        .join(Post, Post.id == Report.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(rules.topic_rule(seer), rules.moderates(seer), Post.removed_at.is_(None))
        .where(Post.author_id != seer.me)
    )
    return scoped(query, Report, Post, Topic, Circle, Membership, Block)


def employers(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Employers, joined to their group: for staff only. Who works where is for nobody.

    Their mail domains may be joined.
    """
    query = (
        select(*(columns or (Employer,)))
        .select_from(Employer)
        .outerjoin(EmployerGroup, EmployerGroup.id == Employer.group_id)
        .where(Seer.of(viewer).staff)
    )
    return scoped(query, Employer, EmployerGroup, EmployerDomain)


def audience(topic_id: int) -> Select[Any]:
    """The ids of everybody with an account who may read this topic: the rule read the other way."""
    query = (
        select(User.id)
        .select_from(User)
        .join(Topic, Topic.id == topic_id)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(User.state.in_([UserState.ACTIVE, UserState.SUSPENDED]))
        .where(rules.topic_rule(Seer.everybody()))
    )
    return scoped(query, Topic, Circle, Membership, Block)


def audience_of_post(post_id: int) -> Select[Any]:
    """The same of one post: of those who read its topic some may be apart from its author."""
    seer = Seer.everybody()
    query = (
        select(User.id)
        .select_from(User)
        .join(Post, Post.id == post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(User.state.in_([UserState.ACTIVE, UserState.SUSPENDED]))
        .where(rules.topic_rule(seer), rules.post_rule(seer))
    )
    return scoped(query, Post, Topic, Circle, Membership, Block)


def with_opening_post(query: Select[Any], on: ColumnElement[bool]) -> Select[Any]:
    """Outer-join a topic's opening post to a query of `topics`; `on` names the topic and number 0.

    A removed or hidden one is left out for everybody.
    """
    shown = and_(on, Post.removed_at.is_(None), Post.hidden_at.is_(None))
    return scoped(query.outerjoin(Post, shown), Post)


def with_parent(query: Select[Any], viewer: Viewer, parent: type[Post]) -> Select[Any]:
    """Outer-join to a query of `posts` the post that each one answers, if it is there for them.

    A hidden one is left out for everybody.
    """
    near = rules.together(Seer.of(viewer), parent.author_id.expression)
    shown = and_(parent.hidden_at.is_(None), parent.removed_at.is_(None), near)
    return scoped(query.outerjoin(parent, and_(parent.id == Post.parent_id, shown)), Post, Block)


def with_accepted(query: Select[Any], viewer: Viewer, accepted: type[Post]) -> Select[Any]:
    """Outer-join the reply that answered a topic to a query of `topics`, unless it is hidden."""
    return scoped(query.outerjoin(accepted, _answers(viewer, accepted)), Post, Block)


def with_answered(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Add to a query of `topics` whether a reply that is there has answered it: `answered`."""
    there = and_(Topic.accepted_id.is_not(None), exists().where(_answers(viewer, aliased(Post))))
    return scoped(query.add_columns(there.label("answered")), Post, Block)


def _answers(viewer: Viewer, post: type[Post]) -> ColumnElement[bool]:
    here = post.id == Topic.accepted_id
    near = rules.together(Seer.of(viewer), post.author_id.expression)
    return and_(here, post.hidden_at.is_(None), post.removed_at.is_(None), near)


def with_reactions(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Add to a query of `posts` what was left at each, one a line: `reacted`, e.g. "insight!".

    The viewer's own have a "!". None where there are none. Never who; and, as everywhere, not what
    those left whom a block keeps apart from the viewer.
    """
    seer = Seer.of(viewer)
    kind: ColumnElement[str] = type_coerce(Reaction.kind, String)
    if seer.id is not None:
        kind = case((Reaction.user_id == seer.id, kind + "!"), else_=kind)
    near = rules.together(seer, Reaction.user_id.expression)
    left = select(InLines(kind)).where(Reaction.post_id == Post.id, near)
    return scoped(query.add_columns(left.scalar_subquery().label("reacted")), Reaction, Block)


def reactions(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Reactions to posts of circles that the viewer may read, with the people who left them.

    Not of people whom a block keeps apart from the viewer.
    """
    query = posts(viewer, *columns).join(Reaction, Reaction.post_id == Post.id)
    query = query.where(rules.together(Seer.of(viewer), Reaction.user_id.expression))
    return scoped(query.join(User, User.id == Reaction.user_id), Reaction)


def revisions(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Earlier texts of posts that the viewer may read."""
    query = posts(viewer, *(columns or (Revision,)))
    return scoped(query.join(Revision, Revision.post_id == Post.id), Revision)
