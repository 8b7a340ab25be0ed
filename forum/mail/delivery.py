"""Handing a letter to what carries it.

Sending by SMTP is not built yet. In development the letters page shows each letter, so one counts
as sent when it has been rendered without error; elsewhere letters wait in the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from forum.core import clock
from forum.core.db import db, transaction
from forum.mail.outbox import DISCREET
from forum.mail.render import ContextOf, Rendered, render
from forum.models.outbox import Letter, LetterState

FORGOTTEN = frozenset({"work_code"})
"""Kinds of letters whose row is erased once they are sent or no longer wanted: it holds an address
that nobody may find here (access-and-privacy, "No trace outside")."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where letters go and how they name the site."""

    site_name: str
    site_url: str
    contexts: Mapping[str, ContextOf]
    shows_letters: bool
    """Development: the letters page is the mailbox of everybody."""


class NoCarrier(Exception):
    """Nothing takes mail away yet; the job should come back later, uncounted."""

    wait = timedelta(hours=1)


def read(letter: Letter, carrier: Carrier) -> Rendered | None:
    """The letter as it would go out now; None when it is no longer wanted."""
    context = carrier.contexts[letter.kind](letter)
    if context is None:
        return None
    return render(letter, context, site_name=carrier.site_name, site_url=carrier.site_url)


def deliver(letter_id: int, carrier: Carrier) -> None:
    """Deliver one queued letter. NoCarrier when nothing can take it.

    Of a DISCREET one it stands nowhere whether it went out: sent or not, it is settled.
    """
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.state is not LetterState.QUEUED:
        return
    if not carrier.shows_letters:
        raise NoCarrier
    rendered = read(letter, carrier)
    if letter.kind == DISCREET:
        stamp(letter, LetterState.SETTLED)
    elif rendered is None:
        stamp(letter, LetterState.CANCELLED)
    else:
        stamp(letter, LetterState.SENT, "shown on the letters page", still_shown=True)


def stamp(
    letter: Letter, state: LetterState, answer: str | None = None, *, still_shown: bool = False
) -> None:
    """Write down what became of a letter; the row of a kind to be FORGOTTEN is erased instead.

    `still_shown`: its row is the only mailbox there is, so it stays until what it says is used.
    """
    with transaction() as session:
        if letter.kind in FORGOTTEN and not still_shown:
            session.execute(delete(Letter).where(Letter.id == letter.id))
            return
        letter.attempts += 1
        letter.state, letter.answer = state, answer
        if state is LetterState.SENT:
            letter.sent_at = clock.now()
