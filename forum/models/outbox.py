"""Work to be done and letters to be sent: rows written in the transaction that causes them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.addresses import ADDRESS_CHARS
from forum.core.db import Base
from forum.models.accounts import enum


class Job(Base):
    """One piece of work. The row is the record: it is deleted when the work is done."""

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_due",
            "due_at",
            sqlite_where=text("dead_at IS NULL"),
            postgresql_where=text("dead_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    """Not before then; while a worker has it, the end of that worker's lease."""
    attempts: Mapped[int] = mapped_column(default=0)
    dead_at: Mapped[datetime | None]
    dedupe: Mapped[str | None] = mapped_column(String(80), unique=True)
    error: Mapped[str | None] = mapped_column(Text)


class JobClock(Base):
    """When a repeating job comes next; whichever worker moves the hand does the job."""

    __tablename__ = "job_clock"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    next_at: Mapped[datetime]


class LetterState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    SETTLED = "settled"
    """Seen to. Whether it went out, or there was nothing to say, stands nowhere."""


class Letter(Base):
    """One mail to one person. Rendered late, by the worker; its Message-ID is fixed here."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("event", "recipient"),
        Index("ix_letter_state", "state", "queued_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(String(80))
    """What it is about, e.g. "proof:<public id>"; with the recipient it makes the letter unique."""
    recipient: Mapped[str] = mapped_column(String(ADDRESS_CHARS))
    """A user's public id, or an address where there is no user yet."""
    user_id: Mapped[int | None] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), index=True
    )
    context: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Ids only, never text or tokens."""
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[LetterState] = mapped_column(enum(LetterState))
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str | None] = mapped_column(Text)
    """What the receiving server said."""


class UpdateWish(Base):
    """Somebody wants a letter on days when there is something new for them to see.

    Anybody may, in a private space or not. Who wants none has no row.
    """

    __tablename__ = "update_wish"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    told_to: Mapped[date] = mapped_column(index=True)
    """The last day they were told of. It moves on for everybody, told or not."""
