"""Another name, and with it another handle."""

from __future__ import annotations

from sqlalchemy import select, update

from forum.accounts import handles
from forum.accounts.actions.telling import may_tell_of_oneself
from forum.core.db import Conflict, transaction
from forum.models.accounts import User
from forum.policy import limits
from forum.policy.viewer import Viewer

_TRIES = 5
"""Somebody of the same name may take the handle first."""


def change_name(viewer: Viewer, name: str) -> None:
    """Be called otherwise from now on, wherever one's name stands. At most 40 characters.

    What it was before is kept nowhere, so the handle changes too, unless it fits the new name as
    well; for half a year nobody else gets it. TooOften past five a day. Suspended.
    """
    may_tell_of_oneself(viewer)
    if name == viewer.name:
        return
    limits.spend(limits.NAME, viewer)
    for tries_left in reversed(range(_TRIES)):
        fits = handles.fits(viewer.handle, name)
        handle = viewer.handle if fits else handles.for_name(name, viewer.user_id)
        try:
            with transaction() as session:
                own = select(User.handle).where(User.id == viewer.user_id).with_for_update()
                before = session.execute(own).scalar()
                if before and before != handle:
                    handles.give_up(before, viewer.user_id)
                mine = update(User).where(User.id == viewer.user_id)
                session.execute(mine.values(name=name, handle=handle))
        except Conflict:
            if not tries_left:
                raise
        else:
            return
