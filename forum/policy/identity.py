"""The only code that crosses between a person and what they leave at a place.

In a circle that is the person's row id. In a private space it is worked out, each time anew, from
the topic's key and the member's secret, and stands nowhere (access-and-privacy R1, R7).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement

from forum.core import names
from forum.core.db import hush
from forum.core.seal import Secret, unwrap
from forum.models.ownership import Personal
from forum.policy.viewer import Viewer

_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """A member of a space within one topic; or in the space itself, before a topic is there."""

    key: Secret
    secret: bytes = field(repr=False)
    number: int = field(repr=False)
    """The member's own, 16 bits."""

    @property
    def name_number(self) -> int:
        """The number of the name they have here."""
        return _permuted(self.key, self.number)

    @property
    def name(self) -> str:
        """The name they have here and nowhere else, e.g. "Amber Heron"."""
        return names.name(self.name_number)

    def under(self, key: Secret) -> Voice:
        """The same member in the topic of another key."""
        return replace(self, key=key)

    def seat(self, purpose: str) -> str:
        """What their rows of one table are kept by here; those of two tables cannot be joined."""
        return self.key.digest(f"seat:{purpose}", self.secret).hex()


@dataclass(frozen=True, slots=True)
class Owner:
    """Who a personal row belongs to: a user id in a circle, a seat in a space, never both (R1)."""

    user_id: int | None
    seat: str | None

    def columns(self) -> dict[str, int | str | None]:
        return {"user_id": self.user_id, "seat": self.seat}

    def owns(self, table: type[Personal]) -> ColumnElement[bool]:
        """Which rows of the table are theirs, for statements that find, change or delete them."""
        return table.seat == self.seat if self.seat else table.user_id == self.user_id


def topic_key(topic_id: int, wrapped: bytes) -> Secret:
    """The key of a topic. Unopenable when the site's own key is not here.

    Whoever opens one is in a space, and from then on leaves nothing that names them.
    """
    hush()
    return Secret(unwrap(wrapped, f"topic:{topic_id}"))


def space_key(space_id: int, wrapped: bytes) -> Secret:
    """The key of a space, for what is there before a topic is. As `topic_key`."""
    hush()
    return Secret(unwrap(wrapped, f"space:{space_id}"))


def owner(
    viewer: Viewer, table: type[Personal], voice: Voice | None = None, part: str = ""
) -> Owner:
    """Whose a row of this table is: the viewer's in a circle, their voice's in a space.

    Every personal row is made and found with this, so no caller chooses. With a `part` their rows
    of one table cannot be joined either, but those of one part. TypeError for a guest.
    """
    if voice is None:
        return Owner(user_id=viewer.user_id, seat=None)
    return Owner(user_id=None, seat=seat(voice, table, part))


def seat(voice: Voice, table: type[Personal], part: str = "") -> str:
    """What a voice's rows of this table are kept by, or those of one part of it."""
    name: str = table.__tablename__  # type: ignore[attr-defined]
    return voice.seat(f"{name}:{part}" if part else name)


def mark(key: Secret, user_id: int, purpose: str) -> str:
    """What is kept, in place of their id, of somebody who keeps order at a topic.

    They need not be in its space. Without the topic's key it is nobody's.
    """
    return key.digest(f"mark:{purpose}", str(user_id).encode()).hex()


def _permuted(key: Secret, number: int) -> int:
    """A keyed permutation of 16 bits: a Feistel network of four rounds (Luby and Rackoff, 1988)."""
    left, right = number >> 8, number & 0xFF
    for turn in range(_ROUNDS):
        left, right = right, left ^ key.digest("name", bytes((turn, right)))[0]
    return left << 8 | right
