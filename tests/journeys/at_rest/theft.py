"""The month is lived, and a thief comes every morning of its last week; the keys they never get."""

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from forum.files import pictures
from forum.policy import limits
from tests.files import hostile
from tests.journeys.at_rest import copies, month
from tests.journeys.at_rest.copies import Stolen
from tests.support import hushed, streams
from tests.support.application import built_app, settings
from tests.support.databases import Database
from tests.support.held_clock import HeldClock
from tests.support.postgres import must_have, start_cluster

MORNINGS = 6
"""So many copies the thief has, of days that follow each other."""


@dataclass(frozen=True)
class Theft:
    """What the thief has, and what only the simulation knows."""

    stolen: Stolen
    wrote: dict[str, int]
    """The id of whoever wrote a post, by the post's public id."""


def happens(kind: str, folder: Path, migrate: Callable[[str], None]) -> Theft:
    """On a database of its own; on PostgreSQL a cluster of its own, whose files are stolen too."""
    with ExitStack() as stack:
        database = _database(kind, folder, stack)
        migrate(database.url)
        app = stack.enter_context(built_app(settings(database.url, folder / "data")))
        log = stack.enter_context(_logged())
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        streams.install(patch).name("a month")
        made = pictures.checked(hostile.picture("WEBP"))
        patch.setattr(pictures, "cleaned", lambda *_picture: made)  # not by a child for each
        limits._in_memory.clear()
        clock = HeldClock(stack)
        doings = month.begin(app, Random("who writes"))
        mornings = [copies.copy(database) for _day in month.live(doings, clock)][-MORNINGS:]
        assert not hushed._faults, hushed._faults
        stolen = Stolen(mornings, copies.files(database, folder / "data"), "\n".join(log))
        people = {name: user.id for name, user in doings.space.people.items()}
        return Theft(stolen, {post: people[name] for post, name in doings.wrote.items()})


def _database(kind: str, folder: Path, stack: ExitStack) -> Database:
    if kind == "sqlite":
        (folder / "db").mkdir()
        return Database(kind, f"sqlite:///{folder / 'db' / 'cahoots.sqlite3'}")
    return Database(kind, must_have(start_cluster(stack)))


@contextmanager
def _logged() -> Iterator[list[str]]:
    """All that is logged meanwhile, by anybody, at any level."""
    lines: list[str] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{self.format(record)} {record.__dict__}")

    root, keeping = logging.getLogger(), Keeping()
    before = root.level
    root.addHandler(keeping)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(keeping)
        root.setLevel(before)
