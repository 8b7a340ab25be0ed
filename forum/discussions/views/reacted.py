"""Reactions in words: what stands on their buttons, or in the line that tells of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from flask import current_app

from forum.core.i18n import _l
from forum.discussions.cards import Reactions
from forum.discussions.queries.reactions import IN_CIRCLE, IN_SPACE
from forum.models.discussions import ReactionKind
from forum.web import locale
from forum.web.patterns import Values

REACTIONS = {
    ReactionKind.WITH_YOU: _l("With you"),
    ReactionKind.BEEN_THERE: _l("Been there"),
    ReactionKind.THANKS: _l("Thanks"),
    ReactionKind.INSIGHT: _l("Insight"),
}


def reacted(given: Reactions | None, in_space: bool) -> Values:
    """What fills the gaps of the buttons, or of the line that tells of them."""
    return _filled(given, in_space, locale.chosen()) if given else {}


@lru_cache(1_024)
def _filled(given: Reactions, in_space: bool, _language: str) -> Values:
    values = {"told": told(given, in_space=in_space)}
    for number, each in enumerate(spoken_reactions(given, in_space=in_space)):
        values[f"pressed_{number}"] = "true" if each.pressed else "false"
        values[f"words_{number}"] = each.words
    return values


class SpokenReaction(NamedTuple):
    """One kind of reaction to a post, in words."""

    kind: ReactionKind
    words: str
    pressed: bool
    is_left: bool
    """Whether the page tells of any."""


def spoken_reactions(given: Reactions, *, in_space: bool) -> list[SpokenReaction]:
    """Of each kind: what its button says, or the line that tells an author in a space."""
    tells = in_space and any(given.counts)
    return [
        SpokenReaction(kind, reaction_words(kind, count, always=tells), pressed, count > 0)
        for kind, pressed, count in zip(
            IN_SPACE if in_space else IN_CIRCLE, given.pressed, given.counts, strict=True
        )
    ]


def told(given: Reactions, *, in_space: bool) -> str:
    """All that was left, for those who have nothing to press; empty when that is nothing."""
    if not any(given.counts):
        return ""
    said = spoken_reactions(given, in_space=in_space)
    return " · ".join(each.words for each in said if each.is_left or in_space)


def reaction_words(kind: ReactionKind, count: int, *, always: bool = False) -> str:
    """A kind of reaction and how many there are; none are not told of, unless `always`."""
    number = current_app.jinja_env.filters["number"](count)
    return f"{REACTIONS[kind]} {number}" if count or always else str(REACTIONS[kind])
