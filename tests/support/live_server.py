"""A real server for a real browser: gunicorn on a database of its own, as in production."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from tests.support.application import SPACE_KEYS, built_app, settings
from tools.local_site import LocalSite, any_port

TABLES = "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
TRIGGERS = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'"


@dataclass(frozen=True)
class LiveServer:
    """Where the pages are, and an application on the same database to set the scene with."""

    url: str
    app: Flask


@pytest.fixture(scope="session")
def _running_site(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[LocalSite]:
    folder = tmp_path_factory.mktemp("live")
    keys = {"SPACE_KEYS": SPACE_KEYS, "SPACE_KEYS_FILE": ""}
    log = folder / "log"
    with LocalSite(sys.executable, folder, any_port(), settings=keys, log=log) as site:
        site.flask("db", "upgrade")
        site.start_web()
        site.wait_until_it_answers()
        yield site


@pytest.fixture
def live_server(_running_site: LocalSite, sqlite_template: Path) -> Iterator[LiveServer]:
    """The server runs through all tests of a process; each test finds its database empty."""
    with emptied(_running_site, sqlite_template) as server:
        yield server


@pytest.fixture(scope="module")
def lasting_server(_running_site: LocalSite, sqlite_template: Path) -> Iterator[LiveServer]:
    """The same server, emptied once for a whole file of tests that share a scene and only look.

    A file asks either for this or for `live_server`, never for both.
    """
    with emptied(_running_site, sqlite_template) as server:
        yield server


@contextmanager
def emptied(site: LocalSite, template: Path) -> Iterator[LiveServer]:
    file = site.database
    _restore(file, template)
    key = (site.data / "keys" / "secret_key").read_text()
    values = settings(f"sqlite:///{file}", site.data)
    with built_app(values | {"SECRET_KEY": key, "SITE_URL": site.url}) as app:
        yield LiveServer(site.url, app)


def _restore(file: Path, template: Path) -> None:
    """Put every row back as the migrations left it, beside a server that has the file open."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS pristine", (str(template),))
        tables = [name for (name,) in connection.execute(TABLES)]
        guards = connection.execute(TRIGGERS).fetchall()
        connection.execute("BEGIN IMMEDIATE")
        for name, _sql in guards:  # what keeps logs from being emptied
            connection.execute(f'DROP TRIGGER main."{name}"')
        for table in tables:
            connection.execute(f'DELETE FROM main."{table}"')
            connection.execute(f'INSERT INTO main."{table}" SELECT * FROM pristine."{table}"')
        for _name, sql in guards:
            connection.execute(sql)
        connection.execute("COMMIT")
