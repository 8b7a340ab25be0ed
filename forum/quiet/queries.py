"""Whom and what somebody has muted and blocked: for themself alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from forum.circles.queries import known_as
from forum.core.db import db
from forum.core.errors import NotThere
from forum.models.accounts import User
from forum.models.quiet import Block, MutedWord
from forum.policy import visible
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the viewer meets in circles, and what they wish of them."""

    id: int
    public_id: str
    name: str
    is_muted: bool
    is_blocked: bool = False
    holds_in_spaces: bool = False
    """Whether the block also keeps what the viewer writes in private spaces from them."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """All that somebody wants less of."""

    muted: list[Person]
    words: list[str]
    blocked: list[Person]


def person_for(viewer: Viewer, public_id: str) -> Person:
    """Somebody else whom the viewer meets in circles, or has muted or blocked before.

    NotThere for all others. At most two statements.
    """
    mine = _blocked(viewer).get(public_id)
    if mine:
        return mine
    columns = (User.id, User.public_id, User.name)
    query = visible.people_met(viewer, *columns).where(User.public_id == public_id)
    row = db.session.execute(query).first()
    if row is None:
        query = visible.muted(viewer, *columns).where(User.public_id == public_id)
        row = db.session.execute(query).first()
    if row is None:
        raise NotThere
    return _person(viewer, row)


def wanted_quiet(viewer: Viewer) -> Quiet:
    """Whom and what the viewer has muted, whom blocked. Three statements."""
    muted = visible.muted(viewer, User.id, User.public_id, User.name).order_by(User.name, User.id)
    words = visible.muted_words(viewer, MutedWord.word).order_by(MutedWord.word)
    return Quiet(
        [_person(viewer, row) for row in db.session.execute(muted)],
        list(db.session.execute(words).scalars()),
        list(_blocked(viewer).values()),
    )


def _blocked(viewer: Viewer) -> dict[str, Person]:
    """By public id, the latest first."""
    query = visible.blocked(viewer, User.id, User.public_id, User.name)
    rows = db.session.execute(query.order_by(Block.since_at.desc(), Block.blocked_id)).all()
    return {
        row.public_id: _person(viewer, row, is_blocked=True, in_spaces=row.in_spaces)
        for row in rows
    }


def _person(
    viewer: Viewer, row: Any, *, is_blocked: bool = False, in_spaces: bool = False
) -> Person:
    is_muted = row.id in viewer.muted_people
    return Person(row.id, row.public_id, known_as(row.name), is_muted, is_blocked, in_spaces)
