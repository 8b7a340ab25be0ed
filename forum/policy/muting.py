"""What a reader has muted, met with what is on a page: folded for them, and nobody learns of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any

from forum.core.i18n import _
from forum.policy.viewer import Viewer

_TAG = re.compile(r"<(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+>")
"""Of our own HTML, where every < begins a tag."""


@dataclass(frozen=True, slots=True)
class Muting:
    """Of one reader: people in circles, names in a topic of a space, words anywhere."""

    writers: frozenset[Any]
    words: frozenset[str]

    def word_in(self, *texts: str) -> str:
        """The muted word that stands first in one of the plain texts; none: an empty one."""
        found = None
        if self.words:
            pattern = _any_of(self.words)
            each = (pattern.search(text.casefold()) for text in texts if text)
            found = next((match for match in each if match), None)
        return found.group() if found else ""

    def word_in_html(self, html: str) -> str:
        """The same of a stored text."""
        return self.word_in(unescape(_TAG.sub(" ", html))) if self.words else ""

    def why(self, author: Any, html: str, name: str) -> str:
        """In words why a post is folded; empty when it is not."""
        if author in self.writers:
            return str(_("You muted %(name)s. Show", name=name))
        word = self.word_in_html(html)
        return said_of(word) if word else ""


def muting(viewer: Viewer, voices: Iterable[str] | None = None) -> Muting | None:
    """What the viewer has muted in circles; with `voices`, the names in a topic of a space.

    There nobody is folded for who they are elsewhere: it would tell. None for most people.
    """
    writers = frozenset(voices) if voices is not None else viewer.muted_people
    return Muting(writers, viewer.muted_words) if writers or viewer.muted_words else None


def said_of(word: str) -> str:
    """What stands in place of what is folded for a word."""
    return str(_("You muted the word “%(word)s”. Show", word=word))


@lru_cache(maxsize=256)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Whole words only: a letter, digit or underscore beside it makes another word of it."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
