"""The daily check on who is to get a letter that there is something new.

A letter is queued for everybody who wants letters, every day, whatever happened. Whether it has
anything to say is found out when it is about to go out, and stands nowhere, not even afterwards:
from who was told of a day one could see who stands behind which wall, and so who wrote (R3).
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.mail.outbox import DISCREET, queue_letter
from forum.models.accounts import User
from forum.models.outbox import UpdateWish
from forum.spaces.visits import forget_visits

HOUR = 6
"""From this hour of a day on, UTC, it tells of the days before."""
MOST_DAYS = 14
"""How far back it tells when nobody checked for longer."""
_AT_ONCE = 50


def queue_updates(mail_domain: str) -> int:
    """Queue a letter to each who wants one and was not told of yesterday yet; how many.

    Some at a time, each time with the day written down: stopped at any point it goes on where it
    was. Called twice on a day it does nothing the second time.
    """
    if clock.now().hour < HOUR:
        return 0
    yesterday = clock.today() - timedelta(days=1)
    _forget_old_visits(yesterday)
    queued = 0
    while some := _queue_some(yesterday, mail_domain):
        queued += some
    return queued


def _forget_old_visits(yesterday: date) -> None:
    """Those before any day that is still to be told of."""
    oldest = db.session.execute(select(func.min(UpdateWish.told_to))).scalar()
    forget_visits(min(oldest or yesterday, yesterday - timedelta(days=1)))


def _queue_some(yesterday: date, mail_domain: str) -> int:
    with transaction() as session:
        due = (
            select(UpdateWish.user_id, UpdateWish.told_to, User.public_id)
            .join(User, User.id == UpdateWish.user_id)
            .where(UpdateWish.told_to < yesterday)
            .order_by(UpdateWish.user_id)
            .limit(_AT_ONCE)
            .with_for_update(of=UpdateWish, skip_locked=True)
        )
        rows = session.execute(due).all()
        for row in rows:
            _queue(row.user_id, row.public_id, row.told_to, yesterday, mail_domain)
        told = update(UpdateWish).where(UpdateWish.user_id.in_([row.user_id for row in rows]))
        session.execute(told.values(told_to=yesterday))
        return len(rows)


def _queue(user_id: int, public_id: str, told_to: date, to: date, mail_domain: str) -> None:
    after = max(told_to, to - timedelta(days=MOST_DAYS))
    queue_letter(
        DISCREET,
        event=f"{DISCREET}:{clock.today().isoformat()}",
        recipient=public_id,
        domain=mail_domain,
        user_id=user_id,
        context={"after": after.isoformat(), "to": to.isoformat()},
    )
