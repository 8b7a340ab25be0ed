"""The one who looks, as SQL: what the rules of `visible` are written with."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, bindparam, false, literal

from forum.core import clock
from forum.models.accounts import User
from forum.policy.viewer import ANYBODY, ANYBODY_APART, Viewer

_SEER_ID, _STAFF, _IN_SPACES = "seer_id", "seer_is_staff", "seer_in_spaces"
NOBODY = literal(0)
"""No user has this id. Said instead of a plain false where a table is joined: for that SQLite would
read the whole table at every row, while for a value it looks into an index."""

TODAY = bindparam("seer_today", callable_=clock.today, type_=Date())
"""Asked anew each time a statement is run, also one that was built on another day."""


@dataclass(frozen=True, slots=True)
class Seer:
    """Who looks, as SQL: one person's id, or the id column of a table of people."""

    id: ColumnElement[int] | None
    staff: ColumnElement[bool]
    in_spaces: ColumnElement[int] = NOBODY
    """The same id, or nobody's while private spaces are shut to them."""
    may_be_apart: bool = False
    """Whether a block may stand between them and somebody: for most no rule need ask."""

    @property
    def me(self) -> ColumnElement[int]:
        """The id, for what a guest has none of."""
        return NOBODY if self.id is None else self.id

    @classmethod
    def of(cls, viewer: Viewer) -> Seer:
        if viewer.id is None:
            return cls(None, false())
        if viewer is ANYBODY or viewer is ANYBODY_APART:
            return cls(
                bindparam(_SEER_ID, type_=BigInteger()),
                bindparam(_STAFF, type_=Boolean()),
                bindparam(_IN_SPACES, type_=BigInteger()),
                viewer.is_apart,
            )
        return cls(
            literal(viewer.id),
            literal(viewer.is_staff),
            literal(_in_spaces(viewer)),
            viewer.is_apart,
        )

    @classmethod
    def everybody(cls) -> Seer:
        """Every row of the user table, staff counted as having proved themselves."""
        people = User.__table__.c
        return cls(people.id, people.is_staff, people.id, True)


def asking(viewer: Viewer) -> dict[str, int | bool]:
    """Who asks, as the values that a statement built for ANYBODY still needs."""
    if viewer.id is None:
        return {}
    return {_SEER_ID: viewer.id, _STAFF: viewer.is_staff, _IN_SPACES: _in_spaces(viewer)}


def _in_spaces(viewer: Viewer) -> int:
    return 0 if viewer.id is None or viewer.spaces_shut else viewer.id
