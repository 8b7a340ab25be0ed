from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.application import built_app, settings


@pytest.fixture(scope="session")
def any_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application for routes and sentences; its database is never opened."""
    folder = tmp_path_factory.mktemp("any")
    with built_app(settings(f"sqlite:///{folder}/none.sqlite3", folder)) as app:
        yield app
