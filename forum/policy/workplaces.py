"""Where people work, as the walls and the admission of spaces ask for it. Reads only.

An entry is a kind and a value: ("employer", row id), ("domain", mail domain), ("kin", row id) or
("person", user id). The entries an author puts up are written down once and never grow (R4). What a
viewer holds against them is worked out anew, of rows that staff cannot change: employers and
domains that belong together are a kin, and each change makes another one. So nothing that staff do
takes a post away from somebody, or brings one back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from itertools import combinations
from typing import Any, TypeAlias

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from forum.core.db import db, records
from forum.models.employers import Employer, EmployerDomain, Employment, ReturnVouch, Vouch
from forum.policy import kin
from forum.policy.guard import Reason, unscoped

Entry: TypeAlias = tuple[str, str]
LastingEntry: TypeAlias = tuple[str, str, date | None]
"""An entry and the last day it holds for; None: still."""

KIN, PERSON = "kin", "person"
MOST_EMPLOYMENTS = 12
"""Of one member that are current or ended within two years."""
ENTRIES_EACH = 4
"""What one employment puts up at most: employer, domain, and the kin of the one and of the other's
owner."""
VOUCHES_NEEDED = 2


def a_year_before(day: date) -> date:
    """The same day twelve months earlier; for 29 February the 28th."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def author_entries(user_id: int, today: date) -> frozenset[Entry]:
    """Whom a post of this person is walled off from today: at most ENTRIES_EACH an employment.

    Employers that are current or were left under 12 months ago, verified mail domains, and the kin
    that these, and whoever owns the domains, belong to today. Two statements. Without themself: see
    `person`.
    """
    last_year = a_year_before(today)
    told = [row for row in _told(user_id) if row.ended_on is None or row.ended_on > last_year]
    own = {_entry(start) for row in told for start in _starts(row)}
    employers = {row.employer_id for row in told} | {row.owner_id for row in told if row.owner_id}
    return frozenset(own | {(KIN, str(each)) for each in kin.newest(employers)})


def viewer_entries(user_id: int, joined_on: date | None = None) -> list[LastingEntry]:
    """What this person holds against a wall, each with the day it ended. At most three statements.

    For a topic only those count whose day is None or at least `a_year_before` its opening. Every
    employer they told of, every domain they verified, and every kin one of these is or was in. Of
    the kin that one was in before they told of it, or before they `joined` the space, also all
    members and earlier kins: nobody misses what was never there for them.
    """
    until: dict[Entry, date | None] = {person(user_id): None}
    since: dict[str, date] = {}
    for row in _told(user_id):
        for start, day in _starts(row).items():
            _lengthen(until, _entry(start), row.ended_on)
            since[start] = max(day, joined_on or day, since.get(start, day))
    known: dict[str, int] = {}
    for row in kin.ever(since):
        _lengthen(until, (KIN, str(row.kin_id)), until[_entry(row.entry)])
        if row.made_on < since[row.entry]:
            known[row.entry] = max(row.kin_id, known.get(row.entry, 0))
    _lengthen_by_known(until, known)
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


def return_vouches(user_id: int) -> frozenset[int]:
    """Who has vouched since their last reset that it was really they."""
    made = select(ReturnVouch.voucher_id).where(ReturnVouch.user_id == user_id)
    return frozenset(db.session.execute(unscoped(made, Reason.ADMISSION)).scalars())


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


def two_are_apart(user_ids: Collection[int], today: date) -> bool:
    """Whether two of these have no employer in common: one can stand in where the other may not."""
    pairs = combinations(sorted(user_ids), 2)
    return any(not are_colleagues(one, other, today) for one, other in pairs)


def families(user_ids: Collection[int], today: date) -> dict[int, frozenset[str]]:
    """For each person whose people they are, for counting how mixed a space is. One statement.

    "group:<id>", or "employer:<id>" in no group, of employers that are current or were left under
    12 months ago, as for a wall, and of whoever owns their verified mail domains; "domain:<domain>"
    of these. Empty for who told of none, or left the last one longer ago.
    """
    found: dict[int, set[str]] = defaultdict(set)
    asked = {"people": list(user_ids), "last_year": a_year_before(today)}
    for row in _rows(_FAMILIES, **asked) if user_ids else []:
        found[row.user_id].add(f"group:{row.group}" if row.group else f"employer:{row.root}")
        if row.verified_domain:
            found[row.user_id].add(f"domain:{row.verified_domain}")
    return {user_id: frozenset(found[user_id]) for user_id in user_ids}


def _lengthen(until: dict[Entry, date | None], entry: Entry, day: date | None) -> None:
    known = until.get(entry, day)
    until[entry] = None if known is None or day is None else max(known, day)


def _lengthen_by_known(until: dict[Entry, date | None], known: dict[str, int]) -> None:
    """Add what was in the kin that each of these was in already when it was told of."""
    starts = defaultdict(list)
    for start, kin_id in known.items():
        starts[kin_id].append(start)
    for row in kin.members(starts):
        for start in starts[row.kin_id]:
            _lengthen(until, _entry(row.entry), until[_entry(start)])
            if row.earlier is not None:
                _lengthen(until, (KIN, str(row.earlier)), until[_entry(start)])


def _starts(row: Any) -> dict[str, date]:
    """The employer and the domain of an employment as members of kin, each with since when."""
    starts = {f"{kin.EMPLOYER}:{row.employer_id}": row.told_on}
    if row.verified_domain:
        starts[f"{kin.DOMAIN}:{row.verified_domain}"] = row.verified_on
    return starts


def _entry(member: str) -> Entry:
    """A member of a kin as an entry."""
    kind, _colon, value = member.partition(":")
    return kind, value


def _told(user_id: int) -> list[Any]:
    return _rows(_TOLD, user_id=user_id)


def _rows(statement: Select[*tuple[Any, ...]], **values: Any) -> list[Any]:
    return records(db.session.connection().execute(statement, values))


_START, _START_ROOT = aliased(Employer), aliased(Employer)

_TOLD = unscoped(
    select(
        Employment.employer_id,
        Employment.told_on,
        Employment.ended_on,
        Employment.verified_on,
        Employment.verified_domain,
        EmployerDomain.employer_id.label("owner_id"),
    )
    .outerjoin(EmployerDomain, EmployerDomain.domain == Employment.verified_domain)
    .where(Employment.user_id == bindparam("user_id")),
    Reason.WALL,
)
_FAMILIES = unscoped(
    select(
        Employment.user_id,
        Employment.verified_domain,
        _START_ROOT.id.label("root"),
        _START_ROOT.group_id.label("group"),
    )
    .outerjoin(EmployerDomain, EmployerDomain.domain == Employment.verified_domain)
    .join(_START, or_(_START.id == Employment.employer_id, _START.id == EmployerDomain.employer_id))
    .join(_START_ROOT, _START_ROOT.id == kin.root_of(_START))
    .where(Employment.user_id.in_(bindparam("people", expanding=True)))
    .where(or_(Employment.ended_on.is_(None), Employment.ended_on > bindparam("last_year"))),
    Reason.ADMISSION,
)
