"""Who stands at a circle's door: for themselves, and for its moderators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select

from forum.circles.queries.cards import CARD, Byline, CircleCard, card
from forum.core import clock, links, seal
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.accounts import User
from forum.models.circles import (
    Circle,
    Invitation,
    Membership,
    MembershipState,
    Role,
    Visibility,
)
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import GUEST, Viewer
from forum.policy.visible import Reason, unscoped

MOST = 200
"""People of one kind at a door that a page shows; the others come when these are dealt with."""
REST_DAYS = 30
"""Days after which somebody who was not let in may ask again; then the reason is forgotten."""


_SHOWN = (MembershipState.REQUESTED, MembershipState.REMOVED, MembershipState.INVITED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with a circle they are not in."""

    state: str
    words: str
    """Their own note, or what moderators told them."""
    since: datetime
    may_ask_on: date
    """Once they were not let in."""
    circle_id: int
    is_nameless: bool
    """Of a secret circle they were sent away from: they are told why, and not where."""

    @property
    def may_ask(self) -> bool:
        """Again, after they were not let in."""
        return self.state == MembershipState.DECLINED and self.may_ask_on <= clock.today()


@dataclass(frozen=True, slots=True)
class AtDoor:
    """Somebody at the door, for its moderators."""

    public_id: str
    handle: str
    byline: Byline
    words: str
    since: datetime


@dataclass(frozen=True, slots=True)
class LinkOut:
    """A link that lets one person in."""

    public_id: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Door:
    asking: list[AtDoor]
    invited: list[AtDoor]
    sent_away: list[AtDoor]
    links: list[LinkOut]


@dataclass(frozen=True, slots=True)
class Invited:
    """What a link to hand out leads into."""

    id: int
    circle: CircleCard
    visibility: Visibility


def standings(viewer: Viewer) -> list[Standing]:
    """Circles the viewer stands at the door of, the latest first. At most one statement."""
    if not viewer.signed_in:
        return []
    query = _standings(viewer).order_by(Membership.joined_at.desc()).limit(MOST)
    return [_standing(row) for row in db.session.execute(query)]


def invitations_open(viewer: Viewer, limit: int = 1) -> list[CircleCard]:
    """Circles the viewer is invited to, the latest first. One statement, or none at all."""
    if not viewer.is_invited:
        return []
    return [card(viewer, row) for row in _invited(viewer).rows(limit=limit)]


def standing(viewer: Viewer, circle_id: int) -> Standing | None:
    """The same for one circle whose name they may know; None when they never stood there."""
    if not viewer.signed_in:
        return None
    row = db.session.execute(_standings(viewer).where(Circle.id == circle_id)).first()
    return _standing(row) if row else None


def waiting_count(viewer: Viewer, circle_id: int) -> int:
    """How many have asked to be let into a circle the viewer moderates."""
    query = visible.at_the_door(viewer, func.count())
    query = query.where(Circle.id == circle_id, Membership.state == MembershipState.REQUESTED)
    found: int = db.session.execute(query).scalar_one()
    return found


def door(viewer: Viewer, circle_id: int) -> Door:
    """Who is at the door of a circle the viewer moderates, longest there first. Two statements."""
    query = _at_door(viewer, circle_id).where(Membership.state.in_(_SHOWN))
    order = (Membership.state.desc(), Membership.joined_at)  # those who wait for an answer first
    rows = db.session.execute(query.order_by(*order).limit(3 * MOST)).all()
    out = visible.invitations(viewer, Invitation.public_id, Invitation.expires_on)
    out = out.where(Circle.id == circle_id, Invitation.expires_on >= clock.today())
    found = db.session.execute(out.order_by(Invitation.expires_on, Invitation.id).limit(MOST))
    return Door(
        asking=_of(rows, MembershipState.REQUESTED),
        invited=_of(rows, MembershipState.INVITED),
        sent_away=_of(rows, MembershipState.REMOVED),
        links=[LinkOut(*row) for row in found],
    )


def asker(viewer: Viewer, circle_id: int, public_id: str) -> AtDoor:
    """Who asks to be let into a circle the viewer moderates. NotThere when they don't."""
    rows = db.session.execute(_at_door(viewer, circle_id).where(User.public_id == public_id)).all()
    found = _of(rows, MembershipState.REQUESTED)
    if not found:
        raise NotThere
    return found[0]


def invitation(token: str) -> Invited | None:
    """What a link leads into, as long as it works and whoever made it moderates the circle."""
    still = exists().where(
        Membership.circle_id == Invitation.circle_id,
        Membership.user_id == Invitation.user_id,
        Membership.state == MembershipState.ACTIVE,
        Membership.role == Role.MODERATOR,
    )
    query = (
        select(Invitation.id.label("invitation_id"), *CARD)
        .join(Circle, Circle.id == Invitation.circle_id)
        .where(
            Invitation.token_digest == seal.plain_digest(token),
            Invitation.expires_on >= clock.today(),
            still,
        )
    )
    row: Any = db.session.execute(unscoped(query, Reason.INVITING)).first()
    return Invited(row.invitation_id, card(GUEST, row), row.visibility) if row else None


def may_ask_from(declined_at: datetime) -> date:
    """The day on which somebody who was not let in may ask again."""
    return (declined_at + timedelta(days=REST_DAYS)).date()


def _at_door(viewer: Viewer, circle_id: int) -> Select[Any]:
    columns = (User.name, User.handle, User.public_id)
    more = (Membership.state, Membership.words, Membership.joined_at)
    return visible.at_the_door(viewer, *columns, *more).where(Circle.id == circle_id)


@Prepared
def _invited(viewer: Viewer) -> Select[Any]:
    query = visible.own_standing(viewer, *CARD)
    query = query.where(Membership.state == MembershipState.INVITED)
    return query.order_by(Membership.joined_at.desc()).limit(value("limit"))


def _standings(viewer: Viewer) -> Any:
    columns: tuple[Any, ...] = (Membership.state, Membership.words, Membership.joined_at)
    return visible.own_standing(viewer, *columns, Circle.id.label("circle_id"), Circle.visibility)


def _standing(row: Any) -> Standing:
    removed = row.state is MembershipState.REMOVED
    return Standing(
        state=row.state.value,
        words=row.words or "",
        since=row.joined_at,
        may_ask_on=may_ask_from(row.joined_at),
        circle_id=row.circle_id,
        is_nameless=removed and row.visibility is Visibility.SECRET,
    )


def _of(rows: Sequence[Any], state: MembershipState) -> list[AtDoor]:
    return [
        AtDoor(
            public_id=row.public_id,
            handle=row.handle or "",
            byline=Byline(row.name, links.avatar(row.public_id)),
            words=row.words or "",
            since=row.joined_at,
        )
        for row in rows
        if row.state is state
    ][:MOST]
