"""One message, in two steps: the entry that threading needs, and later, once its place is known,
its text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from forum.cli.importing.reading.archives import Position, RawMessage
from forum.cli.importing.reading.dates import Sent, sent_at
from forum.mailbox.reading.charsets import guess
from forum.mailbox.reading.headers import Headers, split_message
from forum.mailbox.reading.parts import Contents, read_contents
from forum.mailbox.reading.people import Sender, sender_of
from forum.mailbox.reading.subjects import MAX_SUBJECT_CHARS

MAX_ID_CHARS = 400
MAX_REFERENCES = 100
ANGLED = re.compile(rb"<([^<>]{1,1000})>")
BARE_ID = re.compile(rb"[^\s<>\"'(),;]{1,300}@[^\s<>\"'(),;]{1,200}")
QUOTING = re.compile(
    rb"(?im)^(?:>"
    rb"|.{0,200}\b(?:wrote|writes|schrieb|crit|escribi|schreef|skrev|scritto)\b.{0,20}:[ \t]*$"
    rb"|-{2,20} ?(?:Original|Urspr|Message d'origine|Mensaje original))"
)
LIST_FOOTER = re.compile(
    rb"(?m)^(?:> ?)*_{30,}\n(?:> ?)*([A-Za-z0-9._-]{2,60}) (?:mailing list|maillist)"
)
FOLDER_DATA = "folder internal data"


class Unreadable(Exception):
    """A message that cannot be imported; the text says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a message from its headers, small enough to hold for each of a million."""

    position: Position
    message_id: str
    references: tuple[str, ...]
    subject: str
    sender: Sender
    sent: Sent
    quotes: bool
    list_names: frozenset[str]


def read_entry(position: Position, raw: RawMessage, now: datetime) -> Entry:
    """Read a message's headers.

    Raises Unreadable when it has none, or is a mail program's own book-keeping.
    """
    headers, body = split_message(raw.data)
    if not headers.fields:
        raise Unreadable("no headers" if raw.data.strip() else "empty")
    subject = headers.text("subject")[:MAX_SUBJECT_CHARS]
    if FOLDER_DATA in subject.lower():
        raise Unreadable("a mail program's folder data")
    received = [guess(value) for value in headers.all_raw("received")]
    envelope = guess(raw.envelope)
    return Entry(
        position=position,
        message_id=message_id(headers, body),
        references=references(headers),
        subject=subject,
        sender=sender_of(headers, envelope),
        sent=sent_at(headers.plain("date"), received, stamp(envelope), now),
        quotes=bool(QUOTING.search(body, 0, 200_000)),
        list_names=list_names(headers, body),
    )


def read_text(raw: RawMessage) -> Contents:
    """Read a message's text and the names of its attachments."""
    headers, body = split_message(raw.data)
    contents = read_contents(headers, body)
    if raw.cut:
        contents.notes.append("over 12 MB: only its beginning was read")
    return contents


def message_id(headers: Headers, body: bytes) -> str:
    """The Message-ID, or one made from author, date, subject and text, the same on every run."""
    given = ids(headers.raw("message-id"))
    if given:
        return given[0]
    whole = hashlib.sha256()
    for part in (*map(headers.raw, ("from", "date", "subject")), body.strip()):
        whole.update(hashlib.sha256(part).digest())
    return f"{whole.hexdigest()[:32]}@without-message-id"


def references(headers: Headers) -> tuple[str, ...]:
    """Ids of earlier messages, oldest first and nearest last; of a long chain the first and the
    last 99.
    """
    chain = ids(headers.raw("references"))
    answered = [found for found in ids(headers.raw("in-reply-to"))[:3] if found not in chain]
    merged = [*chain[:-1], *answered, *chain[-1:]]
    unique = list(dict.fromkeys(merged))
    return tuple(
        unique if len(unique) <= MAX_REFERENCES else [unique[0], *unique[-MAX_REFERENCES + 1 :]]
    )


def ids(value: bytes) -> list[str]:
    found = ANGLED.findall(value) or BARE_ID.findall(value)
    return [guess(b"".join(one.split()))[:MAX_ID_CHARS] for one in found if one.strip()]


def stamp(envelope: str) -> str:
    """The date of a From_ line: what follows the address."""
    return envelope.partition(" ")[2].replace(" at ", " ", 1)


def list_names(headers: Headers, body: bytes) -> frozenset[str]:
    """What the list is called, to know its tag in subjects: from List-Id, List-Post and Mailman's
    footer.
    """
    names = re.findall(
        r"<([^<>.@]{2,60})[.@]", headers.plain("list-id") + headers.plain("x-mailing-list")
    )
    names += re.findall(r"mailto:([^@<>\s]{2,60})@", headers.plain("list-post"))
    names += [guess(name) for name in LIST_FOOTER.findall(body, 0, 200_000)[:3]]
    return frozenset(name.casefold() for name in names)
