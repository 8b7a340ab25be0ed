"""What a viewer may see, and its inverse: who may see this.

The rules are written once, over columns, with the one who looks as a column too (`Seer`), so
"what may Ana see" and "who may see this" are the same expression. Fetch through these; never fetch
and then check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    exists,
    false,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from forum.models.accounts import User, UserState
from forum.models.circles import Circle, Membership, MembershipState, Role, Visibility
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce, Topic
from forum.models.employers import (
    ChangePermit,
    Employer,
    EmployerDomain,
    EmployerGroup,
    Employment,
    Vouch,
    VouchLink,
    WorkCode,
)
from forum.models.spaces import Pseudonym, Space, SpaceMember, TopicKey
from forum.policy.guard import Reason, covered_too, scoped, unscoped
from forum.policy.identity import Owner
from forum.policy.seer import NOBODY, Seer
from forum.policy.viewer import Viewer

__all__ = [
    "Reason",
    "Seer",
    "about_oneself",
    "audience",
    "both",
    "circle_cards",
    "circles",
    "employers",
    "members",
    "narrowed",
    "of_seats",
    "own",
    "posts",
    "posts_behind_walls",
    "reports",
    "space_posts",
    "space_topics",
    "spaces",
    "topics",
    "unscoped",
    "with_opening_post",
    "with_own",
    "with_sealed_opening",
    "within",
]

# Not an IN, whose list SQLAlchemy writes into the statement anew each time it runs.
_BROAD = or_(Circle.visibility == Visibility.OPEN, Circle.visibility == Visibility.MEMBERS)


def _membership(seer: Seer, *more: Any) -> ColumnElement[bool]:
    mine = aliased(Membership)
    conditions = [getattr(mine, column) == value for column, value in more]
    return exists().where(
        mine.circle_id == Circle.id,
        mine.user_id == seer.id,
        mine.state == MembershipState.ACTIVE,
        *conditions,
    )


def _circle_rule(seer: Seer) -> ColumnElement[bool]:
    """Whose discussions they may read."""
    if seer.id is None:
        return Circle.visibility == Visibility.OPEN
    return or_(_BROAD, _membership(seer))


def _card_rule(seer: Seer) -> ColumnElement[bool]:
    """Whose name and purpose they may know."""
    if seer.id is None:
        return Circle.visibility == Visibility.OPEN
    return or_(Circle.visibility != Visibility.SECRET, _membership(seer))


def _moderates(seer: Seer) -> ColumnElement[bool]:
    if seer.id is None:
        return false()
    broad_staff = and_(seer.staff, _BROAD)
    return or_(_membership(seer, ("role", Role.MODERATOR)), broad_staff)


def _own_or_moderated(seer: Seer, author: ColumnElement[int | None]) -> ColumnElement[bool]:
    return false() if seer.id is None else or_(author == seer.id, _moderates(seer))


def _topic_rule(seer: Seer) -> ColumnElement[bool]:
    hidden: ColumnElement[bool] = Topic.hidden_at.is_(None)
    if seer.id is not None:
        hidden = or_(hidden, _own_or_moderated(seer, Topic.author_id.expression))
    return and_(Topic.space_id.is_(None), _circle_rule(seer), hidden)


def _post_rule(seer: Seer) -> ColumnElement[bool]:
    hidden: ColumnElement[bool] = Post.hidden_at.is_(None)
    if seer.id is not None:
        hidden = or_(hidden, _own_or_moderated(seer, Post.author_id.expression))
    return and_(Post.removed_at.is_(None), hidden)


def circles(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Circles whose discussions the viewer may read."""
    query = select(*(columns or (Circle,))).select_from(Circle)
    return scoped(query.where(_circle_rule(Seer.of(viewer))), Circle, Membership)


def circle_cards(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Circles whose name and purpose the viewer may know: all but other people's secret ones."""
    query = select(*(columns or (Circle,))).select_from(Circle)
    return scoped(query.where(_card_rule(Seer.of(viewer))), Circle, Membership)


def members(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Active memberships, with their people, of circles whose discussions the viewer may read."""
    query = (
        select(*(columns or (Membership,)))
        .select_from(Membership)
        .join(Circle, Circle.id == Membership.circle_id)
        .join(User, User.id == Membership.user_id)
        .where(Membership.state == MembershipState.ACTIVE, _circle_rule(Seer.of(viewer)))
    )
    return scoped(query, Circle, Membership)


def topics(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Topics the viewer may read, joined to their circle."""
    query = (
        select(*(columns or (Topic,)))
        .select_from(Topic)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(_topic_rule(Seer.of(viewer)))
    )
    return scoped(query, Topic, Circle, Membership)


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
        .where(_topic_rule(seer), _post_rule(seer))
    )
    return scoped(query, Post, Topic, Circle, Membership)


def spaces(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Spaces the viewer is in, with their own membership, joined to the circle."""
    query = select(*(columns or (Space, SpaceMember))).select_from(Space)
    return scoped(_as_member(query, Seer.of(viewer)), Space, SpaceMember, Circle, Membership)


def space_topics(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Topics of the viewer's spaces, with key, space, own membership and circle.

    As far as SQL can tell: whose wall stands before the viewer is sealed. So are all words, and
    `unsealing`, which opens them, drops what they must not see.
    """
    query = (
        select(*(columns or (Topic,)))
        .select_from(Topic)
        .join(TopicKey, TopicKey.topic_id == Topic.id)
        .join(Space, Space.id == Topic.space_id)
    )
    query = _as_member(query, Seer.of(viewer)).where(
        or_(SpaceMember.sees_from.is_(None), TopicKey.opened_on >= SpaceMember.sees_from)
    )
    return scoped(query, Topic, TopicKey, Space, SpaceMember, Circle, Membership)


def space_posts(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Posts of those topics with their pseudonyms, sealed likewise; removed ones for nobody."""
    query = space_topics(viewer, *(columns or (Post,)))
    query = query.join(Post, Post.topic_id == Topic.id)
    query = query.join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
    return scoped(query.where(Post.removed_at.is_(None)), Post, Pseudonym)


def _as_member(query: Select[Any], seer: Seer) -> Select[Any]:
    """Only with the seer's own membership, of the space and of its circle."""
    if seer.id is None:
        return query.join(SpaceMember, false()).join(Circle, Circle.id == Space.circle_id)
    mine = and_(
        SpaceMember.space_id == Space.id,
        SpaceMember.user_id == seer.in_spaces,
        SpaceMember.left_on.is_(None),
    )
    query = query.join(SpaceMember, mine).join(Circle, Circle.id == Space.circle_id)
    return query.where(_membership(seer))


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
        .where(_topic_rule(seer), _moderates(seer), Post.removed_at.is_(None))
        .where(Post.author_id != (NOBODY if seer.id is None else seer.id))
    )
    return scoped(query, Report, Post, Topic, Circle, Membership)


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


PersonalTable: TypeAlias = type[ReadMark] | type[Draft] | type[SubmitNonce] | type[Report]
AboutOneself: TypeAlias = (
    type[Employment] | type[WorkCode] | type[Vouch] | type[VouchLink] | type[ChangePermit]
)
"""Tables of where people work; of the vouches those made for them, not those they made."""


def about_oneself(viewer: Viewer, table: AboutOneself, *columns: Any) -> Select[Any]:
    """Rows about the viewer, of where they work. Nothing for a guest."""
    seer = Seer.of(viewer)
    mine = table.user_id == (NOBODY if seer.id is None else seer.id)
    return scoped(select(*(columns or (table,))).select_from(table).where(mine), table)


def own(owner: Owner, table: PersonalTable, *columns: Any) -> Select[Any]:
    """Rows of a personal table that are this owner's, a member's or a voice's."""
    query = select(*(columns or (table,))).select_from(table)
    return scoped(query.where(owner.owns(table)), table)


def with_own(
    query: Select[Any], viewer: Viewer, table: PersonalTable, on: ColumnElement[bool]
) -> Select[Any]:
    """Outer-join the viewer's own row of a personal table, in a circle. Nothing for a guest."""
    seer = Seer.of(viewer)
    mine = table.user_id == (NOBODY if seer.id is None else seer.id)
    return scoped(query.outerjoin(table, and_(on, mine)), table)


def of_seats(table: PersonalTable, seats: Sequence[str]) -> Select[Any]:
    """Rows of a personal table that are kept by one of these seats: only their owner knows them."""
    return scoped(select(table).where(table.seat.in_(seats)), table)


def posts_behind_walls(topic_ids: Sequence[int], *columns: Any) -> Select[Any]:
    """Posts of a space's topics that the viewer's lenses were made for, sealed as ever."""
    query = select(*columns).select_from(Post).join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
    query = query.where(Post.topic_id.in_(topic_ids), Post.removed_at.is_(None))
    return scoped(query, Post, Pseudonym)


def within(query: Select[Any], part: Select[Any]) -> Select[Any]:
    """A query of nothing but a scoped query."""
    return covered_too(query, part)


def both(one: Select[Any], other: Select[Any]) -> CompoundSelect[Any]:
    """The rows of two scoped queries, the first one's first."""
    return covered_too(covered_too(union_all(one, other), one), other)


def with_sealed_opening(
    query: Select[Any], opening: type[Post], pseudonym: type[Pseudonym]
) -> Select[Any]:
    """Join a topic's opening post, whose wall is the topic's, to a query of `space_topics`.

    Also a removed one: its wall stands for as long as the topic.
    """
    query = query.join(opening, and_(opening.topic_id == Topic.id, opening.seq == 0))
    query = query.join(pseudonym, pseudonym.id == opening.pseudonym_id)
    return scoped(query, Post, Pseudonym)


def narrowed(query: Select[Any], column: ColumnElement[Any], by: Select[Any]) -> Select[Any]:
    """Only rows whose column equals the one value another scoped query finds."""
    part = by.correlate(None).scalar_subquery()
    return covered_too(query.where(column == part), by)


def audience(topic_id: int) -> Select[Any]:
    """The ids of everybody with an account who may read this topic: the rule read the other way."""
    query = (
        select(User.id)
        .select_from(User)
        .join(Topic, Topic.id == topic_id)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(User.state.in_([UserState.ACTIVE, UserState.SUSPENDED]))
        .where(_topic_rule(Seer.everybody()))
    )
    return scoped(query, Topic, Circle, Membership)


def with_opening_post(query: Select[Any], on: ColumnElement[bool]) -> Select[Any]:
    """Outer-join a topic's opening post to a query of `topics`; `on` names the topic and number 0.

    A removed or hidden one is left out for everybody.
    """
    shown = and_(on, Post.removed_at.is_(None), Post.hidden_at.is_(None))
    return scoped(query.outerjoin(Post, shown), Post)
