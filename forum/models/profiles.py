"""What people tell of themselves, all of it by choice."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum
from forum.models.companies import Market, SizeBand

BIO_CHARS = 1_000
MOST_LANGUAGES = 5


class Part(StrEnum):
    """The part somebody plays. All are equal: none gives a badge or a right."""

    INTRAPRENEUR = "intrapreneur"
    ALLY = "ally"
    """Or a manager."""
    SOCIAL_ENTREPRENEUR = "social_entrepreneur"
    INTERMEDIARY = "intermediary"


class Rhythm(StrEnum):
    """How often somebody wants to be told by mail."""

    INSTANT = "instant"
    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"


class Barrier(StrEnum):
    """Walls that intrapreneurs meet: the same list that mentors are asked by."""

    SPONSOR = "sponsor"
    INCENTIVES = "incentives"
    LEGAL = "legal"
    BUDGET = "budget"
    MIDDLE = "middle"
    MANDATE = "mandate"
    BRAND = "brand"
    PARTNER = "partner"
    ISOLATION = "isolation"
    SCALING = "scaling"
    OTHER = "other"


class Profile(Base):
    """One person's, from their first step on. Empty means: not said."""

    __tablename__ = "profile"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    trying: Mapped[str] = mapped_column(String(BIO_CHARS), default="")
    """What they are trying to change, in plain words."""
    broke_through: Mapped[str] = mapped_column(String(BIO_CHARS), default="")
    """What they have broken through, and how."""
    part: Mapped[Part | None] = mapped_column(enum(Part))
    industry: Mapped[str | None] = mapped_column(String(1))
    """Section letter of the UN's ISIC Rev. 4, A to U."""
    company_size: Mapped[SizeBand | None] = mapped_column(enum(SizeBand))
    company_market: Mapped[Market | None] = mapped_column(enum(Market))
    company_regulated: Mapped[bool | None]
    region: Mapped[str | None] = mapped_column(String(3))
    """Code of a sub-region of the UN's M49."""
    languages: Mapped[str] = mapped_column(String(40), default="")
    """At most five ISO 639 codes, by comma."""
    time_zone: Mapped[str | None] = mapped_column(String(40))
    """A name of the IANA's table."""
    rhythm: Mapped[Rhythm | None] = mapped_column(enum(Rhythm))
    listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they stand in the directories of their circles, for those who may read there."""
    welcomed_at: Mapped[datetime | None]
    """When their first steps were gone through, or skipped."""


class ProfileBarrier(Base):
    """A wall somebody met, and whether they have broken through it."""

    __tablename__ = "profile_barrier"
    __table_args__ = (Index("ix_profile_barrier", "barrier", "broken", "user_id"),)

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    barrier: Mapped[Barrier] = mapped_column(enum(Barrier), primary_key=True)
    broken: Mapped[bool] = mapped_column(default=False, server_default=false())
