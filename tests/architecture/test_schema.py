"""The tables that migrations make are those the models describe, on both databases."""

import os
from collections.abc import Callable, Iterator

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import (
    CheckConstraint,
    Connection,
    Engine,
    Inspector,
    LargeBinary,
    NullPool,
    String,
    Text,
    create_engine,
    inspect,
)

from forum.core.db import Base
from tests.architecture import source
from tests.support.application import built_app, settings
from tests.support.databases import SERVER_VARIABLE
from tests.support.postgres import PostgresDatabase, must_have

LIMITED_ELSEWHERE = {
    "circle.rules": "5,000 characters, by its form",
    "circle.rules_html": "made from the rules",
    "draft.body": "40,000 characters, by the action",
    "draft.title": "1,000 characters, by the action",
    "job.error": "500 characters, by the worker",
    "letter.answer": "our own sentence",
    "post.html": "made from the source: at most 30 times as long and 64 kB",
    "post.source": "20,000 characters, 100,000 from an archive, by core.markup",
    "read_mark.read": "ranges of post numbers",
    "revision.source": "as post.source, where it stood before",
    "topic.gone": "ranges of post numbers",
}
"""Text columns, which have no length of their own, and what limits them instead."""
PUT_BACK = {"user.seen_week"}
"""Columns that a step took away, and that come back when it is undone."""


@pytest.fixture
def engine(database) -> Iterator[Engine]:
    """A connection the site knows nothing of, so that nothing watches it."""
    engine = create_engine(database.url, poolclass=NullPool)
    yield engine
    engine.dispose()


@pytest.fixture
def tables(engine) -> Inspector:
    return inspect(engine)


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(
        compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata)
    )


def test_the_migrations_make_what_the_models_describe(engine):
    with engine.connect() as connection:
        found = differences(connection)
    assert not found, (
        "Models and migrations differ: write the missing step, a new file in migrations/versions "
        f"(flask db revision -m '…'): {found}"
    )


def test_every_rule_of_a_row_is_in_the_database(tables):
    """Alembic compares no CHECK."""
    for table in Base.metadata.sorted_tables:
        meant = {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        there = {check["name"] for check in tables.get_check_constraints(table.name)}
        assert there == meant, f"the rules of {table.name} differ"


def test_every_index_holds_the_rows_it_should(tables, engine):
    """Nor does it compare an index's WHERE."""
    kind = engine.dialect.name
    for table in Base.metadata.sorted_tables:
        found = {index["name"]: index for index in tables.get_indexes(table.name)}
        for index in table.indexes:
            there = found[index.name].get("dialect_options", {}).get(f"{kind}_where")
            wanted = index.dialect_options[kind].get("where")
            assert (there is None) == (wanted is None), f"{index.name} holds other rows"


def test_paths_sort_byte_by_byte(tables, engine):
    column = next(c for c in tables.get_columns("post") if c["name"] == "path")
    expected = "C" if engine.dialect.name == "postgresql" else None
    assert column["type"].collation == expected


@pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_no_statistics_are_kept_of_what_is_sealed(engine):
    """PostgreSQL would copy a wrapped key into them, where it outlives its deletion."""
    sealed = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT attrelid::regclass::text, attname FROM pg_attribute WHERE attstattarget = 0"
            " AND attnum > 0 AND NOT attisdropped"
        )
        without = {tuple(row) for row in rows}
    assert sealed <= without, (
        f"ALTER COLUMN … SET STATISTICS 0, in the migration that makes it: {sealed - without}"
    )


def test_every_text_has_a_length_or_a_limit():
    unlimited = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String) and column.type.length is None:
                assert isinstance(column.type, Text), f"{table.name}.{column.name} has no length"
                unlimited.add(f"{table.name}.{column.name}")
    assert unlimited == set(LIMITED_ELSEWHERE), (
        "A text field needs a length in its model, or a limit elsewhere that this list names: "
        f"{sorted(unlimited ^ set(LIMITED_ELSEWHERE))}"
    )


def test_no_row_is_numbered_by_the_database():
    """A sequence counts across circles, and so would tell how much is written where (core.ids)."""
    for table in Base.metadata.sorted_tables:
        for column in table.primary_key.columns:
            assert column.autoincrement is not True, table.name
            if column.name == "id":
                assert column.autoincrement is False, table.name


def test_whoever_is_tied_to_a_topic_is_a_user_or_a_seat():
    """access-and-privacy R1; the constraint says never both."""
    for name in ("read_mark", "draft", "submit_nonce", "report"):
        table = Base.metadata.tables[name]
        assert {"user_id", "seat"} <= set(table.columns.keys())
        assert f"ck_{name}_one_owner" in {str(c.name) for c in table.constraints}


def test_migrations_stand_on_their_own():
    """They must still run when the models have moved on."""
    for path in source.python_files("migrations"):
        assert "forum.models" not in path.read_text(), source.name(path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def bare_url(request, tmp_path, worker_id) -> str:
    """A database with nothing in it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    server = must_have(os.environ.get(SERVER_VARIABLE))
    return PostgresDatabase(server, f"bare_{worker_id}").url


@pytest.fixture
def bare_app(bare_url, tmp_path) -> Iterator[Flask]:
    with built_app(settings(bare_url, tmp_path)) as app, app.app_context():
        yield app


@pytest.fixture
def there(bare_url) -> Callable[[], set[str]]:
    """Which tables there are now, with their columns and indexes."""

    def names() -> set[str]:
        tables = inspect(create_engine(bare_url, poolclass=NullPool))
        return {
            f"{table}.{part['name']}"
            for table in set(tables.get_table_names()) - {"alembic_version"}
            for part in (*tables.get_columns(table), *tables.get_indexes(table))
        }

    return names


def test_every_migration_can_be_undone_and_done_again(bare_app, there, bare_url):
    flask_migrate.upgrade()
    for _step in (source.ROOT / "migrations" / "versions").glob("*.py"):
        before = there()
        flask_migrate.downgrade()
        assert there() - PUT_BACK < before
    assert there() == set()
    flask_migrate.upgrade()
    with create_engine(bare_url, poolclass=NullPool).connect() as connection:
        assert not differences(connection)
