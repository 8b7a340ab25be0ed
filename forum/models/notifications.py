"""Who follows what, whom a post names, and what each person was told of. Circles only.

Of a private space there is no row in any of these (access-and-privacy R3).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum


class Level(StrEnum):
    """How closely somebody follows a topic, or a circle and every topic in it.

    A topic's own level goes before its circle's; without either it is NORMAL.
    """

    MUTED = "muted"
    """Told of nothing there, not even of a reply to them; never marked as new in a list."""
    NORMAL = "normal"
    """Told of replies to their own posts and of mentions."""
    TRACKING = "tracking"
    """And lists say how many posts are unread, also of a topic they never opened."""
    WATCHING = "watching"
    """And told of every post; in a circle of every topic and every reply."""


class Why(StrEnum):
    """How a level came about."""

    CHOSEN = "chosen"
    OPENED = "opened"
    """They opened the topic: watching."""
    ANSWERED = "answered"
    """They answered in it: tracking."""


class Kind(StrEnum):
    """Why somebody was told, of another's post the strongest first: of each they are told once."""

    REPLY = "reply"
    """To a post of theirs."""
    MENTION = "mention"
    TOPIC = "topic"
    """They watch the topic."""
    CIRCLE = "circle"
    """They watch the circle."""
    ACCEPTED = "accepted"
    """Their own post has answered the topic, as whoever opened it says."""
    ASKED = "asked"
    """Somebody asks to be let into a circle they moderate."""
    INVITED = "invited"
    LET_IN = "let_in"
    DECLINED = "declined"
    """They asked to be let into a circle, and were not."""


class Watch(Base):
    """The level somebody has at a topic or at a circle."""

    __tablename__ = "watch"
    __table_args__ = (
        CheckConstraint("(circle_id IS NULL) <> (topic_id IS NULL)", name="one_place"),
        UniqueConstraint("topic_id", "user_id"),
        UniqueConstraint("circle_id", "user_id"),
        Index("ix_watch_user_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    level: Mapped[Level] = mapped_column(enum(Level))
    why: Mapped[Why] = mapped_column(enum(Why))


class Mention(Base):
    """A post names somebody who could see it then. Kept, so that they are told once."""

    __tablename__ = "mention"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


class Notification(Base):
    """Somebody was told of a post, or of what happened at a circle's door.

    Whether they may still see it, and whether it is still so, is asked when it is shown.
    """

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("user_id", "post_id"),
        Index("ix_notification_topic", "topic_id", "user_id"),
        Index("ix_notification_post_id", "post_id"),
        Index(
            "ix_notification_circle",
            "circle_id",
            "user_id",
            sqlite_where=text("circle_id IS NOT NULL"),
            postgresql_where=text("circle_id IS NOT NULL"),
        ),
        Index(
            "ix_notification_unread",
            "user_id",
            "topic_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index(
            "ix_notification_read",
            "read_at",
            sqlite_where=text("read_at IS NOT NULL"),
            postgresql_where=text("read_at IS NOT NULL"),
        ),
    )

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Of the event, the same for all who are told of it; sorts by its time."""
    kind: Mapped[Kind] = mapped_column(enum(Kind))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"))
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    circle_id: Mapped[int | None] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"))
    """Of what is about a circle's door; then it has neither topic nor post."""
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
