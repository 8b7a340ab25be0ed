"""People and the proofs that an address is theirs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Enum, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.addresses import ADDRESS_CHARS
from forum.core.db import Base

NAME_CHARS = 40
NOTES_CHARS = 200


def enum(kind: type[StrEnum]) -> Enum:
    """A StrEnum kept as its value in a short string, which the database does not check."""
    return Enum(
        kind,
        native_enum=False,
        length=20,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )


class UserState(StrEnum):
    ACTIVE = "active"
    SUSPENDED = "suspended"
    UNCLAIMED = "unclaimed"
    """An author of an imported archive who has not come yet: cannot sign in, gets no mail."""
    DELETED = "deleted"


class AddressKind(StrEnum):
    """Whose mailbox an address leads to."""

    PERSONAL = "personal"
    WORK = "work"
    """An employer can read it, or have it read."""
    UNSURE = "unsure"


class User(Base):
    """A person. An unclaimed one is known only by a keyed digest of an address."""

    __tablename__ = "user"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('active', 'suspended')) = (address IS NOT NULL)", name="address_if_claimed"
        ),
        CheckConstraint(
            "state <> 'unclaimed' OR claim_digest IS NOT NULL", name="claim_if_unclaimed"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(NAME_CHARS))
    handle: Mapped[str | None] = mapped_column(String(30), unique=True)
    address: Mapped[str | None] = mapped_column(String(ADDRESS_CHARS), unique=True)
    """Lower case; the sign-in name."""
    address_kind: Mapped[AddressKind | None] = mapped_column(enum(AddressKind))
    """What they said of it; None: nothing yet, so it is guessed (employments.queries)."""
    claim_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    """keyed_digest("claim", address) of an imported author."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[UserState] = mapped_column(enum(UserState))
    suspended_until: Mapped[datetime | None]
    is_staff: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    spaces_from: Mapped[datetime | None]
    """After a password reset private spaces stay shut until then."""
    spaces_locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The reset went to a mailbox that may be an employer's: shut until others vouch for them."""
    unfolded_notes: Mapped[str | None] = mapped_column(String(NOTES_CHARS))
    """Keys of content notes, by comma, whose texts they don't want folded; all others are."""


class LastSeen(Base):
    """The last week somebody was here, no finer (access-and-privacy R2).

    Apart from their account: so each night this can be shuffled, and nothing tells when they came.
    """

    __tablename__ = "last_seen"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    week: Mapped[date]
    """Its Monday."""


class SignIn(Base):
    """One signed-in browser. Deleting the row ends it there and then."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    started_on: Mapped[date]
    """The Monday of that week, and so for the last use: days would tell who was here when."""
    used_on: Mapped[date]
    expires_on: Mapped[date] = mapped_column(index=True)
    proved_at: Mapped[datetime | None]
    """Staff only: when the password was last given; acting as staff needs it under an hour old."""


class ProofPurpose(StrEnum):
    JOIN = "join"
    RESET = "reset"
    CLAIM = "claim"
    MOVE_TO = "move_to"
    """Of the mailbox an account is to move to; MOVE_FROM of the one it leaves."""
    MOVE_FROM = "move_from"


class AddressProof(Base):
    """A link that was mailed to an address; whoever opens it can read that mailbox.

    The token itself is not stored: it is derived from the site's secret and `public_id`, and only
    its digest is here.
    """

    __tablename__ = "address_proof"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(12), unique=True)
    purpose: Mapped[ProofPurpose] = mapped_column(enum(ProofPurpose))
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARS), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    """Who asked, for a claim or a move."""
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class AddressChange(Base):
    """Another address that somebody asked for: it holds once both mailboxes have said yes."""

    __tablename__ = "address_change"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("user.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    address: Mapped[str] = mapped_column(String(ADDRESS_CHARS))
    kind: Mapped[AddressKind] = mapped_column(enum(AddressKind))
    """What they said of it."""
    new_agreed: Mapped[bool] = mapped_column(default=False, server_default=false())
    old_agreed: Mapped[bool] = mapped_column(default=False, server_default=false())
    expires_at: Mapped[datetime] = mapped_column(index=True)


class LeftHandle(Base):
    """A handle that somebody gave up: nobody else is called so for a while.

    Else who takes it would be named, and told, by what others once wrote to somebody else.
    """

    __tablename__ = "left_handle"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed: what it was can be asked, not read."""
    left_by: Mapped[str | None] = mapped_column(String(64))
    """Keyed too: who may have it back. Of a closed account nobody."""
    free_on: Mapped[date] = mapped_column(index=True)


class Throttle(Base):
    """How often something was tried lately. The key is a keyed digest: no address, no network."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    hits: Mapped[int]
    blocked_until: Mapped[datetime | None]
    expires_at: Mapped[datetime] = mapped_column(index=True)
