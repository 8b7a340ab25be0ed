"""Claiming jobs and doing them. Any number of workers share the table; a job is done at least once.

A claim moves the job's due time to the end of a lease, so a worker that dies loses nothing: the
next one finds the job due again. On PostgreSQL rows being claimed are skipped by others; on SQLite
the write lock does the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, TypeAlias

from sqlalchemy import delete, select, update

from forum.core import clock
from forum.core.db import Conflict, db, transaction
from forum.mail.delivery import NoCarrier
from forum.models.outbox import Job, JobClock

_log = logging.getLogger(__name__)
_dice = SystemRandom()
LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 8
LONGEST_WAIT = timedelta(hours=24)
NIGHT = timedelta(hours=3)
"""After midnight UTC: when yesterday is over everywhere and few are writing."""
AGAIN = timedelta(hours=1)
"""How soon a repeating job that failed has its next turn."""

Handler: TypeAlias = Callable[[dict[str, Any]], None]
Calendar: TypeAlias = Callable[[datetime], datetime]
"""The next turn after a moment."""


@dataclass(frozen=True, slots=True)
class Claimed:
    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int


@dataclass(frozen=True, slots=True)
class Repeating:
    every: timedelta | Calendar
    handler: Callable[[], object]

    @property
    def has_an_hour(self) -> bool:
        """By a calendar, so its first turn too waits for the hour."""
        return callable(self.every)

    def after(self, moment: datetime) -> datetime:
        return self.every(moment) if callable(self.every) else moment + self.every


def nightly(moment: datetime) -> datetime:
    """The next night."""
    tonight = clock.midnight(moment.date()) + NIGHT
    return tonight if tonight > moment else tonight + timedelta(days=1)


def monthly(moment: datetime) -> datetime:
    """The first midnight of the next month."""
    in_the_next = moment.date().replace(day=1) + timedelta(days=31)
    return clock.midnight(in_the_next.replace(day=1))


def run_due(handlers: Mapping[str, Handler], *, told_to_stop: Callable[[], bool] = bool) -> int:
    """Do every job that is due now, one at a time, unless told to stop between two.

    Returns how many were tried.
    """
    done = 0
    while not told_to_stop() and (job := claim()) is not None:
        work(job, handlers)
        done += 1
    return done


def claim() -> Claimed | None:
    """Take one due job, or None. Asks without a lock first, so an idle worker writes nothing."""
    due = select(Job.id).where(Job.dead_at.is_(None), Job.due_at <= clock.now())
    if db.session.execute(due.limit(1)).first() is None:
        db.session.rollback()
        return None
    with transaction() as session:
        _bury_killers()
        one = due.order_by(Job.due_at).limit(1).with_for_update(skip_locked=True)
        row = session.execute(
            update(Job)
            .where(Job.id == one.scalar_subquery())  # with IN PostgreSQL may ask it for every row
            .values(due_at=clock.now() + LEASE, attempts=Job.attempts + 1)
            .returning(Job.id, Job.kind, Job.payload, Job.attempts)
            .execution_options(synchronize_session=False)
        ).first()
    return Claimed(row.id, row.kind, row.payload, row.attempts) if row else None


def _bury_killers() -> None:
    """A job whose worker never came back eight times is as dead as one that failed eight times."""
    lost = update(Job).where(
        Job.dead_at.is_(None), Job.due_at <= clock.now(), Job.attempts >= MAX_ATTEMPTS
    )
    lost = lost.values(dead_at=clock.now(), dedupe=None, error="its worker never came back")
    db.session.execute(lost.execution_options(synchronize_session=False))


def work(job: Claimed, handlers: Mapping[str, Handler]) -> None:
    """Do a claimed job: deleted when done, put off when it fails, dead after eight tries."""
    try:
        handlers[job.kind](job.payload)
    except NoCarrier as waiting:
        _put_off(job, waiting.wait, job.attempts - 1, None)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the job must come back
        db.session.rollback()
        _log.error("job %s %s failed, try %s: %s", *_told(job, error))
        wait = timedelta(seconds=60 * 2 ** (job.attempts - 1) * _dice.uniform(0.8, 1.2))
        _put_off(job, min(wait, LONGEST_WAIT), job.attempts, type(error).__name__)
    else:
        with transaction() as session:
            session.execute(delete(Job).where(Job.id == job.id))


def run_repeating(jobs: Mapping[str, Repeating]) -> int:
    """Do the repeating jobs whose hour has come; of several workers, one does each."""
    return sum(_take_turn(kind, job) for kind, job in jobs.items())


def _take_turn(kind: str, job: Repeating) -> bool:
    now = clock.now()
    next_at = db.session.execute(select(JobClock.next_at).where(JobClock.kind == kind)).scalar()
    db.session.rollback()
    if next_at is not None and next_at > now:
        return False
    is_new = next_at is None
    if not _move_hand(kind, job.after(now), is_new=is_new) or (is_new and job.has_an_hour):
        return False
    try:
        job.handler()
    except Exception as error:  # noqa: BLE001 - one bad turn must not end the worker
        db.session.rollback()
        _log.error("repeating job %s failed: %s", kind, type(error).__name__)
        _again_soon(kind)
    return True


def _again_soon(kind: str) -> None:
    soon = clock.now() + AGAIN
    hand = update(JobClock).where(JobClock.kind == kind, JobClock.next_at > soon)
    with transaction() as session:
        moved = hand.values(next_at=soon)
        session.execute(moved.execution_options(synchronize_session=False))


def _move_hand(kind: str, next_at: datetime, *, is_new: bool) -> bool:
    now = clock.now()
    try:
        with transaction() as session:
            if is_new:
                session.add(JobClock(kind=kind, next_at=next_at))
                session.flush()
                return True
            moved = session.execute(
                update(JobClock)
                .where(JobClock.kind == kind, JobClock.next_at <= now)
                .values(next_at=next_at)
                .execution_options(synchronize_session=False)
            )
            return bool(moved.rowcount)  # type: ignore[attr-defined]
    except Conflict:
        return False


def _told(job: Claimed, error: Exception) -> tuple[str, int, int, str]:
    """What a log may know of a failure: the words of an error can hold an address."""
    return job.kind, job.id, job.attempts, type(error).__name__


def _put_off(job: Claimed, wait: timedelta, attempts: int, error: str | None) -> None:
    dead = clock.now() if attempts >= MAX_ATTEMPTS else None
    with transaction() as session:
        session.execute(
            update(Job)
            .where(Job.id == job.id)
            .values(
                due_at=clock.now() + wait,
                attempts=attempts,
                dead_at=dead,
                dedupe=None if dead else Job.dedupe,  # a dead job makes no other superfluous
                error=error[:500] if error else None,
            )
            .execution_options(synchronize_session=False)
        )
