"""Bytes to text, whatever the mail says its charset is.

The label is believed when it fits. Where it does not: UTF-8 if the bytes are valid; where there is
no usable label, what charset-normalizer finds in a text long enough to tell; else windows-1252,
which is what such mail nearly always was
(https://encoding.spec.whatwg.org/#names-and-labels treats Latin-1 the same way).
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

ALIASES = {
    "ascii": "us-ascii",
    "ansi_x3.4-1968": "us-ascii",
    "iso-8859-8-i": "iso-8859-8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "ksc5601": "cp949",
    "euc-kr": "cp949",
    "x-windows-949": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "unicode-2-0-utf-8": "utf-8",
    "x-utf-8": "utf-8",
    "windows-874": "cp874",
    "cp-850": "cp850",
}
WESTERN = {"ascii", "iso8859-1", "iso8859-15", "cp1252"}
# Codecs of Python that are no charsets of mail, some of them slow on purpose-made input.
REFUSED = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-16"}
DETECTED_BYTES = 20_000
TELLING_BYTES = 60
"""So many bytes beyond ASCII say something about their charset."""
LABEL = re.compile(r"[a-z0-9][a-z0-9_.:-]{1,40}")


def decode(data: bytes, label: str | None) -> str:
    """Return `data` as text; never fails, and never loses a character that some charset gives."""
    name = codec_name(label)
    if name is None and (found := detected(data)) is not None:
        return found
    if name is None or name == "utf-8" or (name in WESTERN and not data.isascii()):
        return guess(data, name)
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return badly_labelled(data, name)


def detected(data: bytes) -> str | None:
    """The text by what its bytes look like, where they are not UTF-8 and enough to tell."""
    if data.isascii() or is_utf_8(data) or mostly_utf_8(data):
        return None
    sample = data[:DETECTED_BYTES]
    if sum(byte > 127 for byte in sample) < TELLING_BYTES:
        return None
    best = from_bytes(sample).best()
    name = codec_name(best.encoding) if best is not None else None
    if name is None:
        return None
    try:
        return data.decode(name)
    except (UnicodeError, ValueError):
        return None


def is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def codec_name(label: str | None) -> str | None:
    """The codec for a charset label, or None where the label says nothing usable."""
    cleaned = (label or "").strip().strip("\"'").lower().partition("*")[0]
    match = LABEL.match(ALIASES.get(cleaned, cleaned))
    if match is None:
        return None
    try:
        name = codecs.lookup(match[0]).name
    except (LookupError, ValueError):
        return None
    return None if name in REFUSED or not is_charset(name) else name


def is_charset(name: str) -> bool:
    try:
        return bool(b"a".decode(name))
    except (LookupError, UnicodeError, ValueError):
        return False


def guess(data: bytes, name: str | None = None) -> str:
    """UTF-8 where valid; else the western charset of the label; stray bytes inside good UTF-8 one
    by one.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if name == "iso8859-15":
        return data.decode(name)
    if name == "utf-8" or mostly_utf_8(data):
        return data.decode("utf-8", "mail-windows-1252")
    return windows_1252(data)


def mostly_utf_8(data: bytes) -> bool:
    sequences = len(
        re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}", data[:200_000])
    )
    strays = len(re.findall(rb"[\x80-\xff][\x00-\x7f]", data[:200_000])) - sequences
    return sequences > strays


def badly_labelled(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(name, "replace")


def windows_1252(data: bytes) -> str:
    return data.decode("cp1252", "mail-latin-1")


def stray_as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return windows_1252(error.object[error.start : error.end]), error.end


def stray_as_latin_1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("mail-windows-1252", stray_as_windows_1252)
codecs.register_error("mail-latin-1", stray_as_latin_1)
