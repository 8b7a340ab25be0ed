"""Content notes: what whoever opens a topic in a space can warn readers of.

A fixed list, so that a note is nobody's words. Texts behind one are folded, but for readers who
chose otherwise; the choice is about notes, never about a topic.
"""

from __future__ import annotations

from collections.abc import Iterable

from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.policy.viewer import Viewer

NOTES = {
    "bullying": _l("Bullying or humiliation"),
    "harassment": _l("Harassment, sexual or other"),
    "discrimination": _l("Discrimination"),
    "violence": _l("Violence or threats"),
    "illness": _l("Illness or burn-out"),
    "self_harm": _l("Self-harm or suicide"),
    "job_loss": _l("Losing a job"),
    "death": _l("Death and grief"),
}


class NoSuchNote(ForumError):
    status = 422
    sentence = _l("There is no such content note. Please choose from the list.")


def checked(keys: Iterable[str]) -> tuple[str, ...]:
    """Each of the keys once, in the list's order. NoSuchNote when one is none of it."""
    given = set(keys)
    if not given <= NOTES.keys():
        raise NoSuchNote
    return known(given)


def known(keys: Iterable[str]) -> tuple[str, ...]:
    """The same of what was stored: a note that the list has no longer is left out."""
    given = set(keys)
    return tuple(key for key in NOTES if key in given)


def in_words(keys: Iterable[str]) -> str:
    """Notes as readers see them; empty for none."""
    return " · ".join(str(NOTES[key]) for key in known(keys))


def folds(viewer: Viewer, keys: Iterable[str]) -> bool:
    """Whether this reader wants a text behind these notes folded."""
    return not viewer.unfolded_notes.issuperset(known(keys))
