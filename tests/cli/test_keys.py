"""New keys for old: what is wrapped again, what is left, and that nothing is ever lost."""

import base64
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import LargeBinary, create_engine, delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from config import from_environment
from forum.cli import keys as commands
from forum.cli import rewrapping
from forum.cli.rewrapping import WRAPPED, Wrapped
from forum.core import seal
from forum.core.db import Base, db, prepare, transaction
from tests.cli.outbox import command
from tests.support.application import SPACE_KEY

NEW, OLD, LOST = (bytes([number]) * 32 for number in (1, 2, 3))


class Tables(DeclarativeBase):
    """Of these tests alone: nothing else may find them among the forum's."""


class Chest(Tables):
    __tablename__ = "chest_of_test"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes | None]


class Drawer(Tables):
    __tablename__ = "drawer_of_test"

    chest_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped_key: Mapped[bytes]


CHESTS = Wrapped(Chest, (Chest.id,), Chest.wrapped, lambda number: f"chest:{number}")
DRAWERS = Wrapped(
    Drawer,
    (Drawer.chest_id, Drawer.number),
    Drawer.wrapped_key,
    lambda chest_id, number: f"drawer:{chest_id}/{number}",
)


@pytest.fixture
def tables(database, app_context, monkeypatch) -> Iterator[None]:
    """Two tables with wrapped secrets, and a site that has a newer and an older key."""
    monkeypatch.setattr(commands, "WRAPPED", (CHESTS, DRAWERS))
    monkeypatch.setattr(rewrapping, "BATCH", 3)
    engine = create_engine(database.url)
    prepare(engine)
    Tables.metadata.create_all(engine)
    seal.configure_keys([NEW, OLD])
    yield
    seal.configure_keys([SPACE_KEY])
    db.session.rollback()
    Tables.metadata.drop_all(engine)
    engine.dispose()


def secret(number: int) -> bytes:
    return number.to_bytes(4, "big") * 8


def wrapped(key: bytes, number: int, context: str) -> bytes:
    """A wrap by a site with this key only; the test's keys are back afterwards."""
    seal.configure_keys([key])
    made = seal.wrap(secret(number), context)
    seal.configure_keys([NEW, OLD])
    return made


def fill(key: bytes, *numbers: int) -> None:
    with transaction() as session:
        session.add_all(Chest(id=n, wrapped=wrapped(key, n, f"chest:{n}")) for n in numbers)


def chests() -> dict[int, bytes | None]:
    db.session.rollback()
    return dict(db.session.execute(select(Chest.id, Chest.wrapped)).all())


def all_open_with(*keys: bytes) -> bool:
    seal.configure_keys(keys)
    found = [seal.unwrap(row, f"chest:{n}") == secret(n) for n, row in chests().items() if row]
    seal.configure_keys([NEW, OLD])
    return all(found)


class TestRotating:
    def test_what_an_old_key_wrapped_opens_with_the_newest_alone(self, app, tables):
        fill(OLD, *range(1, 9))
        assert "8 wrapped with the newest key." in command(app, "keys", "rotate").output
        assert len(chests()) == 8
        assert all_open_with(NEW)

    def test_keys_of_several_columns_too(self, app, tables):
        places = [(chest, number) for chest in (1, 2, 3) for number in (5, 4, 1, 2)]
        with transaction() as session:
            session.add_all(
                Drawer(chest_id=a, number=b, wrapped_key=wrapped(OLD, b, f"drawer:{a}/{b}"))
                for a, b in places
            )
        assert "12 wrapped" in command(app, "keys", "rotate").output
        seal.configure_keys([NEW])
        for row in db.session.execute(select(Drawer)).scalars():
            opened = seal.unwrap(row.wrapped_key, f"drawer:{row.chest_id}/{row.number}")
            assert opened == secret(row.number)

    def test_what_the_newest_wrapped_is_left_alone(self, app, tables):
        fill(NEW, 1, 2)
        fill(OLD, 3)
        before = chests()
        assert "1 wrapped" in command(app, "keys", "rotate").output
        after = chests()
        assert [n for n in before if before[n] != after[n]] == [3]

    def test_run_twice_it_does_nothing_the_second_time(self, app, tables):
        fill(OLD, 1, 2, 3, 4)
        command(app, "keys", "rotate")
        before = chests()
        done = command(app, "keys", "rotate")
        assert done.exit_code == 0
        assert "0 wrapped" in done.output
        assert chests() == before

    def test_on_an_empty_site_there_is_nothing_to_do(self, app, tables):
        done = command(app, "keys", "rotate")
        assert (done.exit_code, done.output) == (0, "0 wrapped with the newest key.\n")

    def test_an_erased_secret_stays_erased(self, app, tables):
        fill(OLD, 1)
        with transaction() as session:
            session.add(Chest(id=2, wrapped=None))
        assert "1 wrapped" in command(app, "keys", "rotate").output
        assert chests()[2] is None

    def test_stopped_in_the_middle_every_row_is_whole_and_it_goes_on_from_there(
        self, app, tables, monkeypatch
    ):
        fill(OLD, *range(1, 9))
        count = iter(range(100))

        def stopped(secret, context):
            if next(count) == 4:
                raise KeyboardInterrupt
            return wrap(secret, context)

        wrap = seal.wrap
        with monkeypatch.context() as patch:
            patch.setattr(seal, "wrap", stopped)
            command(app, "keys", "rotate")
        assert sum(map(seal.wrapped_with_newest, chests().values())) == 3, "whole batches only"
        assert all_open_with(NEW, OLD)
        assert "5 wrapped" in command(app, "keys", "rotate").output
        assert all_open_with(NEW)

    def test_a_database_that_goes_away_in_the_middle_loses_nothing(self, app, tables, monkeypatch):
        fill(OLD, *range(1, 9))
        with monkeypatch.context() as patch:
            patch.setattr(rewrapping, "_rewrap_row", away_after(5))
            assert command(app, "keys", "rotate").exit_code == 1
        assert all_open_with(NEW, OLD)
        assert command(app, "keys", "rotate").exit_code == 0
        assert all_open_with(NEW)


def away_after(rows: int):
    count, do = iter(range(100)), rewrapping._rewrap_row

    def step(*row):
        if next(count) == rows:
            raise OperationalError("statement", {}, Exception("the server is away"))
        return do(*row)

    return step


class TestWhatCannotBeOpened:
    def test_it_is_left_as_it_is_and_told(self, app, tables):
        fill(OLD, 1, 2)
        fill(LOST, 3)
        with transaction() as session:
            session.add(Chest(id=4, wrapped=b"damaged"))
        before = chests()
        done = command(app, "keys", "rotate")
        assert done.exit_code == 1
        assert "2 wrapped" in done.output
        assert "2 can't be opened by any configured key" in done.output
        assert {n: chests()[n] for n in (3, 4)} == {n: before[n] for n in (3, 4)}

    def test_it_is_wrapped_once_its_key_is_back(self, app, tables):
        fill(LOST, 1, 2)
        assert command(app, "keys", "rotate").exit_code == 1
        seal.configure_keys([NEW, OLD, LOST])
        assert "2 wrapped" in command(app, "keys", "rotate").output
        assert all_open_with(NEW)

    def test_a_wrap_moved_to_another_row_is_not_wrapped_anew(self, app, tables):
        """Else rotating would bind what somebody moved to the place they moved it to."""
        fill(OLD, 1, 2)
        with transaction() as session:
            session.execute(update(Chest).where(Chest.id == 2).values(wrapped=chests()[1]))
        assert command(app, "keys", "rotate").exit_code == 1
        assert seal.key_number(chests()[2]) == 1


class TestWhileTheSiteIsInUse:
    def test_what_comes_in_under_the_old_key_meanwhile_is_found(self, app, tables, monkeypatch):
        fill(OLD, 5, 6)
        monkeypatch.setattr(commands, "rewrap", followed_by_posts(times=2))
        assert "4 wrapped" in command(app, "keys", "rotate").output
        assert all_open_with(NEW)

    def test_a_process_that_was_not_restarted_is_told_of(self, app, tables, monkeypatch):
        fill(OLD, 5, 6)
        monkeypatch.setattr(commands, "rewrap", followed_by_posts(times=100))
        done = command(app, "keys", "rotate")
        assert done.exit_code == 1
        assert "1 still need an older key; keep it" in done.output

    def test_a_row_somebody_holds_is_not_waited_for(self, app, tables, database):
        if database.kind == "sqlite":
            pytest.skip("SQLite has one writer at a time")
        fill(OLD, 1, 2, 3, 4, 5)
        engine = create_engine(database.url)
        with closing(engine.connect()) as other:
            other.execute(select(Chest.id).where(Chest.id == 2).with_for_update())
            done = command(app, "keys", "rotate")
            assert done.exit_code == 1
            assert "4 wrapped" in done.output
            assert "1 still need an older key; keep it" in done.output
            other.execute(delete(Chest).where(Chest.id == 2))
            other.commit()
        engine.dispose()
        assert set(chests()) == {1, 3, 4, 5}, "what was erased meanwhile stays erased"
        assert "0 wrapped" in command(app, "keys", "rotate").output


def followed_by_posts(times: int):
    """After each of some rounds a process that knows only the old key writes a row."""
    numbers, rewrap = iter(range(100, 100 + times)), rewrapping.rewrap

    def one_round(kinds):
        done = rewrap(kinds)
        fill(OLD, *(n for n in [next(numbers, 0)] if n))
        return done

    return one_round


class TestChecking:
    def test_each_key_is_told_with_what_it_opens(self, app, tables):
        fill(NEW, 1, 2)
        fill(OLD, 3, 4, 5, 6, 7)
        done = command(app, "keys", "check")
        assert done.exit_code == 0
        assert done.output.splitlines() == [
            "Key 1 (the newest) opens 2.",
            "Key 2 opens 5.",
            "No key opens 0.",
        ]

    def test_what_none_opens_is_an_error(self, app, tables):
        fill(LOST, 1)
        done = command(app, "keys", "check")
        assert done.exit_code == 1
        assert "No key opens 1." in done.output

    def test_a_damaged_wrap_that_names_a_key_is_opened_by_none(self, app, tables):
        fill(NEW, 1)
        with transaction() as session:
            session.execute(update(Chest).values(wrapped=chests()[1][:-1] + b"\0\0"))
        assert command(app, "keys", "check").exit_code == 1

    def test_it_changes_nothing(self, app, tables):
        fill(OLD, 1, 2, 3, 4)
        before = chests()
        command(app, "keys", "check")
        assert chests() == before

    def test_no_key_is_told_by_any_of_it(self, app, tables):
        fill(OLD, 1)
        said = "".join(command(app, "keys", words).output for words in ("check", "rotate"))
        for key in (NEW, OLD):
            assert base64.urlsafe_b64encode(key).decode()[:8] not in said
            assert key.hex()[:8] not in said


def test_a_new_key_is_one_the_configuration_takes(app, app_context):
    made = command(app, "keys", "new").output
    environ = {"SITE_URL": "https://forum.site", "SECRET_KEY": made * 2, "SPACE_KEYS": made}
    assert len(from_environment(environ)["SPACE_KEYS"]) == 1


def test_each_new_key_is_another(app, app_context):
    assert command(app, "keys", "new").output != command(app, "keys", "new").output


def test_every_wrapped_secret_of_the_forum_is_rotated():
    """A column of wrapped secrets is called `wrapped…`."""
    columns = {
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.startswith("wrapped") and isinstance(column.type, LargeBinary)
    }
    rotated = {kind.wrapped.property.columns[0] for kind in WRAPPED}
    assert columns == rotated, (
        "A table with wrapped secrets needs its line in forum/cli/rewrapping.py, or removing an "
        f"old key loses them: {columns ^ rotated}"
    )
