"""Letters, for the development mailbox; is the database there, for the health check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select

from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.i18n import _
from forum.mail.delivery import Carrier, read
from forum.mail.render import Rendered
from forum.models.outbox import Letter

MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class LetterRow:
    public_id: str
    to: str
    subject: str
    kind: str
    at: datetime
    text: str = ""
    html: str = ""

    @property
    def url(self) -> str:
        return f"/dev/letters/{self.public_id}"

    @property
    def html_url(self) -> str:
        return f"{self.url}/html"


def letters(carrier: Carrier) -> list[LetterRow]:
    """The newest letters as they read now. Development only: in production nobody reads mail."""
    query = select(Letter).order_by(Letter.queued_at.desc()).limit(MAX_LISTED)
    return [_row(letter, read(letter, carrier)) for letter in db.session.execute(query).scalars()]


def letter(carrier: Carrier, public_id: str) -> LetterRow:
    """One letter. NotThere when there is none."""
    found = db.session.execute(select(Letter).where(Letter.public_id == public_id)).scalar()
    if found is None:
        raise NotThere
    return _row(found, read(found, carrier))


def database_answers() -> bool:
    """One statement to see that the database is there."""
    return db.session.execute(select(literal(1))).scalar() == 1


def _row(found: Letter, rendered: Rendered | None) -> LetterRow:
    if rendered is None:
        return LetterRow(
            public_id=found.public_id,
            to=found.recipient,
            subject=_("(no longer wanted: its link was used, its time is over, or nothing is new)"),
            kind=found.kind,
            at=found.queued_at,
        )
    return LetterRow(
        public_id=found.public_id,
        to=rendered.address,
        subject=rendered.subject,
        kind=found.kind,
        at=found.queued_at,
        text=rendered.text,
        html=rendered.html,
    )
