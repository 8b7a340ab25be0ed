"""Stops the writer's own names and handles, unless they are plainly words."""

from __future__ import annotations

from collections.abc import Iterator

from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.findings import Finding, Kind, Level, Writer
from forum.spaces.recognise.folding import fold, latin, unspaced
from forum.spaces.recognise.gentler import self_words
from forum.spaces.recognise.glued import Glued
from forum.spaces.recognise.lexicon import DATA, WORD, Is, bits
from forum.spaces.recognise.word_or_name import is_a_name, signed

MIN_GLUED_CHARS = 6
MIN_CALLED_CHARS = 4
_FRONTS = ("oluwa", "olu", "chukwu", "ade")
"""Of Yoruba and Igbo given names, which friends leave out: Oluwaseun is Seun."""
_WHERE = frozenset("in near around outside via".split())
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def own_names(words: Glued, writer: Writer) -> Iterator[Finding]:
    draft = words.draft
    firsts: set[str] = set()
    lasts: set[str] = set()
    for name in writer.names:
        for parts in _parts(name):
            if unspaced(name):
                runs = _runs(words, "".join(parts))
                yield from (_own(draft, begin, end) for begin, end in runs)
            yield from _glued(draft, words, parts)
            firsts.update((parts[0], *_also_called(parts[0])))
            firsts.update(part for part in parts[1:-1] if len(part) > 3)
            firsts.update(_run_together(parts))
            lasts.update(parts[-1:] if len(parts) > 1 else [])
    yield from _alone(draft, words.keys, firsts - lasts, lasts)
    yield from _cut_short(draft, firsts)
    locals_ = [address.split("@")[0] for address in writer.addresses]
    for handle in (*writer.handles, *locals_):
        yield from _handle(draft, words, WORD.findall(latin(fold(handle).lower)))


def _parts(name: str) -> list[list[str]]:
    """The name's words without titles; once more with ae for ä."""
    found = []
    for form in dict.fromkeys((name[:120], name[:120].translate(_UMLAUTS))):
        parts = [latin(word) for word in WORD.findall(fold(form).lower)]
        table = bits()
        parts = [p for p in parts if not table.get(p, 0) & Is.HONORIFIC] or parts
        if parts:
            found.append(parts)
    return found


def _also_called(first: str) -> list[str]:
    lines = (DATA / "nicknames.txt").read_text(encoding="utf-8").splitlines()
    return _without_front(first) + [
        name
        for line in lines
        if not line.startswith("#") and first in line.split()
        for name in line.split()
        if line.split()[0] in (first, name) and name != first
    ]


def _run_together(parts: list[str]) -> Iterator[str]:
    """Given names written as one, the family name before or behind: Lina for Li Na."""
    if len(parts) > 2:
        names = ("".join(parts[:-1]), "".join(parts[1:]))
        yield from (name for name in names if len(name) >= MIN_CALLED_CHARS)


def _without_front(first: str) -> list[str]:
    rests = (first.removeprefix(front) for front in _FRONTS)
    return [rest for rest in rests if rest != first and len(rest) >= MIN_CALLED_CHARS]


def _glued(draft: Draft, words: Glued, parts: list[str]) -> Iterator[Finding]:
    """Given and family name in either order, run together, apart, or one as an initial."""
    if len(parts) < 2:
        return
    first, last = parts[0], parts[-1]
    forms = {"".join(parts[:-1]), "".join(parts[1:])} if len(parts) > 2 else set()
    forms |= {"".join(parts), first + last, last + first, first[0] + last, first + last[0]}
    for form in forms:
        for begin, end in _runs(words, form):
            initial = form in (first[0] + last, first + last[0])
            if _is_written_as_a_name(draft, begin, end, initial=initial, form=form):
                yield _own(draft, begin, end)


def _runs(words: Glued, form: str) -> Iterator[tuple[int, int]]:
    """Places where whole words, run together, are this; joined by at most three characters."""
    place = words.text.find(form)
    while place >= 0:
        begin, end = words.word_of(place), words.word_of(place + len(form) - 1)
        after = words.begins[end] + len(words.keys[end])
        whole = words.begins[begin] == place and after == place + len(form)
        if whole or unspaced(form):
            gaps = [words.draft.gap(number) for number in range(begin + 1, end + 1)]
            if all(len(gap) < 4 and "\n" not in gap and "!" not in gap for gap in gaps):
                yield begin, end
        place = words.text.find(form, max(place + 1, after - len(form) + 1))


def _is_written_as_a_name(draft: Draft, begin: int, end: int, *, initial: bool, form: str) -> bool:
    capitals = all(draft.capital(number) for number in range(begin, end + 1))
    if begin == end:
        return len(form) >= MIN_GLUED_CHARS and not draft.has(begin, Is.EVERYDAY | Is.KNOWN)
    if initial:
        dotted = "." in draft.gap(end) or draft.gap(end + 1).startswith((".", ","))
        return capitals and (dotted or len(draft.key[end]) > 1)
    return capitals or not all(draft.has(number, Is.EVERYDAY) for number in range(begin, end + 1))


def _alone(draft: Draft, keys: list[str], firsts: set[str], lasts: set[str]) -> Iterator[Finding]:
    for number, key in enumerate(keys):
        if key not in firsts and key not in lasts:
            continue
        if _somebody_else(draft, number, given=key in firsts) or _something_else(draft, number):
            continue
        if signed(draft, number) or is_a_name(draft, number, given=key in firsts):
            yield _own(draft, number, number)


def _cut_short(draft: Draft, firsts: set[str]) -> Iterator[Finding]:
    """Em, for Emily, as the text's last word."""
    last = draft.count - 1
    key = draft.key_at(last)
    begins = any(first.startswith(key) and first != key for first in firsts)
    if begins and len(key) > 1 and draft.capital(last) and signed(draft, last):
        yield _own(draft, last, last)


def _something_else(draft: Draft, number: int) -> bool:
    """In Lima; Li-ion."""
    if draft.has(number, Is.PLACE) and draft.key_at(number - 1) in _WHERE:
        return True
    return len(draft.key[number]) < 3 and draft.gap(number + 1) == "-"


def _somebody_else(draft: Draft, number: int, *, given: bool) -> bool:
    """The same given name with another family name, or the other way about."""
    other = number + 1 if given else number - 1
    if not (draft.capital(other) and draft.near(max(other, number))):
        return False
    return draft.has(other, Is.SURNAME if given else Is.GIVEN) and not draft.has(other, Is.EVERYDAY)


def _handle(draft: Draft, words: Glued, parts: list[str]) -> Iterator[Finding]:
    glued = "".join(parts)
    if len(glued) < 3:
        return
    plain_word = len(parts) == 1 and bits().get(glued, 0) & (Is.EVERYDAY | Is.KNOWN | Is.PLACE)
    for begin, end in _runs(words, glued):
        marked = draft.gap(begin).endswith("@")
        whole = not plain_word and len(glued) > 3 and "  " not in draft.gap(end)
        if marked or whole:
            yield _own(draft, begin, end)


def _own(draft: Draft, first: int, last: int) -> Finding:
    return draft.finding(Level.STOP, Kind.OWN_NAME, first, last, self_words())
