"""Beginning and ending sign-ins; a sign-in is a row, and the browser holds its token."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, update

from forum.accounts import passwords, queries
from forum.core import clock, ids, seal
from forum.core.db import db, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.models.accounts import SignIn, User
from forum.policy import limits
from forum.policy.turns import not_closed
from forum.policy.viewer import SIGN_IN_LASTS, Viewer


class WrongPassword(ForumError):
    status = 422
    sentence = _l("The address or the password is not right.")


def sign_in(address: str, password: str, network: str) -> str:
    """Check a password and begin a sign-in; returns its token. WrongPassword or TooOften."""
    who = f"{address} {network}"
    limits.spend(limits.SIGN_IN_NETWORK, network)
    limits.spend(limits.SIGN_IN, who)
    user = queries.user_by_address(address)
    if not passwords.matches(user.password_hash if user else None, password) or user is None:
        raise WrongPassword
    fresh = passwords.digest(password) if passwords.outdated(user.password_hash or "") else None
    limits.forget(limits.SIGN_IN, who)
    limits.give_back(limits.SIGN_IN_NETWORK, network)
    with transaction():
        if fresh:
            user.password_hash = fresh
        return begin(user)


def prove_password(viewer: Viewer, password: str, sign_in_id: int) -> None:
    """Staff give their password again and may act as staff for an hour."""
    check_own_password(viewer, password)
    with transaction() as session:
        session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(proved_at=clock.now()))


def sign_out(sign_in_id: int) -> None:
    with transaction() as session:
        session.execute(delete(SignIn).where(SignIn.id == sign_in_id))


def end_sign_in(viewer: Viewer, public_id: str) -> None:
    """End one of the viewer's own sign-ins."""
    with transaction() as session:
        session.execute(
            delete(SignIn).where(SignIn.user_id == viewer.id, SignIn.public_id == public_id)
        )


def end_other_sign_ins(viewer: Viewer, current: int | None) -> int:
    """End all of the viewer's own sign-ins but the one they are using; how many."""
    others = delete(SignIn).where(SignIn.user_id == viewer.id, SignIn.id != (current or 0))
    with transaction() as session:
        return int(session.execute(others).rowcount)  # type: ignore[attr-defined]


def begin(user: User) -> str:
    """A new sign-in; returns its token, of which only the digest is stored."""
    token, week = secrets.token_urlsafe(32), clock.this_week()
    with transaction() as session:
        not_closed(user.id)
        session.add(
            SignIn(
                id=ids.random_key(),
                public_id=ids.public_id(),
                token_digest=seal.plain_digest(token),
                user_id=user.id,
                started_on=week,
                used_on=week,
                expires_on=week + SIGN_IN_LASTS,
                proved_at=clock.now() if user.is_staff else None,
            )
        )
    return token


def check_own_password(viewer: Viewer, password: str) -> User:
    """The viewer's account, if that is its password. WrongPassword, or TooOften after ten."""
    limits.spend(limits.PASSWORD, str(viewer.id))
    user = db.session.get(User, viewer.user_id)
    if user is None or not passwords.matches(user.password_hash, password):
        raise WrongPassword(_l("That is not your present password."))
    limits.forget(limits.PASSWORD, str(viewer.id))
    return user
