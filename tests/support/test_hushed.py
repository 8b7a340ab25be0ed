"""The listener finds what names a person on a route of a space, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from forum.core import clock
from forum.core.db import db, hush, transaction
from forum.models.accounts import LastSeen, SignIn, Throttle, User
from forum.models.discussions import ReadMark, SubmitNonce
from tests.support import hushed
from tests.support.community import person

LATER = timedelta(hours=1)


@pytest.fixture
def faults(app, app_context) -> Iterator[list[str]]:
    yield hushed._faults
    hushed._faults.clear()


def served(app, path: str, *acts) -> None:
    """A request in which these acts happen, one after the other."""
    with app.test_request_context(path):
        for act in acts:
            act()
        db.session.rollback()


def write(statement):
    def act() -> None:
        with transaction() as session:
            session.execute(statement.execution_options(synchronize_session=False))

    return act


ana_was_here = write(update(LastSeen).where(LastSeen.user_id == 1).values(week=None))
NAMING = {
    "an account": update(User).where(User.name == "Ana").values(handle=None),
    "when somebody was here": update(LastSeen).where(LastSeen.user_id == 1).values(week=None),
    "a sign-in": update(SignIn).where(SignIn.user_id == 1).values(used_on=None),
    "a deletion": delete(SignIn).where(SignIn.user_id == 1),
    "somebody's mark": delete(ReadMark).where(ReadMark.user_id == 1),
    "a mark given to somebody": update(ReadMark).where(ReadMark.id == 1).values(user_id=1),
    "a throttle": delete(Throttle).where(Throttle.key == "a"),
}


@pytest.mark.parametrize("statement", NAMING.values(), ids=NAMING)
def test_what_names_a_person_is_a_fault(app, faults, statement):
    served(app, "/s/aaaaaaaaaaaa", hush, write(statement))
    assert len(faults) == 1


def test_so_is_an_insertion(app, faults):
    def leaves_a_nonce() -> None:
        with transaction() as session:
            person("Ana")
            session.add(Throttle(key="a", hits=1, expires_at=clock.now() + LATER))

    served(app, "/s/aaaaaaaaaaaa", hush, leaves_a_nonce)
    assert {fault.split(",")[0] for fault in faults} == {"insert user", "insert throttle"}


def test_what_was_written_before_the_space_was_opened_counts_too(app, faults):
    served(app, "/s/aaaaaaaaaaaa", ana_was_here, hush)
    assert faults == ["update last_seen, GET /s/aaaaaaaaaaaa"]


def test_elsewhere_nothing_is_a_fault(app, faults):
    served(app, "/", ana_was_here)
    assert faults == []


def test_rows_of_seats_are_none(app, faults):
    of_a_seat = delete(SubmitNonce).where(SubmitNonce.seat == "abc")
    served(app, "/s/aaaaaaaaaaaa", hush, write(of_a_seat))
    assert faults == []
