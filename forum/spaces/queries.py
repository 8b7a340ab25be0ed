"""Reading spaces, as their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from forum.circles.queries import CARD, CirclePlace, SpaceHere, card, place_of
from forum.core import clock, links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.i18n import _
from forum.employments.queries import own_words
from forum.models.circles import Role, Visibility
from forum.models.spaces import Space, SpaceMember
from forum.policy import visible
from forum.policy.allowed import InSpace, Place
from forum.policy.bars import barred
from forum.policy.identity import Voice, space_key
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

_SPACE = (
    Space.id.label("space_id"),
    Space.public_id.label("space_public_id"),
    Space.wrapped_key,
    Space.opened_on,
    Space.read_only_from,
    Space.life_days,
    SpaceMember.number,
    SpaceMember.secret,
    SpaceMember.role,
)


@dataclass(frozen=True, slots=True)
class SeenSpace:
    """A space its member may see."""

    id: int
    public_id: str
    place: CirclePlace
    where: Place
    voice: Voice
    """Who they are before a topic is there."""
    is_open: bool
    life_days: int


def space_for(viewer: Viewer, public_id: str) -> SeenSpace:
    """A space the viewer is in. NotThere when absent or not theirs. One statement."""
    row = _of_public_id(viewer).first(public_id=public_id) if viewer.signed_in else None
    if row is None:
        raise NotThere
    return _seen(viewer, row)


def space_of_circle(viewer: Viewer, circle_id: int) -> SeenSpace | None:
    """The space of a circle, when the viewer is in it."""
    row = _of_circle(viewer).first(circle_id=circle_id) if viewer.signed_in else None
    return _seen(viewer, row) if row else None


def has_space(viewer: Viewer, circle_id: int) -> bool:
    """Whether a circle has a private space, which every member of the circle may know."""
    query = visible.space_doors(viewer, Space.id).where(Space.circle_id == circle_id)
    return db.session.execute(query).first() is not None


def audience(viewer: Viewer) -> Any:
    """Who sees what this member writes in a space, in a sentence or two. One statement."""
    names = own_words(viewer).names
    if not names:
        return _("Members of this space. Never in search engines, never in mail.")
    return _(
        "Members of this space. Nobody we know to be from %(employers)s sees what you write."
        " Never in search engines, never in mail.",
        employers=_listed(names),
    )


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return _("%(names)s or %(last)s", names=", ".join(first), last=last) if first else last


def _seen(viewer: Viewer, row: Any) -> SeenSpace:
    place = place_of(viewer, card(viewer, row))
    moderates = row.role is Role.MODERATOR
    read_only = row.read_only_from is not None and row.read_only_from <= clock.today()
    read_only = read_only or row.opened_on is None
    here = SpaceHere(links.space(row.space_public_id), cache(partial(audience, viewer)))
    writes = place.may_write and not read_only
    voice = Voice(space_key(row.space_id, row.wrapped_key), row.secret, row.number)
    return SeenSpace(
        id=row.space_id,
        public_id=row.space_public_id,
        place=CirclePlace(place.circle, writes, False, moderates, here),
        where=Place(
            circle_id=place.circle.id,
            visibility=Visibility(place.circle.visibility),
            space=InSpace(moderates, read_only, barred(row.space_id, voice)),
        ),
        voice=voice,
        is_open=row.opened_on is not None,
        life_days=row.life_days,
    )


@Prepared
def _of_public_id(viewer: Viewer) -> Any:
    return visible.spaces(viewer, *_SPACE, *CARD).where(Space.public_id == value("public_id"))


@Prepared
def _of_circle(viewer: Viewer) -> Any:
    return visible.spaces(viewer, *_SPACE, *CARD).where(Space.circle_id == value("circle_id"))
