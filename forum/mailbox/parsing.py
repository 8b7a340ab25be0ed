"""One mail, from its bytes to its writer's words and a verdict; nothing is posted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from forum.mailbox.attachments import Attachment, listed
from forum.mailbox.automatic import verdict_on
from forum.mailbox.reading.headers import Headers, split_message
from forum.mailbox.reading.html_text import html_to_text
from forum.mailbox.reading.parts import TOO_MANY, Contents, describe, read_contents
from forum.mailbox.reading.people import read_sender
from forum.mailbox.replies.frames import Known
from forum.mailbox.replies.parser import Answered, own_words
from forum.mailbox.scrubbing import scrubbed
from forum.mailbox.verdicts import Verdict

MAX_MAIL_BYTES = 12_000_000
MAX_HEADER_BYTES = 65_536
OPAQUE = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
ARMOURED = re.compile(r"\s*-----BEGIN PGP MESSAGE-----")


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter of ours that a mail answers; whatever is not known of it is ""."""

    text: str = ""
    html: str = ""
    from_name: str = ""
    reply_address: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What would be taken from a mail: words only when the verdict is "reply"."""

    verdict: Verdict
    reply: str = ""
    cut: str = ""
    matched: bool = False
    attachments: list[Attachment] = field(default_factory=list)


def parse(raw: bytes, letter: Letter) -> Parsed:
    """Read a mail and take its writer's words.

    Up to 12 MB, 64 kB of headers, 50 parts, 10 levels; beyond, the verdict says so. Where a
    program wrote it, all of its text is cut.
    """
    if len(raw) > MAX_MAIL_BYTES:
        return Parsed(Verdict.TOO_LARGE)
    data = one_kind_of_line_end(raw)
    if not data.strip():
        return Parsed(Verdict.ERROR)
    headers, body = split_message(data)
    if len(data) - len(body) > MAX_HEADER_BYTES:
        return Parsed(Verdict.TOO_LARGE)
    contents = read_contents(headers, body)
    refused = refusal(headers, contents, letter)
    if refused is not None:
        return Parsed(refused, cut=clean(contents.text, letter))
    return taken(headers, contents, letter)


def one_kind_of_line_end(raw: bytes) -> bytes:
    data = raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").lstrip(b"\n")
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def refusal(headers: Headers, contents: Contents, letter: Letter) -> Verdict | None:
    found = verdict_on(headers, contents.calendars, reply_address=letter.reply_address)
    if found is not None:
        return found
    if TOO_MANY in contents.notes:
        return Verdict.TOO_MANY_PARTS
    opaque = describe(headers).get_content_type() in OPAQUE
    if opaque or ARMOURED.match(contents.text):
        return Verdict.ENCRYPTED
    return None


def taken(headers: Headers, contents: Contents, letter: Letter) -> Parsed:
    known = Known(letter.from_name, letter.reply_address, letter.subject)
    answered = Answered(letter.text, html_to_text(letter.html), known)
    sender = read_sender(headers.text("from")).name
    words = own_words(contents.text, answered, sender, contents.signatures)
    reply, cut = clean(words.reply, letter), clean(words.cut, letter)
    attachments = listed(contents.files)
    said = bool(reply.strip() or attachments)
    verdict = Verdict.REPLY if said else Verdict.EMPTY
    return Parsed(verdict, reply, cut, words.matched, attachments)


def clean(text: str, letter: Letter) -> str:
    """In NFC, and without addresses that would let others answer in somebody's name."""
    return scrubbed(unicodedata.normalize("NFC", text), letter.reply_address)
