"""Signatures and disclaimers at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

DELIMITER = re.compile(r"(?:--|—|-- ) ?\Z")
MAX_SIGNED_LINES = 16
NEAR_END_LINES = 60
MAX_SIGNED_CHARS = 1_200
MAX_LINE_WORDS = 14
POSTSCRIPT = re.compile(r"(?i)\s*p\.?\s?p?\.?\s?s\b[.:\s]")
ABOUT_MAIL = re.compile(
    r"(?i)e-?mail|message|communication|transmission|nachricht|courriel|mensaje|bericht|messaggio"
)
ABOUT_SECRETS = re.compile(
    r"(?i)confidential|privileged|proprietary|vertraulich|confidenti?el|confidencial|vertrouwelijk"
    r"|riservat"
)
ABOUT_ADDRESSEES = re.compile(
    r"(?i)intended recipient|addressee|received (?:this|it|the).{0,30}(?:in|by) error"
    r"|notify the sender|empf[äa?]nger|destinatai?r|destinatario|geadresseerde|par erreur"
    r"|irrt[üu?]mlich"
)
RULE = re.compile(r"\s*[-_=*~#]{5,}\s*\Z")
MAX_DISCLAIMER_LINES = 30
MAX_DISCLAIMER_CHARS = 4_000
DROPPED = re.compile(r"\.\.\.\{\{dropped:\d{1,5}\}\}\s*\Z")


def cut_signature(lines: list[str]) -> list[str]:
    """Cut from a signature's "--" to the end, unless what follows is too long or reads like
    prose.

    A postscript below the signature is kept (RFC 3676, 4.3 gives the delimiter; many drop its
    space).
    """
    for index in range(max(len(lines) - NEAR_END_LINES, 0), len(lines)):
        if DELIMITER.match(lines[index]) and is_signature(lines[index + 1 :]):
            return without_tail_blanks([*lines[:index], *postscript(lines[index + 1 :])])
    return lines


def is_signature(following: Sequence[str]) -> bool:
    filled = [line for line in following if line.strip()]
    if len(filled) > MAX_SIGNED_LINES or sum(map(len, filled)) > MAX_SIGNED_CHARS:
        return False
    if any(line.lstrip().startswith(">") for line in filled):
        return False
    return not reads_like_prose(before_postscript(following))


def reads_like_prose(lines: Sequence[str]) -> bool:
    """Two long lines in a row, or one very long: more of a paragraph than of a card."""
    long = [len(line.split()) >= MAX_LINE_WORDS for line in lines]
    very_long = any(len(line.split()) >= 2 * MAX_LINE_WORDS for line in lines)
    return very_long or any(a and b for a, b in pairwise(long))


def before_postscript(following: Sequence[str]) -> Sequence[str]:
    start = next((n for n, line in enumerate(following) if POSTSCRIPT.match(line)), len(following))
    return following[:start]


def postscript(following: Sequence[str]) -> list[str]:
    return list(following[len(before_postscript(following)) :])


def cut_disclaimer(lines: list[str]) -> list[str]:
    """Cut an ending that speaks of mail, of secrecy and of the wrong reader; never the whole text.

    Such an ending is the last paragraph, or all that stands below a last line of dashes.
    """
    for start in (last_paragraph(lines), last_rule(lines)):
        if len(lines) - start > MAX_DISCLAIMER_LINES:
            continue
        ending = " ".join(lines[start:])
        if start and (DROPPED.search(ending) or is_disclaimer(ending)):
            return without_rule(lines[:start])
    return lines


def is_disclaimer(text: str) -> bool:
    topics = (ABOUT_MAIL, ABOUT_SECRETS, ABOUT_ADDRESSEES)
    return 120 <= len(text) <= MAX_DISCLAIMER_CHARS and all(topic.search(text) for topic in topics)


def last_rule(lines: Sequence[str]) -> int:
    """Behind the last line of dashes that has words below it; 0 if there is none near the end."""
    end = len(lines)
    while end > 0 and (not lines[end - 1].strip() or RULE.match(lines[end - 1])):
        end -= 1
    near = range(end, max(end - MAX_DISCLAIMER_LINES, 0), -1)
    return next((n for n in near if RULE.match(lines[n - 1])), 0)


def last_paragraph(lines: Sequence[str]) -> int:
    """Where the last paragraph starts, if it is near the end, else 0; a line of dashes below is
    its.
    """
    index, limit = len(lines), max(len(lines) - NEAR_END_LINES, 0)
    while index > limit and (not lines[index - 1].strip() or RULE.match(lines[index - 1])):
        index -= 1
    while index > limit and lines[index - 1].strip():
        index -= 1
    return index if index > limit else 0


def without_rule(lines: list[str]) -> list[str]:
    lines = without_tail_blanks(lines)
    return without_tail_blanks(lines[:-1]) if lines and RULE.match(lines[-1]) else lines


def without_tail_blanks(lines: list[str]) -> list[str]:
    end = len(lines)
    while end > 0 and not lines[end - 1].strip():
        end -= 1
    return lines[:end]
