"""The application as a test meets it: migrated database, fixed secret, no wider world."""

import base64
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import copy_context
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from flask.globals import _cv_app, _cv_request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import config
from forum import create_app
from forum.core.db import db
from tests.support import hushed
from tests.support.databases import Database, Migrate

KEY = "k9Xw2-Zq7LmT4_vB8nRs5YhD3jFp6GcAe1UoViWt"
SPACE_KEYS = "pV3tq0Yk8XnWc2hJ6sLrD9mZfBuE5aGi7oKyT1wQx4M"
SPACE_KEY = base64.urlsafe_b64decode(SPACE_KEYS + "=")
MakeApp = Callable[..., Flask]


def settings(database_url: str, data: Path) -> dict[str, Any]:
    """What config.py makes of a development environment, for tests."""
    environ = {
        "CAHOOTS_ENV": "development",
        "DATA": str(data),
        "DATABASE_URL": database_url,
        "SECRET_KEY": KEY,
        "SPACE_KEYS": SPACE_KEYS,
        "SITE_URL": "http://localhost",
    }
    return config.from_environment(environ) | {"TESTING": True}


class OutsideClient(FlaskClient):
    """A client whose requests know nothing of the test's own application context.

    Flask would lend an application context that the test has open to each request, and with it the
    database session and the signed-in user of the request before.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return copy_context().run(self._open_outside, *args, **kwargs)

    def _open_outside(self, *args: Any, **kwargs: Any) -> TestResponse:
        _cv_app.set(None)  # type: ignore[arg-type]
        _cv_request.set(None)  # type: ignore[arg-type]
        return super().open(*args, **kwargs)


@pytest.fixture
def app(database: Database, standard_apps: "StandardApps") -> Iterator[Flask]:
    """The application on the test's database. Building one takes long, so tests share it:

    what a test sets in its `config` is undone afterwards; who needs more asks for `make_app`.
    """
    app = standard_apps.on(database)
    before = dict(app.config)
    yield app
    app.config.clear()
    app.config.update(before)
    if database.kind == "sqlite":
        close_connections(app)


class StandardApps:
    """One application for each kind of database, built when first asked for."""

    def __init__(self, stack: ExitStack, data: Path) -> None:
        self._stack = stack
        self._data = data
        self._built: dict[str, Flask] = {}

    def on(self, database: Database) -> Flask:
        if database.url not in self._built:
            values = settings(database.url, self._data)
            self._built[database.url] = self._stack.enter_context(built_app(values))
        return self._built[database.url]


@pytest.fixture(scope="session")
def standard_apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandardApps]:
    with ExitStack() as stack:
        yield StandardApps(stack, tmp_path_factory.mktemp("data"))


@pytest.fixture
def make_app(database: Database, tmp_path: Path) -> Iterator[MakeApp]:
    """Build an application of one's own on the test's database: make_app(SITE_NAME="Elsewhere")."""
    with ExitStack() as stack:

        def make(**changes: Any) -> Flask:
            return stack.enter_context(built_app(settings(database.url, tmp_path) | changes))

        yield make


@contextmanager
def built_app(values: dict[str, Any]) -> Iterator[Flask]:
    """An application whose database connections end with the block."""
    app = create_app(values)
    app.test_client_class = OutsideClient
    hushed.watch(app)
    yield app
    close_connections(app)


def close_connections(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def app_context(app: Flask) -> Iterator[None]:
    """For tests that call actions and queries themselves."""
    with app.app_context():
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without script; requests do not share the test's application context."""
    return app.test_client()


@pytest.fixture(scope="session")
def migrate(tmp_path_factory: pytest.TempPathFactory) -> Migrate:
    """Bring the database at a URL up to the newest migration."""

    def upgrade(url: str) -> None:
        with built_app(settings(url, tmp_path_factory.mktemp("migrate"))) as app, app.app_context():
            flask_migrate.upgrade()

    return upgrade
