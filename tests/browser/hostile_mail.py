"""A mailing list's archive, written by attackers."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

START = datetime(2001, 3, 5, tzinfo=UTC)


def archive_of(subjects: list[str], names: list[str], texts: list[str]) -> bytes:
    """A topic for each subject; the newest one gets a reply for each name and text."""
    roots = [
        _mail(number, subject, "List", f"Body {number}") for number, subject in enumerate(subjects)
    ]
    last = len(roots) - 1
    answers = [
        _mail(last + 1 + number, f"Re: {subjects[last]}", name, text, last)
        for number, (name, text) in enumerate(zip(names, texts, strict=True))
    ]
    return b"".join(roots + answers)


def _mail(number: int, subject: str, name: str, text: str, answers: int | None = None) -> bytes:
    sender = f"{_encoded(name)} <sender{number}@list.example>"
    above = f"In-Reply-To: <{answers}@list.example>\n" if answers is not None else ""
    head = (
        f"From sender{number}@list.example Mon Mar  5 08:00:00 2001\n"
        f"From: {sender}\nSubject: {_encoded(subject)}\nMessage-ID: <{number}@list.example>\n"
        f"Date: {format_datetime(START + timedelta(hours=number))}\n{above}"
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
    )
    return head.encode() + b64encode(text.encode()) + b"\n\n"


def _encoded(text: str) -> str:
    """As an RFC 2047 word, so that nothing in it is lost on the way."""
    return f"=?utf-8?B?{b64encode(text.encode()).decode()}?="
