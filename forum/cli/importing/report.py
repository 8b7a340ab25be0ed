"""What became of every message of an archive, for the screen and for a file."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from forum.cli.importing.reading.archives import Position

MAX_LISTED = 20


class Outcome(StrEnum):
    IMPORTED = "imported"
    ALREADY_THERE = "already there"
    SKIPPED = "skipped"


class Skip(StrEnum):
    """Why a message was left out."""

    EMPTY = "empty"
    NO_HEADERS = "no headers"
    FOLDER_DATA = "a mail program's folder data"
    DUPLICATE = "same Message-ID as an earlier message"
    NO_TEXT = "no text"
    TOO_SLOW = "took too long to read"
    BROKEN = "could not be read"
    REFUSED = "its text was refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One message's fate."""

    position: Position
    message_id: str
    outcome: Outcome
    reason: str = ""
    details: str = ""
    notes: tuple[str, ...] = ()
    topic: str = ""

    def as_json(self) -> str:
        place = {"file": self.position.name} if self.position.name else {}
        known = {
            "number": self.position.number,
            "offset": self.position.offset,
            **place,
            "message_id": self.message_id,
            "outcome": str(self.outcome),
            "reason": self.reason,
            "details": self.details,
            "notes": list(self.notes),
            "topic": self.topic,
        }
        return json.dumps({key: value for key, value in known.items() if value not in ("", [])})

    def as_text(self) -> str:
        at = self.position.name or f"byte {self.position.offset}"
        why = f"{self.reason} ({self.details})" if self.details else self.reason
        named = f", <{self.message_id}>" if self.message_id else ""
        return f"message {self.position.number}, {at}{named}: {why}"


class Report:
    """Counts, and keeps the first skipped messages of each kind; writes all to a file if there is
    one.
    """

    def __init__(self, file: IO[str] | None = None) -> None:
        self.file = file
        self.outcomes: Counter[Outcome] = Counter()
        self.reasons: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.topics: set[str] = set()
        self.listed: list[Line] = []

    def add(self, line: Line) -> None:
        self.outcomes[line.outcome] += 1
        self.notes.update(line.notes)
        if line.topic:
            self.topics.add(line.topic)
        if line.outcome is Outcome.SKIPPED:
            self.reasons[line.reason] += 1
            if len(self.listed) < MAX_LISTED:
                self.listed.append(line)
        if self.file:
            self.file.write(line.as_json() + "\n")

    def skip(self, position: Position, message_id: str, reason: Skip, details: str = "") -> None:
        """Record a message that is left out."""
        self.add(Line(position, message_id, Outcome.SKIPPED, str(reason), details))

    def finish(self, new_topics: int) -> None:
        """End the file with one line of totals."""
        if self.file:
            totals = {str(outcome): self.outcomes[outcome] for outcome in Outcome}
            whole = {"totals": totals, "new_topics": new_topics, "skipped": dict(self.reasons)}
            self.file.write(json.dumps(whole) + "\n")

    def as_text(self, new_topics: int, dry_run: bool) -> str:
        """The report in words."""
        imported = self.outcomes[Outcome.IMPORTED]
        verb = "would be imported" if dry_run else "imported"
        already, skipped = self.outcomes[Outcome.ALREADY_THERE], self.outcomes[Outcome.SKIPPED]
        lines = [f"{counted(imported, 'message')} {verb}, {counted(new_topics, 'new topic')}."]
        lines += [f"{counted(already, 'message')} there already."] if already else []
        lines += [f"{counted(skipped, 'message')} skipped:"] if skipped else []
        lines += [f"  {count} {reason}" for reason, count in self.reasons.most_common()]
        lines += [f"  {line.as_text()}" for line in self.listed]
        if skipped > len(self.listed):
            lines.append(f"  and {skipped - len(self.listed)} more; --report FILE lists them all.")
        lines += [
            f"{counted(count, 'message')}: {note}" for note, count in self.notes.most_common(12)
        ]
        return "\n".join(lines)


def counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
