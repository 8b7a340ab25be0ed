"""Two acts about one person, one after the other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from forum.core.db import db
from forum.models.accounts import User, UserState
from forum.policy.allowed import SignInFirst

_LIVING = (UserState.ACTIVE, UserState.SUSPENDED)


def one_at_a_time(user_id: int) -> bool:
    """Wait until nobody else acts about this person, until the end of the running transaction.

    What is read afterwards is how things are then. SQLite has one writer anyway. False when their
    account was closed meanwhile: then nothing more may be written down about them.
    """
    state = select(User.state).where(User.id == user_id).with_for_update()
    return db.session.execute(state).scalar() in _LIVING


def own_turn(user_id: int) -> None:
    """The same for an act of their own: SignInFirst when the account was closed meanwhile."""
    if not one_at_a_time(user_id):
        raise SignInFirst


def not_closed(user_id: int) -> None:
    """Before a row is made that names this person: SignInFirst when their account is closed.

    In a transaction, before it locks anything else. Whoever closes the account waits for its end;
    nobody else does. Not where one writes by seat: there it would leave a trace of when (R2), and
    what is left goes within the week all the same.
    """
    if db.session.execute(unless_closed(user_id, User.id)).first() is None:
        raise SignInFirst


def unless_closed(user_id: int, *columns: Any) -> Select[Any]:
    """The same in a statement that inserts what this selects: no row when the account is closed."""
    them = select(*columns).where(User.id == user_id, User.state.in_(_LIVING))
    return them.with_for_update(read=True, key_share=True)
