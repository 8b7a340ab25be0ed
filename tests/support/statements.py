"""What a page says to the database. BEGIN, SAVEPOINT and their ends do not count.

with counted_statements(app) as said:
    client.get("/")
assert len(said) == 3
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Delete, Insert, Update, event

from forum.core.db import db

NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@dataclass
class Heard:
    """The statements, and the names of the tables that any of them writes to."""

    statements: list[str] = field(default_factory=list)
    written: set[str] = field(default_factory=set)

    def note(self, _connection: Any, _cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith(NOT_COUNTED):
            return
        self.statements.append(statement)
        parsed = getattr(getattr(rest[1], "compiled", None), "statement", None)
        if isinstance(parsed, Insert | Update | Delete):
            self.written.add(parsed.table.name)

    def clear(self) -> None:
        self.statements.clear()
        self.written.clear()


@contextmanager
def heard(app: Flask) -> Iterator[Heard]:
    """Listen to all that is sent to the application's database within the block."""
    listening = Heard()
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listening.note)
    try:
        yield listening
    finally:
        event.remove(engine, "before_cursor_execute", listening.note)


@contextmanager
def counted_statements(app: Flask) -> Iterator[list[str]]:
    """The statements sent to the application's database within the block."""
    with heard(app) as listening:
        yield listening.statements
