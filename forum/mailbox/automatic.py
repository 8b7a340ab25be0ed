"""Whether a program wrote a mail and not a person (RFC 3834 and what is met besides it)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from forum.mailbox.reading.headers import Headers
from forum.mailbox.reading.parts import describe, parameter
from forum.mailbox.reading.people import read_sender
from forum.mailbox.verdicts import Verdict

MAX_RECIPIENTS = 50
QUICK_SECONDS = 90.0
"""Nobody answers a letter sooner; asked only where the subject looks like a program's too."""
ANSWERING = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-mail-autoreply")
LOOPING = ("x-ms-exchange-inbox-rules-loop", "x-loop")
PRECEDENCE = {
    "bulk": Verdict.BULK,
    "junk": Verdict.BULK,
    "auto_reply": Verdict.AUTO_REPLY,
    "auto-reply": Verdict.AUTO_REPLY,
}
DAEMON = re.compile(r"(?i)mailer-daemon@|postmaster@.*|<>")
OUR_PART = re.compile(r"(?:notify|noreply|no-reply)|[rub][+-][a-z2-7]{10,}")
AWAY = re.compile(
    r"(?i)\s*(?:auto(?:matic(?:ally)?|mated)?[ -]?(?:generated )?(?:reply|response|antwort"
    r"|svar|odpov\w*)"
    r"|auto ?: |out of (?:the )?office|(?:i am|i'm) (?:away|on (?:holiday|vacation|leave))"
    r"|on vacation"
    r"|automatische antwort|abwesen\w+|außer haus|réponse automatique|absen(?:ce|t)\b"
    r"|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori sede"
    r"|resposta automática"
    r"|ausência|automatisch antwoord|afwezig\w*|autosvar|frånvaro\w*|automatisk svar|fravær\w*"
    r"|automaattinen vastaus|poissa\w*|odpowiedź automatyczna|autoodpowied\w*|automatická odpov\w+"
    r"|automatikus válasz|răspuns automat|автоматический ответ|автоответ|автоматична відповідь"
    r"|αυτόματη απάντηση|otomatik yanıt|תשובה אוטומטית|מענה אוטומטי|رد تلقائي|자동 (?:응답|회신)"
    r"|自动(?:回复|答复)|自動(?:回覆|応答|返信)|不在|trả lời tự động|balasan otomatis"
    r"|ตอบกลับอัตโนมัติ|स्वचालित)"
)


def verdict_on(
    headers: Headers,
    calendars: Sequence[str] = (),
    *,
    reply_address: str = "",
    seconds_after: float | None = None,
) -> Verdict | None:
    """What kind of a program's mail this is; None for a person's.

    `seconds_after` is how long after the letter it answers it came, where that is known. That a
    mail asks for no automatic answers (X-Auto-Response-Suppress) says nothing: Exchange lets
    people's mails say so.
    """
    described = describe(headers)
    kind = described.get_content_type()
    if kind == "multipart/report":
        report = parameter(described, "report-type").lower()
        return Verdict.RECEIPT if report == "disposition-notification" else Verdict.BOUNCE
    if any(calendars):
        return Verdict.CALENDAR
    if is_from_nobody(headers):
        return Verdict.BOUNCE
    return (
        answered_by_program(headers)
        or sent_to_many(headers)
        or our_own(headers, reply_address)
        or away(headers, seconds_after)
    )


def is_from_nobody(headers: Headers) -> bool:
    returned = headers.plain("return-path")
    return returned.replace(" ", "") == "<>" or bool(DAEMON.match(sender(headers)))


def sender(headers: Headers) -> str:
    return read_sender(headers.text("from")).address


def answered_by_program(headers: Headers) -> Verdict | None:
    submitted = headers.plain("auto-submitted").partition(";")[0].strip().lower()
    if submitted and submitted != "no":
        return Verdict.AUTO_REPLY
    if any(headers.raw(name) for name in ANSWERING):
        return Verdict.AUTO_REPLY
    return Verdict.LOOP if any(headers.raw(name) for name in LOOPING) else None


def sent_to_many(headers: Headers) -> Verdict | None:
    precedence = headers.plain("precedence").lower()
    if precedence in PRECEDENCE:
        return PRECEDENCE[precedence]
    if headers.raw("list-id"):
        return Verdict.LIST
    recipients = headers.text("to").count("@") + headers.text("cc").count("@")
    return Verdict.BULK if recipients > MAX_RECIPIENTS else None


def our_own(headers: Headers, reply_address: str) -> Verdict | None:
    """From our own address, or from one only we use."""
    local, _at, host = sender(headers).partition("@")
    ours = reply_address.lower().rpartition("@")[2].removeprefix("reply.")
    if not ours or not (host == ours or host.endswith(f".{ours}")):
        return None
    return Verdict.LOOP if OUR_PART.fullmatch(local) else None


def away(headers: Headers, seconds_after: float | None) -> Verdict | None:
    """An out-of-office subject counts only where nothing else says that a person answers."""
    if not AWAY.match(headers.text("subject")):
        return None
    quick = seconds_after is not None and seconds_after < QUICK_SECONDS
    answers = headers.raw("in-reply-to").strip() or headers.raw("references").strip()
    return Verdict.AUTO_REPLY if quick or not answers else None
