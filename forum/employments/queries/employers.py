"""Employers as staff see them: names, groups, mail domains. Never who works there, nor how many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_

from forum.core.db import db
from forum.core.errors import NotThere
from forum.employments import names
from forum.models.employers import Employer, EmployerDomain, EmployerGroup
from forum.policy import visible
from forum.policy.viewer import Viewer

MAX_LISTED = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An employer that is no alias."""

    id: int
    public_id: str
    name: str
    name_key: str
    group_id: int | None
    group: str


@dataclass(frozen=True, slots=True)
class Listed:
    public_id: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that staff can change of one employer."""

    employer: Entry
    aliases: list[Listed]
    domains: list[str]
    siblings: list[Listed]
    """The others of its group."""


_ENTRY = (
    Employer.id,
    Employer.public_id,
    Employer.name,
    Employer.name_key,
    Employer.group_id,
    EmployerGroup.name.label("group_name"),
)
_IS_NO_ALIAS = Employer.merged_into_id.is_(None)


def found_employers(viewer: Viewer, words: str) -> list[Listed]:
    """Employers whose name, alias, group or mail domain holds these words; at most 200, by name.

    Without words, all. An alias leads to what it was merged into. Two statements.
    """
    query = visible.employers(viewer, *_ENTRY).where(_IS_NO_ALIAS)
    if words:
        ids = [row.id for row in db.session.execute(_holding(viewer, words))]
        query = query.where(Employer.id.in_(ids))
    query = query.order_by(Employer.name_key).limit(MAX_LISTED)
    return [_listed(row) for row in db.session.execute(query)]


def entry(viewer: Viewer, public_id: str) -> Entry:
    """One employer, for staff. NotThere for everybody else, and for an alias."""
    query = visible.employers(viewer, *_ENTRY)
    row = db.session.execute(query.where(_IS_NO_ALIAS, Employer.public_id == public_id)).first()
    if row is None:
        raise NotThere
    return _entry(row)


def named(viewer: Viewer, name: str) -> Entry | None:
    """The employer that is called so, or that it was merged into."""
    known = id_of_key(viewer, names.key(name))
    if known is None:
        return None
    employer_id, merged_into_id = known
    query = visible.employers(viewer, *_ENTRY).where(Employer.id == (merged_into_id or employer_id))
    return _entry(db.session.execute(query).one())


def employer_page(viewer: Viewer, public_id: str) -> Page:
    """An employer with its aliases, domains and group, for staff. NotThere otherwise."""
    found = entry(viewer, public_id)
    owned = visible.employers(viewer, EmployerDomain.domain).join(
        EmployerDomain, EmployerDomain.employer_id == Employer.id
    )
    owned = owned.where(Employer.id == found.id).order_by(EmployerDomain.domain)
    return Page(
        employer=found,
        aliases=_list(viewer, Employer.merged_into_id == found.id),
        domains=list(db.session.execute(owned).scalars()),
        siblings=_list(viewer, Employer.group_id == found.group_id, Employer.id != found.id)
        if found.group_id
        else [],
    )


def id_of_key(viewer: Viewer, key: str) -> tuple[int, int | None] | None:
    """The row with this folded name, and what it was merged into."""
    query = visible.employers(viewer, Employer.id, Employer.merged_into_id)
    row = db.session.execute(query.where(Employer.name_key == key)).first()
    return (row.id, row.merged_into_id) if row else None


def group_of_key(viewer: Viewer, key: str) -> int | None:
    """The group of this folded name. One without employers does not exist."""
    query = visible.employers(viewer, EmployerGroup.id).where(EmployerGroup.name_key == key)
    return db.session.execute(query.limit(1)).scalar()


def is_group_in_use(viewer: Viewer, group_id: int) -> bool:
    query = visible.employers(viewer, Employer.id).where(Employer.group_id == group_id)
    return db.session.execute(query.limit(1)).first() is not None


def _holding(viewer: Viewer, words: str) -> Select[Any]:
    plain = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{plain.lower()}%"
    holds: list[ColumnElement[bool]] = [
        column.ilike(like, escape="\\")
        for column in (Employer.name, EmployerGroup.name, EmployerDomain.domain)
    ]
    try:
        holds.append(Employer.name_key.contains(names.key(words), autoescape=True))
    except names.BadName:
        pass
    root = func.coalesce(Employer.merged_into_id, Employer.id)
    query = visible.employers(viewer, root.label("id")).outerjoin(
        EmployerDomain, EmployerDomain.employer_id == Employer.id
    )
    return query.where(or_(*holds)).distinct().limit(MAX_LISTED)


def _list(viewer: Viewer, *conditions: Any) -> list[Listed]:
    query = visible.employers(viewer, *_ENTRY).where(*conditions).order_by(Employer.name_key)
    return [_listed(row) for row in db.session.execute(query)]


def _entry(row: Any) -> Entry:
    return Entry(row.id, row.public_id, row.name, row.name_key, row.group_id, row.group_name or "")


def _listed(row: Any) -> Listed:
    return Listed(row.public_id, row.name, row.group_name or "")
