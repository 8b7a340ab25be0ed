"""Which employers and mail domains belong together, as was written down whenever that changed.

Members are "employer:<row id>" and "domain:<mail domain>". What is written down is never changed,
so what a wall says with the row id of a kin stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from forum.core.db import db, records
from forum.models.employers import Employer, EmployerDomain, EmployerKin, KinMember
from forum.policy.guard import Reason, unscoped

EMPLOYER, DOMAIN = "employer", "domain"


def newest(employer_ids: Collection[int]) -> set[int]:
    """The kin that these employers are in now; one that never had any company is in none."""
    entries = [f"{EMPLOYER}:{employer_id}" for employer_id in employer_ids]
    return {row.kin_id for row in _rows(_NEWEST, entries=entries)} if entries else set()


def ever(entries: Collection[str]) -> list[Any]:
    """Every kin that one of these is or was in, as rows of entry, kin_id and made_on."""
    return _rows(_EVER, entries=list(entries)) if entries else []


def members(kin_ids: Collection[int]) -> list[Any]:
    """Who is in these, as rows of kin_id, entry and each `earlier` kin that entry was in."""
    return _rows(_MEMBERS, kin_ids=list(kin_ids)) if kin_ids else []


def belonging_together(employer_id: int) -> tuple[frozenset[int], frozenset[str]]:
    """An employer with its other names and those of its group, and their mail domains, as now."""
    rows = _rows(_TOGETHER, start=employer_id)
    return frozenset(row.kin for row in rows), frozenset(row.domain for row in rows if row.domain)


def root_of(employer: type[Employer]) -> ColumnElement[int]:
    """What it was merged into, or itself."""
    return func.coalesce(employer.merged_into_id, employer.id)


def _is_name_of(root: type[Employer], employer: type[Employer]) -> ColumnElement[bool]:
    """Written so that an index finds the employers of a root."""
    return or_(employer.id == root.id, employer.merged_into_id == root.id)


def _rows(statement: Select[*tuple[Any, ...]], **values: Any) -> list[Any]:
    return records(db.session.connection().execute(statement, values))


_START, _START_ROOT, _KIN_ROOT, _KIN_ROW = (aliased(Employer) for _ in range(4))
_MEMBER, _EARLIER = aliased(KinMember), aliased(KinMember)
_ENTRIES: BindParameter[Any] = bindparam("entries", expanding=True)

_NEWEST = unscoped(
    select(func.max(KinMember.kin_id).label("kin_id"))
    .where(KinMember.entry.in_(_ENTRIES))
    .group_by(KinMember.entry),
    Reason.WALL,
)
_EVER = unscoped(
    select(KinMember.entry, KinMember.kin_id, EmployerKin.made_on)
    .join(EmployerKin, EmployerKin.id == KinMember.kin_id)
    .where(KinMember.entry.in_(_ENTRIES)),
    Reason.WALL,
)
_MEMBERS = unscoped(
    select(_MEMBER.kin_id, _MEMBER.entry, _EARLIER.kin_id.label("earlier"))
    .outerjoin(_EARLIER, and_(_EARLIER.entry == _MEMBER.entry, _EARLIER.kin_id < _MEMBER.kin_id))
    .where(_MEMBER.kin_id.in_(bindparam("kin_ids", expanding=True))),
    Reason.WALL,
)
_TOGETHER = unscoped(
    select(_KIN_ROW.id.label("kin"), EmployerDomain.domain)
    .select_from(_START)
    .join(_START_ROOT, _START_ROOT.id == root_of(_START))
    .join(
        _KIN_ROOT,
        or_(_KIN_ROOT.id == _START_ROOT.id, _KIN_ROOT.group_id == _START_ROOT.group_id),
    )
    .join(_KIN_ROW, _is_name_of(_KIN_ROOT, _KIN_ROW))
    .outerjoin(EmployerDomain, EmployerDomain.employer_id == _KIN_ROW.id)
    .where(_START.id == bindparam("start")),
    Reason.WALL,
)
