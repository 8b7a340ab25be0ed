"""Putting sentence parts together so that no text occurs twice and neighbours don't repeat."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from forum.cli.demo.parts import PARTNERS, Part, Parts, Subject

Card = TypeVar("Card")
Draw = Callable[[], list[str]]
MAX_DRAWS = 200
_ODDS_OF_A_FRAME = 0.6
_ODDS_OF_A_LESSON = 0.75
_SLOT = re.compile(r"\{([a-z]+)\}")
_NO_TAGS: frozenset[str] = frozenset()


class Deck(Generic[Card]):
    """Deals a pool in shuffled order; a card comes again only when the fitting ones are used up."""

    def __init__(self, cards: Sequence[Card], dice: random.Random) -> None:
        self._cards = list(cards)
        self._dice = dice
        self._left: list[Card] = []

    def deal(self, fits: Callable[[Card], bool] = lambda _: True) -> Card:
        """Take the next card that fits; at least one of the pool must."""
        for _ in range(2):
            for place, card in enumerate(self._left):
                if fits(card):
                    return self._left.pop(place)
            self._left += self._dice.sample(self._cards, len(self._cards))
        raise ValueError("no part fits here: write more of them")


class Writer:
    """Writes the composed replies, one method per kind; the same dice give the same texts.

    `given` are the tags of the story that a reply belongs to: only fitting parts are used.
    """

    def __init__(self, parts: Parts, dice: random.Random, taken: Sequence[str]) -> None:
        self._parts = parts
        self._dice = dice
        self._taken = set(taken)
        self._decks: dict[str, Deck[Part]] = {}

    def story(self, subject: Subject) -> tuple[str, frozenset[str]]:
        """Return a story and the tags it gives."""
        attempt = self._own(subject, "try", _NO_TAGS)
        snag = self._own(subject, "snag", attempt.gives)
        given = attempt.gives | snag.gives
        lesson = [self._own(subject, "lesson", given).text] if self._rolls_lesson() else []
        middle = [attempt.text, snag.text, *lesson]
        text = self._fresh(lambda: [*self._maybe("opening"), *middle, *self._maybe("closing")])
        return text, given

    def question(self, ask: Part) -> str:
        return self._fresh(lambda: [*self._maybe("asking"), ask.text])

    def answer(self, subject: Subject, ask: Part) -> str:
        name = f"{subject.name}:{ask.text}"
        cards = [Part(text) for text in subject.asks[ask]]
        return self._fresh(
            lambda: [*self._maybe("answering"), self._deal(name, cards, _NO_TAGS).text]
        )

    def remark_on(self, subject: Subject, given: frozenset[str]) -> str:
        """Encouragement that speaks of the story itself, or, where none fits, of any."""
        if not subject.fitting("cheer", given):
            return self.remark("cheer")
        return self._fresh(
            lambda: [self._own(subject, "cheer", given).text, *self._maybe("cheer-end")]
        )

    def counter(self, subject: Subject, given: frozenset[str]) -> str:
        return self._framed("countering", subject, "counter", given)

    def later(self, subject: Subject, given: frozenset[str]) -> str:
        return self._framed("later-start", subject, "later", given)

    def remark(self, kind: str) -> str:
        """A short reply that fits any subject: cheer, rejoin, thanks, laugh or hurrah."""
        start, end = PARTNERS[kind]
        return self._fresh(lambda: [self._common(start), self._common(end)])

    def _framed(self, frame: str, subject: Subject, key: str, given: frozenset[str]) -> str:
        return self._fresh(lambda: [self._common(frame), self._own(subject, key, given).text])

    def _fresh(self, draw: Draw) -> str:
        for _ in range(MAX_DRAWS):
            text = self._finish(draw())
            if text not in self._taken:
                self._taken.add(text)
                return text
        raise ValueError("the parts are used up: write more of them")

    def _finish(self, parts: Sequence[str]) -> str:
        text = ""
        for part in parts:
            starts_sentence = not text.endswith(":")
            text += " " * bool(text) + (part[0].upper() + part[1:] if starts_sentence else part)
        chosen: dict[str, str] = {}
        return _SLOT.sub(lambda slot: self._fill(slot, chosen), text)

    def _fill(self, slot: re.Match[str], chosen: dict[str, str]) -> str:
        """One word per slot and text: "the deputy" stays the deputy until the end."""
        name = slot[1]
        if name not in chosen:
            words = [Part(word) for word in self._parts.slots[name]]
            chosen[name] = self._deal(f"slot:{name}", words, _NO_TAGS).text
        word = chosen[name]
        starts_sentence = slot.string[: slot.start()].rstrip().endswith((".", "!", "?"))
        return word[0].upper() + word[1:] if starts_sentence or not slot.start() else word

    def _rolls_lesson(self) -> bool:
        return self._dice.random() < _ODDS_OF_A_LESSON

    def _maybe(self, key: str) -> list[str]:
        return [self._common(key)] if self._dice.random() < _ODDS_OF_A_FRAME else []

    def _common(self, key: str) -> str:
        return self._deal(key, [Part(text) for text in self._parts.common[key]], _NO_TAGS).text

    def _own(self, subject: Subject, key: str, given: frozenset[str]) -> Part:
        return self._deal(f"{subject.name}:{key}", subject.parts[key], given)

    def _deal(self, name: str, cards: Sequence[Part], given: frozenset[str]) -> Part:
        deck = self._decks.setdefault(name, Deck(cards, self._dice))
        return deck.deal(lambda part: part.fits(given))
