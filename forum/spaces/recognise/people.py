"""Asks about other people's names: by tables of common names, or the words around a capital."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.gentler import person_words
from forum.spaces.recognise.lexicon import Is, word_set
from forum.spaces.recognise.names_by_form import is_eponym

MAX_NAME_WORDS = 5
_NOT_A_SURNAME = Is.EVERYDAY | Is.KNOWN | Is.FIRM
_NO_NAME = Is.EVERYDAY | Is.KNOWN | Is.FIRM | Is.PLACE | Is.HONORIFIC | Is.MONTH
_UNCLEAR = Is.EVERYDAY | Is.KNOWN | Is.FIRM | Is.PLACE | Is.MONTH
# After these a capital is as likely a thing or a place as a person.
_LOOSE_TELLING = word_set("loose telling")
_LOOSE_SAYING = word_set("loose saying")
_NEVER_NAMES = word_set("never names")
_NAMING = frozenset("named called nicknamed".split())
_WORDY = re.compile(
    r"(?:ing|tion|sion|ment|ness|ship|ance|ence|ity|ism|ist|ists|ology|ware|ful|less|able|ible|ally|ously|wise|ward|ization|isation|ers|ions|ments|ungen|ung|keit|heit|schaft)$"
)


def people(draft: Draft) -> Iterator[Finding]:
    taken = -1
    interesting = Is.GIVEN | Is.SURNAME | Is.HONORIFIC | Is.TELLING | Is.SAYING | Is.ROLE
    for number in draft.where(interesting):
        if number <= taken or draft.key[number] in _NEVER_NAMES or is_eponym(draft, number):
            continue
        found = _name_from(draft, number)
        if found and found[0] > taken:
            first, last = found
            taken = last
            yield _ask(draft, first, last)
    yield from _initials_and_handles(draft)


def _ask(draft: Draft, first: int, last: int) -> Finding:
    return draft.finding(Level.ASK, Kind.PERSON, first, last, person_words(alone=first == last))


def _name_from(draft: Draft, number: int) -> tuple[int, int] | None:
    """The name that this word begins, or that it stands before or after."""
    for look in (_titled, _given, _surname, _named, _speaking):
        found = look(draft, number)
        if found:
            return found
    return None


def _titled(draft: Draft, number: int) -> tuple[int, int] | None:
    title = draft.has(number, Is.HONORIFIC) and (
        draft.capital(number) or draft.key[number] in {"mr", "mrs", "dr"}
    )
    if not title or not _could_follow_title(draft, number + 1):
        return None
    return number, _rest_of_name(draft, number + 1)


def _named(draft: Draft, number: int) -> tuple[int, int] | None:
    """My manager Xiulan; I told Zsofia."""
    if not draft.has(number, Is.TELLING | Is.ROLE) or not _unknown_name(draft, number + 1):
        return None
    if not _after_a_word_for_people(draft, number):
        return None
    return number + 1, _rest_of_name(draft, number + 1)


def _speaking(draft: Draft, number: int) -> tuple[int, int] | None:
    """Zsofia said."""
    said = draft.has(number, Is.SAYING) and draft.key[number] not in _LOOSE_SAYING
    if said and draft.near(number) and _unknown_name(draft, number - 1):
        return number - 1, number - 1
    return None


def _could_follow_title(draft: Draft, number: int) -> bool:
    if not draft.capital(number) or "\n" in draft.gap(number):
        return False
    return draft.gap(number) in {" ", ". ", ".", "  "} and (
        not draft.has(number, Is.EVERYDAY | Is.KNOWN) or draft.has(number, Is.SURNAME | Is.GIVEN)
    )


def _given(draft: Draft, number: int) -> tuple[int, int] | None:
    if not draft.has(number, Is.GIVEN):
        return None
    if not draft.capital(number):
        return _small_given(draft, number)
    if _surname_follows(draft, number):
        return number, _rest_of_name(draft, number + 1)
    unclear = draft.has(number, _UNCLEAR | Is.SHORT)
    if not unclear:
        cased = draft.raw[number].isupper() and len(draft.raw[number]) < 4
        return None if cased else (number, number)
    return (number, number) if _is_given_name_here(draft, number) else None


def _is_given_name_here(draft: Draft, number: int) -> bool:
    """A given name that is also a word, a place or a firm: a name only by what stands around."""
    if draft.has(number, Is.EVERYDAY) and draft.raw[number].isupper():
        return False
    if _person_around(draft, number):
        return True
    if draft.has(number, Is.MONTH | Is.PLACE | Is.FIRM | Is.KNOWN | Is.SHORT):
        return False
    if draft.possessive(number):
        return True
    alone = not draft.capital(number + 1) and (
        not draft.capital(number - 1) or draft.opens(number - 1)
    )
    return alone and not draft.capitals_mean_little and not draft.opens(number)


def _small_given(draft: Draft, number: int) -> tuple[int, int] | None:
    """Written small, a name is one only where a person must stand."""
    if draft.has(number, _NO_NAME | Is.SHORT) or len(draft.key[number]) < 4:
        return None
    before = draft.key_at(number - 1)
    told = draft.has(number - 1, Is.TELLING) and before not in _LOOSE_TELLING
    saying = draft.has(number + 1, Is.SAYING) and draft.key[number + 1] not in _LOOSE_SAYING
    role = draft.has(number - 1, Is.ROLE) and before not in _NAMING
    return (number, number) if (told or saying or role) and len(draft.raw[number]) > 3 else None


def _surname_follows(draft: Draft, number: int) -> bool:
    follower = number + 1
    if not draft.near(follower):
        return False
    if draft.has(follower, Is.PARTICLE) and draft.capital(follower + 1):
        return draft.near(follower + 1)
    if not draft.capital(follower):
        return False
    if draft.has(number, _UNCLEAR) and len(draft.raw[number]) > 1 and draft.raw[number].isupper():
        return False
    if draft.has(number, _UNCLEAR) and not draft.has(follower, Is.SURNAME):
        plain = draft.has(follower, _NO_NAME) or draft.capitals_mean_little
        return not plain and not draft.opens(number) and not _WORDY.search(draft.key[follower])
    if draft.has(follower, Is.SURNAME | Is.GIVEN):
        both_words = draft.has(number, Is.EVERYDAY) and draft.has(follower, Is.EVERYDAY)
        return not (both_words and draft.opens(number) and not draft.has(number + 2, Is.SAYING))
    if draft.capitals_mean_little and draft.has(number, Is.SHORT):
        return False
    return not draft.has(follower, _NOT_A_SURNAME) and not draft.raw[follower].isupper()


def _rest_of_name(draft: Draft, number: int) -> int:
    """The last word of a name of which this word is sure to be one."""
    last = number
    while last - number < MAX_NAME_WORDS and draft.near(last + 1) and draft.gap(last + 1) != "'":
        after = last + 1
        if draft.has(after, Is.PARTICLE) and draft.capital(after + 1) and draft.near(after + 1):
            last = after + 1
        elif draft.capital(after) and _part_of_name(draft, after):
            last = after
        else:
            break
    if draft.has(number, Is.PARTICLE) and last == number and draft.capital(number + 1):
        last = number + 1
    if len(draft.key[last]) == 1 and draft.gap(last + 1) == "'" and draft.capital(last + 1):
        last += 1
    return last


def _part_of_name(draft: Draft, number: int) -> bool:
    if draft.has(number, Is.SURNAME | Is.GIVEN) and not draft.has(number, Is.EVERYDAY):
        return True
    return not draft.has(number, _NO_NAME) and not draft.raw[number].isupper()


def _surname(draft: Draft, number: int) -> tuple[int, int] | None:
    if not draft.has(number, Is.SURNAME) or not draft.capital(number):
        return None
    beside = draft.near(number + 1) and draft.capital(number + 1)
    words = draft.has(number, Is.EVERYDAY) or draft.has(number + 1, Is.EVERYDAY)
    if beside and draft.has(number + 1, Is.GIVEN) and not words:
        return number, number + 1
    # Wang Xiaoming, Kim Jisoo: the family name first, the rest in no table
    unknown_after = draft.near(number + 1) and _unknown_name(draft, number + 1)
    if len(draft.key[number]) < 5 and unknown_after and not draft.has(number, _UNCLEAR):
        return number, number + 1
    if draft.has(number, _UNCLEAR | Is.GIVEN) or len(draft.key[number]) < 4:
        return (number, number) if _person_around(draft, number) else None
    if draft.near(number) and _unknown_name(draft, number - 1) and not draft.capitals_mean_little:
        return number - 1, number
    return number, number


def _person_around(draft: Draft, number: int) -> bool:
    """A verb done to a person before it, or one that only a person does after it."""
    before, after = draft.key_at(number - 1), draft.key_at(number + 1)
    if draft.has(number - 1, Is.TELLING) and before not in _LOOSE_TELLING and draft.near(number):
        return True
    if draft.has(number - 1, Is.ROLE) and draft.near(number) and not draft.capital(number - 1):
        return not draft.has(number, Is.PLACE | Is.FIRM | Is.MONTH | Is.KNOWN)
    saying = draft.has(number + 1, Is.SAYING) and after not in _LOOSE_SAYING
    return saying and draft.near(number + 1)


def _unknown_name(draft: Draft, number: int) -> bool:
    """A capital that is in no table of words, and looks like no word."""
    if not draft.capital(number) or draft.has(number, _NO_NAME | Is.ROLE | Is.TELLING | Is.SAYING):
        return False
    raw = draft.raw[number]
    if len(raw) < 3 or not raw[1:].islower() or not raw.isalpha():
        return False
    if draft.capitals_mean_little or "\n" in draft.gap(number):
        return False
    return not _WORDY.search(draft.key[number])


def _after_a_word_for_people(draft: Draft, number: int) -> bool:
    """My manager Xiulan, I told Zsofia; with a sentence's own capital ruled out."""
    if not draft.near(number + 1) or draft.opens(number + 1):
        return False
    if draft.key[number] in _LOOSE_TELLING or (
        draft.capital(number) and draft.has(number, Is.ROLE)
    ):
        return False
    return not draft.opens(number) or draft.has(number, Is.TELLING)


def _initials_and_handles(draft: Draft) -> Iterator[Finding]:
    """J. Okafor, Priya R., O'Brien, @somebody."""
    for number, raw in enumerate(draft.raw):
        if len(raw) == 1:
            if raw in "OD" and draft.gap(number + 1) == "'" and draft.capital(number + 1):
                yield _ask(draft, number, number + 1)
            elif raw.isupper() and draft.gap(number + 1)[:1] == ".":
                yield from _beside_an_initial(draft, number)
        elif len(raw) > 2 and draft.gap(number)[-2:] in {"@", " @", "\n@", "(@"}:
            yield _ask(draft, number, number)


def _beside_an_initial(draft: Draft, number: int) -> Iterator[Finding]:
    if draft.gap(number + 1) in {". ", "."} and _unknown_name(draft, number + 1):
        yield _ask(draft, number, number + 1)
    elif draft.has(number - 1, Is.GIVEN) and draft.near(number) and draft.capital(number - 1):
        yield _ask(draft, number - 1, number)
