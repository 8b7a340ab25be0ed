"""The lines with which programs introduce a copy, in any language: known by what they name (the
letter's author, an address, its subject, a date) and by where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto
from functools import cached_property, lru_cache

from forum.mailbox.folding.attributions import (
    ORIGINAL,
    STARTER,
    is_dated_attribution,
    is_short_attribution,
)
from forum.mailbox.reading.subjects import take_apart
from forum.mailbox.replies.words import Line, weight_of, words_of

MAX_LINES = 5
MAX_CHARS = 500
MAX_HEADER_LINES = 14
SPARE_WEIGHT = 12
"""Words of an attribution beside its date: weekday, month, prepositions, a verb."""
ADDRESS = re.compile(r"[^\s<>()\[\]\"'“”,;:]{1,100}@[\w.-]{1,200}")
TIME = re.compile(r"(?<![\d.])\d{1,2}[:.hH]\d{2}(?![\d.])|\d{1,2}[时時시]")
DAY = re.compile(
    r"\b(?:19|20|25)\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b|\d{1,2}\s?[月월]|[٠-٩۰-۹०-९]{2}"
    r"|\d{4}[年년]"
)
LABEL = re.compile(
    r"\s{0,8}[*_]{0,2}(?:[^\W\d_]|[\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff])"
    r"[^:：<>@\d,.!?/\n]{0,25}[*_]{0,2}\s?(?::[*_]{0,2}(?:\s|\Z)|：)"
)
RULED = re.compile(r"\W{0,3}[-‐‑–—_=*]{2,}\s?\S.{0,70}\S\s?[-‐‑–—_=*]{2,}\W{0,3}\Z")
RULE = re.compile(r"\s*[-‐‑–—_=*]{5,}\s*\Z")
FIRST_OF_A_COPY = re.compile(r"(?i)\s*(?:begin forwarded message|anfang der weitergeleiteten)\b.*:")


@dataclass(frozen=True)
class Known:
    """What the letter's own headers said."""

    name: str = ""
    reply_address: str = ""
    subject: str = ""

    @cached_property
    def names(self) -> list[str]:
        """The words of the author's name, without the site's name behind it."""
        bare = re.sub(r"\([^()]*\)", " ", self.name)
        return words_of(bare) or words_of(self.name)

    def named(self, text: str) -> bool:
        names = self.names
        words = words_of(text)
        return bool(names) and any(
            words[start : start + len(names)] == names for start in range(len(words))
        )

    @cached_property
    def key(self) -> list[str]:
        return words_of(take_apart(self.subject).key)

    def about(self, text: str) -> bool:
        """Whether the text holds the letter's subject."""
        key = self.key
        words = words_of(text)
        return len(key) > 1 and any(
            words[start : start + len(key)] == key for start in range(len(words))
        )


@lru_cache(maxsize=8_192)
def is_attribution(text: str, known: Known) -> bool:
    """ "On Monday Ana Novak wrote:" in any language.

    It names the author or an address, has a date or a colon, and hardly a word besides.
    """
    text = " ".join(text.split())
    if not text or len(text) > MAX_CHARS:
        return False
    named, addressed = known.named(text), ADDRESS.search(text)
    if is_dated_attribution(text) and len(words_of(text)) < 40:
        return True
    if not (named or addressed):
        return False
    dated = DAY.search(text) or TIME.search(text)
    spare = spare_weight(text, known)
    ends = text.endswith((":", "：", ":*", "›", "»"))
    if dated and (ends or addressed):
        return spare <= SPARE_WEIGHT
    if addressed and ends:
        return spare <= 3
    return (ends and spare == 0) or (spare <= 4 and is_short_attribution(text))


def spare_weight(text: str, known: Known) -> float:
    """The words that are no name, address or number, as blanks divide them."""
    names = {*words_of(known.name), *known.names}
    weight = 0.0
    for chunk in ADDRESS.sub(" ", text).split():
        words = [word for word in words_of(chunk) if word not in names]
        if words and not has_digit(chunk):
            unspaced = sum(weight_of(word) < 1 for word in words)
            weight += unspaced / 2 if unspaced else 1
    return weight


def has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def attribution_start(lines: Sequence[Line], end: int, stop: int, known: Known) -> int:
    """Where the attribution starts whose last line is before `end`; `end` if there is none.

    It stands in one paragraph, not above line `stop`.
    """
    lowest = end
    while lowest > stop and end - lowest < MAX_LINES and not lines[lowest - 1].blank:
        lowest -= 1
    found = end
    for first in range(end - 1, lowest - 1, -1):
        joined = " ".join(line.text.strip() for line in lines[first:end])
        if not is_attribution(joined, known):
            continue
        added = " ".join(line.text for line in lines[first:found])
        below = " ".join(line.text for line in lines[found:end])
        if found == end or completes(added, below, known):
            found = first
    return found


def completes(added: str, below: str, known: Known) -> bool:
    """Whether lines above give an attribution what it lacks: its date, its name, a bracket."""
    if added.count("<") > added.count(">") or added.count("(") > added.count(")"):
        return True
    if not (DAY.search(below) or TIME.search(below)):
        return bool(TIME.search(added) or STARTER.match(added) or DAY.match(added))
    return known.named(added) and not known.named(below)


def header_block_end(lines: Sequence[Line], start: int, known: Known) -> int:
    """Behind a block of header lines ("From: … Sent: … Subject: …") in any language; `start` if
    there is none.
    """
    first = lines[start].text
    if not LABEL.match(first) or not signs_of(first, known):
        return start
    end, labels = start, []
    while end < min(len(lines), start + MAX_HEADER_LINES):
        text = lines[end].text
        if LABEL.match(text) and lines[end].depth == lines[start].depth:
            labels.append(text)
        elif not continues(lines, end):
            break
        end += 1
    return end if len(labels) >= 2 and speaks_of_mail(labels, known) else start


def continues(lines: Sequence[Line], number: int) -> bool:
    """A header that was wrapped: addresses and hardly a word besides."""
    text = lines[number].text
    return bool(ADDRESS.search(text)) and len(words_of(ADDRESS.sub(" ", text))) <= 6


def speaks_of_mail(labels: Sequence[str], known: Known) -> bool:
    """Somebody's name or address in one line, a date or the letter's subject in another."""
    signs = [signs_of(text, known) for text in labels]
    dated = any(Sign.WHEN in sign or Sign.ABOUT in sign for sign in signs)
    return dated and any(Sign.WHOSE in sign for sign in signs)


class Sign(Flag):
    """What a header line tells."""

    WHOSE = auto()
    WHEN = auto()
    ABOUT = auto()


@lru_cache(maxsize=8_192)
def signs_of(text: str, known: Known) -> Sign:
    signs = Sign.WHOSE if ADDRESS.search(text) or known.named(text) else Sign(0)
    if DAY.search(text) and TIME.search(text):
        signs |= Sign.WHEN
    return signs | Sign.ABOUT if known.about(text) else signs


def is_rule(text: str) -> bool:
    """A line that divides: dashes, with or without "Original Message" between them."""
    return bool(RULE.match(text) or RULED.match(text) or ORIGINAL.match(text))
