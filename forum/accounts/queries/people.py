"""People as other members see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from forum.circles.queries import Byline
from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.accounts import User
from forum.models.circles import Circle, Membership
from forum.models.profiles import Barrier, Part, Profile, ProfileBarrier
from forum.policy import visible
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class CommonCircle:
    slug: str
    name: str
    hue: str


@dataclass(frozen=True, slots=True)
class Person:
    """What a member shows of themselves, and no more: no address, no company, no other circle."""

    byline: Byline
    handle: str
    is_me: bool
    part: Part | None
    trying: str
    met: tuple[Barrier, ...]
    """Walls they are still before."""
    broken: tuple[Barrier, ...]
    broke_through: str
    languages: tuple[str, ...]
    circles: tuple[CommonCircle, ...]
    """Those the viewer is in too."""

    @property
    def tells_something(self) -> bool:
        return bool(self.trying or self.part or self.met or self.broken or self.broke_through)


_SHOWN = (
    *(User.id, User.name, User.public_id, User.handle),
    *(Profile.trying, Profile.broke_through, Profile.part, Profile.languages),
)


def person(viewer: Viewer, public_id: str) -> Person:
    """A member. NotThere for who is none, and for guests. Three statements."""
    query = visible.people(viewer, *_SHOWN).where(User.public_id == public_id)
    row = db.session.execute(query).first()
    if row is None:
        raise NotThere
    walls = _walls(viewer, row.id)
    return Person(
        byline=Byline(row.name, links.avatar(row.public_id)),
        handle=row.handle or "",
        is_me=row.id == viewer.id,
        part=row.part,
        trying=row.trying or "",
        met=tuple(each for each in Barrier if walls.get(each) is False),
        broken=tuple(each for each in Barrier if walls.get(each)),
        broke_through=row.broke_through or "",
        languages=tuple(code for code in (row.languages or "").split(",") if code),
        circles=_in_common(viewer, row.id),
    )


def _walls(viewer: Viewer, user_id: int) -> dict[Barrier, bool]:
    query = visible.barriers(viewer, ProfileBarrier.barrier, ProfileBarrier.broken)
    rows = db.session.execute(query.where(ProfileBarrier.user_id == user_id))
    return {row.barrier: row.broken for row in rows}


def _in_common(viewer: Viewer, user_id: int) -> tuple[CommonCircle, ...]:
    """In the order of the viewer's own."""
    mine = [circle.id for circle in viewer.circles]
    theirs: Select[Any] = visible.members(viewer, Circle.id)
    theirs = theirs.where(Membership.user_id == user_id, Circle.id.in_(mine))
    shared = set(db.session.execute(theirs).scalars().all())
    return tuple(CommonCircle(c.slug, c.name, c.hue) for c in viewer.circles if c.id in shared)
