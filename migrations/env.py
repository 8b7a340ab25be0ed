"""How migrations run: on an engine of their own, outside the watch kept over the site's queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool

from forum.core.db import Base, prepare

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def run() -> None:
    """Bring the database of the running application up or down."""
    url = current_app.config["SQLALCHEMY_DATABASE_URI"]
    engine = create_engine(url, poolclass=pool.NullPool)
    prepare(engine)
    with engine.connect() as connection:
        migrate(connection.execution_options(write=True))


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        compare_server_default=True,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
