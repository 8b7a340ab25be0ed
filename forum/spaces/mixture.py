"""The monthly look at whether a space is still mixed enough that nobody stands out."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.models.spaces import Space
from forum.policy.visible import Reason, unscoped
from forum.spaces.actions import is_mixed, present_members


def check_mixture() -> None:
    """Make open spaces read-only from the first of this month while they are not mixed enough.

    Only as often as that: on any other day it would tell who has just come or gone.
    """
    opened = select(Space.id).where(Space.opened_on.is_not(None))
    for space_id in db.session.execute(unscoped(opened, Reason.ADMISSION)).scalars().all():
        _check(space_id, clock.today().replace(day=1))


def _check(space_id: int, first: date) -> None:
    with transaction() as session:
        space = update(Space).where(Space.id == space_id)
        if is_mixed(present_members(space_id)):
            changed = space.values(read_only_from=None)
        else:
            changed = space.where(Space.read_only_from.is_(None)).values(read_only_from=first)
        session.execute(changed.execution_options(synchronize_session=False))
