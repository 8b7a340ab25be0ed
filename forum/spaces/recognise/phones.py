"""Stops telephone numbers, and leaves dates, amounts and versions alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.lexicon import word_set

MIN_DIGITS = 7
MAX_DIGITS = 15  # ITU-T E.164
_DIGITS = re.compile(r"[0-9]+")
_BETWEEN = frozenset(" ()-./\t[]")
_CALLING = re.compile(
    r"\b(?:call|phone|tel|telephone|mobile|cell|whatsapp|ring|text|fax|handy|telefon"
    r"|movil|numero|portable|number is|reach me|dial|viber|signal)\b"
)
_MONEY = re.compile(
    r"[$€£¥₹₦%]|\b(?:eur|usd|gbp|chf|inr|ngn|rs|euro|euros|dollars|pounds|million)\b"
)
_NUMBERING = word_set("numbering")
_WORDS = re.compile(r"[^\W\d_]+")
_SPOKEN = word_set("spoken")
MIN_SPOKEN = 7
_EXTENSION = frozenset("ext extension durchwahl poste extn".split())


class Number(NamedTuple):
    start: int
    end: int
    groups: tuple[str, ...]
    gaps: tuple[str, ...]
    digits: str


def phones(draft: Draft) -> Iterator[Finding]:
    text = draft.folded.lower
    for number in _numbers(text):
        if _is_phone(number, text):
            yield draft.found(Level.STOP, Kind.PHONE, number.start, number.end)
    yield from _spoken(draft)
    for at, key in enumerate(draft.key):
        if key in _EXTENSION and re.fullmatch("[0-9]{3,6}", draft.key_at(at + 1)):
            yield draft.finding(Level.STOP, Kind.PHONE, at, at + 1)


def _numbers(text: str) -> Iterator[Number]:
    """Runs of digits with at most three marks between them, joined once from left to right."""
    spans: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(text):
        start, end = match.span()
        if spans:
            gap = text[spans[-1][1] : start] if start - spans[-1][1] <= 3 else "?"
            if not _BETWEEN.issuperset(gap) or "." in gap[:-1] or len(spans) > MAX_DIGITS:
                if _long_enough(spans):
                    yield _number(text, spans)
                spans = []
        spans.append((start, end))
    if _long_enough(spans):
        yield _number(text, spans)


def _long_enough(spans: list[tuple[int, int]]) -> bool:
    return sum(end - start for start, end in spans) >= MIN_DIGITS


def _number(text: str, spans: list[tuple[int, int]]) -> Number:
    start, end = spans[0][0], spans[-1][1]
    groups = tuple(text[a : min(b, a + 20)] for a, b in spans)
    gaps = tuple(text[spans[n][1] : spans[n + 1][0]] for n in range(len(spans) - 1))
    while start > 0 and spans[0][0] - start < 3 and text[start - 1] in "+(":
        start -= 1
    return Number(start, end, groups, gaps, "".join(groups)[: MAX_DIGITS + 6])


def _is_phone(number: Number, text: str) -> bool:
    lead = text[number.start : number.start + 3]
    before, after = (
        text[max(0, number.start - 24) : number.start],
        text[number.end : number.end + 10],
    )
    length = len(number.digits)
    if not MIN_DIGITS <= length <= MAX_DIGITS or before[-1:].isalpha() or after[:1].isalpha():
        return False
    if "+" in lead and length >= 8:
        return True
    if _MONEY.search(before[-5:]) or _MONEY.search(after) or _is_date_or_machine(number):
        return False
    if _CALLING.search(before):
        return True
    if _is_grouped_amount(number):
        return False
    if not _NUMBERING.isdisjoint(_WORDS.findall(before)[-2:]) or before.endswith("#"):
        return False
    return _looks_national(number, length)


def _is_date_or_machine(number: Number) -> bool:
    """A date, a span of years, an address of a machine."""
    sizes = tuple(len(group) for group in number.groups)
    if sizes in {(4, 2, 2), (2, 2, 4), (4, 4), (1, 2, 4), (2, 1, 4), (1, 1, 4), (4, 2, 2, 2, 2)}:
        years = [group for group in number.groups if len(group) == 4]
        if all("1900" <= year <= "2100" for year in years):
            return True
    is_dotted = set(number.gaps) == {"."} and len(sizes) == 4
    return is_dotted and all(int(group) < 256 for group in number.groups)


def _is_grouped_amount(number: Number) -> bool:
    sizes = tuple(len(group) for group in number.groups)
    thousands = len(sizes) > 1 and sizes[0] <= 3 and all(size == 3 for size in sizes[1:])
    dotted = len(set(number.gaps)) == 1 and number.gaps[0] in {" ", "."}
    return thousands and dotted and not number.digits.startswith("0")


def _looks_national(number: Number, length: int) -> bool:
    digits, sizes = number.digits, tuple(len(group) for group in number.groups)
    if digits.startswith("000"):
        return False
    if digits.startswith("00"):
        return length >= 10
    if digits.startswith("0"):
        return length >= 9 or (length >= 8 and len(sizes) > 1)
    if sizes in {(3, 3, 4), (1, 3, 3, 4), (5, 5), (3, 4, 4), (3, 3, 3), (4, 3, 3), (3, 2, 2, 2)}:
        return True
    if length == 11 and digits[0] == "1" and digits[1] in "3456789":
        return True
    return length == 10 and digits[0] in "6789" and len(sizes) == 1


def _spoken(draft: Draft) -> Iterator[Finding]:
    run = 0
    for number in range(draft.count + 1):
        if draft.key_at(number) in _SPOKEN:
            run += 1
            continue
        if run >= MIN_SPOKEN:
            yield draft.finding(Level.STOP, Kind.PHONE, number - run, number - 1)
        run = 0
