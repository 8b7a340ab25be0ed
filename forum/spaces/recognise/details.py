"""Notes what can be looked up or fits few: exact dates, sums, "the only …", a firm's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.gentler import amount_words, date_words, product_words
from forum.spaces.recognise.lexicon import MONTHS, Is, word_set

_YEAR = re.compile(r"(?:19|20)\d\d")
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_DATE_GAPS = frozenset({" ", ". ", ", ", ".", "-", "/", "  ", " the "})


def dates(draft: Draft) -> Iterator[Finding]:
    for number in draft.where(Is.MONTH):
        span = _around_month(draft, number)
        if span:
            with_year = any(_YEAR.fullmatch(draft.key[n]) for n in range(span[0], span[1] + 1))
            words = date_words(MONTHS[draft.key[number]], with_year=with_year)
            yield draft.finding(Level.NOTE, Kind.DATE, *span, words)
    yield from _in_figures(draft)


def _around_month(draft: Draft, number: int) -> tuple[int, int] | None:
    """The day beside a month's name, with the year; little words between them allowed."""
    first, last, has_day = number, number, False
    before = number - 1
    if draft.key_at(before) in {"of", "de"}:
        before -= 1
    if before >= 0 and _DAY.fullmatch(draft.key[before]) and draft.gap(number) in _DATE_GAPS:
        first, has_day = before, True
    if not has_day:
        after = number + 2 if draft.key_at(number + 1) == "the" else number + 1
        named = draft.capital(number) or draft.key[number] not in {"may", "march", "mar"}
        beside = draft.gap(number + 1) in {" ", " the "}
        if named and beside and _DAY.fullmatch(draft.key_at(after)):
            last, has_day = after, True
    year = last + 2 if draft.key_at(last + 1) in {"de", "of"} else last + 1
    if _YEAR.fullmatch(draft.key_at(year)) and draft.gap(last + 1) in _DATE_GAPS:
        last = year
    return (first, last) if has_day else None


def _in_figures(draft: Draft) -> Iterator[Finding]:
    ahead = 0
    for number in draft.numbers:
        if number < ahead or number > draft.count - 3:
            continue
        marks = draft.gap(number + 1)
        parts = draft.key[number : number + 3]
        same = marks in {"-", "/", "."} and draft.gap(number + 2) == marks
        if same and _is_date(parts):
            month = int(parts[1]) if len(parts[0]) == 4 else None
            month = month if month and month <= 12 else None
            words = date_words(month, with_year=True)
            yield draft.finding(Level.NOTE, Kind.DATE, number, number + 2, words)
            ahead = number + 3


def _is_date(parts: list[str]) -> bool:
    if len(parts[0]) != 4 and len(parts[2]) not in (2, 4):
        return False
    if not all(part.isdecimal() and part.isascii() and len(part) <= 4 for part in parts):
        return False
    year, others = (parts[0], parts[1:]) if len(parts[0]) == 4 else (parts[2], parts[:2])
    return (
        len(year) in (2, 4)
        and all(1 <= int(other) <= 31 and len(other) < 3 for other in others)
        and (len(year) == 2 or 1900 <= int(year) <= 2100)
    )


_SIGNS = re.compile(r"[$€£¥₹₦₩₺₽₱₫]")
_CODES = word_set("codes")
_SIZES = {
    "k": 1e3, "thousand": 1e3, "tausend": 1e3, "mil": 1e3,
    "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6,
    "millones": 1e6, "bn": 1e9, "b": 1e9, "billion": 1e9, "mrd": 1e9, "milliarden": 1e9,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_FIGURE = re.compile(r"(\d{1,12})([a-z]{0,3})")


def amounts(draft: Draft) -> Iterator[Finding]:
    if not _SIGNS.search(draft.plain) and _CODES.isdisjoint(draft.key):
        return
    ahead = 0
    for number in draft.numbers:
        figure = _FIGURE.fullmatch(draft.key[number]) if number >= ahead else None
        if figure is None:
            continue
        last, value = _value(draft, number, figure)
        first = number
        money = bool(_SIGNS.search(draft.gap(number)[-2:]))
        if not money and draft.key_at(number - 1) in _CODES and len(draft.gap(number)) < 2:
            first, money = number - 1, True
        if draft.key_at(last + 1) in _CODES:
            last, money = last + 1, True
        if money or _SIGNS.search(draft.gap(last + 1)[:2]):
            yield draft.finding(Level.NOTE, Kind.AMOUNT, first, last, amount_words(value))
        ahead = last + 1


def _value(draft: Draft, number: int, figure: re.Match[str]) -> tuple[int, float]:
    """The last word of a figure such as 1,200,000 or 2.5 million, and what it comes to."""
    digits, size, last = figure.group(1), figure.group(2), number
    decimals = ""
    while not size and last - number < 6 and draft.gap(last + 1) in {",", ".", " ", "'"}:
        further = _FIGURE.fullmatch(draft.key_at(last + 1))
        if not further or (draft.gap(last + 1) == " " and len(further.group(1)) != 3):
            break
        last, size = last + 1, further.group(2)
        if len(further.group(1)) == 3:
            digits += further.group(1)
        else:
            decimals = further.group(1)
            break
    if not size and draft.key_at(last + 1) in _SIZES and len(draft.gap(last + 1)) < 3:
        last, size = last + 1, draft.key[last + 1]
    return last, float(f"{digits}.{decimals or 0}") * _SIZES.get(size, 1)


_BEFORE_SINGULAR = frozenset("the our its my their his her as a one".split())
_SINGULAR = frozenset("only first sole youngest oldest".split())
_FITS_FEW = word_set("fits few")


def singular(draft: Draft) -> Iterator[Finding]:
    """The only woman on the board, the first factory in Lyon; not the only way."""
    for number, key in enumerate(draft.key):
        if key in _SINGULAR and draft.key_at(number - 1) in _BEFORE_SINGULAR:
            for ahead in (1, 2, 3):
                word = draft.key_at(number + ahead)
                if word in _FITS_FEW and not (word == "one" and draft.key_at(number + 2) != "who"):
                    yield draft.finding(Level.NOTE, Kind.SINGULAR, number - 1, number + ahead)
                    break


_CALLED = word_set("called")
_NO_VERSION = word_set("no version")
_HUMP = re.compile(r"[A-Z][a-z]+")
_CAMEL_KNOWN = re.compile(
    r"(?:Mc|Mac|De|La|Le|Van|Fitz|Di|Al|Power|Share|Git|Linked|You|Java|Type|Whats|Face|One|Post|Word|Dev|Tik|Pay|Chat|Fin|Med|Ed|Prop|Bio)[A-Z][a-z]+"
)
_VERSION = re.compile(r"v?\d{1,3}")
_MODEL = re.compile(r"[A-Z]{2,4}\d{2,5}[A-Z]?")


def products(draft: Draft) -> Iterator[Finding]:
    for number, raw in enumerate(draft.raw):
        if draft.key[number] in _CALLED and _named_after(draft, number + 1):
            yield draft.finding(Level.NOTE, Kind.PRODUCT, number, number + 1, product_words())
        elif len(raw) < 40 and _looks_internal(draft, number, raw):
            yield draft.finding(Level.NOTE, Kind.PRODUCT, number, number, product_words())


def _named_after(draft: Draft, number: int) -> bool:
    """Project Falcon, codename Falcon; not Project Management, nor a sentence's end."""
    if not draft.capital(number) or draft.gap(number) not in {" ", ' "', ": ", " '"}:
        return False
    return draft.key[number] not in {
        "manager",
        "management",
        "office",
        "lead",
        "director",
        "owner",
        "board",
        "managers",
        "leads",
        "i",
    }


def _is_camel(raw: str) -> bool:
    humps = _HUMP.findall(raw)
    return len(humps) > 1 and "".join(humps) == raw and not _CAMEL_KNOWN.match(raw)


def _looks_internal(draft: Draft, number: int, raw: str) -> bool:
    if raw == draft.key[number]:
        return False
    if not raw.istitle() and _is_camel(raw):
        return not draft.has(number, Is.KNOWN | Is.FIRM)
    if _MODEL.fullmatch(raw) and not raw.startswith(("ISO", "DIN", "EN", "FY", "H1", "H2")):
        return True
    if not draft.near(number + 1) or not _VERSION.fullmatch(draft.key[number + 1]):
        return False
    if not raw[0].isupper() or len(raw) < 4 or draft.capitals_mean_little:
        return False
    numbered = draft.key[number + 1].startswith("v") or draft.gap(number + 2) == "."
    plain = draft.has(number, Is.MONTH | Is.KNOWN) or draft.key[number] in _NO_VERSION
    follows = draft.key_at(number + 2).isdigit() or draft.key[number + 1].startswith("v")
    return bool(numbered and follows and not plain)
