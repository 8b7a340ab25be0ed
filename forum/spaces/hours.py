"""The hours of a day in which a space's moderators look in, as it shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import NotAllowed
from forum.core.i18n import _l
from forum.models.circles import Circle
from forum.models.guarding import ModeratedHours
from forum.models.spaces import Space
from forum.policy import visible
from forum.policy.allowed import Act, require
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.queries import space_for


class NotHours(NotAllowed):
    status = 422
    sentence = _l("Hours are whole, from 0 to 24 (UTC), and not the same.")


@dataclass(frozen=True, slots=True)
class Hours:
    """From the beginning of one hour of the day to the beginning of another, UTC."""

    begins: int
    ends: int
    """Before `begins`: past midnight."""

    def __str__(self) -> str:
        return f"{self.begins:02d}:00–{self.ends:02d}:00 UTC"

    def holds(self, hour: int) -> bool:
        """Whether an hour is one of them."""
        if self.begins < self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


@dataclass(frozen=True, slots=True)
class HoursOfCircle:
    """When the moderators of a circle's space look in."""

    circle_name: str
    hours: Hours | None


def set_hours(viewer: Viewer, space_public_id: str, hours: tuple[int, int] | None) -> None:
    """Say in which hours of the day (UTC, first and end) moderators look in; None: in none.

    With an end before the first they go past midnight. ForModerators, NotHours.
    """
    space = space_for(viewer, space_public_id)
    require(viewer, Act.READ_REPORTS, space.where)
    put_hours(space.id, hours)


def put_hours(space_id: int, hours: tuple[int, int] | None) -> None:
    """The same from the command line. NotHours."""
    if hours and not (0 <= hours[0] <= 23 and 1 <= hours[1] <= 24 and hours[0] != hours[1]):
        raise NotHours
    with transaction() as session:
        session.execute(delete(ModeratedHours).where(ModeratedHours.space_id == space_id))
        if hours:
            session.add(ModeratedHours(space_id=space_id, begins=hours[0], ends=hours[1]))


def hours_of(space_id: int) -> Hours | None:
    """When a space's moderators look in. One statement."""
    return _hours([space_id]).get(space_id)


def hours_of_circles(viewer: Viewer) -> list[HoursOfCircle]:
    """Of the spaces the viewer may know of, by the circle's name; whether in them or not.

    Two statements.
    """
    if not viewer.signed_in:
        return []
    query = visible.space_doors(viewer, Space.id, Circle.name).order_by(Circle.name)
    rows = db.session.execute(query).all()
    known = _hours([row.id for row in rows])
    return [HoursOfCircle(row.name, known.get(row.id)) for row in rows]


def is_moderated_now(space_id: int) -> bool:
    """Whether this is one of a space's moderated hours."""
    hours = hours_of(space_id)
    return hours is not None and hours.holds(clock.now().hour)


def _hours(space_ids: Sequence[int]) -> dict[int, Hours]:
    columns = (ModeratedHours.space_id, ModeratedHours.begins, ModeratedHours.ends)
    query = select(*columns).where(ModeratedHours.space_id.in_(space_ids))
    rows = db.session.execute(unscoped(query, Reason.ORDER))
    return {row.space_id: Hours(row.begins, row.ends) for row in rows}
