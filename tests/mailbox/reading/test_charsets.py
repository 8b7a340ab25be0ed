import pytest

from forum.mailbox.reading.charsets import decode

WORD = "Größe – “señal”"


@pytest.mark.parametrize(
    "label", [None, "", "x-unknown", "nonsense", "us-ascii", "utf-8", "iso-8859-1"]
)
def test_utf_8_is_recognised_under_any_western_label(label):
    assert decode(WORD.encode(), label) == WORD


@pytest.mark.parametrize(
    "label", [None, "x-unknown", "unknown-8bit", "us-ascii", "iso-8859-1", "utf-8"]
)
def test_windows_1252_is_recognised_under_any_western_label(label):
    assert decode(WORD.encode("windows-1252"), label) == WORD


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ks_c_5601-1987", "cp949"),
        ("gb2312", "gb18030"),
        ("GB2312", "gbk"),
        ("unicode-1-1-utf-7", "utf-7"),
        ("x-sjis", "cp932"),
        ("iso-2022-jp", "iso2022_jp"),
        ("big5", "big5"),
        ("koi8-r", "koi8_r"),
        ("iso-8859-8-i", "iso8859_8"),
        ("x-mac-roman", "mac_roman"),
        ('"iso-8859-2"', "iso8859_2"),
    ],
)
def test_names_that_mail_uses_for_charsets_are_understood(label, codec):
    samples = {"cp949": "안녕", "koi8_r": "Привет", "iso8859_8": "שלום", "iso8859_2": "Żółw"}
    samples |= {"mac_roman": "éß", "utf-7": "Größe"}
    text = samples.get(codec, "中国" if codec.startswith("gb") else "日本")
    assert decode(text.encode(codec), label) == text


def test_one_bad_byte_in_utf_8_spoils_nothing_else():
    assert (
        decode("Größe ".encode() + b"\x93so\x94" + " größer".encode(), "utf-8")
        == "Größe “so” größer"
    )


@pytest.mark.parametrize(
    "label", ["punycode", "idna", "rot13", "zlib", "unicode_escape", "a\x00b", "é"]
)
def test_what_is_no_charset_is_not_used(label):
    assert decode(b"plain \\u0041", label) == "plain \\u0041"


def test_every_byte_gives_something():
    data = bytes(range(256))
    assert all(
        len(decode(data, label)) > 100 for label in ("utf-8", "big5", "gb2312", "utf-7", None)
    )
