"""Texts to fill posts with: sentences of the demo community, so that they compress like English."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from forum.cli.demo.content import load
from forum.core.markup import Format, render
from forum.discussions.actions.writing import Text

MIN_WORDS, MAX_WORDS = 60, 300
_PLAIN = re.compile(r"[\w\s.,;:'’\"“”?!()–-]+")
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


def distinct_texts(count: int, dice: random.Random) -> list[Text]:
    """Texts of 60 to 300 words, rendered. No sentence stands in two of them that are near."""
    source = _sentences(dice)
    return [_text(source, dice) for _ in range(count)]


def _text(source: Iterator[str], dice: random.Random) -> Text:
    wanted, words = dice.randint(MIN_WORDS, MAX_WORDS), 0
    paragraphs: list[list[str]] = [[]]
    while words < wanted:
        sentence = next(source)
        words += len(sentence.split())
        if len(paragraphs[-1]) == 4:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    written = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    return Text(written, render(written, Format.MARKDOWN).html)


def _sentences(dice: random.Random) -> Iterator[str]:
    """All sentences in a new order, again and again."""
    community = load()
    bodies = [topic.body for topic in community.topics]
    bodies += [reply.body for topic in community.topics for reply in topic.replies]
    found = {
        part for body in bodies for part in _SENTENCE_END.split(body) if _PLAIN.fullmatch(part)
    }
    ordered = sorted(" ".join(sentence.split()) for sentence in found if len(sentence.split()) > 3)
    while True:
        dice.shuffle(ordered)
        yield from ordered
