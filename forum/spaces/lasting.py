"""How long the topics of a space stay open, as its moderators choose."""

from __future__ import annotations

from sqlalchemy import update

from forum.core.db import transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.spaces import LONGEST_LIFE_DAYS, SHORTEST_LIFE_DAYS, Space
from forum.policy.allowed import Act, require
from forum.policy.viewer import Viewer
from forum.spaces.queries import space_for


class NotSoLong(ForumError):
    status = 422
    sentence = _l("Choose from 30 to 365 days.")


def choose_life(viewer: Viewer, space_public_id: str, days: int) -> None:
    """Let topics that are opened from now on close after so many days; those there stay (R6).

    NotThere, ForModerators, NotSoLong.
    """
    space = space_for(viewer, space_public_id)
    require(viewer, Act.EDIT_CIRCLE, space.where)
    if not SHORTEST_LIFE_DAYS <= days <= LONGEST_LIFE_DAYS:
        raise NotSoLong
    with transaction() as session:
        chosen = update(Space).where(Space.id == space.id).values(life_days=days)
        session.execute(chosen.execution_options(synchronize_session=False))
