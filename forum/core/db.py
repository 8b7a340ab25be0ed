"""The database: one session, one place that commits, SQLite made safe, times in one form."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from sqlite3 import Connection as SqliteConnection
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Engine, MetaData, Result, String, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

__all__ = [
    "Base",
    "Conflict",
    "InLines",
    "UtcDateTime",
    "binary_string",
    "db",
    "hush",
    "is_hushed",
    "records",
    "transaction",
]

Conflict = IntegrityError
"""A constraint refused a row: somebody else was first."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment. SQLite keeps no zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def binary_string(length: int) -> String:
    """A string that sorts byte by byte on both databases, as keyset paging by path needs.

    Under a locale's collation a prefix range on PostgreSQL reads the whole topic, and its upper
    bound is wrong.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class InLines(FunctionElement[str]):
    """The values of a text column, of all rows, as lines of one text: an aggregate, None of no row.

    SQLAlchemy's own would write its separator into the statement anew each time it runs.
    """

    type = String()
    inherit_cache = True


@compiles(InLines, "sqlite")
def _in_lines_on_sqlite(element: InLines, compiler: SQLCompiler, **kw: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **kw)}, char(10))"


@compiles(InLines)
def _in_lines(element: InLines, compiler: SQLCompiler, **kw: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **kw)}, chr(10))"


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, int: BigInteger}  # noqa: RUF012


db = SQLAlchemy(
    metadata=Base.metadata,
    disable_autonaming=True,
    session_options={"expire_on_commit": False, "autoflush": False},
)


@contextmanager
def transaction() -> Iterator[Session]:
    """One write transaction, committed at the end, rolled back on any error. The only commit.

    On SQLite it takes the write lock up front (BEGIN IMMEDIATE): a deferred transaction that
    upgrades later fails with "locked" without waiting. A transaction inside another joins it.
    Re-read rows inside: what was read before may have changed.
    """
    session = db.session()
    if session.info.get("writing"):
        yield session
        session.flush()
        return
    session.rollback()
    session.info["writing"] = True
    try:
        session.connection(execution_options={"write": True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("writing", None)


def stop_reading() -> None:
    """Hold no snapshot open before something that takes long; inside a transaction it goes on."""
    session = db.session()
    if not session.info.get("writing"):
        session.rollback()


def hush() -> None:
    """From here to the end of the request: nothing is written that names a person (R1)."""
    db.session().info["hushed"] = True


def is_hushed() -> bool:
    return bool(db.session().info.get("hushed"))


@contextmanager
def savepoint() -> Iterator[Session]:
    """A part of a write transaction that may fail alone."""
    session = db.session()
    with session.begin_nested():
        yield session
        session.flush()


def records(result: Result[Any]) -> list[Any]:
    """All rows of a result as plain named tuples.

    Asking one for a column takes a twentieth of what it takes to ask a row of SQLAlchemy, and a
    page of fifty posts asks a thousand times.
    """
    return list(map(_record(tuple(result.keys()))._make, result))


@lru_cache(512)
def _record(columns: tuple[str, ...]) -> Any:
    return namedtuple("Record", columns)  # noqa: PYI024 (the columns are known only now)


def prepare(engine: Engine) -> None:
    """Fit an engine for the forum: on SQLite the pragmas and the explicit BEGIN."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)


def _on_connect(connection: SqliteConnection, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "secure_delete=ON",
        "trusted_schema=OFF",
        "temp_store=MEMORY",
        "cache_size=-32000",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("write"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        # It waits for nothing and cannot fail; through SQLAlchemy it would cost as much as a query.
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("BEGIN")
