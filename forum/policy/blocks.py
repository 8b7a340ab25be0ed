"""Blocks as walls of private spaces know them (R4): from whom one's later words are kept there."""

from __future__ import annotations

from sqlalchemy import bindparam, exists, select

from forum.core.db import db, records
from forum.models.circles import Role
from forum.models.guarding import Guardian
from forum.models.quiet import Block
from forum.models.spaces import Space, SpaceMember
from forum.policy import workplaces
from forum.policy.guard import Reason, unscoped

IN_SPACES = 3
"""Whoever could wall off all others but one would know who it is that answers; so could a few."""


def entries(user_id: int, circle_id: int) -> frozenset[workplaces.Entry]:
    """What this person's blocks put up before a post in the space of a circle. One statement.

    The latest IN_SPACES of them, less those who moderate there and the guardians: nobody hides from
    whoever keeps order by blocking them. What somebody else's block puts up is no part of it: then
    it would show, by whom one misses, who that is.
    """
    rows = db.session.connection().execute(_LATEST, {"user_id": user_id, "circle_id": circle_id})
    return frozenset(workplaces.person(row.blocked_id) for row in records(rows))


_BLOCKED = (
    select(Block.blocked_id)
    .where(Block.user_id == bindparam("user_id"))
    .order_by(Block.since_at.desc(), Block.blocked_id)
    .limit(IN_SPACES)
    .subquery()
)
_MODERATES = (
    exists()
    .where(SpaceMember.user_id == _BLOCKED.c.blocked_id, SpaceMember.role == Role.MODERATOR)
    .where(SpaceMember.left_on.is_(None))
    .where(Space.id == SpaceMember.space_id, Space.circle_id == bindparam("circle_id"))
)
_LATEST = unscoped(
    select(_BLOCKED.c.blocked_id).where(
        ~_MODERATES, ~exists().where(Guardian.user_id == _BLOCKED.c.blocked_id)
    ),
    Reason.WALL,
)
