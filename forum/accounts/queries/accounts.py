"""Reading accounts: always one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from forum.accounts import addresses
from forum.core import clock, seal
from forum.core.db import db
from forum.models.accounts import (
    AddressChange,
    AddressProof,
    ProofPurpose,
    SignIn,
    User,
    UserState,
)
from forum.models.discussions import Post
from forum.models.outbox import UpdateWish
from forum.policy import visible
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Session:
    public_id: str
    started_on: date
    used_on: date
    is_this: bool
    browser: str
    """Its family, "" for one that is not known."""
    system: str


@dataclass(frozen=True, slots=True)
class Claimable:
    """An imported author whose address the viewer has proved."""

    name: str
    post_count: int


def wants_updates(viewer: Viewer) -> bool:
    """Whether the viewer asked for letters about something new."""
    mine = select(UpdateWish.user_id).where(UpdateWish.user_id == viewer.id)
    return db.session.execute(mine).first() is not None


def user_by_address(address: str) -> User | None:
    """The account that signs in with this address; for deciding about an address, not for pages."""
    return db.session.execute(select(User).where(User.address == address)).scalar()


def live_proof(purpose: ProofPurpose, token: str) -> AddressProof | None:
    """The proof behind a mailed link that is neither used nor past its time."""
    return db.session.execute(
        select(AddressProof).where(
            AddressProof.token_digest == seal.plain_digest(token),
            AddressProof.purpose == purpose,
            AddressProof.used_at.is_(None),
            AddressProof.expires_at > clock.now(),
        )
    ).scalar()


def sessions(viewer: Viewer, current: int | None) -> list[Session]:
    """Where the viewer is signed in, newest first."""
    rows = db.session.execute(
        select(SignIn.id, SignIn.public_id, SignIn.started_on, SignIn.used_on, SignIn.browser)
        .where(SignIn.user_id == viewer.id, SignIn.expires_on >= clock.today())
        .order_by(SignIn.used_on.desc(), SignIn.started_on.desc())
    )
    return [_session(row, current) for row in rows]


def _session(row: Any, current: int | None) -> Session:
    browser, _slash, system = (row.browser or "").partition("/")
    is_this = row.id == current
    return Session(row.public_id, row.started_on, row.used_on, is_this, browser, system)


def asked_change(viewer: Viewer) -> AddressChange | None:
    """The other address the viewer asked for, while both mailboxes may still say yes."""
    mine = select(AddressChange).where(
        AddressChange.user_id == viewer.id, AddressChange.expires_at > clock.now()
    )
    return db.session.execute(mine).scalar()


def claimable(viewer: Viewer, address: str) -> Claimable | None:
    """Imported posts under an address the viewer has proved to be theirs."""
    author = unclaimed(address)
    if author is None:
        return None
    count = visible.posts(viewer, func.count(Post.id)).where(Post.author_id == author.id)
    return Claimable(author.name, db.session.execute(count).scalar_one())


def unclaimed(address: str) -> User | None:
    """The imported author of this address, if any and not claimed yet."""
    return db.session.execute(
        select(User).where(
            User.claim_digest == addresses.claim_digest(address),
            User.state == UserState.UNCLAIMED,
        )
    ).scalar()
