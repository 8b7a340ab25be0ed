"""Stops the writer's own employers, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.employer_names import (
    ACRONYMS,
    Care,
    Spelling,
    spellings,
    three_letters,
)
from forum.spaces.recognise.findings import Employer, Finding, Kind, Level
from forum.spaces.recognise.folding import latin, unspaced
from forum.spaces.recognise.gentler import employer_words
from forum.spaces.recognise.glued import Glued
from forum.spaces.recognise.lexicon import Is, word_set
from forum.spaces.recognise.misspelt import MIN_CHARS, Misspelt, disguised
from forum.spaces.recognise.word_or_firm import (
    at_the,
    at_work,
    everyday,
    split_stands_out,
    stands_out,
)

_ENDINGS = word_set("endings employers")
MAX_BEGINNING = 12  # letters; deeper inside a long run of them no spelling begins
_BEGINNINGS = frozenset("ex non anti pro pre post my the at our".split())
_AROUND = ".,;:!?()[]{}\"' "
_BETWEEN = frozenset({"", "  ", "\n", *" -_.*/',+&|~", "--", " - ", " & ", " + "})


def own_employers(words: Glued, employers: Sequence[Employer]) -> Iterator[Finding]:
    names = spellings(employers)
    if not names:
        return
    draft = words.draft
    taken: set[int] = set()
    for spelling in names:
        for first, last in _written(words, spelling):
            if first not in taken:
                taken.update(range(first, last + 1))
                yield _stop(draft, draft.start[first], draft.end[last])
    short = three_letters(employers)
    for number, key in enumerate(words.keys):
        if key in short and number not in taken and _in_capitals(draft, number, number):
            taken.add(number)
            yield _stop(draft, draft.start[number], draft.end[number])
    yield from _wrongly_written(words, names, taken)
    sure = [spelling.glued for spelling in names if spelling.care in (Care.ANY, Care.WHOLE)]
    text = latin(draft.folded.lower)
    for start, end in disguised(text, sure):
        words_alone = text[start:end].strip(_AROUND) or text[start:end]
        begins = text.index(words_alone, start)
        yield _stop(draft, begins, begins + len(words_alone))


def _wrongly_written(words: Glued, names: list[Spelling], taken: set[int]) -> Iterator[Finding]:
    draft, keys = words.draft, words.keys
    misspelt = Misspelt(
        s.glued
        for s in names
        if s.care is Care.ANY
        or (s.care is Care.EVERYDAY and s.words > 1)
        or (s.care in (Care.CAPITAL, Care.EVERYDAY) and len(s.glued) < MIN_CHARS)
    )
    ones = {key for key, is_ in set(zip(keys, draft.is_, strict=True)) if misspelt.is_one(key, is_)}
    for number, key in enumerate(keys):
        if number in taken:
            continue
        if key in ones:
            yield _stop(draft, draft.start[number], draft.end[number])
        elif draft.near(number) and misspelt.is_edited(keys[number - 1] + key):
            capitals = draft.capital(number - 1) and draft.capital(number)
            if capitals or not everyday(draft, number - 1, number):
                yield _stop(draft, draft.start[number - 1], draft.end[number])


def _stop(draft: Draft, start: int, end: int) -> Finding:
    return draft.found(Level.STOP, Kind.OWN_EMPLOYER, start, end, employer_words())


def _written(words: Glued, spelling: Spelling) -> Iterator[tuple[int, int]]:
    """First and last word of every place where this spelling stands."""
    glued, length = spelling.glued, len(spelling.glued)
    for text in words.texts:
        place = text.find(glued)
        while place >= 0:
            first, last = words.word_of(place), words.word_of(place + length - 1)
            before = place - words.begins[first]
            after = words.begins[last] + len(words.keys[last]) - place - length
            found = _fits(words, spelling, (first, last), before, after)
            if found:
                yield first, last
            ahead = length if found else 1
            if not found and before > MAX_BEGINNING:
                ahead = words.begins[first] + len(words.keys[first]) - place
            place = text.find(glued, place + ahead)


def _fits(words: Glued, spelling: Spelling, span: tuple[int, int], before: int, after: int) -> bool:
    first, last = span
    draft = words.draft
    if first != last and not _together(words, spelling, first, last):
        return False
    beginning = words.keys[first][: min(before, MAX_BEGINNING)]
    ending = words.keys[last][-min(after, MAX_BEGINNING) :] if after else ""
    if not _affixes_fit(spelling, beginning, ending, in_one_word=first == last):
        return False
    match spelling.care:
        case Care.ANY:
            return first == last or spelling.words > 1 or split_stands_out(draft, spelling, *span)
        case Care.CAPITAL:
            shown = draft.raw[first] != draft.raw[first].lower()
            return shown or at_work(draft, first, last)
        case Care.EVERYDAY:
            return stands_out(draft, spelling, first, last)
        case Care.CAPITALS:
            return _in_capitals(draft, first, last)
        case Care.PLACE:
            return at_the(draft, first, last)
    return True


def _affixes_fit(spelling: Spelling, beginning: str, ending: str, *, in_one_word: bool) -> bool:
    if (not beginning and not ending) or unspaced(spelling.glued):
        return True
    length = len(spelling.glued)
    if spelling.care in (Care.CAPITALS, Care.EVERYDAY, Care.PLACE):
        return not beginning and ending == "s" and spelling.care is Care.CAPITALS
    if spelling.care is Care.ANY and length >= 7 and in_one_word:
        return True
    if beginning and beginning not in _BEGINNINGS:
        return False
    if spelling.care is Care.ANY and length >= 5 and in_one_word:
        return len(ending) <= 6
    return not ending or (ending in _ENDINGS and length >= 4)


def _together(words: Glued, spelling: Spelling, first: int, last: int) -> bool:
    """Do these words belong to each other, and is the split one that somebody makes on purpose?"""
    draft = words.draft
    inner = range(first + 1, last + 1)
    single = all(len(words.keys[number]) == 1 for number in range(first, last + 1))
    for number in inner:
        gap = draft.gap(number)
        if gap not in _BETWEEN and not (single and gap in {". ", "   ", " . "}):
            return False
    if single:
        return last - first > 1 or draft.gap(last).strip() in {".", "&", "+"}
    if spelling.words > 1:
        return True
    if all(draft.gap(number).strip() in {"&", "+"} for number in inner):  # CP&L
        return all(draft.raw[number].isupper() for number in range(first, last + 1))
    if spelling.care is not Care.ANY or len(spelling.glued) < 5:
        return False
    little = any(len(words.keys[n]) < 4 and draft.has(n, Is.EVERYDAY) for n in (first, *inner))
    return not little or len(spelling.glued) >= 7


def _in_capitals(draft: Draft, first: int, last: int) -> bool:
    if first != last:
        return all(draft.raw[n].isupper() for n in range(first, last + 1))
    raw = draft.raw[first]
    if draft.key[first] in ACRONYMS or draft.has(first, Is.EVERYDAY | Is.KNOWN):
        return False
    return bool(re.fullmatch(r"[A-Z]{2,6}s?", raw))
