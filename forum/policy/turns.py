"""Two acts about one person, one after the other."""

from __future__ import annotations

from sqlalchemy import select

from forum.core.db import db
from forum.models.accounts import User, UserState


def one_at_a_time(user_id: int) -> bool:
    """Wait until nobody else acts about this person, until the end of the running transaction.

    What is read afterwards is how things are then. SQLite has one writer anyway. False when their
    account was closed meanwhile: then nothing more may be written down about them.
    """
    state = select(User.state).where(User.id == user_id).with_for_update()
    return db.session.execute(state).scalar() in (UserState.ACTIVE, UserState.SUSPENDED)
