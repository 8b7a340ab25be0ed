"""What a circle says of itself, and what whoever leaves it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forum.circles.queries.cards import CARD, Byline, CirclePlace, card, known, place_of
from forum.core import links
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import as_markup
from forum.core.seal import keyed_digest
from forum.models.accounts import User
from forum.models.circles import Circle, Membership, Role, Visibility
from forum.models.spaces import Space, SpaceMember
from forum.policy import visible
from forum.policy.allowed import Act, Place, may, require
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class About:
    place: CirclePlace
    purpose: str
    rules: str
    rules_html: Any
    hue: int
    moderators: list[Byline]

    @property
    def version(self) -> str:
        """Tells whether its moderators' words are still as they were shown."""
        return keyed_digest("circle", "\0".join((self.purpose, str(self.hue), self.rules)))


@dataclass(frozen=True, slots=True)
class Leaving:
    """What somebody who leaves a circle leaves."""

    place: CirclePlace
    may_come_back: bool
    """By themselves."""
    space_too: bool
    """Whether they are in its private space."""
    keeps_order_there: bool


def about(viewer: Viewer, slug: str) -> About:
    """Purpose, rules and moderators, for whoever may know the circle's name; else NotThere."""
    row = db.session.execute(
        visible.circle_cards(viewer, *CARD, Circle.rules, Circle.rules_html).where(
            Circle.slug == slug
        )
    ).first()
    if row is None:
        raise NotThere
    return About(
        place=place_of(viewer, card(viewer, row)),
        purpose=row.purpose,
        rules=row.rules,
        rules_html=as_markup(row.rules_html),
        hue=row.hue,
        moderators=_moderators(viewer, row.id),
    )


def leaving(viewer: Viewer, slug: str) -> Leaving:
    """What the viewer would leave with a circle. NotThere, or the refusals of Act.LEAVE."""
    found = known(viewer, slug)
    where = Place(found.circle.id, Visibility(found.circle.visibility))
    require(viewer, Act.LEAVE, where)
    its_space = visible.spaces(viewer, SpaceMember.role).where(Space.circle_id == found.circle.id)
    role = db.session.execute(its_space).scalar()
    return Leaving(found, may(viewer, Act.JOIN, where), role is not None, role is Role.MODERATOR)


def _moderators(viewer: Viewer, circle_id: int) -> list[Byline]:
    rows = db.session.execute(
        visible.members(viewer, User.name, User.public_id)
        .where(Membership.circle_id == circle_id, Membership.role == Role.MODERATOR)
        .order_by(User.name)
        .limit(100)
    )
    return [Byline(row.name, links.avatar(row.public_id), "moderator") for row in rows]
