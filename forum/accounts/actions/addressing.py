"""Whose mailbox one's address leads to, and whether letters about something new go there."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from forum.accounts.actions.signing_in import check_own_password
from forum.core import clock
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import ForumError, NotAllowed
from forum.core.i18n import _l
from forum.employments.queries import address_kind, is_at_work
from forum.models.accounts import AddressKind, User
from forum.models.outbox import UpdateWish
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer


class AfterReset(NotAllowed):
    sentence = _l(
        "Your password was reset by mail and private spaces are still closed to this account."
        " Until they open, this can't be changed."
    )


class AtWork(ForumError):
    status = 422
    sentence = _l("You verified an employer by an address of that domain, so it is one for work.")


class OnlyPersonal(ForumError):
    status = 409
    sentence = _l("These letters go to personal addresses only. Say first that yours is one.")


def say_whose_address(viewer: Viewer, kind: AddressKind, password: str) -> None:
    """Say whose mailbox one's address leads to, giving the password.

    WrongPassword, TooOften, AtWork. AfterReset while private spaces are shut: whoever came in by
    the mailbox in question must not be the one who says whose it is.
    """
    checked = check_own_password(viewer, password)
    if kind is AddressKind.PERSONAL and is_at_work(viewer):
        raise AtWork
    with transaction() as session:
        user = _unchanged(checked)
        user.address_kind = kind
        if kind is not AddressKind.PERSONAL:
            session.execute(delete(UpdateWish).where(UpdateWish.user_id == user.id))


def wish_for_updates(viewer: Viewer) -> None:
    """Ask for a letter a day when there is something new, of today on. Twice is once.

    OnlyPersonal unless the address is.
    """
    if address_kind(viewer) is not AddressKind.PERSONAL:
        raise OnlyPersonal
    yesterday = clock.today() - timedelta(days=1)
    with transaction():
        not_closed(viewer.user_id)
        try:
            with savepoint() as session:
                session.add(UpdateWish(user_id=viewer.user_id, told_to=yesterday))
        except Conflict:
            return


def stop_updates(viewer: Viewer) -> None:
    """Want no such letters any more."""
    with transaction() as session:
        session.execute(delete(UpdateWish).where(UpdateWish.user_id == viewer.user_id))


def _unchanged(checked: User) -> User:
    """The account, while no reset comes between. AfterReset when one did, or lately has."""
    password_hash = checked.password_hash
    mine = select(User).where(User.id == checked.id).with_for_update()
    user = db.session.execute(mine, execution_options={"populate_existing": True}).scalar_one()
    is_shut = user.spaces_from is not None and user.spaces_from > clock.now()
    if is_shut or user.spaces_locked or user.password_hash != password_hash:
        raise AfterReset
    return user
