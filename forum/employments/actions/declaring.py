"""Telling where one works or worked; ending it; taking back what was told by mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.employments import names, queries
from forum.employments.actions.codes import forget_codes
from forum.models.employers import ChangePermit, Employer, Employment, Tie
from forum.policy import limits, workplaces
from forum.policy.turns import own_turn
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

MAX_EMPLOYMENTS = workplaces.MOST_EMPLOYMENTS
"""Of one member that are current or ended within two years: a wall list has a fixed size."""
_COUNTED = timedelta(days=730)
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a member says of one employer, present or past."""

    name: str
    tie: Tie
    began_on: date | None = None
    ended_on: date | None = None


class AlreadyTold(ForumError):
    status = 409
    sentence = _l("That is on your list already.")


class TooMany(ForumError):
    status = 409
    sentence = _l("Twelve employers in two years is as many as this page can hold.")


class ChangedLately(ForumError):
    """One change in 90 days without staff (R5)."""

    status = 409

    def __init__(self, until: date) -> None:
        self.until = until
        super().__init__(
            _l(
                "You changed where you work not long ago. The next change is possible on %(day)s;"
                " if that is too late for you, write to the staff, who can allow it earlier.",
                day=f"{until:%Y-%m-%d}",
            )
        )


class TooLate(ForumError):
    status = 409
    sentence = _l(
        "This can't be taken off the list any more: it protects people, you among them."
        " End it instead; a year after that it counts no longer."
    )


def declare(viewer: Viewer, told: Workplace) -> None:
    """Say that one works or worked somewhere. Nothing tells whether the site knew the name.

    Free until something verified the member; from then on it is a change, of which there may be
    one in 90 days. Raises names.BadName, AlreadyTold, TooMany, ChangedLately or TooOften.
    """
    key = names.key(told.name)
    limits.spend(limits.EMPLOYMENT, str(viewer.user_id))
    with transaction():
        own_turn(viewer.user_id)
        mine = queries.employments(viewer)
        if told.ended_on is None and any(row.is_current and row.key == key for row in mine):
            raise AlreadyTold
        if sum(row.lasted_until(clock.today() - _COUNTED) for row in mine) >= MAX_EMPLOYMENTS:
            raise TooMany
        is_change = workplaces.may_have_been_admitted(viewer.user_id)
        if is_change:
            _use_up_change(viewer)
        _add(viewer.user_id, told, changed_on=clock.today() if is_change else None)


def enter(
    user_id: int, told: Workplace, *, told_on: date, verified_domain: str | None = None
) -> None:
    """Write down where somebody works, verified or not, as staff setting a site up would.

    No limit is asked and no mail sent: for the demo, from the command line.
    """
    with transaction():
        verified_on = told_on if verified_domain else None
        _add(
            user_id,
            told,
            told_on=told_on,
            verified_on=verified_on,
            verified_domain=verified_domain,
        )


def end(viewer: Viewer, public_id: str) -> None:
    """Say that one works there no longer, from today. Twice is once. NotThere: not one's own.

    The day is the one it is told on: one named afterwards would take down a wall behind people.
    """
    with transaction() as session:
        found = queries.employment(viewer, public_id)
        session.execute(
            update(Employment)
            .where(Employment.public_id == public_id, Employment.user_id == viewer.user_id)
            .where(Employment.ended_on.is_(None))
            .values(ended_on=clock.today())
        )
        forget_codes(viewer, found.id)


def remove(viewer: Viewer, public_id: str) -> None:
    """Take a mistake off the list, while that is harmless (`removable_from`). NotThere, TooLate."""
    with transaction() as session:
        own_turn(viewer.user_id)
        found = queries.employment(viewer, public_id)
        first_day = queries.removable_from(viewer)
        if first_day is None or found.told_on < first_day:
            raise TooLate
        forget_codes(viewer, found.id)
        gone = delete(Employment).where(
            Employment.public_id == public_id, Employment.user_id == viewer.user_id
        )
        session.execute(gone)


def _add(user_id: int, told: Workplace, **more: Any) -> None:
    values = {
        "employer_id": _employer_named(told.name, names.key(told.name)),
        "told_name": told.name,
        "tie": told.tie,
        "told_on": clock.today(),
        "began_on": told.began_on,
        "ended_on": told.ended_on,
    }
    with transaction() as session:
        keys = {"id": ids.random_key(), "public_id": ids.public_id(), "user_id": user_id}
        session.add(Employment(**keys, **values | more))


def _use_up_change(viewer: Viewer) -> None:
    """Raise ChangedLately, unless the last change is long ago or staff gave a permit."""
    free_from = queries.next_change_on(viewer)
    if free_from is None or free_from <= clock.today():
        return
    with transaction() as session:
        permit = delete(ChangePermit).where(ChangePermit.user_id == viewer.user_id)
        if not session.execute(permit).rowcount:  # type: ignore[attr-defined]
            raise ChangedLately(free_from)


def _employer_named(name: str, key: str) -> int:
    """The row of an employer, made where there is none. Somebody else may name it first."""
    known = unscoped(select(Employer.id).where(Employer.name_key == key), Reason.EMPLOYER_NAME)
    for _try in range(_TRIES):
        employer_id = db.session.execute(known).scalar()
        if employer_id is not None:
            return employer_id
        new = Employer(id=ids.random_key(), public_id=ids.public_id(), name=name, name_key=key)
        try:
            with savepoint() as session:
                session.add(new)
        except Conflict:
            continue
        return new.id
    raise NotThere
