"""Stops e-mail addresses, also those spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.employer_names import FREE_MAIL
from forum.spaces.recognise.findings import Finding, Kind, Level
from forum.spaces.recognise.lexicon import word_set

MAX_LOCAL_CHARS = 64  # RFC 5321, 4.5.3.1.1
MAX_DOMAIN_CHARS = 255
_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-'")
_DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
_AT = frozenset("at arroba arobase klammeraffe chiocciola malpa".split())
_DOT = frozenset("dot punkt punto point ponto kropka".split())
_ENDINGS = word_set("endings")
_DOT_BEGINS = frozenset(".([d")
_SPACED_DOT = re.compile(r" ?(?:\.|\(?dot\)?|\[dot\]) ?[a-z]{2,12}")
_BRACKETS = re.compile(r"[\[({<#*]")


def emails(draft: Draft) -> Iterator[Finding]:
    for start, end in (*_with_sign(draft.folded.lower), *_spelt_out(draft)):
        yield draft.found(Level.STOP, Kind.EMAIL, start, end)


def _with_sign(text: str) -> Iterator[tuple[int, int]]:
    """Around each @ a local part and a domain with a dot; a space on either side is a disguise."""
    at = text.find("@")
    while at >= 0:
        start, end = at, at + 1
        if text[start - 1 : start] == " " and text[end : end + 1] == " ":
            start, end = start - 1, end + 1
        first = start
        while first > 0 and start - first < MAX_LOCAL_CHARS and text[first - 1] in _LOCAL:
            first -= 1
        last = end
        while last < len(text) and last - end < MAX_DOMAIN_CHARS and text[last] in _DOMAIN:
            last += 1
        domain = text[end:last].rstrip(".-")
        if first < start and domain:
            together = end == at + 1 and _has_letter(text[first:start]) and _has_letter(domain)
            if together or "." in domain.lstrip("."):
                yield first, end + len(domain)
            else:
                further = _further_dot(text, last)
                if further:
                    yield first, further
        at = text.find("@", at + 1)


def _further_dot(text: str, last: int) -> int | None:
    """Where the domain ends whose dot has spaces around it or is spelt out."""
    if text[last : last + 2].strip()[:1] not in _DOT_BEGINS:
        return None
    further = _SPACED_DOT.match(text, last, last + 24)
    return further.end() if further else None


def _has_letter(part: str) -> bool:
    return any(map(str.isalpha, part))


def _spelt_out(draft: Draft) -> Iterator[tuple[int, int]]:
    """ana at corp dot example; ana (at) corp.com; ana at gmail.com."""
    for number, key in enumerate(draft.key):
        sign = key in _AT or (key == "a" and draft.gap(number).endswith("("))
        if not sign or not 0 < number < draft.count - 2:
            continue
        last, dotted = _domain_from(draft, number + 1)
        if last is None:
            continue
        bracketed = bool(_BRACKETS.search(draft.gap(number)))
        free = draft.key[number + 1] in FREE_MAIL and len(draft.key[number + 1]) > 3
        if dotted or bracketed or free:
            yield draft.start[_local_from(draft, number - 1)], draft.end[last]


def _domain_from(draft: Draft, number: int) -> tuple[int | None, bool]:
    """The last word of a domain that begins here, and whether a dot of it is spelt out."""
    last, dotted, at = None, False, number
    while at + 1 < draft.count and at - number < 8:
        if draft.key[at + 1] in _DOT and at + 2 < draft.count:
            dotted, at = True, at + 2
        elif draft.gap(at + 1) in {".", " . ", "-"}:
            at += 1
        else:
            break
        if draft.key[at] in _ENDINGS or draft.gap(at + 1).strip(" ")[:1] in {"", ".", ","}:
            last = at
    known = last is not None and draft.key[last] in _ENDINGS
    return (last if known else None), dotted


def _local_from(draft: Draft, number: int) -> int:
    first = number
    while first > 0 and number - first < 4:
        if draft.gap(first) in {".", "-", "_"}:
            first -= 1
        elif draft.key_at(first - 1) in _DOT and first > 1:
            first -= 2
        else:
            break
    return first
