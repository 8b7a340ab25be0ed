"""Who asks. The first argument of every read and every action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    or_,
    select,
)

from forum.core import clock, links
from forum.core.db import InLines, db, records
from forum.models.accounts import AddressKind, SignIn, User, UserState
from forum.models.circles import Circle, Membership, MembershipState, Role, Visibility
from forum.models.notifications import Notification
from forum.models.profiles import Profile
from forum.models.quiet import Block, Mute, MutedWord
from forum.policy.guard import scoped

SPACES_SHUT = timedelta(hours=72)
"""How long private spaces stay shut to an account after a reset (access-and-privacy.md)."""
STAFF_PROOF = timedelta(hours=1)
"""How long a given password lets staff act as staff (security.md D5)."""
SIGN_IN_LASTS = timedelta(days=20)
"""From the Monday of the week in which it was used last: fourteen days away never end it."""


@dataclass(frozen=True, slots=True)
class MyCircle:
    """A circle the viewer is an active member of."""

    id: int
    slug: str
    name: str
    hue: str
    visibility: Visibility
    moderator: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person, or a guest, as the policy knows them."""

    id: int | None = None
    public_id: str = ""
    name: str = ""
    handle: str = ""
    address: str = ""
    address_said: AddressKind | None = None
    """What they said of their address (see employments.queries.address_kind)."""
    suspended: bool = False
    is_staff: bool = False
    """Staff whose password was given within STAFF_PROOF."""
    staff_account: bool = False
    spaces_shut: bool = False
    """After a password reset private spaces stay shut for a while (access-and-privacy.md)."""
    spaces_from: datetime | None = None
    """When they open again, or did."""
    spaces_locked: bool = False
    """Not even then, until others have vouched for them or staff let them in."""
    unfolded_notes: frozenset[str] = frozenset()
    """Content notes behind which they want nothing folded."""
    time_zone: str = "UTC"
    """By a name of the IANA's table."""
    may_have_news: bool = False
    """Whether they were told of something they have not looked at; perhaps they can no longer."""
    is_invited: bool = False
    """Whether a circle waits for them to come in or not."""
    is_apart: bool = False
    """Whether somebody has blocked them, or they somebody: else no statement need ask for it."""
    muted_people: frozenset[int] = frozenset()
    """Whose posts in circles they want folded."""
    muted_words: frozenset[str] = frozenset()
    """Behind which words they want texts folded, casefolded."""
    circles: tuple[MyCircle, ...] = field(default=())

    @property
    def signed_in(self) -> bool:
        return self.id is not None

    @property
    def avatar_url(self) -> str:
        return links.avatar(self.public_id)

    @property
    def user_id(self) -> int:
        """The row id of a signed-in viewer. TypeError for a guest: ask `signed_in` first."""
        if self.id is None:
            raise TypeError("a guest has no user id")
        return self.id

    def circle(self, circle_id: int) -> MyCircle | None:
        return next((mine for mine in self.circles if mine.id == circle_id), None)


GUEST = Viewer()
ANYBODY = Viewer(id=0)
"""Stands for whoever is signed in while a statement is built (`prepared`); asks for nothing."""
ANYBODY_APART = Viewer(id=0, is_apart=True)
"""The same for those who have blocked somebody, or were."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A viewer together with the sign-in that brought them."""

    viewer: Viewer
    sign_in_id: int
    used_on: date
    expires_on: date


_UNREAD = exists().where(Notification.user_id == User.id, Notification.read_at.is_(None))
_STANDS = exists().where(Membership.user_id == User.id).correlate(User)
_PERSON = (
    User.id,
    User.public_id,
    User.name,
    User.handle,
    User.address,
    User.address_kind,
    User.state,
    User.suspended_until,
    User.is_staff,
    User.spaces_from,
    User.spaces_locked,
    User.unfolded_notes,
    _UNREAD.label("may_have_news"),
    _STANDS.where(Membership.state == MembershipState.INVITED).label("is_invited"),
    Circle.id.label("circle_id"),
    Circle.slug,
    Circle.name.label("circle_name"),
    Circle.hue,
    Circle.visibility,
    Membership.role,
    Membership.joined_at,
)


_BLOCKS = select(Block.since_at).where(or_(Block.user_id == User.id, Block.blocked_id == User.id))


def _in_one(column: ColumnElement[Any], whose: ColumnElement[Any]) -> ColumnElement[Any]:
    """All values of a column in one text: they come along without a statement of their own."""
    one = select(InLines(cast(column, String(40)))).where(whose == User.id)
    return one.correlate(User).scalar_subquery()


_ZONE = select(Profile.time_zone).where(Profile.user_id == User.id)
_QUIET = (
    _ZONE.correlate(User).scalar_subquery().label("time_zone"),
    _BLOCKS.correlate(User).exists().label("is_apart"),
    _in_one(Mute.muted_id.expression, Mute.user_id.expression).label("muted_people"),
    _in_one(MutedWord.word.expression, MutedWord.user_id.expression).label("muted_words"),
)


def _people(*more: Any) -> Select[Any]:
    mine = and_(Membership.user_id == User.id, Membership.state == MembershipState.ACTIVE)
    columns: tuple[Any, ...] = (*_PERSON, *_QUIET, *more)
    query = (
        select(*columns)
        .select_from(User)
        .outerjoin(Membership, mine)
        .outerjoin(Circle, Circle.id == Membership.circle_id)
        .where(or_(User.state == UserState.ACTIVE, User.state == UserState.SUSPENDED))
        .order_by(Circle.name)
    )
    return scoped(query, Membership, Circle, Notification, Block, Mute, MutedWord, Profile)


_BY_USER = _people()
_BY_TOKEN = _people(
    SignIn.id.label("sign_in_id"), SignIn.used_on, SignIn.expires_on, SignIn.proved_at
)
_BY_TOKEN = _BY_TOKEN.join(SignIn, SignIn.user_id == User.id).where(
    SignIn.token_digest == bindparam("digest")
)


def for_user(user_id: int, *, staff_proved: bool = False) -> Viewer | None:
    """The viewer a letter or a job acts for; None when that account is gone."""
    rows = db.session.execute(_BY_USER.where(User.id == user_id)).all()
    return _viewer(rows, staff_proved=staff_proved) if rows else None


def for_token(token_digest: str) -> Arrival | None:
    """The viewer behind a sign-in that is neither ended nor expired. One statement."""
    rows = records(db.session.connection().execute(_BY_TOKEN, {"digest": token_digest}))
    if not rows or rows[0].expires_on < clock.today():
        return None
    first = rows[0]
    proved = first.proved_at is not None and clock.now() - first.proved_at < STAFF_PROOF
    return Arrival(
        _viewer(rows, staff_proved=proved), first.sign_in_id, first.used_on, first.expires_on
    )


def _viewer(rows: Sequence[Row[Any]], *, staff_proved: bool) -> Viewer:
    person = rows[0]
    return Viewer(
        id=person.id,
        public_id=person.public_id,
        name=person.name,
        handle=person.handle or "",
        address=person.address or "",
        address_said=person.address_kind,
        suspended=person.state == UserState.SUSPENDED
        and (person.suspended_until is None or person.suspended_until > clock.now()),
        is_staff=person.is_staff and staff_proved,
        staff_account=person.is_staff,
        spaces_shut=person.spaces_locked
        or (person.spaces_from is not None and person.spaces_from > clock.now()),
        spaces_from=person.spaces_from,
        spaces_locked=person.spaces_locked,
        unfolded_notes=frozenset((person.unfolded_notes or "").split(",")),
        time_zone=person.time_zone or "UTC",
        may_have_news=person.may_have_news,
        is_invited=person.is_invited,
        is_apart=bool(person.is_apart),
        muted_people=frozenset(map(int, (person.muted_people or "").split())),
        muted_words=frozenset((person.muted_words or "").split("\n")) - {""},
        circles=tuple(_my_circle(row) for row in rows if row.circle_id is not None),
    )


def _my_circle(row: Row[Any]) -> MyCircle:
    return MyCircle(
        id=row.circle_id,
        slug=row.slug,
        name=row.circle_name,
        hue=f"hue-{row.hue:02d}",
        visibility=row.visibility,
        moderator=row.role == Role.MODERATOR,
        joined_at=row.joined_at,
    )
