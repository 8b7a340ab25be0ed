"""Scoped statements that are built once, and run for one viewer after the other.

Building a statement out of the rules takes ten times as long as running it. The rules themselves
are written with the one who asks as a parameter (`Seer`), so one statement serves all
members, and another all guests.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, CompoundSelect, Select, bindparam

from forum.core.db import db, records
from forum.policy.seer import asking
from forum.policy.viewer import ANYBODY, ANYBODY_APART, GUEST, Viewer

V = ParamSpec("V")
Selected: TypeAlias = Select[Any] | CompoundSelect[Any]


class Prepared(Generic[V]):
    """A statement as a function of the viewer, and of a few things that change its shape.

    The function is called once for guests, once for members, once for members whom a block
    concerns, and for each shape. Of the viewer it may use what `visible` makes of them, whether
    they are signed in and whether they `is_apart`: anything else of them is a `value`.
    Shapes must be few, since each is kept.
    """

    def __init__(self, build: Callable[Concatenate[Viewer, V], Selected]) -> None:
        self._build = build
        self._built: dict[tuple[Hashable, ...], Selected] = {}

    def __call__(self, viewer: Viewer, *shape: V.args, **none: V.kwargs) -> Running:
        key = (viewer.signed_in, viewer.is_apart, *shape)
        statement = self._built.get(key)
        if statement is None:
            member = ANYBODY_APART if viewer.is_apart else ANYBODY
            somebody = member if viewer.signed_in else GUEST
            statement = self._built[key] = self._build(somebody, *shape, **none)
        return Running(statement, viewer)


class Running:
    """A prepared statement about to be run as one viewer."""

    __slots__ = ("_statement", "_viewer")

    def __init__(self, statement: Selected, viewer: Viewer) -> None:
        self._statement, self._viewer = statement, viewer

    def rows(self, **values: Any) -> list[Any]:
        """Run it; its rows as named tuples. StatementError when one of its values is not given."""
        connection = db.session.connection()
        return records(connection.execute(self._statement, {**values, **asking(self._viewer)}))

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(**values)), None)


def value(name: str, like: ColumnElement[Any] | None = None) -> BindParameter[Any]:
    """A place in a prepared statement for something given when it is run.

    Compared with a column it is of that column's type; inside a tuple it has to be told.
    """
    return bindparam(name, type_=None if like is None else like.type)


def values(name: str) -> BindParameter[Any]:
    """The same for the many values of an IN."""
    return bindparam(name, expanding=True)
