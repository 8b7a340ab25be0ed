"""Scopes of who stands at a circle's door, and of those in it who want to be found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, not_, or_, select

from forum.models.accounts import User, UserState
from forum.models.circles import Circle, Invitation, Membership, MembershipState, Role
from forum.models.notifications import Kind, Level, Notification, Watch
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.models.quiet import Block
from forum.policy.guard import scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules
from forum.policy.visible.circles import members

_TOLD_WHILE = {
    Kind.INVITED: MembershipState.INVITED,
    Kind.LET_IN: MembershipState.ACTIVE,
    Kind.DECLINED: MembershipState.DECLINED,
}


def own_standing(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Where the viewer stands with circles they are not in: asked, invited, declined, sent away.

    Joined to the circle, of which somebody sent away from a secret one must be told nothing.
    """
    seer = Seer.of(viewer)
    query = (
        select(*(columns or (Membership,)))
        .select_from(Membership)
        .join(Circle, Circle.id == Membership.circle_id)
        .where(
            Membership.user_id == seer.me,
            Membership.state != MembershipState.ACTIVE,
        )
    )
    return scoped(query, Membership, Circle)


def at_the_door(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Memberships in any state, with their people, of circles the viewer moderates."""
    query = (
        select(*(columns or (Membership,)))
        .select_from(Membership)
        .join(Circle, Circle.id == Membership.circle_id)
        .join(User, User.id == Membership.user_id)
        .where(rules.moderates(Seer.of(viewer)))
    )
    return scoped(query, Membership, Circle)


def asking_at(circle_id: int) -> Select[Any]:
    """The ids of people who ask to be let into a circle, for what is told while somebody does."""
    asking = select(Membership.user_id).where(
        Membership.circle_id == circle_id, Membership.state == MembershipState.REQUESTED
    )
    return scoped(asking, Membership)


def moderators_of(circle_id: int) -> Select[Any]:
    """The ids of a circle's moderators, but those who have muted it."""
    muted = exists().where(
        Watch.user_id == User.id, Watch.circle_id == circle_id, Watch.level == Level.MUTED
    )
    query = select(User.id).join(Membership, Membership.user_id == User.id)
    query = query.where(
        User.state == UserState.ACTIVE,
        Membership.circle_id == circle_id,
        Membership.state == MembershipState.ACTIVE,
        Membership.role == Role.MODERATOR,
        not_(muted),
    )
    return scoped(query, Membership, Watch)


def door_notices(viewer: Viewer, *columns: Any) -> Select[Any]:
    """What the viewer was told of at circles' doors, while it is still so; joined to the circle.

    That somebody asks: as long as they moderate it and somebody does. An answer, and an invitation:
    as long as they stand so with a circle whose name they may know.
    """
    seer = Seer.of(viewer)
    asking = exists().where(
        Membership.circle_id == Circle.id, Membership.state == MembershipState.REQUESTED
    )
    still = [and_(Notification.kind == Kind.ASKED, rules.moderates(seer), asking)]
    for kind, state in _TOLD_WHILE.items():
        still.append(and_(Notification.kind == kind, rules.membership(seer, state=state)))
    query = (
        select(*columns)
        .select_from(Notification)
        .join(Circle, Circle.id == Notification.circle_id)
        .where(Notification.user_id == seer.me, rules.card_rule(seer), or_(*still))
    )
    return scoped(query, Notification, Circle, Membership)


def asking_count() -> ColumnElement[int]:
    """How many ask to be let in where a notice says that somebody does, as a column of it."""
    asking = select(func.count()).where(
        Membership.circle_id == Circle.id, Membership.state == MembershipState.REQUESTED
    )
    counted = asking.correlate(Circle).scalar_subquery()
    return case((Notification.kind == Kind.ASKED, counted), else_=0)


def invitations(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Links that lead into circles the viewer moderates."""
    query = (
        select(*(columns or (Invitation,)))
        .select_from(Invitation)
        .join(Circle, Circle.id == Invitation.circle_id)
        .where(rules.moderates(Seer.of(viewer)))
    )
    return scoped(query, Invitation, Circle, Membership)


def listed_people(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Members, with their profiles, of circles the viewer may read, who want to be found.

    Nobody, for a guest, and nobody whom a block keeps apart from them. What walls they broke
    through may be asked for too.
    """
    seer = Seer.of(viewer)
    query = members(viewer, *columns).join(Profile, Profile.user_id == Membership.user_id)
    query = query.where(false() if seer.id is None else Profile.listed)
    query = query.where(not_(rules.apart(seer, User.id.expression)))
    return scoped(query, Profile, ProfileBarrier, Block)


def broken_barriers() -> ColumnElement[str | None]:
    """The walls a person of `listed_people` broke through, by comma, as a column of that query."""
    walls = select(func.aggregate_strings(ProfileBarrier.barrier, ",")).where(
        ProfileBarrier.user_id == Profile.user_id, ProfileBarrier.broken
    )
    return walls.correlate(Profile).scalar_subquery()


def broke_through(barrier: Barrier) -> ColumnElement[bool]:
    """Whether a person of `listed_people` has broken through this wall."""
    return exists().where(
        ProfileBarrier.user_id == Profile.user_id,
        ProfileBarrier.barrier == barrier,
        ProfileBarrier.broken,
    )


def share_a_circle(viewer: Viewer, *columns: Any) -> Select[Any]:
    """People in one of the circles that the viewer is in too, but whom a block keeps apart."""
    mine = [circle.id for circle in viewer.circles]
    query = (
        select(*columns)
        .select_from(Membership)
        .join(User, User.id == Membership.user_id)
        .where(Membership.state == MembershipState.ACTIVE, Membership.circle_id.in_(mine))
        .where(not_(rules.apart(Seer.of(viewer), User.id.expression)))
    )
    return scoped(query, Membership, Block)
