"""The hours of a day in which a space's moderators look in, as it shows them."""

from __future__ import annotations

from sqlalchemy import delete, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import NotAllowed
from forum.core.i18n import _l
from forum.models.guarding import ModeratedHours
from forum.policy.allowed import Act, require
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.queries import space_for


class NotHours(NotAllowed):
    status = 422
    sentence = _l("Hours are whole, from 0 to 24 (UTC), and not the same.")


def set_hours(viewer: Viewer, space_public_id: str, hours: tuple[int, int] | None) -> None:
    """Say in which hours of the day (UTC, first and end) moderators look in; None: in none.

    With an end before the first they go past midnight. ForModerators, NotHours.
    """
    space = space_for(viewer, space_public_id)
    require(viewer, Act.READ_REPORTS, space.where)
    if hours and not (0 <= hours[0] <= 23 and 1 <= hours[1] <= 24 and hours[0] != hours[1]):
        raise NotHours
    with transaction() as session:
        session.execute(delete(ModeratedHours).where(ModeratedHours.space_id == space.id))
        if hours:
            session.add(ModeratedHours(space_id=space.id, begins=hours[0], ends=hours[1]))


def is_moderated_now(space_id: int) -> bool:
    """Whether this is one of a space's moderated hours."""
    query = select(ModeratedHours.begins, ModeratedHours.ends)
    query = query.where(ModeratedHours.space_id == space_id)
    row = db.session.execute(unscoped(query, Reason.ORDER)).first()
    if row is None:
        return False
    hour = clock.now().hour
    if row.begins < row.ends:
        return bool(row.begins <= hour < row.ends)
    return bool(hour >= row.begins or hour < row.ends)
