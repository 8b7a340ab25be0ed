"""The nightly shuffle: what databases keep of the order of writing is gone by the morning (R2)."""

from __future__ import annotations

import time
from collections.abc import Sequence

from sqlalchemy import Table, select

from forum.core.db import Base, db
from forum.core.upkeep import Busy, Rows, clear_away, rewrite_in_random_order
from forum.models.guarding import Appeal, Notice, ReportCase, Sanction
from forum.models.spaces import (
    DepartedMember,
    Pseudonym,
    Space,
    SpaceMember,
    TopicKey,
    Visit,
)
from forum.policy.visible import Reason, unscoped

ONLY_OF_SPACES = (
    *(SpaceMember, DepartedMember, Visit, TopicKey, Pseudonym),
    *(Sanction, Notice, Appeal, ReportCase),
)
MARKS = ("seat", "pseudonym_id")
"""Columns that are set in rows of spaces only."""
_TRIES, _PAUSE_SECONDS = 20, 1.0


def shuffle() -> int:
    """Write every row of a space anew in random order, old ones too; how many.

    Of old ones a new place would tell when they were edited or read last. Busy when others did not
    stop writing for 20 seconds.
    """
    if not _is_any_space():
        return 0
    rewritten = _patiently(parts())
    clear_space_tables()
    return rewritten


def parts() -> list[Rows]:
    """The rows of spaces in every table, in the order in which they can be inserted."""
    return [rows for table in Base.metadata.sorted_tables if (rows := _of_spaces(table))]


def clear_space_tables() -> None:
    """Leave nothing of deleted rows; of tables that only spaces have not even in free place."""
    tables = [rows.table for rows in parts()]
    small = [each for each in tables if each in _only_of_spaces()]
    clear_away(small, [each for each in tables if each not in small])


def _is_any_space() -> bool:
    found = db.session.execute(unscoped(select(Space.id).limit(1), Reason.TIDY)).first()
    return found is not None


def _patiently(rows: Sequence[Rows]) -> int:
    for _try in range(_TRIES - 1):
        try:
            return rewrite_in_random_order(rows, Base.metadata.sorted_tables)
        except Busy:
            time.sleep(_PAUSE_SECONDS)
    return rewrite_in_random_order(rows, Base.metadata.sorted_tables)


def _of_spaces(table: Table) -> Rows | None:
    if table in _only_of_spaces():
        return Rows(table)
    mark = next((mark for mark in MARKS if mark in table.columns), None)
    return Rows(table, mark) if mark else None


def _only_of_spaces() -> list[Table]:
    return [model.__table__ for model in ONLY_OF_SPACES]  # type: ignore[misc]
