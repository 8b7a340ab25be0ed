"""Having an employment verified by a code to a work address, which is then forgotten."""

from __future__ import annotations

import hmac
from datetime import timedelta

from sqlalchemy import update

from forum.core import clock, ids, seal
from forum.core.db import Conflict, savepoint, transaction
from forum.core.errors import ForumError, TooOften
from forum.core.i18n import _l
from forum.employments import domains, queries
from forum.employments.actions.codes import forget_codes, letter_event
from forum.mail.outbox import queue_letter
from forum.models.employers import Employment, WorkCode
from forum.policy import limits, workplaces
from forum.policy.turns import own_turn
from forum.policy.viewer import Viewer

LETTER = "work_code"
CODE_LIFE = timedelta(hours=1)
CODE_DIGITS = 8


class NotAWorkAddress(ForumError):
    status = 422


class OpenToAll(NotAWorkAddress):
    sentence = _l(
        "Anybody can have an address there, so it says nothing of where you work. Give the address"
        " you have at work; without one, two members of a circle can vouch for you."
    )


class SharedMailbox(NotAWorkAddress):
    sentence = _l(
        "That looks like a mailbox that several people read. Give one that is yours alone."
    )


class NotVerifiable(ForumError):
    status = 409
    sentence = _l("This entry is verified already, or you work there no longer.")


class WrongCode(ForumError):
    status = 422
    sentence = _l("That is not the code of the newest letter, or its hour is over.")


class AddressUsed(ForumError):
    """Said only to whoever read the code, so the address is theirs, or their employer's."""

    status = 409
    sentence = _l(
        "This address can't verify your account. Use another one, or ask two members of a circle"
        " to vouch for you."
    )


def ask_for_code(
    viewer: Viewer, public_id: str, address: str, network: str, mail_domain: str
) -> None:
    """Send a code to a work address (in its normal form). A new one ends the one before.

    Raises NotThere, NotVerifiable, NotAWorkAddress or TooOften. Which employer the address's domain
    belongs to, and whether somebody used the address before, changes nothing here.
    """
    found = queries.employment(viewer, public_id)
    _check_address(address)
    if found.verified_on or not found.is_current:
        raise NotVerifiable
    limits.spend(limits.WORK_MAIL, str(viewer.user_id))
    limits.spend(limits.MAIL_NETWORK, network)
    with transaction() as session:
        own_turn(viewer.user_id)
        forget_codes(viewer)
        code = WorkCode(
            id=ids.random_key(),
            public_id=ids.public_id(),
            user_id=viewer.user_id,
            employment_id=found.id,
            address_digest=seal.keyed_digest("work address", domains.mailbox(address)),
            domain=domains.of(address),
            expires_at=clock.now() + CODE_LIFE,
        )
        session.add(code)
        session.flush()
        if _may_be_written_to(address):
            queue_letter(
                LETTER,
                event=letter_event(code.public_id),
                recipient=address,
                domain=mail_domain,
                context={"code": code.public_id},
            )


def confirm_address(viewer: Viewer, public_id: str, typed: str) -> None:
    """Type the code: the employment is verified, code and letter are gone, the digest stays.

    Raises NotThere, WrongCode, AddressUsed, or TooOften after ten tries in an hour.
    """
    found = queries.employment(viewer, public_id)
    limits.spend(limits.WORK_CODE, str(viewer.user_id))
    with transaction() as session:
        own_turn(viewer.user_id)
        code = queries.work_code(viewer, found.id)
        if code is None or not _same(typed, code.public_id):
            raise WrongCode
        forget_codes(viewer)
        session.execute(
            update(Employment)
            .where(Employment.user_id == viewer.user_id)
            .where(Employment.address_digest == code.address_digest)
            .values(address_digest=None)
        )
        verified = _verify(viewer, found.id, code)
    limits.forget(limits.WORK_CODE, str(viewer.user_id))
    if not verified:
        raise AddressUsed


def code_of(public_id: str) -> str:
    """The eight digits in the letter, derived again whenever it is rendered."""
    number = int(seal.keyed_digest("work code", public_id), 16) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}}"


def _check_address(address: str) -> None:
    if domains.is_open_to_all(address):
        raise OpenToAll
    if domains.is_shared(address):
        raise SharedMailbox


def _may_be_written_to(address: str) -> bool:
    """Past its limit the letter is left out without a word: a stranger must not learn of it."""
    try:
        limits.spend(limits.MAIL_FLOOD, address)
    except TooOften:
        return False
    return True


def _verify(viewer: Viewer, employment_id: int, code: WorkCode) -> bool:
    """False when the address verified somebody else."""
    is_change = workplaces.may_have_been_admitted(viewer.user_id)
    values = {
        "verified_on": clock.today(),
        "verified_domain": code.domain,
        "address_digest": code.address_digest,
    }
    if is_change:
        values["changed_on"] = clock.today()
    try:
        with savepoint() as session:
            session.execute(
                update(Employment).where(Employment.id == employment_id).values(**values)
            )
    except Conflict:
        return False
    return True


def _same(typed: str, public_id: str) -> bool:
    digits = "".join(letter for letter in typed if letter.isdecimal())
    return hmac.compare_digest(digits.encode(), code_of(public_id).encode())
