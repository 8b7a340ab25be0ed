"""People of a circle: those who want to be found, for whoever reads there; all, for moderators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, exists, func, null, tuple_
from sqlalchemy.orm import aliased

from forum.circles.choices import BARRIERS, PART_NAMES
from forum.circles.queries.cards import Byline
from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.accounts import User
from forum.models.circles import Circle, Membership, MembershipState, Role
from forum.models.discussions import Post
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.notifications.queries import Named, found_by
from forum.policy import limits, visible
from forum.policy.viewer import Viewer

PAGE = 30


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody who wants to be found, as they tell of themselves."""

    public_id: str
    byline: Byline
    part: str
    trying: str
    broke_through: str
    barriers: list[str]
    """Walls they have broken through, in words."""
    handle: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member, for those who keep order."""

    public_id: str
    handle: str
    byline: Byline
    is_moderator: bool
    has_left: bool = False
    """Who wrote there and is no longer in."""
    sent_away: bool = False


@dataclass(frozen=True, slots=True)
class People:
    rows: list[Any]
    after: str | None
    """The last one's public id, when there are more."""
    count: int = 0
    """Of those listed here, on all pages; nothing is said of the others."""
    walls: Mapping[Barrier, int] = field(default_factory=dict)
    """Of all who stand here: how many have broken through which."""


def people_of(
    viewer: Viewer, circle_id: int, barrier: Barrier | None = None, after: str | None = None
) -> People:
    """Members of a circle the viewer may read who want to be found there, by name.

    With a barrier only those who have broken through it. NotThere for a cursor who is not listed.
    At most four statements.
    """
    query = _listed(viewer, circle_id)
    walls = _walls(query)
    if barrier:
        query = query.where(visible.broke_through(barrier))
    count = db.session.execute(query.with_only_columns(func.count())).scalar_one()
    rows = _page(query.add_columns(*_TOLD, visible.broken_barriers()), after)
    found = [_found(row) for row in rows[:PAGE]]
    return People(found, found[-1].public_id if len(rows) > PAGE else None, count, walls)


def members_to_moderate(viewer: Viewer, circle_id: int, after: str | None = None) -> People:
    """All active members of a circle the viewer moderates, by name. At most two statements."""
    rows = _page(_members(viewer, circle_id), after)
    found = [_member(row) for row in rows[:PAGE]]
    return People(found, found[-1].public_id if len(rows) > PAGE else None)


def member_to_moderate(viewer: Viewer, circle_id: int, public_id: str) -> Member:
    """One of them by their public id, or somebody who wrote there and has left. NotThere."""
    query = _at_the_door(viewer, circle_id).where(User.public_id == public_id)
    row = db.session.execute(query).first()
    if row is None or row.state not in (MembershipState.ACTIVE, MembershipState.REMOVED):
        row = db.session.execute(_writers(viewer, circle_id, public_id)).first()
    if row is None:
        raise NotThere
    return _member(row)


def people_to_invite(viewer: Viewer, circle_id: int, beginning: str) -> list[Named]:
    """At most eight people whom its moderator shares another circle with, and who are not in it.

    By the beginning of their name or handle. TooOften. One statement.
    """
    limits.spend(limits.PEOPLE, viewer)
    inside = aliased(Membership)
    here = (inside.user_id == User.id, inside.circle_id == circle_id)
    members = exists().where(*here, inside.state == MembershipState.ACTIVE)
    query = visible.share_a_circle(viewer, User.name, User.handle).where(~members)
    return found_by(query.where(User.id != viewer.user_id).distinct(), beginning)


def writer_id(viewer: Viewer, circle_id: int, public_id: str) -> int | None:
    """The key of somebody who wrote what stands in a circle the viewer reads; None for others."""
    query = _writers(viewer, circle_id, public_id).with_only_columns(User.id)
    found: int | None = db.session.execute(query).scalar()
    return found


_NAME = (User.name, User.public_id)
_TOLD = (User.handle, Profile.part, Profile.trying, Profile.broke_through)
_ORDER = (func.lower(User.name), User.id)


def _listed(viewer: Viewer, circle_id: int) -> Select[Any]:
    return visible.listed_people(viewer, *_NAME).where(Membership.circle_id == circle_id)


def _walls(listed: Select[Any]) -> dict[Barrier, int]:
    broken = and_(ProfileBarrier.user_id == Profile.user_id, ProfileBarrier.broken)
    counts = listed.join(ProfileBarrier, broken).group_by(ProfileBarrier.barrier)
    told = counts.with_only_columns(ProfileBarrier.barrier, func.count().label("people"))
    return {row.barrier: row.people for row in db.session.execute(told)}


def _members(viewer: Viewer, circle_id: int) -> Select[Any]:
    return _at_the_door(viewer, circle_id).where(Membership.state == MembershipState.ACTIVE)


def _at_the_door(viewer: Viewer, circle_id: int) -> Select[Any]:
    query = visible.at_the_door(viewer, *_NAME, User.handle, Membership.role, Membership.state)
    return query.where(Circle.id == circle_id)


def _writers(viewer: Viewer, circle_id: int, public_id: str) -> Select[Any]:
    """In the shape of `_at_the_door`; nobody for what was written in a space."""
    nowhere = (null().label("role"), null().label("state"))
    query = visible.posts(viewer, *_NAME, User.handle, *nowhere)
    query = query.join(User, User.id == Post.author_id)
    return query.where(Circle.id == circle_id, User.public_id == public_id).limit(1)


def _page(query: Select[Any], after: str | None) -> list[Any]:
    """A page, and one row more when there are more, behind the person with this public id."""
    if after:
        cursor = query.with_only_columns(*_ORDER).where(User.public_id == after)
        row = db.session.execute(cursor).first()
        if row is None:
            raise NotThere
        query = query.where(tuple_(*_ORDER) > tuple_(*row))
    return list(db.session.execute(query.order_by(*_ORDER).limit(PAGE + 1)))


def _found(row: Any) -> FoundPerson:
    broken = (row[-1] or "").split(",")
    return FoundPerson(
        public_id=row.public_id,
        byline=_byline(row),
        part=str(PART_NAMES[row.part]) if row.part else "",
        trying=row.trying,
        broke_through=row.broke_through,
        barriers=[str(words) for barrier, words in BARRIERS.items() if barrier in broken],
        handle=row.handle or "",
    )


def _member(row: Any) -> Member:
    return Member(
        *(row.public_id, row.handle or "", _byline(row)),
        is_moderator=row.role is Role.MODERATOR,
        has_left=row.state is None,
        sent_away=row.state is MembershipState.REMOVED,
    )


def _byline(row: Any) -> Byline:
    return Byline(row.name, links.avatar(row.public_id))
