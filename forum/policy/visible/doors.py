"""Scopes of who stands at a circle's door, and of those in it who want to be found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, not_, select

from forum.models.accounts import User
from forum.models.circles import Circle, Invitation, Membership, MembershipState
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.models.quiet import Block
from forum.policy.guard import scoped
from forum.policy.seer import NOBODY, Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules
from forum.policy.visible.circles import members


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
            Membership.user_id == (NOBODY if seer.id is None else seer.id),
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
