"""Addresses out of a text: nobody's e-mail address is shown because it stood in an old mail."""

from __future__ import annotations

import re

MASK = "name@…"
MAILTO = re.compile(r"\s?[<\[(]mailto:[^<>\[\]()\s]{1,300}[>\])]|\bmailto:(?=\S+@)")
DOUBLED = re.compile(r"name@…\s?[<\[(]name@…[>\])]")
DOMAIN = r"(?:[\w-]{1,63}\.){1,8}[^\W\d_][\w-]{1,24}\b"
ADDRESS = re.compile(rf"(?<![\w.%+=-])[\w.%+=-]{{1,400}}@{DOMAIN}")
AT = r" ?[\[({<] ?(?:at|@|ät|arroba) ?[\])}>] ?"
SPELT_OUT = re.compile(
    rf"(?i)(?<![\w.%+-])[\w.%+-]{{1,100}}(?:{AT})"
    r"(?:[\w-]{1,63}(?:\.| dot | ?[\[(]dot[\])] ?)){1,8}[a-z]{2,24}\b"
)
SPELT_OUT_IN_ANGLES = re.compile(rf"<[\w.%+-]{{1,100}} at {DOMAIN}>")
SPELT_OUT_IN_FRAME = re.compile(
    r"(?<![\w.%+-])[\w.%+-]{1,100} at (?:[\w-]{1,63}\.){1,8}"
    r"(?:com|net|org|edu|gov|mil|int|info|[a-z]{2})\b"
)
SPELT_MARK = re.compile(r"(?i) at |[\[({<] ?(?:at|ät|arroba) ?[\])}>]")
FRAME_LINE = re.compile(
    r"(?im)^(?:[ \t]{0,3}>.*|.*[:：][ \t]*|.{0,20}(?:from|to|cc|von|an|de|à)\s?:.*)$"
)
PHONE = re.compile(
    r"(?i)(?:\b(?:tel|phone|fax|mobile|cell|mob|ph|telefon|téléphone|handy)[.:]?\s{0,3}|(?=\+\d))"
    r"\+?\(?\d[\d ()./-]{6,20}\d"
)


def mask(text: str) -> str:
    """Put `name@…` for every e-mail address.

    In quotes, and in lines that introduce them, also for addresses spelt out with "at", and `…` for
    telephone numbers; elsewhere such words may well be meant as they stand.
    """
    if "@" in text or SPELT_MARK.search(text):
        text = SPELT_OUT.sub(MASK, SPELT_OUT_IN_ANGLES.sub(f"<{MASK}>", MAILTO.sub("", text)))
        text = DOUBLED.sub(MASK, ADDRESS.sub(MASK, text))
    return FRAME_LINE.sub(masked_frame, text)


def masked_frame(line: re.Match[str]) -> str:
    return PHONE.sub("…", SPELT_OUT_IN_FRAME.sub(MASK, line[0]))
