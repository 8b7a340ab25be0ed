"""Names that show by how they are written: M. Castaing, Tanaka-san, Ji-woo; and strange words."""

from __future__ import annotations

import re

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.lexicon import Is, word_set

WORD = Is.EVERYDAY | Is.KNOWN | Is.FIRM | Is.PLACE | Is.HONORIFIC | Is.MONTH
NAME = Is.GIVEN | Is.SURNAME | Is.LISTED
_DOING = Is.ROLE | Is.TELLING | Is.SAYING
_AFTER_A_NAME = word_set("after a name")
_AFTER_SOMEBODY = word_set("after somebody")
_SYLLABLES = word_set("syllables")
_NEVER_NAMES = word_set("never names")
_TITLES = frozenset("mr mrs ms miss mx dr prof herr frau madame monsieur senor senora".split())
_LETTERED = frozenset("plan option phase version team grade item class type series step".split())
_ENDINGS = re.compile(
    r"(?:ing|tion|sion|ment|ness|ship|ance|ence|ity|ism|ists?|ology|ware|ful|less|able|ible|ally"
    r"|ously|wise|ward|ers|ions|ments|ungen|ung|keit|heit|schaft|soft|base|hub|desk|force)$"
)


def by_form(draft: Draft, number: int) -> tuple[int, int] | None:
    key, after, gap = draft.key[number], draft.key_at(number + 1), draft.gap(number + 1)
    capital = draft.capital(number)
    if after in _AFTER_A_NAME and (gap == "-" or (gap == " " and capital)):
        name = capital or draft.has(number, NAME)
        return (number, number) if name and key not in _NEVER_NAMES else None
    if not capital:
        return _written_small(draft, number)
    if len(key) == 1:
        return _initial(draft, number)
    both = key in _SYLLABLES and after in _SYLLABLES
    if both and gap == "-" and draft.raw[number][1:].islower():  # Ji-woo, Xiao-Ming
        return number, number + 1
    return None


def is_eponym(draft: Draft, number: int) -> bool:
    """Murphy's law, a Gantt chart, Monte Carlo: nobody one works with."""
    if draft.key_at(number - 1) == "monte":
        return True
    thing = number + 2 if draft.possessive(number) else number + 1
    return draft.key_at(thing) in _AFTER_SOMEBODY and draft.near(thing)


def strange(draft: Draft, number: int) -> bool:
    """A capital on a word that people seldom write, or that is a rare name."""
    if not draft.capital(number) or draft.has(number, WORD | _DOING):
        return False
    if draft.has(number, Is.COMMON) and not draft.has(number, Is.GIVEN | Is.SURNAME):
        return False
    raw = draft.raw[number]
    return 2 < len(raw) < 20 and raw[1:].islower() and raw.isalpha() and not _wordy(draft, number)


def _wordy(draft: Draft, number: int) -> bool:
    return not draft.has(number, NAME) and bool(_ENDINGS.search(draft.key[number]))


def _initial(draft: Draft, number: int) -> tuple[int, int] | None:
    """M. Castaing; not the end of Plan B."""
    after = number + 1
    if draft.gap(after) not in {". ", "."} or draft.key_at(number - 1) in _LETTERED:
        return None
    surname = draft.has(after, Is.SURNAME) and not draft.has(after, Is.EVERYDAY)
    seldom = not draft.has(after, WORD | _DOING | Is.COMMON) and draft.key_at(after).isalpha()
    named = draft.capital(after) and (surname or seldom)
    return (number, after) if named and len(draft.key[after]) > 2 else None


def _written_small(draft: Draft, number: int) -> tuple[int, int] | None:
    """Niamh gallagher, mrs ngaire."""
    key, after = draft.key[number], number + 1
    if draft.gap(after) not in {" ", ". "} or draft.capital(after):
        return None
    follower = draft.key_at(after)
    if key in _TITLES:
        seldom = not draft.has(after, WORD | Is.COMMON) or draft.has(after, Is.SURNAME)
        return (number, after) if seldom and len(follower) > 2 and follower.isalpha() else None
    if len(key) < 3 or draft.has(number, WORD) or not draft.has(number, Is.GIVEN):
        return None
    surname = draft.has(after, Is.SURNAME | Is.LISTED) and not draft.has(after, WORD | Is.COMMON)
    return (number, after) if surname and len(follower) > 3 else None
