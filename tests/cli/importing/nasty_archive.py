"""Archives of any size with the nasty properties of real ones, the same for the same seed."""

from __future__ import annotations

import base64
import quopri
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.utils import format_datetime
from pathlib import Path

WORDS = (
    "budget pilot sponsor supplier margin store roof energy ledger contract hiring harvest route "
    "clinic licence payroll audit shelf freight tender lease union boiler turbine orchard dock "
    "grant quota refund rota wagon yard vessel valve textile tariff survey surplus stock"
).split()
ACCENTED = ("Prüfung", "début", "señal", "größer", "façade", "mañana")
CHARSETS = ("utf-8", "iso-8859-1", "windows-1252", "x-unknown", "us-ascii", "nonsense-8")
BAD_DATES = (
    "",
    "Thu, 1 Jan 1970 00:00:00 +0000",
    "Fri, 1 Jan 2038 00:00:00 +0000",
    "sometime last week",
    "31 Feb 2003 25:61:00",
)
START = datetime(2001, 3, 5, 8, 0, tzinfo=UTC)


@dataclass
class Made:
    """One message as made: what a reader of the archive should find in it."""

    number: int
    message_id: str
    own: list[str]
    at: datetime
    parent: Made | None = None
    subject: str = ""
    references: list[str] = field(default_factory=list)


class NastyArchive:
    """Makes messages one by one; `made` remembers what each truly said."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.made: list[Made] = []

    def messages(self, count: int) -> Iterator[bytes]:
        """Yield `count` messages with their From_ lines, ready to be joined into an mbox."""
        for number in range(count):
            made = self.next_message(number)
            self.made.append(made)
            yield self.written(made)

    def write(self, path: Path, count: int) -> Path:
        with path.open("wb") as file:
            for message in self.messages(count):
                file.write(message)
        return path

    def next_message(self, number: int) -> Made:
        recent = self.made[-300:]
        parent = self.chance.choice(recent) if recent and self.chance.random() < 0.8 else None
        own = [self.sentence(number) for _ in range(self.chance.randint(1, 12))]
        made = Made(
            number, f"m{number}.{number * 7919 % 9973}@list.example", own, self.moment(number)
        )
        made.parent = parent
        made.subject = (
            parent.subject if parent else f"{self.sentence(number)[:50].strip()} {number}"
        )
        if parent:
            made.references = [*parent.references[-20:], parent.message_id]
        return made

    def moment(self, number: int) -> datetime:
        return START + timedelta(hours=3 * number, minutes=self.chance.randint(0, 59))

    def sentence(self, number: int) -> str:
        words = self.chance.choices(WORDS, k=self.chance.randint(4, 11))
        if self.chance.random() < 0.2:
            words.append(self.chance.choice(ACCENTED))
        return f"{' '.join(words).capitalize()} {number}{self.chance.randint(100, 999)}."

    def written(self, made: Made) -> bytes:
        body = self.body(made)
        charset = self.chance.choice(CHARSETS)
        real = charset if charset in {"utf-8", "iso-8859-1", "windows-1252"} else "windows-1252"
        data = body.encode(real, "replace").replace(b"\nFrom ", b"\n>From ")
        headers = self.headers(made)
        if self.chance.random() < 0.15:
            headers, data = self.multipart(headers, data, charset)
        else:
            headers, data = self.encoded(headers, data, charset)
        stamp = made.at.strftime("%a %b %d %H:%M:%S %Y")
        whole = f"From writer@list.example {stamp}\n".encode() + headers + b"\n" + data
        ending = b"" if whole.endswith(b"\n\n") else b"\n" if whole.endswith(b"\n") else b"\n\n"
        return self.with_odd_line_ends(whole + ending)

    def headers(self, made: Made) -> bytes:
        author = made.number * 31 % 211
        lines = [f"From: Writer {author} <writer{author}@firm{author % 17}.example>"]
        date = format_datetime(made.at)
        if self.chance.random() < 0.05:
            date = self.chance.choice(BAD_DATES)
        lines += [f"Date: {date}"] if date else []
        lines.append(f"Subject: {self.subject(made)}")
        if self.chance.random() > 0.01:
            lines.append(f"Message-ID: <{made.message_id}>")
        if made.parent and self.chance.random() < 0.85:
            lines.append(f"In-Reply-To: <{made.parent.message_id}>")
        if made.references and self.chance.random() < 0.7:
            lines.append("References: " + "\n ".join(f"<{one}>" for one in made.references))
        lines.append("Received: from mx by list.example; " + format_datetime(made.at))
        return "".join(line + "\n" for line in lines).encode("utf-8", "replace")

    def subject(self, made: Made) -> str:
        if not made.parent:
            title = made.subject
            return title if title.isascii() else Header(title, "utf-8").encode()
        mark = self.chance.choice(("Re: ", "RE: ", "AW: ", "Re: [list] ", "[list] Re: ", "Re[2]: "))
        text = mark + made.subject
        return text if text.isascii() else Header(text, "iso-8859-1").encode()

    def body(self, made: Made) -> str:
        own = "\n".join(made.own)
        signature = (
            "\n-- \nWriter\nTelephone +1 555 010 0199\n" if self.chance.random() < 0.4 else ""
        )
        footer = FOOTER if self.chance.random() < 0.5 else ""
        if made.parent is None:
            return f"Dear all,\n\n{own}\n{signature}{footer}"
        return self.reply(made, made.parent, own, signature) + footer

    def reply(self, made: Made, parent: Made, own: str, signature: str) -> str:
        said = parent.own
        quote = "\n".join(f"> {line}" for line in said)
        lead = f"On {parent.at:%a, %d %b %Y at %H:%M}, Writer <w@firm.example> wrote:"
        match self.chance.randint(0, 4):
            case 0:
                return f"{own}\n{signature}\n{lead}\n\n{quote}\n"
            case 1:
                return f"{lead}\n{quote}\n\n{own}\n{signature}"
            case 2:
                pairs = zip(said, made.own, strict=False)
                rest = "\n".join(made.own[len(said) :])
                inside = "\n\n".join(f"> {theirs}\n\n{mine}" for theirs, mine in pairs)
                return f"{lead}\n{inside}\n\n{rest}\n{signature}"
            case 3:
                block = "\n".join(said)
                head = (
                    "-----Original Message-----\nFrom: Writer\nSent: Monday\nTo: list\nSubject: it"
                )
                return f"{own}\n{signature}\n{head}\n\n{block}\n"
            case _:
                return f"{own}\n{signature}"

    def encoded(self, headers: bytes, data: bytes, charset: str) -> tuple[bytes, bytes]:
        kind = self.chance.choice(("8bit", "quoted-printable", "base64", "8bit"))
        headers += f'Content-Type: text/plain; charset="{charset}"\n'.encode()
        headers += f"Content-Transfer-Encoding: {kind}\n".encode()
        if kind == "quoted-printable":
            data = quopri.encodestring(data)
        elif kind == "base64":
            data = base64.encodebytes(data)
        return headers, data

    def multipart(self, headers: bytes, data: bytes, charset: str) -> tuple[bytes, bytes]:
        headers += b'Content-Type: multipart/mixed; boundary="=_part"\n'
        page = b"<html><body><p>Only <b>markup</b></p></body></html>"
        body = (
            b"--=_part\nContent-Type: text/plain; charset="
            + charset.encode()
            + b"\n\n"
            + data
            + b"\n--=_part\nContent-Type: application/pdf; name=plan.pdf\n\nJVBERi0=\n--=_part--\n"
        )
        if self.chance.random() < 0.3:
            body = (
                b'--=_part\nContent-Type: multipart/alternative; boundary="=_alt"\n\n'
                b"--=_alt\nContent-Type: text/plain; charset="
                + charset.encode()
                + b"\n\n"
                + data
                + b"\n--=_alt\nContent-Type: text/html\n\n"
                + page
                + b"\n--=_alt--\n--=_part--\n"
            )
        return headers, body

    def with_odd_line_ends(self, message: bytes) -> bytes:
        return message.replace(b"\n", b"\r\n") if self.chance.random() < 0.1 else message


FOOTER = (
    "\n_______________________________________________\n"
    "List mailing list\nlist@list.example\nhttps://list.example/listinfo/list\n"
)
