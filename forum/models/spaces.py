"""Private spaces: who is in one, whose key opens a topic, and the name somebody has there.

Nothing here has an order or a time of day: keys are random, dates are days or months
(access-and-privacy R2). Who wrote is nowhere; it can be worked out only with a topic's key.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum
from forum.models.circles import Role

NUMBERS = 1 << 16
"""Members of one space, ever; also how many names a topic has."""
LIFE_DAYS = 60
"""Days from a topic's opening to its closing, unless the space's moderators chose otherwise."""
SHORTEST_LIFE_DAYS, LONGEST_LIFE_DAYS = 30, 365
"""What they may choose from."""
AFTERLIFE_DAYS = 60
"""Days from a topic's closing to its erasure."""


class Space(Base):
    """The one private space of a circle. Not open before enough members of enough employers."""

    __tablename__ = "space"
    __table_args__ = (CheckConstraint("life_days BETWEEN 30 AND 365", name="life_days"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), unique=True)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    """Of what is there before a topic is: its draft and its nonce."""
    opened_on: Mapped[date | None]
    read_only_from: Mapped[date | None]
    """The first of the month in which too few employers were left."""
    life_days: Mapped[int] = mapped_column(default=LIFE_DAYS)


class SpaceMember(Base):
    """Who is in a space. What they write there leads to this row only with the topic's key."""

    __tablename__ = "space_member"
    __table_args__ = (
        UniqueConstraint("space_id", "number"),
        CheckConstraint("number BETWEEN 0 AND 65535", name="number"),
    )

    space_id: Mapped[int] = mapped_column(
        ForeignKey("space.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    role: Mapped[Role] = mapped_column(enum(Role))
    number: Mapped[int]
    """Random; with a topic's key it makes the name (R7)."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """16 random bytes; with a topic's key they make the seats (R1)."""
    joined_on: Mapped[date]
    """The first of the month, and so for the next."""
    left_on: Mapped[date | None]


class DepartedMember(Base):
    """Somebody who was in a space and whose account is gone. Nothing here says who (R11).

    While their words are being erased `secret` and `ends_on` are set. Afterwards only the number
    stays, so that nobody gets it again, and with it their names.
    """

    __tablename__ = "departed_member"
    __table_args__ = (
        UniqueConstraint("space_id", "number"),
        CheckConstraint("number BETWEEN 0 AND 65535", name="number"),
        CheckConstraint("(secret IS NULL) = (ends_on IS NULL)", name="while_it_lasts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    number: Mapped[int]
    secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    ends_on: Mapped[date | None]
    """By then nothing is left of what they wrote."""


class Visit(Base):
    """Somebody looked at what is new in a space, on one day. Kept for a few days.

    The seat is another one each day, so nobody's visits can be tied together.
    """

    __tablename__ = "space_visit"

    seat: Mapped[str] = mapped_column(String(64), primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    visited_on: Mapped[date] = mapped_column(index=True)


class TopicKey(Base):
    """The key of one topic, wrapped. Deleting the row erases all that was written there (R8)."""

    __tablename__ = "topic_key"
    __table_args__ = (Index("ix_topic_key_list", "space_id", "opened_on", "topic_id"),)

    topic_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """No foreign key: a key outlives the text while somebody is barred by name (R10)."""
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    opened_on: Mapped[date]
    closes_on: Mapped[date] = mapped_column(index=True)
    erases_on: Mapped[date] = mapped_column(index=True)


class Pseudonym(Base):
    """Who wrote, inside one topic of a space. Holds nothing that leads to a person."""

    __tablename__ = "pseudonym"
    __table_args__ = (UniqueConstraint("topic_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
