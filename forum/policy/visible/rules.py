"""Who may see what, as expressions over columns; the one who looks is a column too (`Seer`)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, true
from sqlalchemy.orm import aliased

from forum.models.circles import Circle, Membership, MembershipState, Role, Visibility
from forum.models.discussions import Post, Topic
from forum.models.quiet import Block
from forum.policy.seer import Seer

# Not an IN, whose list SQLAlchemy writes into the statement anew each time it runs.
_BROAD = or_(Circle.visibility == Visibility.OPEN, Circle.visibility == Visibility.MEMBERS)


def membership(
    seer: Seer, *more: Any, state: MembershipState = MembershipState.ACTIVE
) -> ColumnElement[bool]:
    """Asked of the circle of whatever query it stands in, also from inside another part of it."""
    mine = aliased(Membership)
    conditions = [getattr(mine, column) == value for column, value in more]
    found = exists().where(
        mine.circle_id == Circle.id,
        mine.user_id == seer.id,
        mine.state == state,
        *conditions,
    )
    return found.correlate_except(mine)


def circle_rule(seer: Seer) -> ColumnElement[bool]:
    """Whose discussions they may read."""
    if seer.id is None:
        return Circle.visibility == Visibility.OPEN
    return or_(_BROAD, membership(seer))


def card_rule(seer: Seer) -> ColumnElement[bool]:
    """Whose name and purpose they may know. Who is invited has to, to say yes or no."""
    if seer.id is None:
        return Circle.visibility == Visibility.OPEN
    invited = membership(seer, state=MembershipState.INVITED)
    return or_(Circle.visibility != Visibility.SECRET, membership(seer), invited)


def moderates(seer: Seer) -> ColumnElement[bool]:
    if seer.id is None:
        return false()
    broad_staff = and_(seer.staff, _BROAD)
    return or_(membership(seer, ("role", Role.MODERATOR)), broad_staff)


def _own_or_moderated(seer: Seer, author: ColumnElement[int | None]) -> ColumnElement[bool]:
    return false() if seer.id is None else or_(author == seer.id, moderates(seer))


def apart(seer: Seer, other: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether one of the two has blocked the other: nobody can tell which."""
    if seer.id is None or not seer.may_be_apart:
        return false()
    mine, theirs = aliased(Block), aliased(Block)
    return or_(
        exists().where(mine.user_id == seer.id, mine.blocked_id == other),
        exists().where(theirs.user_id == other, theirs.blocked_id == seer.id),
    )


def together(seer: Seer, author: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether no block keeps them from what somebody wrote in a circle.

    A block ends where whoever looks moderates: order is kept for those it protects too, and nobody
    can hide from it by blocking whoever keeps it.
    """
    if seer.id is None or not seer.may_be_apart:
        return true()
    return or_(not_(apart(seer, author)), moderates(seer))


def topic_rule(seer: Seer) -> ColumnElement[bool]:
    hidden: ColumnElement[bool] = Topic.hidden_at.is_(None)
    if seer.id is not None:
        hidden = or_(hidden, _own_or_moderated(seer, Topic.author_id.expression))
    near = together(seer, Topic.author_id.expression)
    return and_(Topic.space_id.is_(None), circle_rule(seer), hidden, near)


def post_rule(seer: Seer) -> ColumnElement[bool]:
    hidden: ColumnElement[bool] = Post.hidden_at.is_(None)
    if seer.id is not None:
        hidden = or_(hidden, _own_or_moderated(seer, Post.author_id.expression))
    return and_(Post.removed_at.is_(None), hidden, together(seer, Post.author_id.expression))
