"""Where an everyday word is the writer's own name and not the word."""

from __future__ import annotations

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.lexicon import Is, word_set

_GREETED = frozenset(
    "i'm m am is me name called im it's this hi hello dear hey thanks bin heisse suis appelle soy"
    " llamo sou chamo sono chiamo signed".split()
)
_INTRODUCED = frozenset("am im m me is heisse bin suis soy sou sono".split())
_NO_NAME = Is.EVERYDAY | Is.COMMON | Is.KNOWN | Is.PLACE | Is.MONTH | Is.TOOL
MIN_LOWER_CHARS = 4
_ABSTRACT = frozenset(
    "art autumn charity chance dawn faith grace harmony hope joy patience spring summer".split()
)
_BEING = frozenset("is was has had did does came went".split())
_TO_SOMEBODY = frozenset(
    "you can could would please your we i this that stop listen look don are have what why how"
    " thanks thank sorry".split()
)
_SIGNED = word_set("signed")
_LOOSE_TELLING = word_set("loose telling")
_ALSO_OF_TIMES = frozenset("is was has had got came went took gave left who whose would".split())
_DETERMINERS = word_set("determiners") - {"of", "as", "on", "e", "per", "than", "or"}


def signed(draft: Draft, number: int) -> bool:
    """Alone on a line or at the end after a dash or a greeting, or said to be the writer."""
    before, after = draft.gap(number), draft.gap(number + 1)
    alone = "\n" in before or before.strip(" ") in {"-", "--", "/"}
    ends = number + 1 == draft.count or "\n" in after
    if ends and (alone or draft.key_at(number - 1) in _SIGNED):
        return True
    last = number + 1 == draft.count
    if last and draft.capital(number) and before in {", ", ". ", "! ", "? "}:
        return True
    if draft.key_at(number - 1) not in _GREETED or before.strip(" ,:"):
        return False
    if not draft.capital(number):
        said_so = draft.key_at(number - 1) in _INTRODUCED
        return said_so and not draft.has(number, _NO_NAME)
    dated = draft.has(number, Is.MONTH) and draft.key_at(number - 1) in {"is", "this"}
    return not dated or draft.key_at(number - 2) in {"name", "me"}


def is_a_name(draft: Draft, number: int, *, given: bool) -> bool:
    if not draft.capital(number):
        return _is_no_word(draft, number)
    if draft.has(number, Is.MONTH):
        return _is_no_month(draft, number)
    if not draft.has(number, Is.EVERYDAY | Is.KNOWN):
        return len(draft.key[number]) > 2 or not draft.opens(number)
    if draft.opens(number):
        return _opens_as_a_name(draft, number, given=given)
    if draft.key_at(number - 1) in _DETERMINERS or _in_a_headline(draft, number):
        return False
    return given or not draft.capital(number + 1) or draft.has(number - 1, Is.HONORIFIC)


def _is_no_word(draft: Draft, number: int) -> bool:
    """Written small, but nothing else is written so."""
    return len(draft.key[number]) >= MIN_LOWER_CHARS and not draft.has(number, _NO_NAME)


def _is_no_month(draft: Draft, number: int) -> bool:
    """June told me, they asked May, my boss April, "June, can you …"; not the May release."""
    before, after = draft.key_at(number - 1), draft.key_at(number + 1)
    told = draft.has(number - 1, Is.TELLING) and before not in _LOOSE_TELLING
    said = draft.has(number + 1, Is.SAYING) and after not in _ALSO_OF_TIMES
    if draft.near(number) and (told or draft.has(number - 1, Is.ROLE | Is.HONORIFIC)):
        return True
    surname = draft.has(number + 1, Is.SURNAME) and draft.capital(number + 1)
    return ((said or surname) and draft.near(number + 1)) or _addressed(draft, number)


def _opens_as_a_name(draft: Draft, number: int, *, given: bool) -> bool:
    speaking = draft.has(number + 1, Is.SAYING) and draft.near(number + 1)
    being = draft.key[number] in _ABSTRACT and draft.key_at(number + 1) in _BEING
    if draft.possessive(number) or _addressed(draft, number):
        return True
    if draft.key_at(number + 1) == "here" and draft.near(number + 1):
        return True
    return given and speaking and not being


def _addressed(draft: Draft, number: int) -> bool:
    """Grace, can you …; "Will, please"."""
    return draft.gap(number + 1) == ", " and draft.key_at(number + 1) in _TO_SOMEBODY


def _in_a_headline(draft: Draft, number: int) -> bool:
    """Capitals on either side, of words that need none."""
    return all(
        draft.capital(other) and draft.near(max(other, number)) and draft.has(other, Is.EVERYDAY)
        for other in (number - 1, number + 1)
    )
