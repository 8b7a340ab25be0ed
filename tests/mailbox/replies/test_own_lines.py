"""Lines that look like a frame, a signature or a quote and are their writer's own."""

import pytest

from forum.mailbox.parsing import parse
from tests.mailbox.corpus.by_hand import LETTER, filled
from tests.mailbox.corpus.mails import Case

HEAD = (
    "From: Bo Lind <bo@home.example>\nSubject: Re: it\nContent-Type: text/plain; charset=utf-8\n\n"
)
OUTLOOK = (
    "From: Ana Novak (Cahoots) <notify@cahoots.example>\nSent: Monday, November 3, 2025 9:14 AM\n"
    "To: bo@home.example\nSubject: Re: [Supply chain] Pilot\n\n{letter}"
)
SHAPES = {
    "above a quote": "OWN\n\n{on}\n\n{wrapped}",
    "above a copy": "OWN\n\n" + OUTLOOK,
    "below a quote": "{on}\n\n{wrapped}\n\nOWN",
}
OWN = (
    "When: Tuesday 9:30\nWhere: Bristol, bo@home.example\nWho: Ana Novak\n\nOk?",
    "Agenda:\n09:00 Ana Novak\n10:00 Bo\n2025 budget:",
    "1) yes\n2) no\n3) Ana Novak: maybe",
    "I asked bo@firm.example on 3.11.2025:",
    "Ana Novak,\n\nI wrote to procurement on Monday.",
    "> quoted by me from a book\n\nNice line, isn't it?",
    "***\n\nThree stars above",
    "-----\nrule first",
    "ok -- fine\n-- really",
    "Total: 5\nTax: 3\nSubject: change",
    "Re: your question: yes.",
    "Sent from my heart.",
    "I got Outlook for Windows to work.",
    "Get Outlook to behave, please",
    "We use Android tablets in the shop, sent by the head office",
    "Regards to your team!\nBo Lind",
    "Kind regards,\nBo Lind\nBristol",
    "http://example.org",
    "ana@cahoots.example is the address I meant, in 2025:",
    "Le 5 mai à 10:00 ?",
    "Am Dienstag um 9:00 schrieb ich schon:",
    "On Tuesday at 9:30 we meet:",
    "@Ana yes",
    "- [ ] item\n- [x] done",
    "* a\n* b\n\n* c",
    "“Is 20k enough?” – no!",
    '"What about the budget?" Nothing yet.',
    "Best,\nAna",
    "Hi Bo,\n\nthat was your greeting.",
    "Can you send me the contract?",
    "This email is confidential, please treat it as such, and notify the sender of the message.",
    "See below my signature.\n\nBo\n+44 7700 900123",
    "PPS. one more\nPS: two",
    "<b>bold</b> & more",
    "a > b\nb > c",
    "__init__.py is the file",
    "Unsubscribe me",
    "今日は\n\n> 引用です\n\nどう思いますか",
    "אני מסכים\n\nבו",
    "Ja.\nNein.\nVielleicht.",
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("own", OWN)
def test_they_are_taken(own, shape):
    raw = (HEAD + filled(SHAPES[shape]).replace("OWN", own)).encode()
    case = Case(shape, raw, LETTER, (own,))
    assert parse(raw, case.letter).reply.split() == own.split()
