"""Founding a space, being let in, leaving; opening it once it is mixed enough.

Being let in is automatic (access-and-privacy.md, "Admission"): no moderator sees who asks.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, select, update

from forum.circles.actions import leave_its_space
from forum.core import clock, ids
from forum.core.db import db, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.core.seal import Secret, wrap
from forum.models.circles import Membership, MembershipState, Role
from forum.models.spaces import NUMBERS, DepartedMember, Space, SpaceMember
from forum.policy import visible, workplaces
from forum.policy.allowed import Suspended
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces import rule


class NotVerified(NotAllowed):
    sentence = _l(
        "First let us know that you work where you say: by a code to your work address, or by two"
        " members of this circle who vouch for you."
    )


class SameEmployer(NotAllowed):
    sentence = _l("Another moderator of this space has the same employer. Choose somebody else.")


class SpacesShut(NotAllowed):
    """For three days after a password was reset by mail; longer where an employer may read it."""

    def __init__(self, viewer: Viewer) -> None:
        self.until = viewer.spaces_from or clock.now()
        moment = {"day": f"{self.until:%Y-%m-%d}", "time": f"{self.until:%H:%M}"}
        if viewer.spaces_locked:
            super().__init__(
                _l(
                    "Your password was reset by a letter to a mailbox that may not be yours alone."
                    " Private spaces stay closed to this account until two members have said that"
                    " it was you, and at least until %(day)s, %(time)s UTC.",
                    **moment,
                )
            )
            return
        super().__init__(
            _l(
                "Your password was reset lately. Private spaces open to you again on %(day)s, at"
                " %(time)s UTC.",
                **moment,
            )
        )


def found_space(circle_id: int) -> int:
    """Give a circle its space, empty and not open yet; the id of one that is there already."""
    with transaction() as session:
        known = select(Space.id).where(Space.circle_id == circle_id)
        there: int | None = session.execute(unscoped(known, Reason.SET_UP)).scalar()
        if there is not None:
            return there
        space_id = ids.random_key()
        session.add(
            Space(
                id=space_id,
                public_id=ids.public_id(),
                circle_id=circle_id,
                wrapped_key=wrap(Secret.new().raw, f"space:{space_id}"),
            )
        )
        return space_id


def enter(viewer: Viewer, circle_id: int) -> str:
    """Let a member of the circle into its space; its public id.

    NotThere where there is none for them, NotVerified, Suspended or SpacesShut. Whoever left and
    comes back is the same as before, so that what was decided about them still holds; but a
    moderator who left is none any more.
    """
    if not viewer.circle(circle_id):
        raise NotThere
    if viewer.suspended:
        raise Suspended
    if viewer.spaces_shut:
        raise SpacesShut(viewer)
    with transaction() as session:
        not_closed(viewer.user_id)
        query = select(Space.id, Space.public_id).where(Space.circle_id == circle_id)
        space = session.execute(unscoped(query.with_for_update(), Reason.ADMISSION)).first()
        if space is None:
            raise NotThere
        if not workplaces.is_verified(viewer.user_id, circle_id):
            raise NotVerified
        known = select(SpaceMember).where(
            SpaceMember.space_id == space.id, SpaceMember.user_id == viewer.user_id
        )
        mine = session.execute(unscoped(known, Reason.ADMISSION)).scalar()
        if mine is None:
            session.add(_new_member(space.id, viewer.user_id))
        else:
            mine.left_on = None
        session.flush()
        _open_if_ready(space.id)
    return str(space.public_id)


def appoint(user_id: int, circle_id: int) -> None:
    """Make somebody who is in a circle's space its moderator, from the command line.

    NotThere when they aren't in it. SameEmployer when a wall stands between them and another
    moderator: a report must find one who may see it.
    """
    with transaction() as session:
        here = present(SpaceMember).where(Space.circle_id == circle_id)
        found = session.execute(unscoped(here, Reason.ADMISSION)).scalars().all()
        mine = next((member for member in found if member.user_id == user_id), None)
        if mine is None:
            raise NotThere
        others = [each for each in found if each.role is Role.MODERATOR and each is not mine]
        if any(workplaces.are_colleagues(user_id, each.user_id, clock.today()) for each in others):
            raise SameEmployer
        mine.role = Role.MODERATOR
        session.flush()
        _open_if_ready(mine.space_id)


def leave(viewer: Viewer, public_id: str) -> None:
    """Leave a space. What one wrote stays, under names that are nobody's.

    NotThere for whoever is not in it, no longer in its circle, or shut out for a while.
    """
    with transaction() as session:
        query = visible.spaces(viewer, Space.circle_id).where(Space.public_id == public_id)
        circle_id = session.execute(query).scalar()
        if circle_id is None or not leave_its_space(viewer.user_id, circle_id):
            raise NotThere


def is_mixed(user_ids: Sequence[int]) -> bool:
    """Whether so many people of so many employers are in that nobody stands out."""
    return rule.is_met(workplaces.families(user_ids, clock.today()).values())


def present_members(space_id: int) -> Sequence[int]:
    """The user ids of who is in a space now, and in its circle."""
    members = present(SpaceMember.user_id).where(SpaceMember.space_id == space_id)
    return db.session.execute(unscoped(members, Reason.ADMISSION)).scalars().all()


def present(*columns: Any) -> Select[Any]:
    """Memberships of whoever is in a space and in its circle, joined to the space. Not scoped."""
    in_circle = and_(
        Membership.circle_id == Space.circle_id,
        Membership.user_id == SpaceMember.user_id,
        Membership.state == MembershipState.ACTIVE,
    )
    query = select(*columns).select_from(SpaceMember)
    query = query.join(Space, Space.id == SpaceMember.space_id).join(Membership, in_circle)
    return query.where(SpaceMember.left_on.is_(None))


def _open_if_ready(space_id: int) -> None:
    """Once it is mixed enough, and moderators are there who can stand in for each other."""
    present = present_members(space_id)
    if is_mixed(present) and _has_moderators(space_id, present):
        db.session.execute(
            update(Space)
            .where(Space.id == space_id, Space.opened_on.is_(None))
            .values(opened_on=clock.today())
            .execution_options(synchronize_session=False)
        )


def _has_moderators(space_id: int, present: Sequence[int]) -> bool:
    """Whether two of those who are there moderate it and no wall stands between them."""
    query = select(SpaceMember.user_id).where(
        SpaceMember.space_id == space_id, SpaceMember.role == Role.MODERATOR
    )
    found = set(db.session.execute(unscoped(query, Reason.ADMISSION)).scalars())
    return workplaces.two_are_apart(found.intersection(present), clock.today())


def _new_member(space_id: int, user_id: int) -> SpaceMember:
    return SpaceMember(
        space_id=space_id,
        user_id=user_id,
        role=Role.MEMBER,
        number=_free_number(space_id),
        secret=secrets.token_bytes(16),
        joined_on=clock.today().replace(day=1),
    )


def _free_number(space_id: int) -> int:
    """A random one nobody in the space has or had."""
    present = select(SpaceMember.number).where(SpaceMember.space_id == space_id)
    departed = select(DepartedMember.number).where(DepartedMember.space_id == space_id)
    query = unscoped(present.union(departed), Reason.ADMISSION)
    taken = set(db.session.execute(query).scalars())
    if len(taken) >= NUMBERS // 2:
        raise NotAllowed
    while True:
        number = secrets.randbelow(NUMBERS)
        if number not in taken:
            return number
