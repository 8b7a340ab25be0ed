"""What was said earlier in a thread, to tell a quote from new words by comparing instead of
guessing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

RUN_WORDS = 4
MAX_RUNS = 1_500_000
MAX_WORDS_PER_TEXT = 30_000
MAX_REMEMBERED_CHARS = 400
WORD = re.compile(r"\w+")
ADDED_BY_PROGRAMS = re.compile(r"[<\[](?:mailto:|https?://)[^<>\[\]\s]*[>\]]")


class Heard:
    """The words of a thread so far, as runs of four and as whole lines."""

    def __init__(self) -> None:
        self.runs: set[int] = set()
        self.lines: set[int] = set()

    def add(self, text: str) -> None:
        """Remember a message, its quotes included; beyond 1.5 million runs nothing more is
        learnt.
        """
        if len(self.runs) > MAX_RUNS:
            return
        words: list[str] = []
        for line in text.split("\n"):
            found = words_of(line)
            words += found
            self.lines.add(hash(found))
            if len(words) > MAX_WORDS_PER_TEXT:
                break
        self.runs.update(runs_of(words))

    def repeated(self, lines: Sequence[str]) -> list[bool | None]:
        """For each of a row of lines: True if all its words were heard in this order, None if it
        has none.

        Words are compared as one stream, so a quote may be wrapped differently than the original
        was.
        """
        words = [words_of(line) for line in lines]
        covered = self.covered([word for line in words for word in line])
        result: list[bool | None] = []
        done = 0
        for line in words:
            here = covered[done : done + len(line)]
            done += len(line)
            result.append((all(here) or hash(line) in self.lines) if line else None)
        return result

    def covered(self, words: Sequence[str]) -> list[bool]:
        marks = [False] * len(words)
        for start, run in enumerate(runs_of(words)):
            if run in self.runs:
                marks[start : start + RUN_WORDS] = [True] * RUN_WORDS
        return marks

    def share(self, lines: Sequence[str]) -> float:
        """The part of the lines that was heard before, weighed by their words, from 0 to 1."""
        weights = [len(words_of(line)) for line in lines]
        heard = sum(w for w, known in zip(weights, self.repeated(lines), strict=True) if known)
        return heard / max(sum(weights), 1)


def words_of(line: str) -> tuple[str, ...]:
    """The words of a line without its case, its marks and what programs add to links."""
    return words_of_short(line) if len(line) <= MAX_REMEMBERED_CHARS else split_words(line)


@lru_cache(maxsize=20_000)
def words_of_short(line: str) -> tuple[str, ...]:
    return split_words(line)


def split_words(line: str) -> tuple[str, ...]:
    if "@" in line or "://" in line:
        linkless = ADDED_BY_PROGRAMS.sub(" ", line)
        line = " ".join(word for word in linkless.split() if "@" not in word)
    return tuple(WORD.findall(line.casefold()))


def runs_of(words: Sequence[str]) -> list[int]:
    shifted = [words[start:] for start in range(RUN_WORDS)]
    return list(map(hash, zip(*shifted, strict=False)))
