"""What somebody keeps for later, and whom or what they want less of: theirs alone, in circles."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base

BOOKMARK_NOTE_CHARS = 200
WORD_CHARS = 40


class Bookmark(Base):
    """A post of a circle, kept for later; the opening post stands for its topic."""

    __tablename__ = "bookmark"
    __table_args__ = (
        UniqueConstraint("user_id", "post_id"),
        Index("ix_bookmark_user_topic", "user_id", "topic_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Sorts by when it was kept."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    note: Mapped[str] = mapped_column(String(BOOKMARK_NOTE_CHARS))


class Mute(Base):
    """Whose posts in circles are folded for somebody. Whom they muted never learns of it."""

    __tablename__ = "mute"
    __table_args__ = (CheckConstraint("user_id <> muted_id", name="not_oneself"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    muted_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


class MutedWord(Base):
    """A word behind which somebody wants texts folded."""

    __tablename__ = "muted_word"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    word: Mapped[str] = mapped_column(String(WORD_CHARS), primary_key=True)
    """Casefolded, its blanks collapsed."""


class Block(Base):
    """Two who never meet in circles. Nobody is told, and it reads the same from both sides."""

    __tablename__ = "block"
    __table_args__ = (CheckConstraint("user_id <> blocked_id", name="not_oneself"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    """Who wished it, and alone can end it."""
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    since_at: Mapped[datetime]


class SpaceBlock(Base):
    """Somebody from whom a member keeps what they write in conversations of private spaces opened
    after `since_on`, up to `ended_on` itself.

    Rows stay when it has ended: what held for a conversation holds there until its last word.
    """

    __tablename__ = "space_block"
    __table_args__ = (CheckConstraint("user_id <> blocked_id", name="not_oneself"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    blocked_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    since_on: Mapped[date] = mapped_column(primary_key=True)
    ended_on: Mapped[date | None] = mapped_column(index=True)
