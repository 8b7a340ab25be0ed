"""On which days members looked at what is new in a space, so that no letter tells them of it.

It is noted of every member alike, whether they want letters or not, under a seat that is another
one each day, and forgotten after a few days.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from forum.core import clock
from forum.core.db import Conflict, db, transaction
from forum.models.spaces import Visit
from forum.policy import visible
from forum.policy.identity import Voice
from forum.spaces.queries import SeenSpace


def note_visit(space: SeenSpace) -> None:
    """Note that its member sees a space's list today. Its own short transaction, once a day."""
    seat = _seat(space.voice, clock.today())
    if db.session.execute(visible.visits([seat])).first():
        return
    try:
        with transaction() as session:
            session.add(Visit(seat=seat, space_id=space.id, visited_on=clock.today()))
    except (Conflict, OperationalError):  # noted already, or the page is worth more than the note
        return


def last_visit(voice: Voice, after: date) -> date | None:
    """The last day after this one on which a member, as they are in the space itself, looked."""
    days = (clock.today() - after).days
    seats = [_seat(voice, after + timedelta(days=day)) for day in range(1, days + 1)]
    found = db.session.execute(visible.visits(seats)).scalars()
    return max((visit.visited_on for visit in found), default=None)


def forget_visits(until: date) -> None:
    """Forget those of this day and before."""
    with transaction() as session:
        gone = delete(Visit).where(Visit.visited_on <= until)
        session.execute(gone.execution_options(synchronize_session=False))


def _seat(voice: Voice, day: date) -> str:
    return voice.seat(f"{Visit.__tablename__}:{day.isoformat()}")
