"""Whether spaces have who keeps order in them: two moderators at least, of different employers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.models.circles import Circle
from forum.models.spaces import Space
from forum.policy import workplaces
from forum.policy.visible import Reason, unscoped
from forum.spaces.guardians import moderator_ids


@dataclass(frozen=True, slots=True)
class Kept:
    """How a circle's space is kept; by whom is nobody's business."""

    slug: str
    moderators: int
    are_apart: bool
    """Whether two of them have no employer in common, current or left under 12 months ago."""


def all_kept() -> list[Kept]:
    """How each space is kept, by circle."""
    query = select(Space.id, Circle.slug).join(Circle, Circle.id == Space.circle_id)
    rows = db.session.execute(unscoped(query.order_by(Circle.slug), Reason.ORDER)).all()
    return [_kept(row.slug, moderator_ids(row.id)) for row in rows]


def _kept(slug: str, user_ids: list[int]) -> Kept:
    return Kept(slug, len(user_ids), workplaces.two_are_apart(user_ids, clock.today()))
