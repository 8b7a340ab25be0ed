"""What pages show of a circle: cards, and the circle as a place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Row, Select

from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.i18n import _
from forum.models.circles import Circle, Visibility
from forum.models.notifications import Level
from forum.policy import visible
from forum.policy.allowed import Act, Place, may
from forum.policy.prepared import Prepared, value, values
from forum.policy.viewer import GUEST, Viewer


class Byline(NamedTuple):
    """A name ready for a page: templates never meet a User. A tuple, as a page makes fifty."""

    name: str
    avatar_url: str | None
    note: str = ""
    drawn: Any = None
    """In a space the face itself, as it must not be fetched by a name (R7)."""
    person: str = ""
    """Public id of the member whose page it leads to; "" where it leads nowhere."""


def known_as(name: str | None) -> str:
    """What somebody is called on a page; whose account was closed has no name."""
    return name or _("former member")


@dataclass(frozen=True, slots=True)
class CircleCard:
    id: int
    slug: str
    name: str
    purpose: str
    hue: str
    visibility: str
    kind: str
    isic: str | None
    topic_count: int
    member_count: int
    joined: bool
    readable: bool
    """Whether the viewer may read its discussions; else only what it is about."""

    @property
    def url(self) -> str:
        """Its conversations, or the page about it for whoever may not read those."""
        here = links.circle(self.slug)
        return here if self.readable else f"{here}/about"


@dataclass(frozen=True, slots=True)
class SpaceHere:
    """The private space of a circle as a page's place, and who the viewer is in it."""

    url: str
    tell_audience: Callable[[], Any]
    you_are: Byline | None = None
    """In a topic; before one there is no name yet."""

    @property
    def audience(self) -> Any:
        """In words: who can see what is written here. Asked only where it is said."""
        return self.tell_audience()


@dataclass(frozen=True, slots=True)
class CirclePlace:
    """A circle as a page's place: what the viewer may do here."""

    circle: CircleCard
    may_write: bool
    may_join: bool
    is_moderator: bool
    space: SpaceHere | None = None
    """Set on the pages of its private space."""
    level: Level | None = None
    """How closely the viewer follows the circle, where `place` was asked."""


CARD = (
    Circle.id,
    Circle.slug,
    Circle.name,
    Circle.purpose,
    Circle.hue,
    Circle.visibility,
    Circle.kind,
    Circle.isic,
    Circle.topic_count,
    Circle.member_count,
)


def card(viewer: Viewer, row: Row[Any]) -> CircleCard:
    """A card from a row that holds the columns of CARD."""
    joined = viewer.circle(row.id) is not None
    broad = (Visibility.OPEN, Visibility.MEMBERS) if viewer.signed_in else (Visibility.OPEN,)
    return CircleCard(
        id=row.id,
        slug=row.slug,
        name=row.name,
        purpose=row.purpose,
        hue=f"hue-{row.hue:02d}",
        visibility=row.visibility.value,
        kind=row.kind.value,
        isic=row.isic,
        topic_count=row.topic_count,
        member_count=row.member_count,
        joined=joined,
        readable=joined or row.visibility in broad,
    )


def directory(viewer: Viewer) -> list[CircleCard]:
    """Every circle whose name the viewer may know, by name. One statement."""
    return [card(viewer, row) for row in _directory(viewer).rows()]


def suggested(viewer: Viewer, limit: int = 4) -> list[CircleCard]:
    """Circles the viewer can walk into and is not in yet, the busiest first."""
    mine = [circle.id for circle in viewer.circles]
    return [card(viewer, row) for row in _suggested(viewer).rows(mine=mine, limit=limit)]


def place(viewer: Viewer, slug: str) -> CirclePlace:
    """A circle whose discussions the viewer may read. NotThere otherwise."""
    row = _of_slug(viewer).first(slug=slug)
    if row is None:
        raise NotThere
    return replace(place_of(viewer, card(viewer, row)), level=row.circle_level)


def known(viewer: Viewer, slug: str) -> CirclePlace:
    """A circle whose name the viewer may know, whether or not they may read it. Or NotThere."""
    row = db.session.execute(visible.circle_cards(viewer, *CARD).where(Circle.slug == slug)).first()
    if row is None:
        raise NotThere
    return place_of(viewer, card(viewer, row))


def place_of(viewer: Viewer, found: CircleCard) -> CirclePlace:
    """What the viewer may do in a circle that was fetched through them."""
    where = Place(found.id, Visibility(found.visibility))
    return CirclePlace(
        circle=found,
        may_write=may(viewer, Act.OPEN_TOPIC, where),
        may_join=not found.joined and may(viewer, Act.JOIN, where),
        is_moderator=may(viewer, Act.EDIT_CIRCLE, where),
    )


def slugs_of_open_circles(limit: int = 5_000) -> list[str]:
    """For the sitemap."""
    query = visible.circles(GUEST, Circle.slug).order_by(Circle.slug).limit(limit)
    return list(db.session.execute(query).scalars())


@Prepared
def _directory(viewer: Viewer) -> Select[Any]:
    return visible.circle_cards(viewer, *CARD).order_by(Circle.name)


@Prepared
def _suggested(viewer: Viewer) -> Select[Any]:
    query = visible.circles(viewer, *CARD).where(
        Circle.id.not_in(values("mine")),
        Circle.visibility.in_([Visibility.OPEN, Visibility.MEMBERS]),
    )
    return query.order_by(Circle.topic_count.desc(), Circle.name).limit(value("limit"))


@Prepared
def _of_slug(viewer: Viewer) -> Select[Any]:
    query = visible.circles(viewer, *CARD, visible.CIRCLE_LEVEL)
    return visible.with_circle_level(query, viewer).where(Circle.slug == value("slug"))
