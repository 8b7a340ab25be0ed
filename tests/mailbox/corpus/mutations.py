"""Mails as no program sends them: bytes flipped, parts nested and multiplied, headers swollen."""

import random

from tests.mailbox.corpus.mails import all_cases

CHARSETS = ("utf-7", "x-unknown", "idna", "hz", "cp65001", "utf-16", "base64", "\x00", "8bit", "")
IDS = ("<[x]@y>", "<<>>", "<a@b", "@", "<\xff@\xfe>", "<" + "x" * 5_000 + "@y>")

TAGS = (b"<div>", b"<blockquote>", b"<table><tr><td>", b"<a href='http://x/", b"<!--")
WORDS = (b"a", b"a ", b"> ", b">", b"-- ", b"\xe4\xb8\xad", b"http://x/", b"@", b"a@b ", b"On 1:1 ")
LINES = (b"> Ana wrote:\n", b"a\n", b">\n", b"--\n", b"_____\n", b"\n", b"From: a <a@b.example>\n")


def mutated(seed, mails):
    """One of the mails with one to three things done to it; the same for the same seed."""
    dice = random.Random(seed)
    raw = dice.choice(mails)
    for _ in range(dice.randint(1, 3)):
        raw = dice.choice(MUTATIONS)(raw, dice)
    return raw


def mails():
    return [case.raw for case in all_cases()]


def flipped(raw, dice):
    made = bytearray(raw)
    for _ in range(dice.randint(1, 60)):
        if made:
            made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def cut_off(raw, dice):
    return raw[: dice.randrange(len(raw) + 1)]


def repeated(raw, dice):
    start = dice.randrange(len(raw) + 1)
    piece = raw[start : start + dice.randint(1, 400)]
    return raw[:start] + piece * dice.randint(2, 300) + raw[start:]


def nested(raw, dice):
    for level in range(dice.choice((12, 60, 200))):
        head = b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level)
        raw = head + raw + b"\n--b%d--\n" % level
    return raw


def in_messages(raw, dice):
    return b"Content-Type: message/rfc822\n\n" * dice.choice((5, 50, 500)) + raw


def multiplied(raw, dice):
    part = b"--b\nContent-Type: text/plain\n\nx\n"
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
    return head + part * dice.choice((49, 51, 2_000, 20_000)) + b"--b--\n"


def swollen_header(raw, dice):
    size = dice.choice((1_000, 70_000, 5_000_000))
    filler = dice.choice((b"x", b" =?utf-8?q?=C3=A4?=", b"\n a", b"<a@b>,"))
    return b"References: " + filler * (size // len(filler)) + b"\n" + raw


def many_headers(raw, dice):
    return b"".join(b"X-%d: y\n" % number for number in range(dice.choice((100, 5_000)))) + raw


def other_charset(raw, dice):
    charset = dice.choice(CHARSETS).encode("latin-1")
    return raw.replace(b'charset="utf-8"', b'charset="' + charset + b'"')


def other_encoding(raw, dice):
    encoding = dice.choice((b"base64", b"quoted-printable", b"x-uuencode", b"7bit"))
    name = b"Content-Transfer-Encoding: "
    return raw.replace(name, name + encoding + b"; ")


def other_id(raw, dice):
    return f"In-Reply-To: {dice.choice(IDS)}\n".encode("latin-1") + raw


def html_deep(raw, dice):
    tag = dice.choice(TAGS) * dice.choice((100, 3_000, 60_000))
    return b"Subject: x\nContent-Type: text/html\n\n" + tag + b"x"


def one_long_line(raw, dice):
    line = dice.choice(WORDS) * dice.choice((500, 30_000, 200_000))
    return b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" + line


def many_lines(raw, dice):
    return b"Subject: x\n\n" + dice.choice(LINES) * dice.choice((500, 20_000))


MUTATIONS = (
    flipped,
    flipped,
    flipped,
    cut_off,
    repeated,
    nested,
    in_messages,
    multiplied,
    swollen_header,
    many_headers,
    other_charset,
    other_encoding,
    other_id,
    html_deep,
    one_long_line,
    many_lines,
)
