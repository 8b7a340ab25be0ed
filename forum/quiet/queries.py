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
    handle: str
    """"" of who was imported and never came, or is gone."""
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

    Also who has blocked them: they may want to keep in return what they write in spaces. NotThere
    for all others. At most three statements.
    """
    mine = _blocked(viewer).get(public_id)
    if mine:
        return mine
    for people in (visible.people_met, visible.muted):
        found = people(viewer, *_NAMED).where(User.public_id == public_id)
        row = db.session.execute(found).first()
        if row is not None:
            return _person(viewer, row)
    raise NotThere


def person_met(viewer: Viewer, public_id: str) -> Person | None:
    """As `person_for`; None for whom there is nothing to say of."""
    try:
        return person_for(viewer, public_id)
    except NotThere:
        return None


def wanted_quiet(viewer: Viewer) -> Quiet:
    """Whom and what the viewer has muted, whom blocked. Three statements."""
    muted = visible.muted(viewer, *_NAMED).order_by(User.name, User.id)
    words = visible.muted_words(viewer, MutedWord.word).order_by(MutedWord.word)
    return Quiet(
        [_person(viewer, row) for row in db.session.execute(muted)],
        list(db.session.execute(words).scalars()),
        list(_blocked(viewer).values()),
    )


_NAMED = (User.id, User.public_id, User.name, User.handle)


def _blocked(viewer: Viewer) -> dict[str, Person]:
    """By public id, the latest first."""
    query = visible.blocked(viewer, *_NAMED)
    rows = db.session.execute(query.order_by(Block.since_at.desc(), Block.blocked_id)).all()
    return {
        row.public_id: _person(viewer, row, is_blocked=True, in_spaces=row.in_spaces)
        for row in rows
    }


def _person(
    viewer: Viewer, row: Any, *, is_blocked: bool = False, in_spaces: bool = False
) -> Person:
    is_muted = row.id in viewer.muted_people
    name, handle = known_as(row.name), row.handle or ""
    return Person(row.id, row.public_id, name, handle, is_muted, is_blocked, in_spaces)
