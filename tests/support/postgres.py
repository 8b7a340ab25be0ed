"""PostgreSQL for the tests: one throw-away cluster a run, one database a test process."""

from contextlib import ExitStack

import psycopg
import pytest
from psycopg import sql

from tools import programs
from tools.postgres import throw_away_cluster

KEPT = {"alembic_version"}
PRISTINE = "pristine"


def start_cluster(stack: ExitStack) -> str | None:
    """Start a cluster that ends with the stack; its URL, or None where PostgreSQL is missing."""
    folder = programs.postgres_folder()
    return stack.enter_context(throw_away_cluster(folder)) if folder else None


class PostgresDatabase:
    """A migrated database whose rows go back to how the migrations left them, in milliseconds."""

    def __init__(self, server_url: str, name: str) -> None:
        self._server = _plain(server_url)
        self.name = name
        self.url = server_url.rsplit("/", 1)[0] + f"/{name}"
        self._create()

    def _create(self) -> None:
        with psycopg.connect(self._server, autocommit=True) as connection:
            name = sql.Identifier(self.name)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))

    def remember(self) -> None:
        """Keep what the migrations wrote, so that `restore` can bring it back."""
        self._connection = psycopg.connect(_plain(self.url), autocommit=True)
        tables = [name for name in self._tables() if name not in KEPT]
        steps = [sql.SQL("SET session_replication_role = replica; SET lock_timeout = '5s'")]
        steps += [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in tables]
        self._connection.execute(f"CREATE SCHEMA {PRISTINE}")
        steps += [self._copy(name) for name in tables if self._has_rows(name)]
        self._restore = sql.SQL("; ").join([sql.SQL("BEGIN"), *steps, sql.SQL("COMMIT")])

    def _tables(self) -> list[str]:
        found = self._connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        )
        return [name for (name,) in found]

    def _has_rows(self, table: str) -> bool:
        found = self._connection.execute(
            sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
        ).fetchone()
        return bool(found and found[0])

    def _copy(self, table: str) -> sql.Composed:
        here, there = sql.Identifier(table), sql.Identifier(PRISTINE, table)
        self._connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(there, here))
        return sql.SQL("INSERT INTO {} TABLE {}").format(here, there)

    def restore(self) -> None:
        """Undo what tests wrote; sessions that still hold locks are ended."""
        try:
            self._connection.execute(self._restore)
        except psycopg.errors.LockNotAvailable:
            self._connection.execute("ROLLBACK")
            self._end_other_sessions()
            self._connection.execute(self._restore)

    def _end_other_sessions(self) -> None:
        self._connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def close(self) -> None:
        self._connection.close()


def _plain(url: str) -> str:
    """The URL as libpq reads it, without SQLAlchemy's driver name."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def must_have(url: str | None) -> str:
    """The server's URL, or skip the test; with CI=true, fail it."""
    if url:
        return url
    if programs.must_be_complete():
        pytest.fail("PostgreSQL is missing: make test-deps")
    pytest.skip("PostgreSQL is missing: make test-deps")
