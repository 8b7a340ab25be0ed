"""The hand-written sentence parts of the running thread, read from `content/running/`.

One file a subject, one part a line: `snag: It fell over. | needs chairs clock | gives noise`.
A part with needs is used only after a part that gives one of them, so that nobody asks about
a clock that wasn't told of. `answer:` lines belong to the `ask:` above; `fun` marks a question
whose answer is laughed at. Words in braces are filled from the slots of `common.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from forum.cli.demo.parsing import BadContent

COMMON_FILE = "common.txt"
PARTNERS: Mapping[str, tuple[str, str]] = {
    "cheer": ("cheer-start", "cheer-end"),
    "rejoin": ("rejoin-start", "rejoin-end"),
    "thanks": ("thanks-start", "thanks-end"),
    "hurrah": ("hurrah-start", "hurrah-end"),
    "laugh": ("laugh-start", "laugh-end"),
}
COMMON_KEYS = frozenset(
    {"opening", "closing", "asking", "answering", "countering", "later-start"}
    | {key for pair in PARTNERS.values() for key in pair}
)
MIN_SNAGS = 2
MIN_ASKS = 2
SUBJECT_KEYS = frozenset({"try", "snag", "lesson", "counter", "later", "cheer"})
Key = TypeVar("Key")
Item = TypeVar("Item")
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or two; it fits where one of its `needs` was given by the parts before it."""

    text: str
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()
    is_fun: bool = False

    def fits(self, given: frozenset[str]) -> bool:
        return not self.needs or bool(self.needs & given)


@dataclass(frozen=True, slots=True)
class Subject:
    """One recurring subject (signs, queues …); its `tellers` are those who'd live through it.

    `asks` maps each question to its answers, for an answer must fit what was asked.
    """

    name: str
    tellers: tuple[str, ...]
    parts: Mapping[str, tuple[Part, ...]]
    asks: Mapping[Part, tuple[str, ...]]

    def stories(self) -> int:
        """How many different stories the subject's own parts make."""
        return sum(
            lesson.fits(attempt.gives)
            for attempt in self.parts["try"]
            for snag in self.fitting("snag", attempt.gives)
            for lesson in self.parts["lesson"]
        )

    def fitting(self, key: str, given: frozenset[str]) -> tuple[Part, ...]:
        return tuple(part for part in self.parts[key] if part.fits(given))

    def asks_for(self, given: frozenset[str]) -> tuple[Part, ...]:
        return tuple(ask for ask in self.asks if ask.fits(given))


@dataclass(frozen=True, slots=True)
class Parts:
    common: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, tuple[str, ...]]
    subjects: tuple[Subject, ...]

    def combinations(self) -> int:
        """How many different opening stories can be told, slots not counted."""
        frames = len(self.common["opening"]) * len(self.common["closing"])
        return frames * sum(subject.stories() for subject in self.subjects)


def read_parts(folder: Path) -> Parts:
    """Read every file of the folder; raises BadContent for a line or slot it doesn't know."""
    common, slots = _read_common(folder / COMMON_FILE)
    paths = sorted(path for path in folder.glob("*.txt") if path.name != COMMON_FILE)
    return Parts(common, slots, tuple(_read_subject(path, slots) for path in paths))


def _read_common(path: Path) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    slots: dict[str, tuple[str, ...]] = {}
    found: dict[str, list[str]] = {key: [] for key in COMMON_KEYS}
    for number, key, text in _lines(path):
        if key.startswith("slot "):
            slots[key.removeprefix("slot ")] = tuple(word.strip() for word in text.split("|"))
        elif key in found:
            _check_slots(path, number, text, slots)
            found[key].append(text)
        else:
            raise BadContent(path, number, f"unknown key {key!r}")
    return _filled(path, found), slots


def _read_subject(path: Path, slots: Mapping[str, tuple[str, ...]]) -> Subject:
    found: dict[str, list[Part]] = {key: [] for key in SUBJECT_KEYS}
    asks: dict[Part, list[str]] = {}
    tellers: tuple[str, ...] = ()
    for number, key, text in _lines(path):
        _check_slots(path, number, text, slots)
        part = _part(path, number, text)
        if key == "tellers":
            tellers = tuple(text.split())
        elif key == "ask":
            asks[part] = []
        elif key == "answer" and asks:
            list(asks.values())[-1].append(text)
        elif key in found:
            found[key].append(part)
        else:
            raise BadContent(path, number, f"unknown key {key!r}")
    subject = Subject(path.stem, tellers, _filled(path, found), _filled(path, asks))
    _check_fits(path, subject)
    return subject


def _part(path: Path, number: int, text: str) -> Part:
    """Read `text | needs one other | gives this | fun`, the notes all optional."""
    sentence, *notes = (piece.strip() for piece in text.split("|"))
    tags: dict[str, frozenset[str]] = {}
    for note in notes:
        word, *names = note.split()
        if word not in {"needs", "gives", "fun"} or word in tags:
            raise BadContent(path, number, f"unknown note {note!r}")
        tags[word] = frozenset(names)
    nothing: frozenset[str] = frozenset()
    return Part(sentence, tags.get("needs", nothing), tags.get("gives", nothing), "fun" in tags)


def _check_fits(path: Path, subject: Subject) -> None:
    """Every attempt must be able to go wrong, be asked about and be followed up."""
    for attempt in subject.parts["try"]:
        fitting = {key: subject.fitting(key, attempt.gives) for key in SUBJECT_KEYS - {"try"}}
        fitting["ask"] = subject.asks_for(attempt.gives)
        enough = {"snag": MIN_SNAGS, "ask": MIN_ASKS, "lesson": 1, "counter": 1, "later": 1}
        if few := [key for key, least in enough.items() if len(fitting[key]) < least]:
            raise BadContent(path, 1, f"too few {few} fit {attempt.text!r}")


def _lines(path: Path) -> Iterable[tuple[int, str, str]]:
    seen: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        key, colon, text = line.partition(": ")
        if not colon or not text:
            raise BadContent(path, number, f"{line!r} is no 'key: text'")
        if text in seen:
            raise BadContent(path, number, "the same part stands above")
        seen.add(text)
        yield number, key, text.strip()


def _check_slots(path: Path, number: int, text: str, slots: Mapping[str, tuple[str, ...]]) -> None:
    if unknown := set(_SLOT.findall(text)) - slots.keys():
        raise BadContent(path, number, f"unknown slots {sorted(unknown)}")


def _filled(path: Path, found: Mapping[Key, list[Item]]) -> dict[Key, tuple[Item, ...]]:
    if empty := [key for key, items in found.items() if not items]:
        raise BadContent(path, 1, f"nothing given for: {empty}")
    return {key: tuple(items) for key, items in found.items()}
