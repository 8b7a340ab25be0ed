"""Words that could stand there instead, telling the same and less."""

from __future__ import annotations

from flask_babel import LazyString

from forum.core.i18n import _l

_FIRMS = {
    "retail": _l("a large retailer"),
    "bank": _l("a large bank or payment company"),
    "insurance": _l("a large insurer"),
    "car": _l("a large vehicle maker or supplier"),
    "airline": _l("a large airline or airport company"),
    "logistics": _l("a large transport company"),
    "technology": _l("a large technology company"),
    "telecom": _l("a large telecom company"),
    "consumer goods": _l("a large consumer goods company"),
    "pharma": _l("a large health company"),
    "energy": _l("a large energy company"),
    "industry": _l("a large industrial company"),
    "consultancy": _l("a large professional firm"),
    "media and leisure": _l("a large media or leisure company"),
}
_LEVELS = {
    "board": _l("a board member"),
    "senior": _l("a senior leader"),
    "manager": _l("a manager"),
    "specialist": _l("a specialist"),
}
_SEASONS = (_l("last winter"), _l("last spring"), _l("last summer"), _l("last autumn"))
_SEASONS_OF_A_YEAR = (_l("one winter"), _l("one spring"), _l("one summer"), _l("one autumn"))
_SUMS = (
    (100, _l("a small sum")),
    (1_000, _l("a few hundred")),
    (10_000, _l("some thousands")),
    (100_000, _l("some tens of thousands")),
    (1_000_000, _l("a six-figure sum")),
    (10_000_000, _l("a seven-figure sum")),
    (100_000_000, _l("an eight-figure sum")),
    (1_000_000_000, _l("hundreds of millions")),
)
_BILLIONS = _l("billions")
_EMPLOYER, _FIRM, _PERSON, _COLLEAGUE = (
    _l("my employer"),
    _l("a company"),
    _l("somebody I work with"),
    _l("a colleague"),
)
_DATE, _PRODUCT, _SELF = _l("around that time"), _l("an internal project"), _l("me")


def employer_words() -> LazyString | str:
    return _EMPLOYER


def self_words() -> LazyString | str:
    return _SELF


def firm_words(heading: str = "") -> LazyString | str:
    return _FIRMS.get(heading.removesuffix(" large"), _FIRM)


def title_words(heading: str) -> LazyString | str:
    return _LEVELS[heading]


def person_words(*, alone: bool) -> LazyString | str:
    return _COLLEAGUE if alone else _PERSON


def date_words(month: int | None, *, with_year: bool) -> LazyString | str:
    """The season, named as in the northern half of the world."""
    if month is None:
        return _DATE
    return (_SEASONS_OF_A_YEAR if with_year else _SEASONS)[month % 12 // 3]


def amount_words(amount: float) -> LazyString | str:
    return next((words for below, words in _SUMS if amount < below), _BILLIONS)


def product_words() -> LazyString | str:
    return _PRODUCT
