"""The nightly shuffle: what databases keep of the order of writing is gone by the morning (R2)."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from sqlalchemy import Table, or_, select

from forum.core.db import Base, db
from forum.core.upkeep import Busy, Rows, clear_away, clear_log, rewrite_in_random_order
from forum.models.accounts import LastSeen, SignIn
from forum.models.discussions import ReadMark
from forum.models.files import SealedPicture, WaitingPicture
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

_log = logging.getLogger(__name__)
ONLY_OF_SPACES = (
    *(SpaceMember, DepartedMember, Visit, TopicKey, Pseudonym),
    *(Sanction, Notice, Appeal, ReportCase),
    *(WaitingPicture, SealedPicture),
)
PICTURES = (WaitingPicture, SealedPicture)
"""Of these the many bytes of each are written anew by the shuffle alone."""
MARKS = ("seat", "pseudonym_id")
"""Columns that are set in rows of spaces only."""
OF_VISITS = (SignIn, LastSeen)
"""What everybody leaves who comes, to a circle or a space: by order it would tell when."""
_TRIES, _PAUSE_SECONDS = 20, 1.0


def shuffle() -> int:
    """Write every row of a space anew in random order, old ones too; how many.

    Of old ones a new place would tell when they were edited or read last. With them what members'
    visits leave elsewhere: written in between, it would tell who was there when something was. Busy
    when others did not stop writing for 20 seconds.
    """
    if not _is_any_space():
        return 0
    rewritten = _patiently(parts())
    clear_away([rows.table for rows in parts()])
    if not clear_log():
        _log.warning("the database's write-ahead log stays (README.md, What a server remembers)")
    return rewritten


def parts() -> list[Rows]:
    """What is shuffled of every table, in the order in which it can be inserted."""
    return [rows for table in Base.metadata.sorted_tables if (rows := _of_spaces(table))]


def clear_space_tables() -> None:
    """Leave nothing of deleted keys, and free the place of all else that was deleted."""
    tables = [rows.table for rows in parts()]
    all_of_them = _tables([each for each in ONLY_OF_SPACES if each not in PICTURES])
    small = [each for each in tables if each in all_of_them]
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
    if table in _tables((*ONLY_OF_SPACES, *OF_VISITS)):
        return Rows(table)
    mark = next((mark for mark in MARKS if mark in table.columns), None)
    if mark is None:
        return None
    is_of_space = table.c[mark].is_not(None)
    if table is ReadMark.__table__:
        members = select(SpaceMember.user_id)
        return Rows(table, or_(is_of_space, ReadMark.user_id.in_(members)))
    return Rows(table, is_of_space)


def _tables(models: Sequence[type[Base]]) -> list[Table]:
    return [model.__table__ for model in models]  # type: ignore[misc]
