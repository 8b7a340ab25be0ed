"""Jobs and letters as the database has them, and commands as somebody types them."""

from click.testing import Result
from flask import Flask
from sqlalchemy import select

from forum.core.db import db
from forum.models.outbox import Job, Letter


def jobs() -> list[Job]:
    return _rows(select(Job).order_by(Job.due_at, Job.kind))


def letters() -> list[Letter]:
    return _rows(select(Letter).order_by(Letter.queued_at))


def command(app: Flask, *words: str) -> Result:
    """Run `flask …`; what an exception inside it was is in the result."""
    done = app.test_cli_runner().invoke(args=words)
    db.session.rollback()
    return done


def _rows(query) -> list:
    db.session.rollback()
    return list(db.session.execute(query, execution_options={"populate_existing": True}).scalars())
