"""Where an everyday word, or several, is the writer's employer and not the word."""

from __future__ import annotations

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.employer_names import GENERIC, Spelling
from forum.spaces.recognise.lexicon import Is, word_set

# Two words that say something of their own when nothing is written with a capital.
_SAYINGS = word_set("sayings")
_DOES = word_set("does")
_DETERMINERS = word_set("determiners")
_BARE_BEFORE = word_set("bare before")
_WORKING = frozenset("work works worked working job role employed joined left inside".split())
_AT = frozenset("at bei chez".split())
_LITTLE_AFTER = frozenset("we i they he she you it and but where when who because for".split())


def everyday(draft: Draft, first: int, last: int) -> bool:
    """Are all of these words that anybody may write?"""
    return all(draft.has(number, Is.EVERYDAY | Is.COMMON) for number in range(first, last + 1))


def split_stands_out(draft: Draft, spelling: Spelling, first: int, last: int) -> bool:
    """North wind, sales force: a name in one word, written as two that may mean what they say."""
    shown = any(draft.capital(n) and not draft.opens(n) for n in range(first, last + 1))
    if spelling.glued in _SAYINGS:
        return shown
    return not everyday(draft, first, last) or _several_stand_out(draft, spelling, first, last)


def stands_out(draft: Draft, spelling: Spelling, first: int, last: int) -> bool:
    """An everyday word is the employer when its capital isn't the sentence's."""
    if at_work(draft, first, last):
        return True
    if spelling.words > 1 and first != last:
        return _several_stand_out(draft, spelling, first, last)
    if not draft.capital(first) or _of_a_longer_term(draft, first, last):
        return False
    if not draft.opens(first) or draft.possessive(last) or draft.has(last + 1, Is.SAYING):
        return True
    return draft.key_at(last + 1).endswith("ed") or draft.key_at(last + 1) in _DOES


def at_work(draft: Draft, first: int, last: int) -> bool:
    """Worked for target; at harbour we …: where nothing but a firm can stand."""
    before = draft.key_at(first - 1)
    if before == "joined" and not draft.opens(first):
        return True
    if before not in {"at", "for", "by", "inside", *_AT} or not draft.near(first):
        return False
    if any(draft.key_at(first - back) in _WORKING for back in (2, 3, 4)):
        return True
    ends = not draft.near(last + 1) or draft.key[last + 1] in _LITTLE_AFTER
    ends = ends or draft.possessive(last)
    return before in _AT and ends and draft.key[first] not in _DETERMINERS


def at_the(draft: Draft, first: int, last: int) -> bool:
    """At Crescent: a part of a name, where the firm stands."""
    if not draft.capital(first) or not draft.near(first):
        return False
    return draft.key_at(first - 1) in _AT or at_work(draft, first, last)


def _several_stand_out(draft: Draft, spelling: Spelling, first: int, last: int) -> bool:
    """All of its words with capitals, or written small where a noun needs an article."""
    words = range(first, last + 1)
    shown = [n for n in words if draft.capital(n)]
    if shown:
        return len(shown) > 1 or not draft.opens(shown[0])
    if spelling.words > 2 or not all(draft.has(n, Is.EVERYDAY) for n in words):
        return draft.key_at(first - 1) not in _DETERMINERS - {"the"}
    bare = draft.key_at(first - 1) in _BARE_BEFORE or draft.possessive(last)
    return bare and spelling.glued not in _SAYINGS


def _of_a_longer_term(draft: Draft, first: int, last: int) -> bool:
    """The Target Operating Model, our Next Steps; and a whole line of capitals."""
    after = last + 1
    if not (draft.near(after) and draft.capital(after)) or draft.possessive(last):
        return False
    if draft.key[after] in GENERIC or draft.has(after, Is.PLACE | Is.KNOWN):
        return False
    common = draft.has(after, Is.EVERYDAY | Is.COMMON)
    return common and (draft.key_at(first - 1) in _DETERMINERS or draft.capital(first - 1))
