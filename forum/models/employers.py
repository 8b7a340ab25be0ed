"""Employers, who works or worked where, and how that was verified.

A member names an employer in free words; employers are rows of their own so that staff can say
which belong together. Keys are random: their order would tell who came when (R2).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.accounts import enum

EMPLOYER_CHARS = 120
KEY_CHARS = 200
DOMAIN_CHARS = 253
ENTRY_CHARS = 264


class Tie(StrEnum):
    WORKS_FOR = "works_for"
    WORKS_AT = "works_at"
    """On their sites, for somebody else: a contractor, a consultant, a temp."""


class EmployerGroup(Base):
    """Employers that count as one where a wall is put up."""

    __tablename__ = "employer_group"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(EMPLOYER_CHARS))
    name_key: Mapped[str] = mapped_column(String(KEY_CHARS), unique=True)


class Employer(Base):
    """One name of an employer. A merged one stays, as an alias of the one it was merged into."""

    __tablename__ = "employer"
    __table_args__ = (
        CheckConstraint(
            "merged_into_id IS NULL OR (group_id IS NULL AND merged_into_id <> id)",
            name="alias_stands_alone",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(EMPLOYER_CHARS))
    name_key: Mapped[str] = mapped_column(String(KEY_CHARS), unique=True)
    """What spellings of one name have in common (employments.names)."""
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("employer_group.id", ondelete="SET NULL"), index=True
    )
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("employer.id"), index=True)
    """Never an alias itself."""


class EmployerDomain(Base):
    """A mail domain that is one employer's, as staff have said."""

    __tablename__ = "employer_domain"

    domain: Mapped[str] = mapped_column(String(DOMAIN_CHARS), primary_key=True)
    employer_id: Mapped[int] = mapped_column(
        ForeignKey("employer.id", ondelete="CASCADE"), index=True
    )


class EmployerKin(Base):
    """Employers and mail domains that belonged together from one day until the next change.

    Never changed: what staff do makes another one, so that a wall which names this one means for
    ever whom it meant when it was put up (R4). The newest that an employer is in says with whom it
    belongs together now; one that is in none stands alone.
    """

    __tablename__ = "employer_kin"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Ordered by time."""
    made_on: Mapped[date]


class KinMember(Base):
    """One employer or mail domain of those."""

    __tablename__ = "employer_kin_member"

    kin_id: Mapped[int] = mapped_column(
        ForeignKey("employer_kin.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    entry: Mapped[str] = mapped_column(String(ENTRY_CHARS), primary_key=True, index=True)
    """"employer:<row id>" or "domain:<mail domain>"."""


class StaffAct(StrEnum):
    """What staff do with employers that has to do with who belongs together."""

    GROUPED = "grouped"
    RENAMED = "renamed"
    DOMAIN_ADDED = "domain_added"
    DOMAIN_ENDED = "domain_ended"
    MERGED = "merged"
    SEPARATED = "separated"


class EmployerLogEntry(Base):
    """Who of the staff did what with an employer. The database refuses to change or delete it."""

    __tablename__ = "employer_log"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Ordered by time."""
    logged_on: Mapped[date]
    staff_id: Mapped[int]
    """No foreign key: it stays when the account has gone."""
    act: Mapped[StaffAct] = mapped_column(enum(StaffAct))
    employer_public_id: Mapped[str] = mapped_column(String(12))
    about: Mapped[str] = mapped_column(String(DOMAIN_CHARS))
    """The other employer's public id, the domain, the group's or the former name."""


class Employment(Base):
    """Where somebody works or worked, in their own words."""

    __tablename__ = "employment"
    __table_args__ = (
        CheckConstraint("ended_on >= began_on", name="ends_after_it_began"),
        CheckConstraint(
            "(verified_on IS NULL) = (verified_domain IS NULL)", name="verified_by_a_domain"
        ),
        CheckConstraint(
            "address_digest IS NULL OR verified_on IS NOT NULL", name="digest_if_verified"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("employer.id"), index=True)
    told_name: Mapped[str] = mapped_column(String(EMPLOYER_CHARS))
    """As they typed it, and all that they are ever shown: how staff name the employer would tell
    them that others have named it too."""
    tie: Mapped[Tie] = mapped_column(enum(Tie))
    told_on: Mapped[date]
    changed_on: Mapped[date | None]
    """When it last added to the walls of somebody who may already have been in a space (R5)."""
    began_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_domain: Mapped[str | None] = mapped_column(String(DOMAIN_CHARS))
    address_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    """keyed_digest("work address", address): one address verifies one account."""


class WorkCode(Base):
    """A code on its way to a work address. The address itself stands only in the letter's row."""

    __tablename__ = "work_code"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    """The code is derived from it and the site's secret, so it need not be stored."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    employment_id: Mapped[int] = mapped_column(
        ForeignKey("employment.id", ondelete="CASCADE"), index=True
    )
    address_digest: Mapped[str] = mapped_column(String(64))
    domain: Mapped[str] = mapped_column(String(DOMAIN_CHARS))
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Vouch(Base):
    """A verified member of a circle says that they know another member of it."""

    __tablename__ = "vouch"
    __table_args__ = (CheckConstraint("voucher_id <> user_id", name="for_somebody_else"),)

    voucher_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    circle_id: Mapped[int] = mapped_column(
        ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    made_on: Mapped[date]


class VouchLink(Base):
    """A link that a member hands to people who know them; its token is derived, not stored."""

    __tablename__ = "vouch_link"
    __table_args__ = (UniqueConstraint("user_id", "circle_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id", ondelete="CASCADE"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_on: Mapped[date] = mapped_column(index=True)


class ReturnVouch(Base):
    """A verified member of a circle says that it is really somebody who set a new password by mail.

    Gone once there are enough of them, and with every further reset.
    """

    __tablename__ = "return_vouch"
    __table_args__ = (CheckConstraint("voucher_id <> user_id", name="for_somebody_else"),)

    voucher_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )


class ChangePermit(Base):
    """Staff let somebody change employers before the 90 days are over; used up by the change."""

    __tablename__ = "change_permit"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    given_on: Mapped[date]
