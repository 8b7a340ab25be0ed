"""Topics, posts, and what a person leaves at a topic: read marks, drafts, nonces, reports."""

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

from forum.core.db import Base, binary_string
from forum.core.markup import Format
from forum.core.treepath import MAX_LEVELS, STEP
from forum.models.accounts import enum
from forum.models.ownership import ONE_OWNER, ONE_WRITER, Personal, sealed_where

TITLE_CHARS = 200
REASON_CHARS = 500


class Topic(Base):
    __tablename__ = "topic"
    __table_args__ = (
        CheckConstraint(ONE_WRITER, name="one_writer"),
        CheckConstraint("(space_id IS NULL) = (pseudonym_id IS NULL)", name="pseudonym_in_space"),
        *sealed_where(
            "space_id",
            "title = '' AND last_seq = 0 AND reply_count = 0 AND gone = ''"
            " AND last_author_id IS NULL AND pinned_at IS NULL AND hidden_reason IS NULL",
        ),
        Index("ix_topic_circle_active", "circle_id", "last_post_at", "id"),
        Index("ix_topic_circle_new", "circle_id", "id"),
        Index(
            "ix_topic_circle_unanswered",
            "circle_id",
            "id",
            sqlite_where=text("reply_count = 0"),
            postgresql_where=text("reply_count = 0"),
        ),
        Index("ix_topic_active", "last_post_at", "id"),
        Index("ix_topic_author", "author_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """In a circle it sorts by opening time; in a space it is random (R2)."""
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"))
    space_id: Mapped[int | None] = mapped_column(ForeignKey("space.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    pseudonym_id: Mapped[int | None]
    """Of the opening post, which holds the foreign key: a pseudonym itself belongs to its topic."""
    title: Mapped[str] = mapped_column(String(TITLE_CHARS))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """In a space: title, wish and content notes, under the topic's key. Counters rest (R6)."""
    created_at: Mapped[datetime]
    """Like every moment of a space's row the midnight of a day (R2)."""
    last_post_at: Mapped[datetime]
    last_author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    last_seq: Mapped[int] = mapped_column(default=0)
    """Number of the newest post, ever; the opening post has 0."""
    reply_count: Mapped[int] = mapped_column(default=0)
    """Replies that are there: neither hidden nor removed."""
    gone: Mapped[str] = mapped_column(Text, default="")
    """Numbers of hidden and removed posts, as ranges: nobody has these unread."""
    pinned_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(REASON_CHARS))


class Post(Base):
    """The opening post of a topic (number 0) or a reply."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint(ONE_WRITER, name="one_writer"),
        *sealed_where(
            "pseudonym_id",
            "source = '' AND html = '' AND child_count = 0"
            " AND edited_at IS NULL AND hidden_reason IS NULL",
        ),
        CheckConstraint("(pseudonym_id IS NULL) = (wall IS NULL)", name="wall_in_space"),
        UniqueConstraint("topic_id", "path"),
        UniqueConstraint("topic_id", "seq"),
        Index("ix_post_topic_time", "topic_id", "id"),
        Index("ix_post_author", "author_id", "id"),
        Index("ix_post_parent", "parent_id"),
        Index(
            "ix_post_space_day",
            "created_at",
            sqlite_where=text("pseudonym_id IS NOT NULL"),
            postgresql_where=text("pseudonym_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """In a circle it sorts by time of writing; in a space it is random (R2)."""
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    pseudonym_id: Mapped[int | None] = mapped_column(ForeignKey("pseudonym.id"))
    seq: Mapped[int]
    path: Mapped[str] = mapped_column(binary_string(MAX_LEVELS * STEP))
    child_count: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(Text)
    format: Mapped[Format] = mapped_column(enum(Format))
    html: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """In a space: source and html, under the topic's key (R8). Empty once removed."""
    wall: Mapped[bytes | None] = mapped_column(LargeBinary)
    """In a space: who must not see it, under the topic's key (R4). Written once."""
    render_version: Mapped[int]
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(String(REASON_CHARS))
    removed_at: Mapped[datetime | None]
    """Final: source and html are empty from then on."""


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
    """In a space; circles get theirs in a later issue."""

    WITH_YOU = "with_you"
    BEEN_THERE = "been_there"


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
