"""Two acts about one person, one after the other."""

from __future__ import annotations

from sqlalchemy import select

from forum.core.db import db
from forum.models.accounts import User


def one_at_a_time(user_id: int) -> None:
    """Wait until nobody else acts about this person, until the end of the running transaction.

    What is read afterwards is how things are then. SQLite has one writer anyway.
    """
    db.session.execute(select(User.id).where(User.id == user_id).with_for_update())
