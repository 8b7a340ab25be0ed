"""How often something may be tried, kept in the database so that every process counts alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import delete, select

from forum.core import clock, seal
from forum.core.db import db, transaction
from forum.core.errors import TooOften
from forum.models.accounts import Throttle


@dataclass(frozen=True, slots=True)
class Limit:
    """`hits` tries within `window`; past it, blocked for `pause`, doubled at each further try."""

    hits: int
    window: timedelta
    pause: timedelta
    longest: timedelta


class Limits(Enum):
    """Sources: security.md D4 for signing in; the rest are ours."""

    SIGN_IN = Limit(10, timedelta(minutes=15), timedelta(minutes=1), timedelta(minutes=15))
    """Failures for one address from one network."""
    SIGN_IN_NETWORK = Limit(100, timedelta(minutes=15), timedelta(minutes=1), timedelta(minutes=15))
    """Failures from one network, any address."""
    MAIL_ADDRESS = Limit(3, timedelta(hours=1), timedelta(hours=1), timedelta(hours=1))
    """Links mailed to one address."""
    MAIL_NETWORK = Limit(20, timedelta(hours=1), timedelta(minutes=10), timedelta(hours=1))
    POST = Limit(30, timedelta(minutes=10), timedelta(minutes=1), timedelta(minutes=10))
    """Posts and topics of one member."""
    PREVIEW = Limit(60, timedelta(minutes=1), timedelta(seconds=10), timedelta(minutes=1))
    REPORT = Limit(20, timedelta(hours=1), timedelta(minutes=10), timedelta(hours=1))
    PASSWORD = Limit(10, timedelta(minutes=15), timedelta(minutes=1), timedelta(minutes=15))
    """Wrong passwords of somebody signed in."""


def check(limit: Limits, who: str) -> None:
    """Raise TooOften, with the moment it ends, when `who` is past the limit. Counts nothing."""
    until = db.session.execute(
        select(Throttle.blocked_until).where(Throttle.key == _key(limit, who))
    ).scalar()
    if until is not None and until > clock.now():
        raise TooOften(until)


def count(limit: Limits, who: str) -> None:
    """Count one try."""
    now, rule, key = clock.now(), limit.value, _key(limit, who)
    with transaction() as session:
        row = session.get(Throttle, key, with_for_update=True)
        if row is None or row.expires_at <= now:
            if row is None:
                row = Throttle(key=key)
                session.add(row)
            row.hits, row.blocked_until, row.expires_at = 0, None, now + rule.window
        row.hits += 1
        row.blocked_until = _blocked_until(rule, row.hits, now)
        if row.blocked_until:
            row.expires_at = max(row.expires_at, row.blocked_until)


def spend(limit: Limits, who: str) -> None:
    """Check, then count. TooOften when past the limit."""
    check(limit, who)
    count(limit, who)


def forget(limit: Limits, who: str) -> None:
    """Start again from nothing: the right password was given."""
    key = _key(limit, who)
    if db.session.execute(select(Throttle.hits).where(Throttle.key == key)).scalar():
        with transaction() as session:
            session.execute(delete(Throttle).where(Throttle.key == key))


def _key(limit: Limits, who: str) -> str:
    return seal.keyed_digest(f"throttle:{limit.name}", who)


def _blocked_until(rule: Limit, hits: int, now: datetime) -> datetime | None:
    over = hits - rule.hits
    if over < 0:
        return None
    return now + min(rule.pause * 2 ** min(over, 16), rule.longest)
