"""Bytes of a mail that came as text in JSON are the same bytes again."""

import pytest

from forum.mailbox.rawness import raw_bytes

UTF_8 = "Content-Type: text/plain; charset=utf-8\n\nCafé, 棚".encode()
LATIN = b"Content-Type: text/plain; charset=iso-8859-1\n\nCaf\xe9"
KOI8 = b"Content-Type: text/plain; charset=koi8-r\n\n\xf0\xcf\xcc\xcb\xc1"


@pytest.mark.parametrize("data", [UTF_8, LATIN, KOI8, b"Subject: x\n\nplain"])
def test_one_character_a_byte(data):
    assert raw_bytes(data.decode("latin-1")) == data


@pytest.mark.parametrize("data", [UTF_8, LATIN, KOI8])
def test_surrogates_for_stray_bytes(data):
    assert raw_bytes(data.decode("utf-8", "surrogateescape")) == data


def test_a_text_that_was_read_as_utf_8():
    assert raw_bytes(UTF_8.decode()) == UTF_8


def test_what_is_no_text_is_refused():
    with pytest.raises(TypeError):
        raw_bytes(7)


def test_a_lone_surrogate_is_no_reason_to_fail():
    assert raw_bytes("a\ud800b").startswith(b"a")
