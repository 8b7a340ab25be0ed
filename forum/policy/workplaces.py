"""Where people work, as the walls and the admission of spaces ask for it. Reads only.

An entry is a kind and a value: ("employer", row id), ("domain", mail domain) or ("person", user
id). The entries an author puts up are written down once and never grow (R4); what a viewer holds
against them is worked out anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from forum.core.db import db, records
from forum.models.employers import Employer, EmployerDomain, Employment, Vouch
from forum.models.spaces import SpaceMember, TopicKey
from forum.policy.guard import Reason, unscoped

Entry: TypeAlias = tuple[str, str]
LastingEntry: TypeAlias = tuple[str, str, date | None]
"""An entry and the last day it holds for; None: still."""

EMPLOYER, DOMAIN, PERSON = "employer", "domain", "person"
VOUCHES_NEEDED = 2


def a_year_before(day: date) -> date:
    """The same day twelve months earlier; for 29 February the 28th."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def author_entries(user_id: int, today: date) -> frozenset[Entry]:
    """Whom a post of this person is walled off from today. Two statements.

    Employers that are current or were left under 12 months ago, whoever owns their verified mail
    domains, every employer of the groups these are in today, aliases of all of them, and the
    domains. Without themself: see `person`.
    """
    last_year = a_year_before(today)
    told = _rows(_TOLD, user_id=user_id)
    told = [row for row in told if row.ended_on is None or row.ended_on > last_year]
    return _entries(told, _kin(_starts(told)))


def most_entries(topic_id: int) -> int:
    """How many any member a topic's space ever had could put up, of all employers they ever told
    of: so it hardly ever shrinks. Two statements.
    """
    told: dict[int, list[Any]] = defaultdict(list)
    for row in _rows(_TOLD_IN_SPACE, topic_id=topic_id):
        told[row.user_id].append(row)
    kin = _kin(_starts(row for rows in told.values() for row in rows))
    return max((len(_entries(rows, kin)) for rows in told.values()), default=0)


def viewer_entries(user_id: int) -> list[LastingEntry]:
    """What this person holds against a wall, each with the day it ended. Two statements.

    For a topic only those count whose day is None or at least `a_year_before` its opening. Every
    employer they told of and whoever owns their verified mail domains, with the aliases and mail
    domains of these; not other employers of a group, which the author's side holds.
    """
    told = _rows(_TOLD, user_id=user_id)
    until: dict[Entry, date | None] = {person(user_id): None}
    for row in told:
        if row.verified_domain:
            _lengthen(until, (DOMAIN, row.verified_domain), row.ended_on)
    starts = _starts(told)
    for row in _rows(_ALIASES, starts=list(starts)) if starts else []:
        _lengthen(until, (EMPLOYER, str(row.kin)), starts[row.start])
        if row.domain:
            _lengthen(until, (DOMAIN, row.domain), starts[row.start])
    return [(*entry, day) for entry, day in until.items()]


def person(user_id: int) -> Entry:
    """The entry for one person: themself as a viewer, or somebody an author blocks."""
    return PERSON, str(user_id)


def changed_on(user_id: int) -> date | None:
    """When they last told of an employer, or verified one, after they could be in a space.

    In every space they see only topics opened later (R5). None: they never changed.
    """
    latest = select(func.max(Employment.changed_on)).where(Employment.user_id == user_id)
    found: date | None = db.session.execute(unscoped(latest, Reason.ADMISSION)).scalar()
    return found


def is_verified(user_id: int, circle_id: int) -> bool:
    """Whether they may be let into a space of this circle, as far as verification goes.

    A present employment was verified by a code to a work address, or two verified members of the
    circle with other employers vouched for them.
    """
    return has_verified_employment(user_id) or vouch_count(user_id, circle_id) >= VOUCHES_NEEDED


def has_verified_employment(user_id: int) -> bool:
    """Whether one of the places they work at now was verified by a code."""
    verified = select(Employment.id).where(
        Employment.user_id == user_id,
        Employment.verified_on.is_not(None),
        Employment.ended_on.is_(None),
    )
    return db.session.execute(unscoped(verified.limit(1), Reason.ADMISSION)).first() is not None


def vouch_count(user_id: int, circle_id: int) -> int:
    """How many members of a circle vouched for them. Each was allowed to when they did."""
    made = select(func.count()).select_from(Vouch)
    made = made.where(Vouch.user_id == user_id, Vouch.circle_id == circle_id)
    return db.session.execute(unscoped(made, Reason.ADMISSION)).scalar_one()


def has_vouched(voucher_id: int, user_id: int, circle_id: int) -> bool:
    """Whether the first has vouched for the second in this circle."""
    made = select(Vouch.made_on).where(
        Vouch.voucher_id == voucher_id, Vouch.user_id == user_id, Vouch.circle_id == circle_id
    )
    return db.session.execute(unscoped(made, Reason.ADMISSION)).first() is not None


def may_have_been_admitted(user_id: int) -> bool:
    """Whether they ever had what lets one into a space: then a new employer is a change (R5)."""
    verified = select(Employment.user_id).where(
        Employment.user_id == user_id, Employment.verified_on.is_not(None)
    )
    vouched = select(Vouch.user_id).where(Vouch.user_id == user_id)
    ever = verified.union_all(vouched).limit(1)
    return db.session.execute(unscoped(ever, Reason.ADMISSION)).first() is not None


def are_colleagues(one: int, other: int, today: date) -> bool:
    """Whether a wall stands between two people today, for any employer either told of."""
    return not author_entries(one, today).isdisjoint(author_entries(other, today))


def families(user_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """For each person the groups they work for now, for counting how mixed a space is.

    "group:<id>", or "employer:<id>" for an employer in no group; empty for who told of none. One
    statement.
    """
    found: dict[int, set[str]] = defaultdict(set)
    for row in _rows(_FAMILIES, people=list(user_ids)) if user_ids else []:
        found[row.user_id].add(f"group:{row.group}" if row.group else f"employer:{row.root}")
    return {user_id: frozenset(found[user_id]) for user_id in user_ids}


def _lengthen(until: dict[Entry, date | None], entry: Entry, day: date | None) -> None:
    known = until.get(entry, day)
    until[entry] = None if known is None or day is None else max(known, day)


def _starts(told: Iterable[Any]) -> dict[int, date | None]:
    """The employers that employments lead to, each with the last day of the latest of them."""
    until: dict[Entry, date | None] = {}
    for row in told:
        for employer_id in (row.employer_id, row.owner_id):
            if employer_id is not None:
                _lengthen(until, (EMPLOYER, str(employer_id)), row.ended_on)
    return {int(value): day for (_kind, value), day in until.items()}


def _entries(told: Collection[Any], kin: Mapping[int, Collection[int]]) -> frozenset[Entry]:
    domains = {(DOMAIN, row.verified_domain) for row in told if row.verified_domain}
    return frozenset(domains | {(EMPLOYER, str(each)) for at in _starts(told) for each in kin[at]})


def _kin(starts: Collection[int]) -> Mapping[int, Collection[int]]:
    """For each of these employers all that belong to it, itself among them."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in _rows(_KIN, starts=list(starts)) if starts else []:
        found[row.start].add(row.kin)
    return found


def _rows(statement: Select[*tuple[Any, ...]], **values: Any) -> list[Any]:
    return records(db.session.connection().execute(statement, values))


def _root(employer: type[Employer]) -> ColumnElement[int]:
    """What it was merged into, or itself."""
    return func.coalesce(employer.merged_into_id, employer.id)


def _is_root_of(root: type[Employer], employer: type[Employer]) -> ColumnElement[bool]:
    """Written so that an index finds the employers of a root."""
    return or_(employer.id == root.id, employer.merged_into_id == root.id)


_START, _START_ROOT, _KIN_ROOT, _KIN_ROW = (aliased(Employer) for _ in range(4))
_STARTS: BindParameter[Any] = bindparam("starts", expanding=True)

_ANYBODYS = select(
    Employment.user_id,
    Employment.employer_id,
    Employment.ended_on,
    Employment.verified_domain,
    EmployerDomain.employer_id.label("owner_id"),
).outerjoin(EmployerDomain, EmployerDomain.domain == Employment.verified_domain)
_TOLD = unscoped(_ANYBODYS.where(Employment.user_id == bindparam("user_id")), Reason.WALL)
_TOLD_IN_SPACE = unscoped(
    _ANYBODYS.join(SpaceMember, SpaceMember.user_id == Employment.user_id)
    .join(TopicKey, TopicKey.space_id == SpaceMember.space_id)
    .where(TopicKey.topic_id == bindparam("topic_id")),
    Reason.WALL,
)
_KIN = unscoped(
    select(_START.id.label("start"), _KIN_ROW.id.label("kin"))
    .select_from(_START)
    .join(_START_ROOT, _START_ROOT.id == _root(_START))
    .join(
        _KIN_ROOT,
        or_(_KIN_ROOT.id == _START_ROOT.id, _KIN_ROOT.group_id == _START_ROOT.group_id),
    )
    .join(_KIN_ROW, _is_root_of(_KIN_ROOT, _KIN_ROW))
    .where(_START.id.in_(_STARTS))
    .distinct(),
    Reason.WALL,
)
_ALIASES = unscoped(
    select(_START.id.label("start"), _KIN_ROW.id.label("kin"), EmployerDomain.domain)
    .select_from(_START)
    .join(_START_ROOT, _START_ROOT.id == _root(_START))
    .join(_KIN_ROW, _is_root_of(_START_ROOT, _KIN_ROW))
    .outerjoin(EmployerDomain, EmployerDomain.employer_id == _KIN_ROW.id)
    .where(_START.id.in_(_STARTS)),
    Reason.WALL,
)
_FAMILIES = unscoped(
    select(
        Employment.user_id,
        _START_ROOT.id.label("root"),
        _START_ROOT.group_id.label("group"),
    )
    .join(_START, _START.id == Employment.employer_id)
    .join(_START_ROOT, _START_ROOT.id == _root(_START))
    .where(Employment.user_id.in_(bindparam("people", expanding=True)))
    .where(Employment.ended_on.is_(None)),
    Reason.ADMISSION,
)
