"""Putting sentence parts together so that no text occurs twice and neighbours don't repeat."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from forum.cli.demo.parts import PARTNERS, Parts, Subject

MAX_DRAWS = 200
_SLOT = re.compile(r"\{([a-z]+)\}")
_SENTENCE_START = re.compile(r"(^|[.!?][\"*]* )([a-z])")
_ODDS_OF_A_FRAME = 0.62

Card = TypeVar("Card")
Draw = Callable[[], list[str]]


class Deck(Generic[Card]):
    """Deals a pool in shuffled order; every card comes once before any comes again."""

    def __init__(self, cards: Sequence[Card], dice: random.Random) -> None:
        self._cards = list(cards)
        self._dice = dice
        self._left: list[Card] = []
        self._last: Card | None = None

    def deal(self) -> Card:
        if not self._left:
            self._left = self._dice.sample(self._cards, len(self._cards))
            if self._left[-1] == self._last and len(self._left) > 1:
                self._left.insert(0, self._left.pop())
        card = self._left.pop()
        self._last = card
        return card


class Writer:
    """Writes the composed replies, one method per kind; the same dice give the same texts."""

    def __init__(self, parts: Parts, dice: random.Random, taken: Sequence[str]) -> None:
        self._parts = parts
        self._dice = dice
        self._taken = set(taken)
        self._decks: dict[str, Deck[str]] = {}

    def story(self, subject: Subject) -> str:
        return self._fresh(lambda: self._story(subject))

    def question(self, ask: str) -> str:
        return self._fresh(lambda: [*self._maybe("asking"), ask])

    def answer(self, subject: Subject, ask: str) -> str:
        deck = f"{subject.name}:{ask}"
        return self._fresh(lambda: [*self._maybe("answering"), self._deal(deck, subject.asks[ask])])

    def counter(self, subject: Subject) -> str:
        return self._fresh(lambda: [*self._common("countering"), self._own(subject, "counter")])

    def later(self, subject: Subject) -> str:
        return self._fresh(lambda: [*self._common("later-start"), self._own(subject, "later")])

    def cheer(self, subject: Subject) -> str:
        """Encouragement for a story: a word on this very subject, or one that always fits."""
        if self._dice.random() < 0.4:
            return self._fresh(lambda: [self._own(subject, "cheer"), *self._maybe("cheer-end")])
        return self.remark("cheer")

    def remark(self, kind: str) -> str:
        """A short reply of two parts that fits any subject: cheer, rejoin, thanks or hurrah."""
        start, end = PARTNERS[kind]
        return self._fresh(lambda: [*self._common(start), *self._common(end)])

    def _story(self, subject: Subject) -> list[str]:
        parts = [*self._maybe("opening"), self._own(subject, "try"), self._own(subject, "snag")]
        if self._dice.random() < 0.75:
            parts.append(self._own(subject, "lesson"))
        return [*parts, *self._maybe("closing")]

    def _fresh(self, draw: Draw) -> str:
        for _ in range(MAX_DRAWS):
            text = self._finish(draw())
            if text not in self._taken:
                self._taken.add(text)
                return text
        raise ValueError("the parts are used up: write more of them")

    def _finish(self, parts: Sequence[str]) -> str:
        chosen: dict[str, str] = {}
        text = _SLOT.sub(lambda slot: self._fill(slot[1], chosen), " ".join(parts))
        return _SENTENCE_START.sub(lambda start: start[1] + start[2].upper(), text)

    def _fill(self, slot: str, chosen: dict[str, str]) -> str:
        """One word per slot and text: "the deputy" stays the deputy until the full stop."""
        if slot not in chosen:
            chosen[slot] = self._deal(f"slot:{slot}", self._parts.slots[slot])
        return chosen[slot]

    def _maybe(self, key: str) -> list[str]:
        return self._common(key) if self._dice.random() < _ODDS_OF_A_FRAME else []

    def _common(self, key: str) -> list[str]:
        return [self._deal(key, self._parts.common[key])]

    def _own(self, subject: Subject, key: str) -> str:
        return self._deal(f"{subject.name}:{key}", subject.parts[key])

    def _deal(self, name: str, cards: Sequence[str]) -> str:
        deck = self._decks.setdefault(name, Deck(cards, self._dice))
        return deck.deal()
