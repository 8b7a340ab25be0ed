"""Handing a letter to what carries it.

Sending by SMTP is not built yet. In development the letters page shows each letter, so one counts
as sent when it has been rendered without error; elsewhere letters wait in the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from forum.core import clock
from forum.core.db import db, transaction
from forum.mail.render import ContextOf, Rendered, render
from forum.models.outbox import Letter, LetterState


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
    """Deliver one queued letter. NoCarrier when nothing can take it."""
    letter = db.session.get(Letter, letter_id)
    if letter is None or letter.state is not LetterState.QUEUED:
        return
    if not carrier.shows_letters:
        raise NoCarrier
    rendered = read(letter, carrier)
    with transaction():
        letter.attempts += 1
        if rendered is None:
            letter.state = LetterState.CANCELLED
        else:
            letter.state, letter.sent_at = LetterState.SENT, clock.now()
            letter.answer = "shown on the letters page"
