"""The daily check on letters, and who would get one."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask import Flask

from forum.accounts import actions as accounts
from forum.core import clock
from forum.core.db import db
from forum.home.letters import carrier
from forum.mail.delivery import read
from forum.mail.render import Rendered
from forum.models.accounts import User
from forum.models.outbox import Letter
from forum.spaces.updates import HOUR, queue_updates
from forum.spaces.visits import note_visit
from tests.cli.outbox import letters
from tests.support import community, spaces

DOMAIN = "forum.example"


def wishes(person: User) -> None:
    """They have a mailbox of their own and want letters."""
    community.has_mailbox(person)
    accounts.wish_for_updates(community.viewer(person))


@dataclass(frozen=True)
class Mornings:
    """Moves the clock to the hour of the check and lets it happen."""

    app: Flask
    clock: Any

    def next(self, days: int = 1) -> set[str]:
        """The first names of those whom the check of the next morning sends a letter."""
        self.to_hour(days)
        queue_updates(DOMAIN)
        return self.told()

    def to_hour(self, days: int = 1) -> None:
        day = clock.today() + timedelta(days=days)
        self.clock.set(datetime.combine(day, time(HOUR), UTC))

    def told(self) -> set[str]:
        """Who would get a letter of today's check if all went out now."""
        todays = [each for each in letters() if each.event == f"discreet:{clock.today()}"]
        said = [said for letter in todays if (said := self.read(letter))]
        db.session.rollback()
        return {each.address.partition("@")[0].title() for each in said}

    def read(self, letter: Letter) -> Rendered | None:
        """A letter as it would go out now."""
        return read(letter, carrier(self.app))

    def visit(self, person: User, here: Any, *, days: int = 1) -> None:
        """They look at what is new in a space, early on a coming day."""
        now = clock.now()
        self.clock.set(datetime.combine(now.date() + timedelta(days=days), time(1), UTC))
        note_visit(spaces.seen(person, here))
        self.clock.set(now)
