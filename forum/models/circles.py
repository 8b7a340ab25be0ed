"""Circles: industries and subjects people gather around, and who is in them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum

HUES = 24
WORDS_CHARS = 500


class CircleKind(StrEnum):
    INDUSTRY = "industry"
    TOPIC = "topic"


class Visibility(StrEnum):
    OPEN = "open"
    MEMBERS = "members"
    APPROVAL = "approval"
    SECRET = "secret"


class Role(StrEnum):
    MEMBER = "member"
    MODERATOR = "moderator"


class MembershipState(StrEnum):
    ACTIVE = "active"
    REQUESTED = "requested"
    INVITED = "invited"
    DECLINED = "declined"
    """Asked, and was not let in: may ask again when some days have passed."""
    REMOVED = "removed"
    """Sent away by a moderator: cannot join again by themselves."""


class Circle(Base):
    __tablename__ = "circle"
    __table_args__ = (
        CheckConstraint("hue >= 0 AND hue < 24", name="hue"),
        CheckConstraint("(kind = 'industry') = (isic IS NOT NULL)", name="isic_if_industry"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(String(500))
    rules: Mapped[str] = mapped_column(Text)
    """Markdown, at most 5,000 characters."""
    rules_html: Mapped[str] = mapped_column(Text)
    hue: Mapped[int]
    kind: Mapped[CircleKind] = mapped_column(enum(CircleKind))
    isic: Mapped[str | None] = mapped_column(String(1))
    """Section letter of the UN's ISIC Rev. 4, A to U."""
    visibility: Mapped[Visibility] = mapped_column(enum(Visibility))
    member_count: Mapped[int] = mapped_column(default=0)
    topic_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]


class Membership(Base):
    """Who is in a circle, and who stands at its door; no row: neither."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(
            "words IS NULL OR state IN ('requested', 'declined', 'removed')",
            name="words_at_the_door",
        ),
        Index("ix_membership_user", "user_id", "circle_id"),
        Index("ix_membership_door", "circle_id", "state"),
    )

    circle_id: Mapped[int] = mapped_column(
        ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Role] = mapped_column(enum(Role))
    state: Mapped[MembershipState] = mapped_column(enum(MembershipState))
    joined_at: Mapped[datetime]
    """Since when they are in this state."""
    words: Mapped[str | None] = mapped_column(String(WORDS_CHARS))
    """Their note while they wait; why they were not let in, or sent away. Gone with that state."""


class Invitation(Base):
    """A link that lets one person into a circle. Gone once it has."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    """The token is derived from it and the site's secret, and is not stored itself."""
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    """Which moderator made it: it works only as long as they are one."""
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_on: Mapped[date] = mapped_column(index=True)
