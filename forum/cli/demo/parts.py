"""The hand-written sentence parts of the running thread, read from `content/running/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from forum.cli.demo.parsing import BadContent

COMMON_FILE = "common.txt"
PARTNERS: Mapping[str, tuple[str, str]] = {
    "cheer": ("cheer-start", "cheer-end"),
    "rejoin": ("rejoin-start", "rejoin-end"),
    "thanks": ("thanks-start", "thanks-end"),
    "hurrah": ("hurrah-start", "hurrah-end"),
}
COMMON_KEYS = frozenset(
    {"opening", "closing", "asking", "answering", "countering", "later-start"}
    | {key for pair in PARTNERS.values() for key in pair}
)
SUBJECT_KEYS = frozenset({"try", "snag", "lesson", "counter", "later", "cheer"})
_SLOT = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Subject:
    """One recurring subject (signs, queues …) whose parts go together freely.

    `asks` maps each question to its answers, for an answer must fit what was asked.
    """

    name: str
    parts: Mapping[str, tuple[str, ...]]
    asks: Mapping[str, tuple[str, ...]]

    def stories(self) -> int:
        """How many different stories the subject's own parts make."""
        return len(self.parts["try"]) * len(self.parts["snag"]) * len(self.parts["lesson"])


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
    found: dict[str, list[str]] = {key: [] for key in SUBJECT_KEYS}
    asks: dict[str, list[str]] = {}
    for number, key, text in _lines(path):
        _check_slots(path, number, text, slots)
        if key == "ask":
            asks[text] = []
        elif key == "answer" and asks:
            list(asks.values())[-1].append(text)
        elif key in found:
            found[key].append(text)
        else:
            raise BadContent(path, number, f"unknown key {key!r}")
    return Subject(path.stem, _filled(path, found), _filled(path, asks))


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


def _filled(path: Path, found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    if empty := [key for key, texts in found.items() if not texts]:
        raise BadContent(path, 1, f"nothing given for: {', '.join(sorted(empty))}")
    return {key: tuple(texts) for key, texts in found.items()}
