"""Keeping order in private spaces among people whom nobody can name.

Whoever wrote is a handle: the name they have in one topic. Whoever keeps order is a mark, which
only the topic's key ties to them. So no row here says who, but that of a guardian, and that one
says of no topic (access-and-privacy R1, R10).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum

HANDLE_CHARS, SEAT_CHARS = 60, 64


class Ability(StrEnum):
    """What somebody can be barred from in a space."""

    WRITE = "write"
    OPEN = "open"
    """Opening topics; replies stay free."""
    REACT = "react"
    REPORT = "report"


class Sanction(Base):
    """A handle that may not do something, in the whole space. Outlives the topic's text."""

    __tablename__ = "space_sanction"
    __table_args__ = (Index("ix_space_sanction_living", "space_id", "ends_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(index=True)
    """No foreign key: like the topic's key it stays when the topic has gone."""
    handle: Mapped[str] = mapped_column(String(HANDLE_CHARS))
    ability: Mapped[Ability] = mapped_column(enum(Ability))
    ends_on: Mapped[date]
    """The last day."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    wall: Mapped[bytes] = mapped_column(LargeBinary)
    """That of the post it is for, sealed anew: moderators behind it know of no sanction."""


class NoticeKind(StrEnum):
    NOTICE = "notice"
    WARNING = "warning"
    HIDDEN = "hidden"
    """What they wrote was hidden, and why."""
    LIFTED = "lifted"
    """A sanction was taken back."""
    DISCLOSED = "disclosed"
    """Two guardians found out whose the handle is."""


class Notice(Base):
    """Words to whoever has a handle; they find them when they next come."""

    __tablename__ = "space_notice"
    __table_args__ = (Index("ix_space_notice_space_told", "space_id", "told_on"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    topic_id: Mapped[int] = mapped_column(index=True)
    handle: Mapped[str] = mapped_column(String(HANDLE_CHARS))
    kind: Mapped[NoticeKind] = mapped_column(enum(NoticeKind))
    told_on: Mapped[date]
    """Shown from this day on."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Appeal(Base):
    """What somebody says against a sanction, once."""

    __tablename__ = "space_appeal"

    sanction_id: Mapped[int] = mapped_column(
        ForeignKey("space_sanction.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    seat: Mapped[str] = mapped_column(String(SEAT_CHARS))
    made_on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ModeratedHours(Base):
    """The hours of a day, UTC, in which a space's moderators look in. No row: none."""

    __tablename__ = "space_hours"
    __table_args__ = (
        CheckConstraint("begins BETWEEN 0 AND 23 AND ends BETWEEN 1 AND 24", name="of_a_day"),
    )

    space_id: Mapped[int] = mapped_column(
        ForeignKey("space.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    begins: Mapped[int]
    ends: Mapped[int]
    """Before `begins`: past midnight."""


class ReportCase(Base):
    """A reported post and the one person it was opened to; of them only a mark is kept."""

    __tablename__ = "report_case"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mark: Mapped[str | None] = mapped_column(String(SEAT_CHARS))
    opened_on: Mapped[date]
    reviewed_on: Mapped[date | None]
    """From then on no number of reports hides it."""


class Guardian(Base):
    """Who may be asked where no moderator of a space can be, and to break the glass."""

    __tablename__ = "guardian"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    named_on: Mapped[date]


class Grounds(StrEnum):
    """What the glass may be broken for; nothing else."""

    RISK_TO_LIFE = "risk_to_life"
    THREAT = "threat"
    CHILD_ABUSE = "child_abuse"
    BINDING_ORDER = "binding_order"


_OPEN = "resolved_on IS NULL AND expired_on IS NULL"


class BreakGlass(Base):
    """A request to learn whose one handle is; one at a time, so nobody draws until it suits."""

    __tablename__ = "break_glass"
    __table_args__ = (
        Index(
            "uq_break_glass_open",
            "topic_id",
            "handle",
            unique=True,
            sqlite_where=text(_OPEN),
            postgresql_where=text(_OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    topic_id: Mapped[int]
    """No foreign key: it is answered though the topic ends meanwhile."""
    post_public_id: Mapped[str] = mapped_column(String(12))
    handle: Mapped[str] = mapped_column(String(HANDLE_CHARS))
    grounds: Mapped[Grounds] = mapped_column(enum(Grounds))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Why, in words."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
    resolved_on: Mapped[date | None]
    expired_on: Mapped[date | None]


class GlassKey(Base):
    """One of the two guardians drawn for a request, by mark, and whether they have agreed."""

    __tablename__ = "glass_key"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("break_glass.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(String(SEAT_CHARS), primary_key=True)
    turned_on: Mapped[date | None]
    bars_telling: Mapped[bool] = mapped_column(default=False)
    """Whether they say that the author must not be told."""


class Step(StrEnum):
    """What the log of spaces keeps."""

    REPORT_OPENED = "report_opened"
    REPORT_SETTLED = "report_settled"
    REQUESTED = "requested"
    DRAWN = "drawn"
    AGREED = "agreed"
    RESOLVED = "resolved"
    TELLING = "telling"
    TELLING_BARRED = "telling_barred"
    EXPIRED = "expired"
    LET_RETURN = "let_return"
    """Staff opened spaces again to an account that was reset by mail."""


class LogEntry(Base):
    """A row of the append-only log, tied to the one before by a hash. The database refuses to
    change or to delete one.
    """

    __tablename__ = "space_log"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """1, 2, 3 …"""
    logged_on: Mapped[date]
    step: Mapped[Step] = mapped_column(enum(Step))
    about: Mapped[str] = mapped_column(String(12))
    """Public id of a reported post, or of a request; or a receipt, which is nothing's."""
    grounds: Mapped[Grounds | None] = mapped_column(enum(Grounds))
    mark: Mapped[str | None] = mapped_column(String(SEAT_CHARS))
    """Of whoever acted."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Their reason, under the topic's key."""
    chained: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the row before's and of all the rest of this row, as hex digits."""
