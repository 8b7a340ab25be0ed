from collections.abc import Callable

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.mail.delivery import Carrier
from forum.mail.outbox import queue_letter
from forum.mail.render import Context
from forum.models.outbox import Job, Letter

Wanted = Callable[[Letter], Context | None]


@pytest.fixture
def carrier(app_context: None) -> Callable[..., Carrier]:
    """A development mailbox for letters of the kind "join", which say what the test wants."""

    def make(context: Wanted | None = None, *, shows_letters: bool = True) -> Carrier:
        said = context or (lambda letter: Context(letter.recipient, {"link": "/confirm/x"}))
        return Carrier("Cahoots", "https://forum.site", {"join": said}, shows_letters)

    return make


def queue(event: str = "proof:abc", recipient: str = "ana@site.example", **more: object) -> None:
    queue_letter("join", event=event, recipient=recipient, domain="forum.site", **more)


def letters() -> list[Letter]:
    found = select(Letter).order_by(Letter.event, Letter.recipient)
    return list(db.session.execute(found, execution_options={"populate_existing": True}).scalars())


def jobs() -> list[Job]:
    found = select(Job).order_by(Job.due_at)
    return list(db.session.execute(found, execution_options={"populate_existing": True}).scalars())
