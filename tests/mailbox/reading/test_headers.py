import pytest

from forum.mailbox.reading.headers import decode_words, split_message


def test_folded_lines_are_joined():
    headers, body = split_message(b"Subject: one\n two\n\tthree\n\nbody")
    assert headers.text("subject") == "one two three"
    assert body == b"body"


def test_a_forgotten_empty_line_loses_no_words():
    headers, body = split_message(b"Subject: x\nHello there, friends\nmore words\n\nlast")
    assert headers.text("subject") == "x"
    assert body == b"Hello there, friends\nmore words\n\nlast"


def test_a_stray_line_among_headers_does_not_end_them():
    headers, body = split_message(b"Received: x\ngarbage here\nSubject: y\nDate: z\n\nbody")
    assert headers.text("subject") == "y"
    assert body == b"body"


def test_headers_without_a_body_are_read():
    headers, body = split_message(b"Subject: x\n")
    assert headers.text("subject") == "x"
    assert body == b""


@pytest.mark.parametrize(
    ("encoded", "plain"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?iso-8859-1?Q?Gr=F6=DFe?= (x)", "Größe (x)"),
        ("=?UTF-8?B?R3LDtg==?= =?UTF-8?B?w59l?=", "Größe"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?tsOfZQ==?=", "Größe"),
        ("=?utf-8?B?R3LDtsOfZQ?=", "Größe"),
        ("=?utf-8?q?two words_here?=", "two words here"),
        ("=?utf-8?q?never_closed", "never closed"),
        ("=?utf-8*de?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?nonsense?q?Gr=F6=DFe?=", "Größe"),
        ("a =?utf-8?q?b?= c", "a b c"),
        ("=?utf-8?q?a?= =?iso-8859-1?q?=E9?=", "aé"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("1 =? 2 ?= 3", "1 =? 2 ?= 3"),
    ],
)
def test_encoded_words_are_decoded_even_when_broken(encoded, plain):
    assert decode_words(encoded) == plain


def test_a_bare_accent_in_a_header_is_read():
    assert split_message("Subject: Größe\n\n".encode("latin-1"))[0].text("subject") == "Größe"
    assert split_message("Subject: Größe\n\n".encode())[0].text("subject") == "Größe"
