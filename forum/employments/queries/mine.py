"""What members see of where they work: their own, and nobody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from forum.core import clock, seal
from forum.core.db import db
from forum.core.errors import NotThere
from forum.employments import names
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.employers import Employment, Tie, Vouch, VouchLink, WorkCode
from forum.policy import visible, workplaces
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

CHANGE_DAYS = 90
_MISTAKE_DAYS = 1


@dataclass(frozen=True, slots=True)
class MyEmployment:
    """One line of a member's own list, in their own words."""

    id: int
    public_id: str
    name: str
    works_for: bool
    told_on: date
    began_on: date | None
    ended_on: date | None
    verified_on: date | None
    domain: str | None

    @property
    def is_current(self) -> bool:
        return self.ended_on is None

    @property
    def key(self) -> str:
        return names.key(self.name)

    def lasted_until(self, day: date) -> bool:
        return self.ended_on is None or self.ended_on >= day


@dataclass(frozen=True, slots=True)
class MyVouches:
    """How far a member is with being vouched for in one circle."""

    slug: str
    circle: str
    count: int
    token_of: str | None
    """Public id of the link they can hand out, while it works."""
    expires_on: date | None

    @property
    def is_enough(self) -> bool:
        return self.count >= workplaces.VOUCHES_NEEDED


@dataclass(frozen=True, slots=True)
class VouchAsk:
    """Who handed out a link, and for which circle."""

    user_id: int
    name: str
    circle_id: int
    circle: str
    returning: bool
    """Whether it asks for their word that it is really they, after a reset by mail."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """How somebody names their employers, present or left under 12 months ago, and the domains."""

    names: tuple[str, ...]
    domains: tuple[str, ...]


def employments(viewer: Viewer) -> list[MyEmployment]:
    """The viewer's own, present ones first, then by name. One statement."""
    rows = db.session.execute(visible.about_oneself(viewer, Employment)).scalars()
    found = [_mine(row) for row in rows]
    return sorted(found, key=lambda one: (not one.is_current, one.name.casefold(), one.public_id))


def employment(viewer: Viewer, public_id: str) -> MyEmployment:
    """One of the viewer's own. NotThere otherwise."""
    query = visible.about_oneself(viewer, Employment).where(Employment.public_id == public_id)
    row = db.session.execute(query).scalar()
    if row is None:
        raise NotThere
    return _mine(row)


def next_change_on(viewer: Viewer) -> date | None:
    """From when another employer may be told of without staff; None: at any time."""
    last = workplaces.changed_on(viewer.user_id)
    return last + timedelta(days=CHANGE_DAYS) if last else None


def removable_from(viewer: Viewer) -> date | None:
    """Employments told on this day or later can still be taken back; None: none can.

    Within a day, and only while nothing has verified the viewer: nobody could have written in a
    space then, so no wall was made of them.
    """
    if workplaces.may_have_been_admitted(viewer.user_id):
        return None
    return clock.today() - timedelta(days=_MISTAKE_DAYS)


def own_words(viewer: Viewer) -> OwnWords:
    """What the viewer calls their employers, for the line that says who won't see a post.

    Their own words only: how the site groups employers would tell them whom it knows.
    """
    last_year = workplaces.a_year_before(clock.today())
    recent = [one for one in employments(viewer) if one.lasted_until(last_year)]
    return OwnWords(
        names=tuple(dict.fromkeys(one.name for one in recent)),
        domains=tuple(dict.fromkeys(one.domain for one in recent if one.domain)),
    )


def work_code(viewer: Viewer, employment_id: int) -> WorkCode | None:
    """The code that is under way for this employment of the viewer's, while it works."""
    query = visible.about_oneself(viewer, WorkCode).where(
        WorkCode.employment_id == employment_id, WorkCode.expires_at > clock.now()
    )
    return db.session.execute(query).scalar()


def vouches(viewer: Viewer) -> list[MyVouches]:
    """For each circle the viewer is in, how many vouched for them, never who. Two statements."""
    counted = visible.about_oneself(viewer, Vouch, Vouch.circle_id, func.count().label("made"))
    counts = {row.circle_id: row.made for row in _all(counted.group_by(Vouch.circle_id))}
    links = {row.circle_id: row for row in _all(visible.about_oneself(viewer, VouchLink, *_LINK))}
    return [
        _vouches_in(circle.slug, circle.name, counts.get(circle.id, 0), links.get(circle.id))
        for circle in viewer.circles
    ]


def vouch_ask(token: str) -> VouchAsk | None:
    """What a link to vouch is about, while it works. Whether the viewer may is another matter."""
    query = (
        select(
            VouchLink.user_id,
            User.name,
            VouchLink.circle_id,
            Circle.name.label("circle"),
            User.spaces_locked,
        )
        .join(User, User.id == VouchLink.user_id)
        .join(Circle, Circle.id == VouchLink.circle_id)
        .where(
            VouchLink.token_digest == seal.plain_digest(token),
            VouchLink.expires_on >= clock.today(),
        )
    )
    row = db.session.execute(unscoped(query, Reason.VOUCHING)).first()
    return VouchAsk(*row) if row else None


_LINK = (VouchLink.circle_id, VouchLink.public_id, VouchLink.expires_on)


def _all(query: Any) -> list[Row[Any]]:
    return list(db.session.execute(query))


def _mine(row: Employment) -> MyEmployment:
    return MyEmployment(
        id=row.id,
        public_id=row.public_id,
        name=row.told_name,
        works_for=row.tie is Tie.WORKS_FOR,
        told_on=row.told_on,
        began_on=row.began_on,
        ended_on=row.ended_on,
        verified_on=row.verified_on,
        domain=row.verified_domain,
    )


def _vouches_in(slug: str, circle: str, count: int, link: Row[Any] | None) -> MyVouches:
    works = link is not None and link.expires_on >= clock.today()
    return MyVouches(
        slug=slug,
        circle=circle,
        count=count,
        token_of=link.public_id if link and works else None,
        expires_on=link.expires_on if link and works else None,
    )
