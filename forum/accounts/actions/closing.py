"""Closing an account: what names its person goes; what they wrote in circles as they choose."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from forum.accounts import handles
from forum.accounts.actions.proofs import proof_event
from forum.accounts.actions.signing_in import check_own_password
from forum.circles import actions as circles
from forum.core import clock
from forum.core.db import Base, db, transaction
from forum.core.errors import NotThere
from forum.core.upkeep import clear_away, clear_log, renew_statistics
from forum.discussions.actions import withdraw_words
from forum.employments.actions import forget_codes
from forum.files import actions as files
from forum.mail.outbox import enqueue, forget_letters
from forum.models.accounts import (
    AddressChange,
    AddressProof,
    LastSeen,
    SignIn,
    User,
    UserState,
)
from forum.models.circles import Invitation, Membership
from forum.models.discussions import (
    Draft,
    Post,
    Reaction,
    ReadMark,
    Revision,
    SubmitNonce,
    Topic,
)
from forum.models.employers import ChangePermit, Employment, ReturnVouch, Vouch, VouchLink
from forum.models.guarding import Guardian
from forum.models.notifications import Mention, Notification, Watch
from forum.models.outbox import Letter, UpdateWish
from forum.models.profiles import Profile, ProfileBarrier
from forum.models.quiet import Block, Bookmark, Mute, MutedWord, SpaceBlock
from forum.policy import limits
from forum.policy import viewer as viewers
from forum.policy.turns import one_at_a_time
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.departing import depart

CLEAR = "clear what the closed left"
_CLEARED_AT = timedelta(hours=3)
THEIRS = (
    *(SignIn, LastSeen, AddressChange, UpdateWish, Guardian, Membership, Invitation),
    *(Profile, ProfileBarrier),
    *(ReadMark, Draft, SubmitNonce, Reaction),
    *(Watch, Mention, Notification),
    *(Bookmark, Mute, MutedWord, Block, SpaceBlock),
    *(Employment, Vouch, VouchLink, ReturnVouch, ChangePermit),
)
"""Tables whose rows go with an account. Reports stay for the moderators, and their word for others
counts on; both lead to a row that names nobody any more."""
_WRITTEN = (Topic, Post)


def ask_for_export(viewer: Viewer) -> None:
    """Before a copy of all they have here is made. TooOften past ten an hour."""
    limits.spend(limits.EXPORT, viewer)


def close_own_account(viewer: Viewer, password: str, *, with_words: bool) -> None:
    """Close the viewer's account for good, giving its password. WrongPassword, TooOften.

    `with_words`: what they wrote in circles is erased too, at once, and answers to it stay.
    """
    check_own_password(viewer, password)
    close_account(viewer.user_id, with_words=with_words)


def close_account(user_id: int, *, with_words: bool = False) -> None:
    """Close an account for good. NotThere when there is none, or it was closed before.

    Posts in circles stay, by a former member and as they read last, with the files they carry,
    unless they are to go `with_words`; those in spaces are erased within a week (`depart`).
    """
    with transaction():
        one_at_a_time(user_id)
        viewer = viewers.for_user(user_id)  # only now: they may have come into a circle meanwhile
        if viewer is None:
            raise NotThere
        enqueue(CLEAR, {}, due_at=_tonight(), dedupe=CLEAR)
        depart(user_id)
        if with_words:
            withdraw_words(user_id)
        for circle in viewer.circles:
            circles.leave(viewer, circle.slug)
        forget_codes(viewer)
        gone = files.let_go_of_all(user_id)
        for table in THEIRS:
            _delete(table, table.user_id == user_id)
        _delete(ReturnVouch, ReturnVouch.voucher_id == user_id)
        _delete(Mute, Mute.muted_id == user_id)
        _delete(Block, Block.blocked_id == user_id)
        _delete(SpaceBlock, SpaceBlock.blocked_id == user_id)
        _forget_earlier_texts(user_id)
        _forget_mail(viewer)
        _blank(user_id)
    files.erase(gone)


def _forget_earlier_texts(user_id: int) -> None:
    """What they once took out of a post may have told who they are."""
    theirs = select(Post.id).where(Post.author_id == user_id)
    gone = delete(Revision).where(Revision.post_id.in_(theirs))
    gone = gone.execution_options(synchronize_session=False)
    db.session.execute(unscoped(gone, Reason.CLOSING))


def clear_what_the_closed_left() -> None:
    """Leave nothing of rows that went, or were blanked, in the database's files: the night after.

    Outside any transaction. Busy when somebody was reading for long; it is tried again.
    """
    models = (*THEIRS, Revision, User, AddressProof, Letter, *_WRITTEN)
    tables = [Base.metadata.tables[model.__tablename__] for model in models]
    clear_away(tables)
    renew_statistics(tables)
    clear_log()


def _tonight() -> datetime:
    """The next night, when few are writing."""
    return clock.midnight(clock.today() + timedelta(days=1)) + _CLEARED_AT


def _forget_mail(viewer: Viewer) -> None:
    theirs = or_(AddressProof.address == viewer.address, AddressProof.user_id == viewer.id)
    for proof in db.session.execute(select(AddressProof.public_id).where(theirs)).scalars().all():
        forget_letters(proof_event(proof))
    _delete(AddressProof, theirs)
    to_them = Letter.recipient.in_([viewer.address, viewer.public_id])
    _delete(Letter, or_(Letter.user_id == viewer.id, to_them))


def _blank(user_id: int) -> None:
    """What stays is a row without a name, for what they wrote in circles to hang on."""
    user = db.session.get(User, user_id, populate_existing=True)
    assert user is not None
    if user.handle:
        handles.give_up(user.handle, None)
    user.state, user.name = UserState.DELETED, ""
    user.handle = user.address = user.address_kind = user.claim_digest = user.password_hash = None
    user.suspended_until = user.spaces_from = user.unfolded_notes = None
    user.is_staff = user.spaces_locked = False


def _delete(table: Any, which: ColumnElement[bool]) -> None:
    gone = delete(table).where(which)
    db.session.execute(gone.execution_options(synchronize_session=False))
