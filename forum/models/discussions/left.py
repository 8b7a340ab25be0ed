"""What a person leaves at a topic: read marks, drafts, nonces, reactions, reports."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum
from forum.models.discussions.topics import REASON_CHARS
from forum.models.ownership import ONE_OWNER, Personal, sealed_where


class ReadMark(Personal, Base):
    """Which posts of a topic somebody has had on their screen, by number."""

    __tablename__ = "read_mark"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        *sealed_where("seat", "read = ''"),
        UniqueConstraint("user_id", "topic_id"),
        UniqueConstraint("seat", "topic_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    read: Mapped[str] = mapped_column(Text)
    """core.ranges of post numbers."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


class Draft(Personal, Base):
    """What somebody has typed and not yet sent, one per place."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        *sealed_where("seat", "title = '' AND body = ''"),
        CheckConstraint("seat IS NULL OR said IS NULL", name="said_in_circles"),
        UniqueConstraint("user_id", "place"),
        UniqueConstraint("seat", "place"),
        Index(
            "ix_draft_place_in_space",
            "place",
            sqlite_where=text("seat IS NOT NULL"),
            postgresql_where=text("seat IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    place: Mapped[str] = mapped_column(String(60))
    """"topic:<circle slug>", "space:<public id>", "reply:<post public id>" or "edit:<the same>"."""
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    said: Mapped[str | None] = mapped_column(String(1000))
    """Of a circle's topic: its tags, wish and company as they were typed, as JSON."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    version: Mapped[str] = mapped_column(String(12), server_default="0")
    """Random, another one with every save: two windows are told apart without a clock (R2)."""
    saved_at: Mapped[datetime]
    """In a space a day."""


class SubmitNonce(Personal, Base):
    """A form that was sent once: the second click finds the post of the first."""

    __tablename__ = "submit_nonce"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        UniqueConstraint("user_id", "nonce"),
        UniqueConstraint("seat", "nonce"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    nonce: Mapped[str] = mapped_column(String(32))
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    used_on: Mapped[date] = mapped_column(index=True)


class ReactionKind(StrEnum):
    """Spaces know the first two, circles the others and "been there"."""

    WITH_YOU = "with_you"
    BEEN_THERE = "been_there"
    THANKS = "thanks"
    INSIGHT = "insight"


class Reaction(Personal, Base):
    """A word-less answer. In a space nobody is shown but the post's author, and they only how many:
    a number anybody could see would tell of people whom a wall hides (R6)."""

    __tablename__ = "reaction"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        UniqueConstraint("user_id", "post_id", "kind"),
        UniqueConstraint("seat", "post_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    kind: Mapped[ReactionKind] = mapped_column(enum(ReactionKind))


class ReportReason(StrEnum):
    HARASSMENT = "harassment"
    IDENTIFIES = "identifies"
    SELF_HARM = "self_harm"
    SPAM = "spam"
    RECRUITING = "recruiting"
    OFF_TOPIC = "off_topic"
    IGNORED = "ignored"
    OTHER = "other"


class Report(Personal, Base):
    """A member asks the moderators to look at a post; one open report each."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(ONE_OWNER, name="one_owner"),
        *sealed_where("seat", "words = ''"),
        UniqueConstraint("user_id", "post_id"),
        UniqueConstraint("seat", "post_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    reason: Mapped[ReportReason] = mapped_column(enum(ReportReason))
    words: Mapped[str] = mapped_column(String(REASON_CHARS))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
