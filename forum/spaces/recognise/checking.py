"""One draft, all the looks at it, and which finding wins where two meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from forum.spaces.recognise import details
from forum.spaces.recognise.contacts import emails
from forum.spaces.recognise.draft import Draft
from forum.spaces.recognise.employers import own_employers
from forum.spaces.recognise.findings import Finding, Writer
from forum.spaces.recognise.firms import firms_by_form, well_known_firms
from forum.spaces.recognise.glued import Glued
from forum.spaces.recognise.own_names import own_names
from forum.spaces.recognise.people import people
from forum.spaces.recognise.phones import phones
from forum.spaces.recognise.position import positions
from forum.spaces.recognise.unknown_names import unknown_people

MAX_FINDINGS = 300  # of each look; the rest of a text that has more is seen once those are mended

# Judged by public tables only, whoever writes.
_GENERAL = (
    well_known_firms,
    firms_by_form,
    people,
    unknown_people,
    positions,
    details.dates,
    details.amounts,
    details.singular,
    details.products,
)


def check(text: str, writer: Writer) -> list[Finding]:
    """What in this draft could tell who wrote it, in the order of the text; no two overlap.

    Time grows in step with the text's length, which is the caller's to limit (20,000 characters
    take some 20 ms, of whatever kind under 50). Nothing is kept of either argument.
    """
    draft = Draft(text)
    words = Glued(draft)
    looks = (
        own_employers(words, writer.employers),
        own_names(words, writer),
        emails(draft),
        phones(draft),
        *(look(draft) for look in _GENERAL),
    )
    found = chain.from_iterable(islice(look, MAX_FINDINGS) for look in looks)
    return sorted(_strongest(found), key=lambda finding: finding.start)


def _strongest(found: Iterable[Finding]) -> Iterator[Finding]:
    """Of findings that overlap the weightier stays, then the longer, then the one found first."""
    ranked = sorted(found, key=lambda f: (-f.level, f.start - f.end))
    taken: set[int] = set()
    for finding in ranked:
        places = range(finding.start, finding.end)
        if taken.isdisjoint(places):
            taken.update(places)
            yield finding
