"""Notices of what happens at a circle's door. Each joins the transaction of what it is about."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Delete, delete, insert, literal

from forum.core import clock, ids
from forum.core.db import db
from forum.models.notifications import Kind, Notification
from forum.policy import visible


def tell_moderators(circle_id: int) -> None:
    """Somebody asks to be let in: one notice for each moderator, in place of an earlier one.

    It names nobody: how many ask, and whether they still do, is asked when it is shown.
    """
    _do(_asked(circle_id))
    names = ["user_id", "id", "kind", "circle_id", "created_at"]
    now = clock.now()
    columns = Notification.__table__.c
    values = (ids.time_ordered(now), Kind.ASKED, circle_id, now)
    told = visible.moderators_of(circle_id).add_columns(
        *(literal(each, columns[name].type) for name, each in zip(names[1:], values, strict=True))
    )
    _do(visible.within(insert(Notification).from_select(names, told), told))


def tell_at_the_door(user_id: int, circle_id: int, kind: Kind) -> None:
    """Tell somebody that they are invited, were let in, or were not."""
    now = clock.now()
    told = insert(Notification).values(
        user_id=user_id,
        id=ids.time_ordered(now),
        kind=kind,
        circle_id=circle_id,
        created_at=now,
    )
    _do(told)


def forget_at_the_door(user_id: int, circle_id: int) -> None:
    """Somebody stands otherwise with a circle now: what they were told of that is not so any more.

    Nor what its moderators were, once nobody asks.
    """
    theirs = (Notification.user_id == user_id, Notification.kind != Kind.ASKED)
    _do(delete(Notification).where(Notification.circle_id == circle_id, *theirs))
    asking = visible.asking_at(circle_id)
    _do(visible.within(_asked(circle_id).where(~asking.exists()), asking))


def _asked(circle_id: int) -> Delete:
    asked = Notification.kind == Kind.ASKED
    return delete(Notification).where(Notification.circle_id == circle_id, asked)


def _do(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))
