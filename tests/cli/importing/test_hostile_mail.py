"""Mail made to hold an importer up: each kind costs a bounded time, and its words come out."""

import time

import pytest

from forum.cli.importing.reading.messages import read_text
from forum.cli.importing.words import words_of
from forum.mailbox.folding.comparing import Heard
from tests.cli.importing.small_mail import entry, message, raw

MAX_CPU_SECONDS = 5.0
BOUNDARY = {"Content_Type": 'multipart/mixed; boundary="b"'}
HTML = {"Content_Type": "text/html"}

MAILS = {
    "20,000 parts": ("--b\nContent-Type: text/plain\n\nx\n" * 20_000, BOUNDARY),
    "5,000 parts in each other": (
        "".join(
            f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(5_000)
        ),
        {"Content_Type": "multipart/mixed; boundary=b0"},
    ),
    "5,000 messages in each other": (
        "--b\n" + "Content-Type: message/rfc822\n\nSubject: x\n" * 5_000,
        {"Content_Type": "multipart/digest; boundary=b"},
    ),
    "280 kB of encoded words": ("x", {"Subject": "=?utf-8?q?abc?= " * 17_500}),
    "a megabyte of headers": ("x", {"Header": "y\nHeader: z" * 100_000}),
    "a header folded 100,000 times": ("x", {"Header": "y\n z" * 100_000}),
    "100,000 references": ("x", {"References": " ".join(f"<{n}@x>" for n in range(100_000))}),
    "brackets in From": ("x", {"From": "(" * 100_000}),
    "a date of brackets": ("x", {"Date": "(" * 100_000}),
    "parameters without end": ("x", {"Content_Type": "text/plain;" + 'a="\\";' * 50_000}),
    "tags never closed": ("<a " * 300_000, HTML),
    "comments never closed": ("<!--" * 250_000, HTML),
    "quotes in quotes": ("<blockquote>x" * 80_000, HTML),
    "ampersands": ("&" * 1_000_000, HTML),
    "links in links": ("<a href=http://x>y" * 60_000 + "</a>" * 60_000, HTML),
    "one long line": ("x" * 1_000_000, {}),
    "one long address": ("a@" + "b." * 200_000, {}),
    "at after at": ("a@" * 200_000, {}),
    "words with dots": ("@ " + "abc." * 100_000, {}),
    "quote marks": (">" * 400_000, {}),
    "quotes by turns": ("> x\ny\n" * 60_000, {}),
    "signatures": ("-- \nx\n" * 80_000, {}),
    "attributions": ("On Mon, 5 Jan 2009 10:00, Bo wrote:\nxx\n" * 10_000, {}),
    "header blocks": ("From: x\nSent: y\nTo: z\n" * 20_000, {}),
    "armour": ("-----BEGIN PGP MESSAGE-----\n" * 14_000, {}),
    "uuencoded files never ended": ("begin 644 x\nM\n" * 30_000 + "\nend", {}),
    "footers": ("_" * 30 + "\nx mailing list\n" * 8_000, {}),
    "accents on one letter": ("a" + "\u0301" * 190_000, {}),
    "flowed without end": ("x \n" * 130_000, {"Content_Type": "text/plain; format=flowed"}),
    "seven-bit Unicode": ("+" * 1_000_000, {"Content_Type": "text/plain; charset=utf-7"}),
    "equals signs": ("=" * 1_000_000, {"Content_Transfer_Encoding": "quoted-printable"}),
    "base64 of nothing": ("!" * 1_000_000, {"Content_Transfer_Encoding": "base64"}),
}


@pytest.mark.parametrize("name", MAILS)
def test_no_mail_holds_the_import_up(name):
    body, headers = MAILS[name]
    data = message(body, **headers)
    heard = Heard()
    heard.add("something was said before\n" * 50)
    started = time.process_time()
    entry(data)
    words = words_of(read_text(raw(data)), heard)
    assert time.process_time() - started < MAX_CPU_SECONDS
    assert 0 < len(words.source) <= 100_000


def test_a_text_over_the_limit_is_cut_with_a_notice():
    words = words_of(read_text(raw(message("word " * 50_000))), Heard())
    assert len(words.source) <= 100_000
    assert words.source.endswith("too long to be imported.]")
    assert "text cut to 100,000 characters" in words.notes
