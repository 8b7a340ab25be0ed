"""Looking at a draft before it is posted in a space. Nothing of it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from forum.core import names
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.employments.queries import own_words
from forum.policy.viewer import Viewer
from forum.spaces.recognise import Employer, Finding, Level, Writer, check

_PAIR = re.compile(r"\b(?=([A-Za-z]{2,20}) {1,3}([A-Za-z]{2,20})\b)")


class GivesAway(ForumError):
    """A draft says something that must not, or should not without thought, be posted there."""

    status = 422
    sentence = _l("This could tell somebody who you are. Please look at what is marked below.")

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__()
        self.findings = findings


def look(viewer: Viewer, text: str, *, looked: bool) -> None:
    """Raise GivesAway when a draft names what it must not, or asks for a second look.

    Where the writer works, who they are and how to reach them is never posted; other people, firms
    and positions are, once the writer has `looked` at what was found. One statement.
    """
    found = [each for each in findings(viewer, text) if each.level >= Level.ASK]
    if any(each.level is Level.STOP for each in found) or (found and not looked):
        raise GivesAway(found)


def findings(viewer: Viewer, text: str) -> list[Finding]:
    """All that was found in a draft, also what is only worth a note.

    Names that members have in spaces are nobody's, and may be said.
    """
    found = check(_without_names(text), _writer(viewer))
    return [replace(each, words=text[each.start : each.end]) for each in found]


def _without_names(text: str) -> str:
    """The text with names of spaces covered, every other letter where it was."""
    letters = list(text)
    for pair in _PAIR.finditer(text):
        if names.number(f"{pair[1]} {pair[2]}".title()) is not None:
            letters[pair.start(1) : pair.end(2)] = "x" * (pair.end(2) - pair.start(1))
    return "".join(letters)


def _writer(viewer: Viewer) -> Writer:
    """The writer as they told of themselves; nothing the site knows besides goes into it."""
    own = own_words(viewer)
    return Writer(
        names=(viewer.name,),
        handles=(viewer.handle,) if viewer.handle else (),
        addresses=(viewer.address,) if viewer.address else (),
        employers=tuple(Employer((name,), own.domains) for name in own.names)
        or (Employer((), own.domains),),
    )
