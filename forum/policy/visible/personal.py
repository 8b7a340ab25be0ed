"""Scopes of what somebody left at a place, and of how scoped statements are put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import Executable

from forum.core.db import Base
from forum.models.circles import Circle
from forum.models.discussions import Draft, Post, Reaction, ReadMark, Report, SubmitNonce, Topic
from forum.models.employers import ChangePermit, Employment, Vouch, VouchLink, WorkCode
from forum.models.profiles import Profile, ProfileBarrier
from forum.models.spaces import Visit
from forum.policy.guard import covered_too, scoped
from forum.policy.identity import Owner
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer

S = TypeVar("S", bound=Executable)

PersonalTable: TypeAlias = (
    type[ReadMark] | type[Draft] | type[SubmitNonce] | type[Report] | type[Reaction]
)
AboutOneself: TypeAlias = (
    type[Employment]
    | type[WorkCode]
    | type[Vouch]
    | type[VouchLink]
    | type[ChangePermit]
    | type[Profile]
    | type[ProfileBarrier]
)
"""What people tell of themselves, and of where they work; of the vouches those made for them."""
_KNOWN_BY: dict[type[Base], InstrumentedAttribute[str]] = {
    Circle: Circle.slug,
    Topic: Topic.public_id,
    Post: Post.public_id,
}


def about_oneself(viewer: Viewer, table: AboutOneself, *columns: Any) -> Select[Any]:
    """Rows about the viewer: what they tell of themselves. Nothing for a guest."""
    mine = table.user_id == Seer.of(viewer).me
    return scoped(select(*(columns or (table,))).select_from(table).where(mine), table)


def naming_oneself(
    viewer: Viewer,
    owner: InstrumentedAttribute[Any],
    *columns: Any,
    at: type[Base] | None = None,
    hangs: type[Base] | None = None,
) -> Select[Any]:
    """Rows of a table that name the viewer in its column `owner`, for their own export.

    Columns of that table only, or of what hangs on their topics and posts (`hangs`), and last the
    name in addresses of the place they are `at`: none of it depends on what the viewer may still
    see, as it was theirs, and it says nothing of others. In a space no row names anybody (R1).
    """
    table: type[Base] = owner.class_  # type: ignore[assignment]
    query = select(*columns).select_from(table)
    query = query.where(owner == Seer.of(viewer).me)
    if hangs is not None:
        on = getattr(hangs, f"{table.__tablename__}_id")
        query = scoped(query.join(hangs, on == table.id), hangs)  # type: ignore[attr-defined]
    if at is None:
        return scoped(query, table)
    here = getattr(table, f"{at.__tablename__}_id")
    query = query.outerjoin(at, at.id == here).add_columns(_KNOWN_BY[at].label("at"))  # type: ignore[attr-defined]
    return scoped(query, table, at)


def own(owner: Owner, table: PersonalTable, *columns: Any) -> Select[Any]:
    """Rows of a personal table that are this owner's, a member's or a voice's."""
    query = select(*(columns or (table,))).select_from(table)
    return scoped(query.where(owner.owns(table)), table)


def with_own(
    query: Select[Any], viewer: Viewer, table: PersonalTable, on: ColumnElement[bool]
) -> Select[Any]:
    """Outer-join the viewer's own row of a personal table, in a circle. Nothing for a guest."""
    mine = table.user_id == Seer.of(viewer).me
    return scoped(query.outerjoin(table, and_(on, mine)), table)


def of_seat(table: PersonalTable, seat: ColumnElement[str], *columns: Any) -> Select[Any]:
    """The same for a seat that is given when a prepared statement is run."""
    return scoped(select(*columns).select_from(table).where(table.seat == seat), table)


def of_seats(table: PersonalTable, seats: Sequence[str]) -> Select[Any]:
    """Rows of a personal table that are kept by one of these seats: only their owner knows them."""
    return scoped(select(table).where(table.seat.in_(seats)), table)


def visits(seats: Sequence[str]) -> Select[Any]:
    """Visits to spaces by these seats of a day. As `of_seats`."""
    return scoped(select(Visit).where(Visit.seat.in_(seats)), Visit)


def seats_of_drafts(place: str) -> Select[Any]:
    """Ids and seats of all drafts at a place of spaces, to find one's own: only its owner can."""
    columns: tuple[Any, ...] = (Draft.id, Draft.seat)
    return scoped(select(*columns).where(Draft.place == place, Draft.seat.is_not(None)), Draft)


def reactions_to(post_ids: Any) -> Select[Any]:
    """Reactions to posts that were seen, to find the viewer's own and to tell authors of theirs."""
    columns: tuple[Any, ...] = (Reaction.post_id, Reaction.kind, Reaction.user_id, Reaction.seat)
    query = select(*columns)
    return scoped(query.where(Reaction.post_id.in_(post_ids)), Reaction)


def within(query: S, part: Select[Any]) -> S:
    """A statement that reads nothing but what scoped queries in it do: this one, and those before.

    Of a query of one, or of an insertion of what one says.
    """
    return covered_too(query, part)


def both(one: Select[Any], other: Select[Any]) -> CompoundSelect[Any]:
    """The rows of two scoped queries, the first one's first."""
    return covered_too(covered_too(union_all(one, other), one), other)


def both_limited(one: Select[Any], other: Select[Any]) -> Select[Any]:
    """The rows of two scoped queries that each have an order and a limit of their own."""
    parts = [select(part.subquery()) for part in (one, other)]
    whole = select(union_all(*parts).subquery())
    return covered_too(covered_too(whole, one), other)


def narrowed(query: Select[Any], column: ColumnElement[Any], by: Select[Any]) -> Select[Any]:
    """Only rows whose column equals the one value another scoped query finds."""
    part = by.correlate(None).scalar_subquery()
    return covered_too(query.where(column == part), by)
