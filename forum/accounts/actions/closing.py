"""Closing an account: what names its person goes, what they wrote in circles stays, nobody's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select

from forum.accounts.actions.proofs import proof_event
from forum.circles import actions as circles
from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.employments.actions import forget_codes
from forum.mail.outbox import forget_letters
from forum.models.accounts import AddressProof, LastSeen, SignIn, User, UserState
from forum.models.circles import Invitation, Membership
from forum.models.discussions import Draft, Reaction, ReadMark, SubmitNonce
from forum.models.employers import ChangePermit, Employment, ReturnVouch, Vouch, VouchLink
from forum.models.guarding import Guardian
from forum.models.outbox import Letter, UpdateWish
from forum.policy import viewer as viewers
from forum.policy.turns import one_at_a_time
from forum.policy.viewer import Viewer
from forum.spaces.departing import depart

_THEIRS = (
    *(SignIn, LastSeen, UpdateWish, Guardian, Membership, Invitation),
    *(ReadMark, Draft, SubmitNonce, Reaction),
    *(Employment, Vouch, VouchLink, ReturnVouch, ChangePermit),
)
"""Tables whose rows go with an account. Reports stay for the moderators, and their word for others
counts on; both lead to a row that names nobody any more."""


def close_account(user_id: int) -> None:
    """Close an account for good. NotThere when there is none, or it was closed before.

    Posts in circles stay, by a former member; those in spaces are erased within a week (`depart`).
    """
    with transaction():
        one_at_a_time(user_id)
        viewer = viewers.for_user(user_id)  # only now: they may have come into a circle meanwhile
        if viewer is None:
            raise NotThere
        depart(user_id)
        for circle in viewer.circles:
            circles.leave(viewer, circle.slug)
        forget_codes(viewer)
        for table in _THEIRS:
            _delete(table, table.user_id == user_id)
        _delete(ReturnVouch, ReturnVouch.voucher_id == user_id)
        _forget_mail(viewer)
        _blank(user_id)


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
    user.state, user.name = UserState.DELETED, ""
    user.handle = user.address = user.address_kind = user.claim_digest = user.password_hash = None
    user.suspended_until = user.spaces_from = user.unfolded_notes = None
    user.is_staff = user.spaces_locked = False


def _delete(table: Any, which: ColumnElement[bool]) -> None:
    gone = delete(table).where(which)
    db.session.execute(gone.execution_options(synchronize_session=False))
