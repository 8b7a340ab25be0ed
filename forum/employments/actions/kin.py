"""Writing down which employers and mail domains belong together, whenever that changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from forum.core import clock, ids
from forum.core.db import db
from forum.models.employers import EmployerKin, EmployerLogEntry, KinMember, StaffAct
from forum.policy import kin
from forum.policy.viewer import Viewer


@contextmanager
def new_kin(*employer_ids: int) -> Iterator[None]:
    """Around a change that has to do with these employers, inside its transaction."""
    touched = {each for one in employer_ids for each in kin.belonging_together(one)[0]}
    touched |= set(employer_ids)
    yield
    db.session.flush()
    while touched:
        touched -= write_kin(touched.pop())


def write_kin(employer_id: int) -> frozenset[int]:
    """Of all with whom an employer belongs together now, also when it is alone; their row ids."""
    employers, domains = kin.belonging_together(employer_id)
    kin_id, session = ids.time_ordered(clock.now()), db.session()
    session.add(EmployerKin(id=kin_id, made_on=clock.today()))
    session.flush()
    members = [f"{kin.EMPLOYER}:{each}" for each in employers]
    members += [f"{kin.DOMAIN}:{each}" for each in domains]
    session.add_all(KinMember(kin_id=kin_id, entry=entry) for entry in members)
    session.flush()
    return employers


def note(staff: Viewer, act: StaffAct, employer: str, about: str) -> None:
    """Add to the log of what staff did, inside the transaction of what it tells of."""
    session = db.session()
    session.add(
        EmployerLogEntry(
            id=ids.time_ordered(clock.now()),
            logged_on=clock.today(),
            staff_id=staff.user_id,
            act=act,
            employer_public_id=employer,
            about=about,
        )
    )
    session.flush()
