"""How often something may be tried, kept in the database so that every process counts alike."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from forum.core import clock, seal
from forum.core.db import Conflict, db, transaction
from forum.core.errors import TooOften
from forum.models.accounts import Throttle
from forum.policy.identity import Voice
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Limit:
    """`hits` tries within `window`; past it, blocked for `pause`, doubled at each further try."""

    name: str
    hits: int
    window: timedelta
    pause: timedelta
    longest: timedelta
    lasting: bool = True
    """Counted in the database; otherwise by each process for itself."""


_lock = threading.Lock()
_in_memory: dict[str, tuple[int, datetime | None, datetime]] = {}
_MOST_IN_MEMORY = 10_000
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)

# Signing in: security.md D4; the rest are ours.
SIGN_IN = Limit("sign in", 10, 15 * _MINUTE, _MINUTE, 15 * _MINUTE)
"""Failures for one address from one network."""
SIGN_IN_NETWORK = Limit("sign in, network", 100, 15 * _MINUTE, _MINUTE, 15 * _MINUTE)
"""Failures from one network, any address."""
MAIL_ADDRESS = Limit("mail, address", 3, _HOUR, _HOUR, _HOUR)
"""Links of one kind mailed to one address, asked for from one network."""
MAIL_FLOOD = Limit("mail, flood", 20, _HOUR, _HOUR, _HOUR)
"""Links mailed to one address, whoever asks; past it the letter is quietly left out."""
MAIL_NETWORK = Limit("mail, network", 20, _HOUR, 10 * _MINUTE, _HOUR)
ASK_IN = Limit("ask in", 20, 24 * _HOUR, _HOUR, 24 * _HOUR)
"""Circles that one member asks to be let into."""
INVITE = Limit("invite", 40, 24 * _HOUR, _HOUR, 24 * _HOUR)
"""People one moderator invites, and links they make."""
POST = Limit("post", 30, 10 * _MINUTE, _MINUTE, 10 * _MINUTE)
"""Posts and topics of one member."""
EDIT = Limit("edit", 60, 10 * _MINUTE, _MINUTE, 10 * _MINUTE)
NAMED = Limit("named", 100, 24 * _HOUR, 24 * _HOUR, 24 * _HOUR)
"""People whom one member names with an @, each of whom is told."""
PREVIEW = Limit("preview", 60, _MINUTE, timedelta(seconds=10), _MINUTE, lasting=False)
"""Also of texts for private spaces, so nothing of it is written down."""
NEWS = Limit("news", 600, _MINUTE, _MINUTE, 5 * _MINUTE, lasting=False)
"""Questions for new replies by one member, or the guests of one network: an open page asks about
twice a minute."""
PEOPLE = Limit("people", 60, _MINUTE, timedelta(seconds=10), _MINUTE, lasting=False)
"""Look-ups of whom to name, as somebody types."""
UPLOAD = Limit("upload", 60, _HOUR, 5 * _MINUTE, _HOUR)
"""Pictures and PDFs that one member adds, refused ones too: each is work to open."""
REPORT = Limit("report", 20, _HOUR, 10 * _MINUTE, _HOUR)
BLOCK = Limit("block", 30, 24 * _HOUR, _HOUR, 24 * _HOUR)
"""People one member blocks."""
PASSWORD = Limit("password", 10, 15 * _MINUTE, _MINUTE, 15 * _MINUTE)
"""Wrong passwords of somebody signed in."""
NAME = Limit("name", 5, 24 * _HOUR, 24 * _HOUR, 24 * _HOUR)
"""Other names that one member takes."""
EXPORT = Limit("export", 10, _HOUR, 10 * _MINUTE, _HOUR)
"""Copies of all that one member has here."""
WORK_MAIL = Limit("work mail", 5, 24 * _HOUR, 24 * _HOUR, 24 * _HOUR)
"""Codes that one member has sent to work addresses."""
WORK_CODE = Limit("work code", 10, _HOUR, _HOUR, _HOUR)
"""Codes that one member typed."""
VOUCH = Limit("vouch", 6, 720 * _HOUR, 720 * _HOUR, 720 * _HOUR)
"""People one member vouches for in thirty days."""
EMPLOYMENT = Limit("employment", 20, 24 * _HOUR, _HOUR, 24 * _HOUR)
"""Employments that one member tells of."""


def check(limit: Limit, who: str) -> None:
    """Raise TooOften, with the moment it ends, when `who` is past the limit. Counts nothing."""
    until = db.session.execute(
        select(Throttle.blocked_until).where(Throttle.key == _key(limit, who))
    ).scalar()
    if until is not None and until > clock.now():
        raise TooOften(until)


def count(limit: Limit, who: str, times: int = 1) -> None:
    """Count one try, or several at once."""
    try:
        _count(limit, who, times)
    except Conflict:  # the first try of another process made the row since we looked
        _count(limit, who, times)


def spend(limit: Limit, who: Viewer | str, voice: Voice | None = None, *, times: int = 1) -> None:
    """Check, then count. TooOften when past the limit; several at once are not cut short.

    In a space nothing about a person is written down, so there each process counts for itself.
    """
    name = who if isinstance(who, str) else str(who.user_id)
    if voice is not None or not limit.lasting:
        _spend_in_memory(limit, name, times)
        return
    check(limit, name)
    count(limit, name, times)


def give_back(limit: Limit, who: str) -> None:
    """Uncount one try that was none: what is limited did not happen."""
    one_less = update(Throttle).where(Throttle.key == _key(limit, who), Throttle.hits > 0)
    with transaction() as session:
        session.execute(one_less.values(hits=Throttle.hits - 1, blocked_until=None))


def forget(limit: Limit, who: str) -> None:
    """Start again from nothing: the right password was given."""
    key = _key(limit, who)
    if db.session.execute(select(Throttle.hits).where(Throttle.key == key)).scalar():
        with transaction() as session:
            session.execute(delete(Throttle).where(Throttle.key == key))


def _count(limit: Limit, who: str, times: int) -> None:
    now, key = clock.now(), _key(limit, who)
    with transaction() as session:
        row = session.get(Throttle, key, with_for_update=True)
        if row is None or row.expires_at <= now:
            if row is None:
                row = Throttle(key=key)
                session.add(row)
            row.hits, row.blocked_until, row.expires_at = 0, None, now + limit.window
        row.hits += times
        row.blocked_until = _blocked_until(limit, row.hits, now)
        if row.blocked_until:
            row.expires_at = max(row.expires_at, row.blocked_until)


def _spend_in_memory(limit: Limit, who: str, times: int) -> None:
    now, key = clock.now(), _key(limit, who)
    with _lock:
        kept = _in_memory.get(key)
        hits, until, expires_at = kept if kept and kept[2] > now else (0, None, now + limit.window)
        if until is not None and until > now:
            raise TooOften(until)
        until = _blocked_until(limit, hits + times, now)
        _in_memory[key] = (hits + times, until, max(expires_at, until or expires_at))
        if len(_in_memory) > _MOST_IN_MEMORY:
            for stale in [key for key, each in _in_memory.items() if each[2] <= now]:
                del _in_memory[stale]


def _key(limit: Limit, who: str) -> str:
    return seal.keyed_digest(f"throttle:{limit.name}", who)


def _blocked_until(limit: Limit, hits: int, now: datetime) -> datetime | None:
    over = hits - limit.hits
    if over < 0:
        return None
    return now + min(limit.pause * (1 << min(over, 16)), limit.longest)
