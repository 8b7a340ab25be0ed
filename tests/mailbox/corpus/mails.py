"""Answers put together from languages, programs and ways of quoting, each with what its writer
said.
"""

import textwrap
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import cycle, islice, product

from forum.mailbox.parsing import Letter
from tests.mailbox.corpus import clients, letters
from tests.mailbox.corpus.clients import Draft
from tests.mailbox.corpus.languages import LANGUAGES

CARD = [
    "Bo Lind",
    "Head of Stores | Northwind Trading Ltd",
    "Tel. +44 20 7946 0018",
    "www.northwind.example",
]
DISCLAIMER = (
    "This e-mail is confidential and meant for the intended recipient only. If you received it in"
    " error, please notify the sender and delete it. It may hold privileged information."
)
ENDINGS = {
    "": [],
    "signature": ["", "-- ", "Bo Lind", "Northwind Trading, Bristol"],
    "device": ["", "{device}"],
    "card": ["", "{closing}", *CARD],
    "disclaimer": ["", "_____________", DISCLAIMER],
    "app": ["", "Get Outlook for Android<https://aka.ms/AAb9ysg>"],
}
CHARSETS = {
    "ru": "koi8-r",
    "bg": "windows-1251",
    "ja": "iso-2022-jp",
    "zh": "gb18030",
    "ko": "euc-kr",
    "he": "windows-1255",
    "ar": "windows-1256",
    "el": "iso-8859-7",
    "pl": "iso-8859-2",
    "tr": "iso-8859-9",
    "de": "iso-8859-1",
}


@dataclass(frozen=True)
class Case:
    """A mail, the letter it answers, and its writer's words."""

    name: str
    raw: bytes
    sent: letters.Sent
    said: tuple[str, ...]

    @property
    def letter(self):
        return Letter(
            self.sent.text,
            self.sent.html,
            self.sent.shown_name,
            letters.REPLY_ADDRESS,
            self.sent.subject,
        )


def mail(plain=None, html=None, *, charset="utf-8", transfer="quoted-printable", subject="Re: it"):
    """A mail with a plain text, an HTML one or both."""
    made = EmailMessage()
    made["From"] = "Bo Lind <bo.lind@home.example>"
    made["To"] = letters.REPLY_ADDRESS
    made["Subject"] = subject
    made["Date"] = "Mon, 03 Nov 2025 10:20:00 +0100"
    made["Message-ID"] = "<a1@home.example>"
    made["In-Reply-To"] = "<p.w9n3h6zs@cahoots.example>"
    if plain is not None:
        made.set_content(plain + "\n", charset=charset, cte=transfer)
        if html is not None:
            made.add_alternative(html, subtype="html", charset="utf-8", cte="base64")
    else:
        made.set_content(html, subtype="html", charset=charset, cte=transfer)
    return made.as_bytes()


def in_charset(text, code):
    """The charset of a language where the text fits into it, else UTF-8."""
    charset = CHARSETS.get(code, "utf-8")
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return "utf-8"
    return charset


def paragraphs(words):
    return "\n\n".join("\n".join(textwrap.wrap(word, 72, break_long_words=False)) for word in words)


def ending(kind, language):
    filled = [
        line.format(device=language.device, closing=language.closing) for line in ENDINGS[kind]
    ]
    return "\n".join(filled)


def top_posted():
    """Each program with several languages; each language at least twice."""
    codes, kinds, sent = cycle(LANGUAGES), cycle(ENDINGS), cycle(letters.LETTERS)
    for round_number, client in product(range(4), clients.PLAIN):
        code, kind, letter = next(codes), next(kinds), next(sent)
        if client is clients.bare_quote and round_number > 1:
            letter = letters.LONG
        language = LANGUAGES[code]
        text = "\n".join(
            [paragraphs(language.words), ending(kind, language), *client(Draft(letter, language))]
        )
        raw = mail(text, charset=in_charset(text, code), transfer="base64")
        yield Case(f"top {client.__name__} {code} {kind}", raw, letter, language.words)


def bottom_posted():
    codes, kinds, sent = cycle(reversed(LANGUAGES)), cycle(ENDINGS), cycle(letters.LETTERS)
    for client in (*clients.MARKING, *clients.MARKING):
        code, kind, letter = next(codes), next(kinds), next(sent)
        language = LANGUAGES[code]
        quote = "\n".join(client(Draft(letter, language))[1:])
        text = f"{quote}\n\n{paragraphs(language.words)}\n{ending(kind, language)}"
        raw = mail(text)
        yield Case(f"bottom {client.__name__} {code} {kind}", raw, letter, language.words)


def between():
    """An answer below each paragraph; the rest of the copy is deleted, or left."""
    codes, left = cycle(LANGUAGES), cycle((True, False))
    for client in clients.MARKING:
        code, keeps = next(codes), next(left)
        language, letter = LANGUAGES[code], letters.LONG
        lines = client(Draft(letter, language))[1:]
        made, words = [], list(language.words)
        for line in lines:
            made.append(line)
            if line.strip(" >") == "" and words and len(made) > 4:
                made += ["", words.pop(0), ""]
                if not words and not keeps:
                    break
        yield Case(
            f"between {client.__name__} {code}", mail("\n".join(made)), letter, language.words
        )


def inside_a_copy():
    """Answers typed into Outlook's unmarked copy."""
    codes = cycle(islice(LANGUAGES, 2, None))
    for client in (
        clients.outlook,
        clients.outlook_app,
        clients.gmx,
        clients.samsung,
        clients.notes,
    ):
        code = next(codes)
        language, letter = LANGUAGES[code], letters.LONG
        lines = client(Draft(letter, language))
        at = [lines.index(part) for part in letter.post[:3]]
        made = []
        for number, line in enumerate(lines):
            made.append(line)
            if number in at:
                made += ["", language.words[at.index(number)]]
        yield Case(
            f"inside {client.__name__} {code}", mail("\n".join(made)), letter, language.words
        )


def only_html():
    codes, sent = cycle(LANGUAGES), cycle(letters.LETTERS)
    signature = (
        '<br clear="all"><div><span class="gmail_signature_prefix">-- </span><br><div dir="ltr"'
        ' class="gmail_signature">Bo Lind<br>Northwind Trading</div></div>'
    )
    marks = cycle(("", signature, '<div id="AppleMailSignature">{device}</div>', ""))
    for client in (*clients.HTML, *clients.HTML, *clients.HTML, *clients.HTML):
        code, letter, mark = next(codes), next(sent), next(marks)
        language = LANGUAGES[code]
        page = client(Draft(letter, language), language.words, mark.format(device=language.device))
        yield Case(f"html {client.__name__} {code}", mail(html=page), letter, language.words)


def html_between():
    """Typed into the quote itself: the answer stands inside the blockquote or the copy."""
    codes = cycle(islice(LANGUAGES, 5, None))
    for client in clients.HTML:
        code = next(codes)
        language, letter = LANGUAGES[code], letters.LONG
        page = client(Draft(letter, language), [])
        for part, word in zip(letter.post[:3], language.words, strict=True):
            assert f"<p>{part}</p>" in page
            page = page.replace(f"<p>{part}</p>", f"<p>{part}</p><div>{word}</div>")
        yield Case(
            f"html between {client.__name__} {code}", mail(html=page), letter, language.words
        )


def both():
    codes = cycle(islice(LANGUAGES, 9, None))
    for plain, page in (
        (clients.gmail, clients.gmail_html),
        (clients.outlook, clients.outlook_html),
        (clients.apple, clients.apple_html),
    ):
        code = next(codes)
        language = LANGUAGES[code]
        draft = Draft(letters.GERMAN, language)
        text = "\n".join([paragraphs(language.words), *plain(draft)])
        raw = mail(text, page(draft, language.words))
        yield Case(f"both {plain.__name__} {code}", raw, letters.GERMAN, language.words)


def all_cases():
    return [
        *top_posted(),
        *bottom_posted(),
        *between(),
        *inside_a_copy(),
        *only_html(),
        *html_between(),
        *both(),
    ]
