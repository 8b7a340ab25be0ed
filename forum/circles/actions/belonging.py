"""Being in a circle: the one place where a membership begins and ends."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Delete, Update, delete, or_, select, update

from forum.circles.queries import CARD
from forum.core import clock
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotThere
from forum.models.circles import Circle, Membership, MembershipState, Role
from forum.models.spaces import Space, SpaceMember
from forum.notifications import actions as notifications
from forum.policy import visible
from forum.policy.allowed import Act, NoDoor, Place, require
from forum.policy.turns import own_turn
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

AT_THE_DOOR = frozenset(
    {MembershipState.REQUESTED, MembershipState.INVITED, MembershipState.DECLINED}
)
"""States in which somebody may still come in."""


def join(viewer: Viewer, slug: str) -> None:
    """Become an active member of an open or members' circle. Twice is once. Not of its space.

    Raises NotThere for what they may not see, NoDoor where one cannot join by oneself, SignInFirst
    when their account was closed at this very moment.
    """
    with transaction():
        if viewer.signed_in:
            own_turn(viewer.user_id)
        place = where(viewer, slug)
        require(viewer, Act.JOIN, place)
        enter(viewer.user_id, place.circle_id)


def leave(viewer: Viewer, slug: str) -> None:
    """Stop being a member, of the circle's private space too. What they wrote stays."""
    with transaction() as session:
        place = where(viewer, slug)
        require(viewer, Act.LEAVE, place)
        gone = session.execute(
            delete(Membership).where(
                Membership.circle_id == place.circle_id,
                Membership.user_id == viewer.user_id,
                Membership.state == MembershipState.ACTIVE,
            )
        )
        leave_its_space(viewer.user_id, place.circle_id)
        notifications.forget_at_the_door(viewer.user_id, place.circle_id)
        count_members(place.circle_id, -gone.rowcount)  # type: ignore[attr-defined]


def leave_its_space(user_id: int, circle_id: int) -> bool:
    """Take somebody out of a circle's private space; False when they aren't in it.

    In a transaction. Whoever leaves the circle leaves it too, and whoever comes to the circle is
    not in it, however they went: they must be let in anew. What names them there is kept, for what
    was decided about them still holds (R10); that they kept order there is not.
    """
    its_space = select(Space.id).where(Space.circle_id == circle_id).scalar_subquery()
    mine = (SpaceMember.space_id == its_space, SpaceMember.user_id == user_id)
    left = update(SpaceMember).where(*mine, SpaceMember.left_on.is_(None))
    left = left.values(left_on=clock.today().replace(day=1), role=Role.MEMBER)
    left = left.execution_options(synchronize_session=False)
    found = db.session.execute(unscoped(left, Reason.LEAVING))
    return bool(found.rowcount)  # type: ignore[attr-defined]


def enter(user_id: int, circle_id: int) -> None:
    """Make somebody a member, whom nobody sent away; NoDoor for the others. In a transaction.

    Who is one already stays what they are.
    """
    if stand(user_id, circle_id, MembershipState.ACTIVE):
        leave_its_space(user_id, circle_id)
        count_members(circle_id, 1)
    elif not let_in(user_id, circle_id, AT_THE_DOOR):
        query = select(Membership.state).where(*_theirs(user_id, circle_id))
        present = db.session.execute(unscoped(query, Reason.OWN_MEMBERSHIP)).scalar()
        if present is not MembershipState.ACTIVE:
            raise NoDoor


def let_in(user_id: int, circle_id: int, states: Collection[MembershipState]) -> bool:
    """Make somebody a member who is in one of these states; False when they aren't any more."""
    done = move(user_id, circle_id, states, MembershipState.ACTIVE)
    if done:
        leave_its_space(user_id, circle_id)
        count_members(circle_id, 1)
    return done


def move(
    user_id: int,
    circle_id: int,
    states: Collection[MembershipState],
    to: MembershipState,
    words: str | None = None,
) -> bool:
    """From one of these states to another, as an ordinary member; False when not in one of them.

    Never an active moderator. Of two who do so at the same moment only one does. Counts nothing;
    what was told of how they stood before is gone.
    """
    ordinary = or_(Membership.state != MembershipState.ACTIVE, Membership.role == Role.MEMBER)
    moved = update(Membership).where(
        *_theirs(user_id, circle_id), Membership.state.in_(states), ordinary
    )
    moved = moved.values(state=to, role=Role.MEMBER, joined_at=clock.now(), words=words)
    return _done(moved, user_id, circle_id)


def stand(user_id: int, circle_id: int, state: MembershipState, words: str | None = None) -> bool:
    """Make a membership in a state, as an ordinary member; False when there is one already."""
    made = Membership(
        circle_id=circle_id,
        user_id=user_id,
        role=Role.MEMBER,
        state=state,
        joined_at=clock.now(),
        words=words,
    )
    try:
        with savepoint() as session:
            session.add(made)
    except Conflict:
        return False
    return True


def drop(user_id: int, circle_id: int, state: MembershipState) -> bool:
    """Forget a membership that is in this state, and what was told of it; False for none."""
    gone = delete(Membership).where(*_theirs(user_id, circle_id), Membership.state == state)
    return _done(gone, user_id, circle_id)


def where(viewer: Viewer, slug: str) -> Place:
    """A circle whose name the viewer may know, as the place of an act. NotThere."""
    row = db.session.execute(visible.circle_cards(viewer, *CARD).where(Circle.slug == slug)).first()
    if row is None:
        raise NotThere
    return Place(row.id, row.visibility)


def count_members(circle_id: int, by: int) -> None:
    """Keep a circle's own number of active members."""
    db.session.execute(
        update(Circle)
        .where(Circle.id == circle_id)
        .values(member_count=Circle.member_count + by)
        .execution_options(synchronize_session=False)
    )


def _done(change: Update | Delete, user_id: int, circle_id: int) -> bool:
    done = db.session.execute(change.execution_options(synchronize_session=False))
    if not done.rowcount:  # type: ignore[attr-defined]
        return False
    notifications.forget_at_the_door(user_id, circle_id)
    return True


def _theirs(user_id: int, circle_id: int) -> tuple[Any, ...]:
    return Membership.circle_id == circle_id, Membership.user_id == user_id
