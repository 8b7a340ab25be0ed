"""Deleting what has passed its time."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from forum.accounts.actions import MOVED
from forum.circles.queries import REST_DAYS
from forum.core import clock
from forum.core.db import transaction
from forum.mail.delivery import FORGOTTEN
from forum.mail.outbox import DISCREET, DISCREET_LIFE
from forum.models.accounts import (
    AddressChange,
    AddressProof,
    LeftHandle,
    ProofPurpose,
    SignIn,
    Throttle,
)
from forum.models.circles import Invitation, Membership, MembershipState
from forum.models.discussions import SubmitNonce
from forum.models.employers import VouchLink, WorkCode
from forum.models.notifications import Notification
from forum.models.outbox import Letter
from forum.models.quiet import SpaceBlock
from forum.models.spaces import LONGEST_LIFE_DAYS
from forum.spaces.break_glass import note_expired

NONCE_LIFE = timedelta(days=14)
PROOF_LETTER_LIFE = timedelta(days=7)
READ_NOTICE_LIFE = timedelta(days=90)
LONGEST_LIFE = timedelta(days=LONGEST_LIFE_DAYS)
"""Of a conversation in a space: until then an ended block may still hold in one."""
WORK_LETTER_LIFE = timedelta(hours=1)
PROOF_KINDS = (*(purpose.value for purpose in ProofPurpose), MOVED)


def tidy() -> None:
    """Ended sign-ins, old proofs, codes, links, letters, notices, spent throttles, form nonces.

    And why people were not let into a circle, once they may ask again.
    """
    now, today = clock.now(), clock.today()
    with transaction() as session:
        for rows in (
            delete(SignIn).where(SignIn.expires_on < today),
            delete(AddressProof).where(AddressProof.expires_at < now),
            delete(AddressChange).where(AddressChange.expires_at < now),
            delete(LeftHandle).where(LeftHandle.free_on <= today),
            delete(Throttle).where(Throttle.expires_at < now),
            delete(SubmitNonce).where(SubmitNonce.used_on < today - NONCE_LIFE),
            delete(Notification).where(Notification.read_at < now - READ_NOTICE_LIFE),
            delete(WorkCode).where(WorkCode.expires_at < now),
            delete(VouchLink).where(VouchLink.expires_on < today),
            delete(Invitation).where(Invitation.expires_on < today),
            delete(SpaceBlock).where(SpaceBlock.ended_on < today - LONGEST_LIFE),
            delete(Membership).where(
                Membership.state == MembershipState.DECLINED,
                Membership.joined_at < now - timedelta(days=REST_DAYS),
            ),
            delete(Letter).where(
                Letter.kind.in_(FORGOTTEN), Letter.queued_at < now - WORK_LETTER_LIFE
            ),
            delete(Letter).where(Letter.kind == DISCREET, Letter.queued_at < now - DISCREET_LIFE),
            delete(Letter).where(
                Letter.kind.in_(PROOF_KINDS),
                Letter.queued_at < now - PROOF_LETTER_LIFE,
            ),
        ):
            session.execute(rows.execution_options(synchronize_session=False))
    note_expired()
