"""Does a text speak of harming oneself? Only to show where help is; nothing is blocked or told."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from forum.spaces.recognise.folding import fold, plain
from forum.spaces.recognise.lexicon import DATA, WORD


class Saying(NamedTuple):
    words: str
    not_before: frozenset[str]
    not_after: frozenset[str]


def speaks_of_self_harm(text: str) -> bool:
    """The plainest phrases of some twenty languages; not idioms such as "career suicide"."""
    lower = fold(text).lower
    spoken = f" {' '.join(WORD.findall(lower))} "
    if any(_is_said(spoken, saying) for saying in _sayings()):
        return True
    return any(phrase in lower for phrase in _unspaced())


def _is_said(spoken: str, saying: Saying) -> bool:
    phrase = f" {saying.words} "
    at = spoken.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        follower = spoken[end : end + 24].partition(" ")[0]
        before = spoken[max(0, at - 24) : at].rpartition(" ")[2]
        if follower not in saying.not_before and before not in saying.not_after:
            return True
        at = spoken.find(phrase, at + 1)
    return False


@cache
def _sayings() -> tuple[Saying, ...]:
    found = []
    for line in _lines("harm"):
        words, _, idioms = line.partition("|")
        after = frozenset(word[1:] for word in idioms.split() if word.startswith("-"))
        found.append(Saying(plain(words), frozenset(idioms.split()) - after, after))
    return tuple(found)


@cache
def _unspaced() -> tuple[str, ...]:
    return tuple(plain(line) for line in _lines("harm_unspaced"))


def _lines(name: str) -> list[str]:
    lines = (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
