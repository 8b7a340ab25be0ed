"""Writing work and letters into the running transaction: if it rolls back, they never were."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from forum.core import clock, ids
from forum.core.db import Conflict, savepoint, transaction
from forum.models.outbox import Job, Letter, LetterState

DELIVER = "deliver letter"
DISCREET = "discreet"
"""The kind of letters that say nothing but that there is something new. They look like no other
kind, and nothing tells which of them went out."""
DISCREET_LIFE = timedelta(hours=24)
"""Older ones are sent no more, and their rows go."""


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    due_at: datetime | None = None,
    dedupe: str | None = None,
) -> None:
    """Add a job. With `dedupe`, a job of that name that still waits makes this one superfluous."""
    with transaction() as session:
        if dedupe and session.execute(select(Job.id).where(Job.dedupe == dedupe)).first():
            return
        job = Job(
            id=ids.random_key(),
            kind=kind,
            payload=payload,
            due_at=due_at or clock.now(),
            dedupe=dedupe,
        )
        _add_unless_there(job)


def queue_letter(
    kind: str,
    *,
    event: str,
    recipient: str,
    domain: str,
    user_id: int | None = None,
    context: dict[str, Any] | None = None,
) -> None:
    """Add a letter and the job that delivers it. The same event and recipient count once.

    `context` holds ids only: what the letter says is looked up when it is rendered.
    """
    public_id = ids.public_id()
    with transaction() as session:
        known = select(Letter.id).where(Letter.event == event, Letter.recipient == recipient)
        if session.execute(known).first():
            return
        letter = Letter(
            id=ids.random_key(),
            public_id=public_id,
            kind=kind,
            event=event,
            recipient=recipient,
            user_id=user_id,
            context=context or {},
            message_id=f"<{_message_name(kind, public_id)}@{domain}>",
            state=LetterState.QUEUED,
            queued_at=clock.now(),
        )
        if _add_unless_there(letter):
            enqueue(DELIVER, {"letter": letter.id})


def _message_name(kind: str, public_id: str) -> str:
    return secrets.token_hex(13) if kind == DISCREET else f"{kind[0]}.{public_id}"


def forget_letters(event: str) -> None:
    """Erase the letters about an event, sent or not, and with them whom they went to."""
    with transaction() as session:
        session.execute(delete(Letter).where(Letter.event == event))


def _add_unless_there(row: Job | Letter) -> bool:
    """False when somebody else added the same since we looked."""
    try:
        with savepoint() as session:
            session.add(row)
    except Conflict:
        return False
    return True
