import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, event, func, select
from sqlalchemy.exc import StatementError

from forum.core import db as database_room
from forum.core.db import Conflict, UtcDateTime, db, savepoint, transaction
from forum.models.accounts import Throttle
from forum.policy import guard

MOMENT = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)


def row(key: str, expires_at: datetime = MOMENT) -> Throttle:
    return Throttle(key=key, hits=1, expires_at=expires_at)


def keys() -> list[str]:
    db.session.rollback()
    return list(db.session.execute(select(Throttle.key).order_by(Throttle.key)).scalars())


def add(key: str) -> None:
    with transaction() as session:
        session.add(row(key))


def add_and_fail(key: str) -> None:
    with transaction() as session:
        session.add(row(key))
        session.flush()
        raise RuntimeError


def test_a_transaction_commits_at_its_end(app_context):
    add("a")
    assert keys() == ["a"]


def test_an_error_takes_everything_back(app_context):
    with pytest.raises(RuntimeError):
        add_and_fail("a")
    assert keys() == []


def test_a_transaction_inside_another_commits_with_the_outer_one_only(app_context):
    def add_inside_and_fail() -> None:
        with transaction():
            add("inner")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_inside_and_fail()
    assert keys() == []


def test_a_transaction_inside_another_has_written_before_it_ends(app_context):
    with transaction() as session:
        add("inner")
        assert session.execute(select(func.count()).select_from(Throttle)).scalar() == 1


def test_a_new_transaction_is_possible_after_a_failed_one(app_context):
    with pytest.raises(RuntimeError):
        add_and_fail("a")
    add("b")
    assert keys() == ["b"]


def test_what_was_read_before_is_forgotten_when_a_transaction_begins(app_context):
    """Else SQLite would have to upgrade a read transaction, which fails without waiting."""
    assert keys() == []
    db.session.execute(select(Throttle.key)).all()
    add("a")
    assert keys() == ["a"]


def test_the_same_row_twice_is_a_conflict(app_context):
    add("a")
    with pytest.raises(Conflict):
        add("a")
    assert keys() == ["a"]


def test_a_savepoint_may_fail_alone(app_context):
    with transaction() as session:
        session.add(row("a"))
        session.flush()
        with pytest.raises(Conflict), savepoint():
            session.execute(Throttle.__table__.insert().values(key="a", hits=1, expires_at=MOMENT))
        session.add(row("b"))
    assert keys() == ["a", "b"]


def test_writers_at_once_wait_for_each_other(app):
    """Deferred SQLite transactions would fail with "locked" here."""
    with app.app_context(), transaction() as session:
        session.add(row("count"))
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with app.app_context():
                for _ in range(10):
                    with transaction() as session:
                        locked = {"with_for_update": True, "populate_existing": True}
                        session.get_one(Throttle, "count", **locked).hits += 1
        except BaseException as error:  # noqa: BLE001 - told to the test
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with app.app_context():
        assert db.session.execute(select(Throttle.hits)).scalar() == 81


def test_a_moment_comes_back_aware_to_the_microsecond(app_context):
    add("a")
    db.session.expire_all()
    assert db.session.execute(select(Throttle.expires_at)).scalar() == MOMENT


def test_a_moment_of_another_zone_comes_back_in_utc(app_context):
    there = MOMENT.astimezone(timezone(timedelta(hours=-7)))
    with transaction() as session:
        session.add(row("a", there))
    found = db.session.execute(select(Throttle.expires_at)).scalar()
    assert found == MOMENT
    assert found.tzinfo is UTC


def test_moments_compare_in_the_database_as_they_do_here(app_context):
    with transaction() as session:
        session.add(row("a", MOMENT))
    later = MOMENT + timedelta(microseconds=1)
    assert db.session.execute(select(Throttle.key).where(Throttle.expires_at < later)).all()
    assert not db.session.execute(select(Throttle.key).where(Throttle.expires_at < MOMENT)).all()


def test_a_naive_moment_has_no_place_in_the_database(app_context):
    with pytest.raises(StatementError, match="naive"), transaction() as session:
        session.add(row("a", datetime(2026, 3, 2)))  # noqa: DTZ001


def test_no_moment_stays_no_moment():
    kind = UtcDateTime()
    dialect = create_engine("sqlite://").dialect
    assert kind.process_bind_param(None, dialect) is None
    assert kind.process_result_value(None, dialect) is None


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL: the last commits survive a power failure
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("trusted_schema", 0),
    ],
)
def test_every_sqlite_connection_is_made_safe(tmp_path, pragma, value):
    engine = create_engine(f"sqlite:///{tmp_path}/x.sqlite3")
    database_room.prepare(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value
    engine.dispose()


def test_sqlite_waits_ten_seconds_for_a_lock(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/x.sqlite3")
    database_room.prepare(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000
    engine.dispose()


def said_to_begin(block) -> list[str]:
    said: list[str] = []

    def listen(_connection, _cursor, statement, *_more) -> None:
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        block()
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return [statement for statement in said if statement.startswith("BEGIN")]


def test_a_write_takes_sqlites_lock_up_front(app, app_context, database):
    def write() -> None:
        with transaction() as session:
            session.add(row("a"))

    expected = ["BEGIN IMMEDIATE"] if database.kind == "sqlite" else []
    assert said_to_begin(write) == expected


def test_a_read_takes_no_write_lock(app, app_context):
    assert said_to_begin(keys) == []


def test_all_reads_of_a_request_see_one_moment(app, app_context, database):
    keys()
    driver = db.session.connection().connection.driver_connection
    if database.kind == "sqlite":
        assert driver.in_transaction


def test_tree_paths_sort_byte_by_byte(app_context):
    """What a locale's collation on PostgreSQL would get wrong."""
    from sqlalchemy import literal, union_all

    kind = database_room.binary_string(20)
    texts = ["0001", "0001~", "0001ZZZZ", "000Z", "0010", "A", "Z", "~"]
    union = union_all(*(select(literal(t, kind).label("t")) for t in reversed(texts))).subquery()
    found = db.session.execute(select(union.c.t).order_by(union.c.t)).scalars().all()
    assert list(found) == sorted(texts)


def test_the_guard_watches_the_engine_of_every_application(app, app_context):
    from forum.models.discussions import Post

    with pytest.raises(guard.Unscoped):
        db.session.execute(select(Post.id))
