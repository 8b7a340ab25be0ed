"""Another address for an account: both mailboxes must agree, the one it has and the one it gets.

Whoever reads only one of the two can't take the account along. What a reset by mail has shut stays
shut, whatever is said of the new mailbox.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select, update

from forum.accounts import queries
from forum.accounts.actions.addressing import AfterReset, AtWork
from forum.accounts.actions.joining import AddressTaken
from forum.accounts.actions.proofs import StaleLink, proof_event, prove, use
from forum.accounts.actions.signing_in import begin, check_own_password
from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.employments.queries import works_at_domain_of
from forum.mail.outbox import forget_letters, queue_letter
from forum.models.accounts import (
    AddressChange,
    AddressKind,
    AddressProof,
    ProofPurpose,
    SignIn,
    User,
)
from forum.models.outbox import UpdateWish
from forum.policy.viewer import Viewer

MOVE_LIFE = timedelta(days=1)
MOVED = "moved"
"""The letter to the mailbox that was left."""
_MAILBOXES = (ProofPurpose.MOVE_TO, ProofPurpose.MOVE_FROM)


class SameAddress(ForumError):
    status = 422
    sentence = _l("That is your address already.")


def ask_to_move(
    viewer: Viewer, address: str, kind: AddressKind, password: str, network: str, domain: str
) -> None:
    """Mail a link to each of the two mailboxes. The same whether or not the new address is known.

    `kind` is whose mailbox the new one is. A second asking takes the place of the first.
    WrongPassword, SameAddress, AtWork, TooOften; AfterReset in the three days after a reset.
    """
    user = check_own_password(viewer, password)
    if address == user.address:
        raise SameAddress
    if kind is AddressKind.PERSONAL and works_at_domain_of(viewer, address):
        raise AtWork
    with transaction() as session:
        _refuse_after_reset(user.id, user.password_hash)
        forget_move(viewer.user_id)
        change = AddressChange(
            user_id=viewer.user_id,
            address=address,
            kind=kind,
            expires_at=clock.now() + MOVE_LIFE,
        )
        session.add(change)
        mine = viewer.user_id
        prove(ProofPurpose.MOVE_TO, address, network, domain, MOVE_LIFE, user_id=mine)
        prove(ProofPurpose.MOVE_FROM, viewer.address, network, domain, MOVE_LIFE, user_id=mine)


def agree_to_move(viewer: Viewer, purpose: ProofPurpose, token: str, domain: str) -> str | None:
    """Follow one of the two links, signed in as whoever asked for it.

    With the second the address is another, every sign-in has ended, and the token of a new one is
    returned; with the first, None. StaleLink, AfterReset; AddressTaken when there is an account
    with the new address.
    """
    with transaction() as session:
        proof = queries.live_proof(purpose, token)
        change = queries.asked_change(viewer)
        if proof is None or proof.user_id != viewer.id or change is None:
            raise StaleLink
        user = _refuse_after_reset(viewer.user_id)
        if proof.address not in (change.address, user.address):
            raise StaleLink
        use(purpose, token)
        said = {"new_agreed": True} if purpose is ProofPurpose.MOVE_TO else {"old_agreed": True}
        mine = AddressChange.user_id == viewer.user_id
        session.execute(update(AddressChange).where(mine).values(**said))
        session.refresh(change)
        if not (change.new_agreed and change.old_agreed):
            return None
        return _move(user, change, domain)


def stop_moving(viewer: Viewer) -> None:
    """Leave the address as it is, and make both links void."""
    with transaction():
        forget_move(viewer.user_id)


def forget_move(user_id: int) -> None:
    """Take back an asking that is under way, in a transaction: nobody can follow its links."""
    theirs = (AddressProof.user_id == user_id, AddressProof.purpose.in_(_MAILBOXES))
    sent = select(AddressProof.public_id).where(*theirs)
    for public_id in db.session.execute(sent).scalars().all():
        forget_letters(proof_event(public_id))
    for gone in (
        delete(AddressProof).where(*theirs),
        delete(AddressChange).where(AddressChange.user_id == user_id),
    ):
        db.session.execute(gone)


def _move(user: User, change: AddressChange, domain: str) -> str:
    left, address, kind = user.address, change.address, change.kind
    assert left is not None
    try:
        with savepoint():
            user.address, user.address_kind = address, kind
    except Conflict:
        raise AddressTaken from None
    forget_move(user.id)
    _forget_links_to(left)
    if kind is not AddressKind.PERSONAL:
        db.session.execute(delete(UpdateWish).where(UpdateWish.user_id == user.id))
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id))
    queue_letter(
        MOVED,
        event=f"{MOVED}:{ids.public_id()}",
        recipient=left,
        domain=domain,
        user_id=user.id,
        context={},
    )
    return begin(user)


def _forget_links_to(address: str) -> None:
    """A reset that was asked for at the old mailbox is not for this account any more."""
    stale = update(AddressProof).where(
        AddressProof.address == address,
        AddressProof.purpose == ProofPurpose.RESET,
        AddressProof.used_at.is_(None),
    )
    db.session.execute(stale.values(used_at=clock.now()))


def _refuse_after_reset(user_id: int, password_hash: str | None = None) -> User:
    """The account, locked against a reset that comes between. With a hash: while it is that one."""
    mine = select(User).where(User.id == user_id).with_for_update()
    user = db.session.execute(mine, execution_options={"populate_existing": True}).scalar_one()
    was_reset = user.spaces_from is not None and user.spaces_from > clock.now()
    if was_reset or (password_hash and user.password_hash != password_hash):
        raise AfterReset
    return user
