"""While a route of a space is served, no row that names a person is written (R1): in every test.

Every statement of every application of the tests is watched. What is written before the request
opens a space's key counts too. The faults fail the test in which they were seen.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, has_request_context, request, request_tearing_down
from sqlalchemy import Delete, Insert, Table, Update, event
from sqlalchemy.sql import visitors

from forum.core.db import db, is_hushed

NAMED = "rows that name a person, written in this request"
OWN_ACTS = {"spaces.door", "spaces.leave"}
"""To enter and to leave are acts of a person: a membership names them, by the month or day."""
_faults: list[str] = []


@pytest.fixture(autouse=True)
def nothing_names_a_person_in_a_space() -> Iterator[None]:
    _faults.clear()
    yield
    assert not _faults, f"written while a route of a space was served: {_faults}"


def watch(app: Flask) -> None:
    """Listen to what this application writes."""
    with app.app_context():
        for engine in db.engines.values():
            event.listen(engine, "before_cursor_execute", _note)


def _note(
    _connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: bool
) -> None:
    if not has_request_context():
        return
    compiled = getattr(context, "compiled", None)
    written = getattr(compiled, "statement", None)
    if isinstance(written, Insert | Update | Delete) and _names_a_person(written, context):
        what = f"{written.__visit_name__} {written.table.name}"
        db.session().info.setdefault(NAMED, []).append(what)


def _at_the_end(_app: Flask, **_more: Any) -> None:
    if is_hushed() and request.endpoint not in OWN_ACTS:
        named = db.session().info.get(NAMED, [])
        _faults.extend(f"{what}, {request.method} {request.path}" for what in named)


request_tearing_down.connect(_at_the_end)


def _names_a_person(written: Any, context: Any) -> bool:
    """Whether a user's id is among what is written or asked for, or the row is a user's own."""
    table: Table = written.table
    if table.name in ("user", "throttle"):
        return True
    people = {
        column.name
        for column in table.columns
        if any(key.column.table.name == "user" for key in column.foreign_keys)
    }
    if isinstance(written, Insert):
        return any(
            row.get(name) is not None for row in context.compiled_parameters for name in people
        )
    set_now = {column.name for column in (getattr(written, "_values", None) or {})}
    asked = {
        part.name
        for where in written._where_criteria
        for part in visitors.iterate(where)
        if getattr(getattr(part, "table", None), "name", None) == table.name
    }
    return bool(people & (asked | set_now))
