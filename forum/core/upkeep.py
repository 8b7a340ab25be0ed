"""Writing rows anew in random order, and clearing away what databases keep of rows that are gone.

Beside migrations the only statements that no guard sees: a shuffle can't be said otherwise, nor can
VACUUM. Nothing comes into them but names of our own tables and columns.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    Table,
    TableClause,
    column,
    delete,
    func,
    insert,
    not_,
    select,
    table,
    true,
)
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ClauseElement

from forum.core.db import db, transaction

_LOCK_WAIT = "500ms"
"""Less than PostgreSQL waits before it looks for deadlocks: in one, this side gives way."""
_READERS_TRIES, _READERS_PAUSE_SECONDS = 300, 0.1
_SQLITE_WAIT_MS = 30_000
_OLDER_READERS = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND (age(backend_xmin) > age(%(mark)s::xid) OR age(backend_xid) > age(%(mark)s::xid))"
)
_MAY_CLEAR_LOG = (
    "SELECT has_function_privilege('pg_switch_wal()', 'EXECUTE') AND EXISTS (SELECT FROM pg_roles"
    " WHERE rolname = current_user AND rolsuper OR rolname = 'pg_checkpoint'"
    " AND pg_has_role(oid, 'USAGE'))"
)
Say = Callable[..., Any]


class Busy(RuntimeError):
    """Somebody is writing, or reading for long. To be tried again."""


class StillNeeded(RuntimeError):
    """A row that is not written anew refers to one that is, and would be lost or cut loose."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The rows of a table that are meant: all, unless it says which."""

    table: Table
    are_meant: ColumnElement[bool] = field(default_factory=true)

    @property
    def kept(self) -> TableClause:
        """Where they are while they are nowhere else: a table of this connection alone."""
        return table(f"rewritten_{self.table.name}", *map(column, self.table.columns.keys()))


def rewrite_in_random_order(parts: Sequence[Rows], every_table: Sequence[Table]) -> int:
    """Delete rows and insert the same ones in random order, in one transaction; how many.

    `parts` stand in the order in which their rows can be inserted. Then nothing that a database
    keeps for itself (place in the file, row version, SQLite's rowid) tells who was written before
    whom. Reading goes on meanwhile. Busy when somebody is writing; StillNeeded, and nothing is
    changed, when a foreign key of `every_table` would make it more than a rewrite.
    """
    with transaction() as session:
        here = _Here(session.connection())
        if here.is_postgres:
            here.lock([rows.table for rows in parts])
        for rows in parts:
            here.put_aside(rows)
        _refuse_losses(here, parts, every_table)
        for rows in reversed(parts):
            here.say(delete(rows.table).where(rows.are_meant))
        return sum(here.put_back(rows) for rows in parts)


def clear_away(anew: Sequence[Table], freed: Sequence[Table] = ()) -> None:
    """Overwrite or give back the place of rows that are gone. Outside any transaction.

    SQLite: the file is written anew, and its write-ahead log emptied. PostgreSQL: the tables and
    their indexes are written `anew`, each of which nobody can read meanwhile (200,000 posts: three
    seconds); of those that are only `freed` the rows lie there until others are written over them.
    Busy when somebody was reading for longer than we wait.
    """
    db.session.rollback()
    with _own_connection() as say:
        if db.engine.dialect.name == "sqlite":
            _clear_file(say)
            return
        _wait_for_readers(say)
        say(f"VACUUM (FULL) {_names(anew)}")
        if freed:
            say(f"VACUUM {_names(freed)}")


def renew_statistics(tables: Sequence[Table]) -> None:
    """Have PostgreSQL look anew at what tables hold: it keeps some values of each column, also of
    rows that are gone. SQLite keeps none here."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        return
    with _own_connection() as say:
        say(f"ANALYZE {_names(tables)}")


def clear_log() -> bool:
    """Have PostgreSQL let go of its write-ahead log, where it may be told to; whether it may.

    The log holds each row as it was written, in order and with the time. With `wal_recycle = off`
    its files are deleted; else they are kept to be written over. SQLite's is emptied by
    `clear_away`.
    """
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        return True
    with _own_connection() as say:
        (may,) = say(_MAY_CLEAR_LOG).fetchone()
        if may:
            say("SELECT pg_switch_wal()")
            say("CHECKPOINT")
        return bool(may)


def _clear_file(say: Say) -> None:
    (usual,) = say("PRAGMA busy_timeout").fetchone()
    say(f"PRAGMA busy_timeout={_SQLITE_WAIT_MS}")
    say("VACUUM")
    is_busy, _frames, _moved = say("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    say(f"PRAGMA busy_timeout={usual}")
    if is_busy:
        raise Busy


def _wait_for_readers(say: Say) -> None:
    """Until every transaction that is open now has ended: VACUUM keeps what they might yet read."""
    (mark,) = say("SELECT pg_snapshot_xmax(pg_current_snapshot())::xid::text").fetchone()
    for _try in range(_READERS_TRIES):
        if not say(_OLDER_READERS, {"mark": mark}).fetchone():
            return
        time.sleep(_READERS_PAUSE_SECONDS)
    raise Busy


class _Here:
    """The connection of a transaction, spoken to through its driver.

    The policy's guard would refuse what is said here, and rightly: it reads without a viewer.
    """

    def __init__(self, connection: Connection) -> None:
        self._dialect = connection.dialect
        self._driver: Any = connection.connection.driver_connection
        self.is_postgres = self._dialect.name == "postgresql"

    def say(self, statement: ClauseElement | str) -> Any:
        """Statements hold no values, only names."""
        return self._driver.execute(self._words(statement))

    def lock(self, tables: Sequence[Table]) -> None:
        """Let nobody else write: an edit that waited for a deleted row would change nothing."""
        self.say(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'")
        try:
            self.say(f"LOCK TABLE {_names(tables)} IN EXCLUSIVE MODE")
        except self._dialect.loaded_dbapi.OperationalError as error:
            raise Busy from error

    def put_aside(self, rows: Rows) -> None:
        meant = self._words(select(*rows.table.columns).where(rows.are_meant))
        self.say(f"CREATE TEMPORARY TABLE {_quoted(rows.kept.name)} AS {meant}")

    def put_back(self, rows: Rows) -> int:
        dice = func.gen_random_uuid() if self.is_postgres else func.random()
        shuffled = select(rows.kept).order_by(dice)
        put = self.say(insert(rows.table).from_select(rows.table.columns.keys(), shuffled))
        self.say(f"DROP TABLE {_quoted(rows.kept.name)}")
        return int(put.rowcount)

    def _words(self, statement: ClauseElement | str) -> str:
        return str(statement if isinstance(statement, str) else self._compiled(statement))

    def _compiled(self, statement: ClauseElement) -> Any:
        return statement.compile(dialect=self._dialect)


def _refuse_losses(here: _Here, parts: Sequence[Rows], every_table: Sequence[Table]) -> None:
    """Deleting would cascade to rows that nobody puts back, or set their reference to null."""
    taken = {rows.table.name: rows for rows in parts}
    for each in every_table:
        mine = taken.get(each.name)
        for key in each.foreign_keys:
            there = taken.get(key.column.table.name)
            if there and here.say(_stray(key, there, mine)).fetchone():
                raise StillNeeded(f"{each.name}.{key.parent.name}")


def _stray(key: ForeignKey, there: Rows, mine: Rows | None) -> Select[Any]:
    """Rows with this key into rows that were put aside, and which were not themselves."""
    theirs = select(there.kept.c[key.column.name])
    found = select(key.parent).where(key.parent.in_(theirs))
    return found.where(not_(mine.are_meant)) if mine else found


@contextmanager
def _own_connection() -> Iterator[Say]:
    """A connection on which no transaction is begun."""
    pooled = db.engine.raw_connection()
    driver: Any = pooled.driver_connection
    is_postgres = db.engine.dialect.name == "postgresql"
    try:
        if is_postgres:
            driver.autocommit = True
        yield driver.execute
    finally:
        if is_postgres:
            driver.autocommit = False
        pooled.close()


def _names(tables: Sequence[Table]) -> str:
    return ", ".join(_quoted(each.name) for each in tables)


def _quoted(name: str) -> str:
    return f'"{name}"'
