"""What an archive will become: its messages read once, for their headers, and arranged into
threads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from forum.cli.importing.reading.archives import Archive, Position
from forum.cli.importing.reading.budget import TookTooLong, at_most
from forum.cli.importing.reading.dates import Sent
from forum.cli.importing.reading.messages import Entry, Unreadable, read_entry
from forum.cli.importing.report import Report, Skip
from forum.cli.importing.threads import Mail, Thread, make_threads
from forum.mailbox.reading.subjects import Subject, take_apart

MESSAGE_SECONDS = 5.0
MIN_TAGGED_SHARE = 0.2
MIN_TAGGED = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """Readable messages in the order of the archive, their subjects, and the threads they form."""

    entries: list[Entry]
    subjects: list[Subject]
    threads: list[Thread]


def read_entries(archive: Archive, now: datetime, report: Report) -> Iterator[Entry]:
    """Yield what the headers of every message say; what cannot be read or repeats goes to the
    report.
    """
    seen: set[str] = set()
    for position in archive.positions():
        entry = read_one(archive, position, now, report)
        if entry is None:
            continue
        if entry.message_id in seen:
            report.skip(position, entry.message_id, Skip.DUPLICATE)
            continue
        seen.add(entry.message_id)
        yield entry


def read_one(archive: Archive, position: Position, now: datetime, report: Report) -> Entry | None:
    try:
        with at_most(MESSAGE_SECONDS):
            return read_entry(position, archive.read(position), now)
    except Unreadable as error:
        report.skip(position, "", Skip(str(error)))
    except TookTooLong:
        report.skip(position, "", Skip.TOO_SLOW)
    except Exception as error:  # noqa: BLE001 - no mail, however bad, may stop the run
        report.skip(position, "", Skip.BROKEN, describe(error))
    return None


def describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def make_plan(
    entries: list[Entry],
    now: datetime,
    known_ids: Sequence[str] = (),
    known_subjects: Mapping[str, tuple[str, datetime]] | None = None,
) -> Plan:
    """Arrange messages into threads; `known_*` are those of earlier runs (see make_threads)."""
    entries = with_every_date(entries, now)
    tags = list_tags(entries)
    subjects = [take_apart(entry.subject, tags) for entry in entries]
    mails = [
        Mail(
            message_id=entry.message_id,
            references=entry.references,
            subject=subject.key,
            at=entry.sent.at or now,
            answers=subject.is_reply or entry.quotes,
        )
        for entry, subject in zip(entries, subjects, strict=True)
    ]
    return Plan(entries, subjects, make_threads(mails, known_ids, known_subjects))


def with_every_date(entries: list[Entry], now: datetime) -> list[Entry]:
    """Give messages without a usable date one beside their neighbours in the archive."""
    dates = [entry.sent.at for entry in entries]
    following = next((at for at in dates if at is not None), now)
    result: list[Entry] = []
    for entry in entries:
        if entry.sent.at is None:
            note = f"{entry.sent.note}: taken from its neighbours"
            entry = replace(entry, sent=Sent(following, note))  # noqa: PLW2901
        assert entry.sent.at is not None
        following = entry.sent.at + timedelta(seconds=1)
        result.append(entry)
    return result


def list_tags(entries: Sequence[Entry]) -> frozenset[str]:
    """The tags a list puts into its subjects: those that are its name, or stand on every fifth
    message.
    """
    names = {name for entry in entries for name in entry.list_names}
    counts = Counter(tag.casefold() for entry in entries for tag in take_apart(entry.subject).tags)
    enough = max(MIN_TAGGED, MIN_TAGGED_SHARE * len(entries))
    return frozenset(
        tag for tag, count in counts.items() if count >= enough or names_the_list(tag, names)
    )


def names_the_list(tag: str, names: set[str]) -> bool:
    """Mailman shortens: "R-sig-ins" for R-SIG-insurance."""
    return any(tag == name or (len(tag) > 3 and name.startswith(tag)) for name in names)
