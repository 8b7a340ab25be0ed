"""The append-only log of spaces: each row's hash covers the row before, so that none can be changed
or left out unnoticed. It says what was done, never to whom, and of who did it only a mark.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from forum.core import clock
from forum.core.db import Conflict, db, savepoint
from forum.core.seal import Secret
from forum.models.guarding import Grounds, LogEntry, Step
from forum.policy import unsealing
from forum.policy.visible import Reason, unscoped

FIRST = "0" * 64
"""What stands for the row before the first."""
_MOST_TRIES = 20
_BATCH = 500
_REASON, _ROUGHLY = "log", 1_024


@dataclass(frozen=True, slots=True)
class Checked:
    """What `verify` found: how many rows hold, the last one's hash, and the first that is broken.

    Whoever keeps the last hash elsewhere will notice when rows at the end have gone.
    """

    sound: int
    last: str
    broken: int | None
    has_noted: bool = True
    """Whether the hash that was asked for is there."""


def append(
    step: Step,
    about: str,
    *,
    grounds: Grounds | None = None,
    mark: str | None = None,
    key: Secret | None = None,
    words: str = "",
) -> None:
    """Add a row, inside the transaction of what it tells of. Words need the topic's key."""
    for tries_left in reversed(range(_MOST_TRIES)):
        number, before = _last()
        entry = LogEntry(
            number=number + 1,
            logged_on=clock.today(),
            step=step,
            about=about,
            grounds=grounds,
            mark=mark,
            sealed=_sealed(key, number + 1, words) if key else None,
        )
        entry.chained = chained(before, entry)
        try:
            with savepoint() as session:
                session.add(entry)
            return
        except Conflict:  # somebody else's row came first
            if not tries_left:
                raise


def verify(noted: str = "") -> Checked:
    """Go through the whole log. A row is broken when it was changed, or the one before has gone.

    `noted` is a hash that was the last one once.
    """
    sound, last, has_noted = 0, FIRST, noted in {"", FIRST}
    for entry in _entries():
        if entry.number != sound + 1 or entry.chained != chained(last, entry):
            return Checked(sound, last, sound + 1)
        sound, last = entry.number, entry.chained
        has_noted = has_noted or last == noted
    return Checked(sound, last, None, has_noted)


def times_used() -> int:
    """How often whose a name is was found out, ever. Public."""
    query = select(func.count()).select_from(LogEntry).where(LogEntry.step == Step.RESOLVED)
    return db.session.execute(unscoped(query, Reason.LOG)).scalar_one()


def chained(before: str, entry: Any) -> str:
    """The hash of a row after one with the hash `before`: SHA-256 of that and of the row as JSON
    without spaces.
    """
    row = (
        entry.number,
        entry.logged_on.isoformat(),
        Step(entry.step).value,
        entry.about,
        Grounds(entry.grounds).value if entry.grounds else None,
        entry.mark,
        bytes(entry.sealed).hex() if entry.sealed is not None else None,
    )
    canonical = json.dumps(row, separators=(",", ":"))
    return hashlib.sha256(f"{before}\n{canonical}".encode()).hexdigest()


def _sealed(key: Secret, number: int, words: str) -> bytes:
    return key.seal(_REASON, number, unsealing.packed({"words": words}), pad_to=_ROUGHLY)


def _last() -> tuple[int, str]:
    query = select(LogEntry.number, LogEntry.chained).order_by(LogEntry.number.desc()).limit(1)
    row = db.session.execute(unscoped(query, Reason.LOG)).first()
    return (row.number, row.chained) if row else (0, FIRST)


def _entries() -> Iterator[Any]:
    """All rows in order, some hundreds at a time."""
    after = 0
    columns = LogEntry.__table__.columns
    while True:
        query = select(*columns).where(LogEntry.number > after).order_by(LogEntry.number)
        rows = db.session.execute(unscoped(query.limit(_BATCH), Reason.LOG)).all()
        yield from rows
        if len(rows) < _BATCH:
            return
        after = rows[-1].number
