"""What is stolen: every row of every table with what the database keeps of it, files and logs.

Not the keys: those lie elsewhere. Read past the application, as a thief does.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

import forum.models  # noqa: F401 (with it all tables are known)
from forum.core.db import Base
from tests.support.databases import Database

Values = dict[str, Any]


@dataclass(frozen=True)
class Kept:
    """A row, the how-manyth it is in its table's file, and PostgreSQL's number of its writing."""

    values: Values
    place: int
    version: int | None = None
    locked: int | None = None
    """Who last took hold of it without changing it."""

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


class Copy(dict[str, list[Kept]]):
    """The rows of each table, in the order in which they lie there. It is never changed."""

    __hash__ = object.__hash__  # so that what was read in it can be kept
    __eq__ = object.__eq__


@dataclass(frozen=True)
class Stolen:
    """All a thief has."""

    mornings: list[Copy]
    """The tables on some mornings, one after the other."""
    files: dict[str, bytes]
    """On the last of them."""
    log: str

    @property
    def copy(self) -> Copy:
        return self.mornings[-1]


def copy(database: Database) -> Copy:
    """All tables as they are now."""
    if database.kind == "sqlite":
        with closing(sqlite3.connect(path_of(database))) as connection:
            connection.row_factory = sqlite3.Row
            tables = {name: list(_of_sqlite(connection, name)) for name in Base.metadata.tables}
            return Copy(tables)
    with psycopg.connect(plain(database), row_factory=dict_row) as connection:
        return Copy({name: list(_of_postgres(connection, name)) for name in Base.metadata.tables})


def files(database: Database, data: Path) -> dict[str, bytes]:
    """Every file of the database and of the site's own folder; of PostgreSQL its whole cluster."""
    return dict(_contents(folder_of(database))) | dict(_contents(data))


def folder_of(database: Database) -> Path:
    if database.kind == "sqlite":
        return path_of(database).parent
    with psycopg.connect(plain(database), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        return Path(connection.execute("SHOW data_directory").fetchone()[0]).parent


def path_of(database: Database) -> Path:
    return Path(database.url.removeprefix("sqlite:///"))


def plain(database: Database) -> str:
    return database.url.replace("postgresql+psycopg://", "postgresql://")


def _of_sqlite(connection: sqlite3.Connection, table: str) -> Iterator[Kept]:
    rows = connection.execute(f'SELECT rowid AS "its place", * FROM "{table}" ORDER BY rowid')
    for place, row in enumerate(rows):
        values = dict(row)
        del values["its place"]
        yield Kept(values, place)


def _of_postgres(connection: psycopg.Connection[Values], table: str) -> Iterator[Kept]:
    own = "xmin::text AS its_xmin, xmax::text AS its_xmax"
    rows = connection.execute(f'SELECT {own}, * FROM "{table}" ORDER BY ctid')
    for place, row in enumerate(rows):
        version, locked = int(row.pop("its_xmin")), int(row.pop("its_xmax"))
        yield Kept(row, place, version, locked)


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        try:
            if path.is_file():
                yield str(path), path.read_bytes()
        except OSError:  # the server took it away meanwhile
            continue
