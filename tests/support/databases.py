"""An empty, migrated database for every test that asks, on SQLite and on PostgreSQL in turn.

SQLite: one file is migrated and copied for each test. PostgreSQL: each test process has a database
of its own, whose rows are put back before each test. Both take milliseconds.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.postgres import PostgresDatabase, must_have, start_cluster

SERVER_VARIABLE = "TEST_POSTGRES_URL"
Migrate = Callable[[str], None]


@dataclass(frozen=True)
class Database:
    """Where a test's rows go."""

    kind: str
    url: str


_for_the_whole_run = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL once, in the process that hands out the tests, before the others start."""
    is_helper = hasattr(config, "workerinput")
    wanted = "not postgres" not in config.getoption("markexpr") and not config.option.collectonly
    if is_helper or not wanted or SERVER_VARIABLE in os.environ:
        return
    if url := start_cluster(_for_the_whole_run):
        os.environ[SERVER_VARIABLE] = url
        _for_the_whole_run.callback(os.environ.pop, SERVER_VARIABLE)


def pytest_unconfigure() -> None:
    _for_the_whole_run.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty, migrated database; the test runs once on each kind."""
    url = request.getfixturevalue(f"{request.param}_url")
    return Database(request.param, url)


@pytest.fixture
def empty_again(database: Database, request: pytest.FixtureRequest) -> Callable[[], None]:
    """Put the empty database back in the midst of a test, once its connections are closed."""
    if database.kind == "postgresql":
        restored: PostgresDatabase = request.getfixturevalue("postgres_database")
        return restored.restore
    template, file = (request.getfixturevalue(f"sqlite_{name}") for name in ("template", "file"))
    return lambda: _put_back(template, file)


@pytest.fixture
def database_url(database: Database) -> str:
    return database.url


@pytest.fixture
def sqlite_url(sqlite_template: Path, sqlite_file: Path) -> str:
    """For a test that is about SQLite; others ask for `database`."""
    _put_back(sqlite_template, sqlite_file)
    return f"sqlite:///{sqlite_file}"


def _put_back(template: Path, file: Path) -> None:
    for leftover in file.parent.glob(f"{file.name}-*"):
        leftover.unlink()
    shutil.copyfile(template, file)


@pytest.fixture
def postgresql_url(postgres_database: PostgresDatabase) -> str:
    """For a test that is about PostgreSQL; others ask for `database`."""
    postgres_database.restore()
    return postgres_database.url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, migrate: Migrate) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The one file that this process's tests find new each time."""
    return tmp_path_factory.mktemp("sqlite") / "cahoots.sqlite3"


@pytest.fixture(scope="session")
def postgres_database(worker_id: str, migrate: Migrate) -> Iterator[PostgresDatabase]:
    server = must_have(os.environ.get(SERVER_VARIABLE))
    database = PostgresDatabase(server, f"cahoots_{worker_id}")
    migrate(database.url)
    database.remember()
    yield database
    database.close()
