"""The bytes of a mail that came as a text, in JSON."""

from __future__ import annotations

import re

from forum.mailbox.reading.charsets import is_utf_8

CONTROLS = re.compile("[\x80-\x9f]")
DECLARED = re.compile(r"(?i)charset\s*=\s*[\"']?(?!utf-?8|us-ascii)[a-z]")


def raw_bytes(text: str) -> bytes:
    """Undo what made a text of the bytes: UTF-8 (also with surrogates for stray bytes), or Latin-1,
    one character a byte, where the text looks like that. TypeError for what is no text.
    """
    if not isinstance(text, str):
        raise TypeError
    if text.isascii():
        return text.encode()
    if max(text) <= "\xff":
        data = text.encode("latin-1")
        if is_utf_8(data) or CONTROLS.search(text) or DECLARED.search(text):
            return data
    return text.encode("utf-8", "surrogateescape" if is_escaped(text) else "surrogatepass")


def is_escaped(text: str) -> bool:
    """Whether every lone surrogate stands for a byte."""
    return all("\udc80" <= letter <= "\udcff" for letter in text if "\ud800" <= letter <= "\udfff")
