"""The only code that ties a person to what they leave at a place."""

from __future__ import annotations

from dataclasses import dataclass

from forum.models.circles import Circle
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a personal row belongs to: a user id in a circle, a seat in a space, never both (R1)."""

    user_id: int | None
    seat: str | None

    def columns(self) -> dict[str, int | str | None]:
        return {"user_id": self.user_id, "seat": self.seat}


def owner(viewer: Viewer, place: type[Circle] | Circle = Circle) -> Owner:
    """Whose a row at this place is. A circle's rows are keyed by the user.

    Every personal row is made with this; a space's seat (a keyed digest, R1) is worked out here too
    once there are spaces, so that no caller ever chooses. TypeError for a guest.
    """
    if not (place is Circle or isinstance(place, Circle)):
        raise TypeError(f"{place!r} is no place that keeps personal rows")
    return Owner(user_id=viewer.user_id, seat=None)
