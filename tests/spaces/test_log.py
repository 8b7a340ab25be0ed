"""The log can be added to, and only that; whoever gets around the database is noticed."""

from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, delete, text, update
from sqlalchemy.exc import DBAPIError

from forum.core.db import db, transaction
from forum.core.seal import Secret
from forum.models.guarding import Grounds, LogEntry, Step
from forum.spaces import log
from tests.cli.outbox import command
from tests.support.together import at_once
from tests.support.watched import rows

pytestmark = pytest.mark.usefixtures("app_context")


@pytest.fixture
def entries() -> None:
    with transaction():
        log.append(Step.REQUESTED, "a", grounds=Grounds.THREAT, key=Secret.new(), words="Why.")
        log.append(Step.DRAWN, "a", mark="m" * 64)
        log.append(Step.AGREED, "a", mark="m" * 64)
        log.append(Step.RESOLVED, "a", grounds=Grounds.THREAT)


@pytest.fixture
def behind_its_back(database) -> Callable[[str], None]:
    """Run SQL as somebody with the database in their hands, who first takes its guard away."""

    def run(words: str) -> None:
        engine = create_engine(database.url)
        with engine.begin() as connection:
            if database.kind == "postgresql":
                connection.execute(text("SET session_replication_role = replica"))
                connection.execute(text(words))
            else:
                triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                guards = connection.execute(text(triggers)).all()
                for guard in guards:
                    connection.execute(text(f"DROP TRIGGER {guard.name}"))
                connection.execute(text(words))
                for guard in guards:
                    connection.execute(text(guard.sql))
        engine.dispose()
        db.session.rollback()  # else the test goes on reading how it was

    return run


def test_a_log_that_was_only_added_to_holds(entries):
    found = log.verify()
    assert (found.sound, found.broken) == (4, None)
    assert [entry.number for entry in rows(LogEntry)] == [1, 2, 3, 4]


def test_an_empty_one_does_too():
    assert log.verify() == log.Checked(0, log.FIRST, None)


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize(
    "change",
    [
        "step = 'expired'",
        "about = 'b'",
        "logged_on = '2020-01-01'",
        "grounds = 'child_abuse'",
        "mark = 'x'",
    ],
)
def test_the_first_row_that_was_changed_is_named(entries, behind_its_back, number, change):
    behind_its_back(f"UPDATE space_log SET {change} WHERE number = {number}")
    assert log.verify().broken == number


def test_a_row_that_has_gone_is_named(entries, behind_its_back):
    behind_its_back("DELETE FROM space_log WHERE number = 2")
    assert log.verify().broken == 2


def test_rows_that_have_gone_from_the_end_show_to_whoever_kept_the_last_hash(
    entries, behind_its_back
):
    kept = log.verify().last
    assert log.verify(kept).has_noted
    behind_its_back("DELETE FROM space_log WHERE number = 4")
    assert log.verify().broken is None
    assert not log.verify(kept).has_noted


@pytest.mark.parametrize("statement", [update(LogEntry).values(about="b"), delete(LogEntry)])
def test_the_database_refuses_to_change_or_delete_a_row(entries, statement):
    with pytest.raises(DBAPIError), transaction() as session:
        session.execute(statement)
    assert log.verify().sound == 4


def test_rows_added_at_once_stand_one_behind_the_other(app, entries):
    def add() -> None:
        with transaction():
            log.append(Step.EXPIRED, "b")

    assert at_once(app, *[add] * 4) == [None] * 4
    assert (log.verify().sound, log.verify().broken) == (8, None)


def test_a_long_one_is_read_in_parts(entries, monkeypatch):
    monkeypatch.setattr(log, "_BATCH", 3)
    assert log.verify().sound == 4


def test_how_often_the_glass_was_broken_is_a_number(entries):
    assert log.times_used() == 1


class TestCommand:
    def test_says_that_it_is_whole(self, app, entries):
        said = command(app, "spaces", "verify-log")
        assert said.exit_code == 0
        assert "4 rows" in said.output
        assert log.verify().last in said.output

    def test_names_the_first_broken_row(self, app, entries, behind_its_back):
        behind_its_back("UPDATE space_log SET about = 'b' WHERE number = 3")
        said = command(app, "spaces", "verify-log")
        assert said.exit_code == 1
        assert "Row 3" in said.output

    def test_says_that_the_end_has_gone(self, app, entries, behind_its_back):
        kept = log.verify().last
        behind_its_back("DELETE FROM space_log WHERE number > 2")
        said = command(app, "spaces", "verify-log", "--last", kept)
        assert said.exit_code == 1
        assert "gone" in said.output
