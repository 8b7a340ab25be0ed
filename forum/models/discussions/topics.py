"""Topics and posts."""

from __future__ import annotations

from datetime import datetime
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
from forum.models.companies import Market, SizeBand
from forum.models.ownership import ONE_WRITER, sealed_where

TITLE_CHARS = 200
REASON_CHARS = 500
TAG_CHARS = 40
_SAYS_COMPANY = (
    "company_size IS NOT NULL OR company_market IS NOT NULL OR company_regulated IS NOT NULL"
)


class Wish(StrEnum):
    """What whoever opened a topic says would help."""

    ADVICE = "advice"
    SIMILAR = "similar"
    LISTEN = "listen"


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
        CheckConstraint(
            "space_id IS NULL OR (wish IS NULL AND accepted_id IS NULL AND company_size IS NULL"
            " AND company_market IS NULL AND company_regulated IS NULL)",
            name="plain_only_in_circle",
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
        Index(
            "ix_topic_circle_company",
            "circle_id",
            "last_post_at",
            "id",
            sqlite_where=text(_SAYS_COMPANY),
            postgresql_where=text(_SAYS_COMPANY),
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
    wish: Mapped[Wish | None] = mapped_column(enum(Wish))
    """In a circle; in a space it is sealed."""
    accepted_id: Mapped[int | None]
    """The reply that its author says has answered it. No foreign key: a post belongs to its topic,
    and its row goes only with that."""
    company_size: Mapped[SizeBand | None] = mapped_column(enum(SizeBand))
    """With the next two: what kind of company it comes from, as its author said."""
    company_market: Mapped[Market | None] = mapped_column(enum(Market))
    company_regulated: Mapped[bool | None]


class TopicTag(Base):
    """A word that a topic of a circle can be found by. In a space it would be sealed (R8)."""

    __tablename__ = "topic_tag"
    __table_args__ = (Index("ix_topic_tag_tag", "tag", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tag: Mapped[str] = mapped_column(String(TAG_CHARS), primary_key=True)


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
