"""Blocks as walls of private spaces know them (R4): from whom one's words are kept there.

What a block puts up could be turned around: whoever blocks somebody, and is answered behind that
block, knows who it was not. So it is kept to few people, and fixed for each conversation by the day
before it was opened: nobody can try out one after another whose name is whose.
"""

from __future__ import annotations

from sqlalchemy import bindparam, exists, or_, select

from forum.core.db import db, records
from forum.models.circles import Role
from forum.models.guarding import Guardian
from forum.models.quiet import SpaceBlock
from forum.models.spaces import SpaceMember, TopicKey
from forum.policy import workplaces
from forum.policy.guard import Reason, unscoped

IN_SPACES = 3
"""Whoever could wall off all others but one would know who it is that answers; so could a few."""


def entries(user_id: int, topic_id: int) -> frozenset[workplaces.Entry]:
    """What this person's blocks put up before a post in this topic of a space. One statement.

    Of blocks that were to hold in spaces on the evening before it was opened, less those who
    moderate there and the guardians: nobody hides from whoever keeps order. What somebody else's
    block puts up is no part of it: then it would show, by whom one misses, who that is.
    """
    rows = db.session.connection().execute(_HOLDING, {"user_id": user_id, "topic_id": topic_id})
    return frozenset(workplaces.person(row.blocked_id) for row in records(rows))


_MODERATES = exists().where(
    SpaceMember.user_id == SpaceBlock.blocked_id,
    SpaceMember.role == Role.MODERATOR,
    SpaceMember.left_on.is_(None),
    SpaceMember.space_id == TopicKey.space_id,
)
_HOLDING = unscoped(
    select(SpaceBlock.blocked_id)
    .join(TopicKey, TopicKey.opened_on > SpaceBlock.since_on)
    .where(TopicKey.topic_id == bindparam("topic_id"))
    .where(SpaceBlock.user_id == bindparam("user_id"))
    .where(or_(SpaceBlock.ended_on.is_(None), SpaceBlock.ended_on >= TopicKey.opened_on))
    .where(~_MODERATES, ~exists().where(Guardian.user_id == SpaceBlock.blocked_id))
    .limit(IN_SPACES),
    Reason.WALL,
)
