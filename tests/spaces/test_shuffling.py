"""After a night nothing that a database keeps for itself tells in which order things were done."""

import threading
from collections.abc import Iterator
from io import BytesIO

import pytest
from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    create_engine,
    literal_column,
    select,
    update,
)

from forum.core import upkeep
from forum.core.db import Base, db, prepare, transaction
from forum.core.upkeep import Busy, StillNeeded
from forum.discussions import actions
from forum.files.actions import keep_sealed
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce, Topic
from forum.models.files import SealedPicture, WaitingPicture
from forum.models.spaces import Pseudonym, SpaceMember, TopicKey
from forum.policy.visible import Reason, unscoped
from forum.spaces import shuffling
from tests.files import hostile
from tests.support import community, spaces

COUNT = 20
TABLES = (SpaceMember, TopicKey, Topic, Pseudonym, Post, ReadMark, Draft, SubmitNonce, Report)
TABLES += (WaitingPicture, SealedPicture)


def rows_of(model) -> list:
    db.session.rollback()
    table = model.__table__
    found = unscoped(select(table).order_by(*table.primary_key), Reason.TIDY)
    return [tuple(row) for row in db.session.execute(found)]


def everything() -> dict[str, list]:
    found = {model.__tablename__: rows_of(model) for model in TABLES}
    db.session.rollback()
    return found


def kept_by_the_database(model, *columns: str) -> list:
    """What it keeps of each row for itself, e.g. its place, in the order of the first column."""
    db.session.rollback()
    own = [literal_column(name) for name in columns]
    marks = [mark for mark in shuffling.MARKS if mark in model.__table__.columns]
    found = select(*own, *model.__table__.primary_key)
    for mark in marks:
        found = found.where(model.__table__.columns[mark].is_not(None))
    found = found.select_from(model.__table__).order_by(own[0])
    said = db.session.execute(unscoped(found, Reason.TIDY)).all()
    db.session.rollback()
    return said


@pytest.fixture
def written(scene) -> list[str]:
    """Twenty topics of a space in the order of writing, with what people left there."""
    people = list(scene.people.values())
    topics = spaces.many_topics(people, scene.space, COUNT)
    for number, topic in enumerate(topics[:5]):
        reader = people[(number + 4) % len(people)]
        spaces.report(reader, topic)
        actions.save_draft(community.viewer(reader), f"reply:{topic}", "", "Half", "")
    spaces.sealed_reply(people[-1], topics[0])
    spaces.sealed_reply(people[0], spaces.sealed_reply(people[-2], topics[0]))
    _with_pictures(people[-1], scene.space, topics[0])
    circles_topic = community.topic(people[0], scene.circle)
    community.report(people[1], community.reply(people[2], circles_topic))
    actions.save_draft(community.viewer(people[3]), f"reply:{circles_topic}", "", "Half", "")
    return topics


def _with_pictures(who, place, topic: str) -> None:
    """One that waits, and one in an answer."""
    viewer, here = community.viewer(who), spaces.seen(who, place)
    _waiting, added = (
        keep_sealed(viewer, here.id, here.voice, BytesIO(hostile.picture())).public_id
        for _each in range(2)
    )
    actions.post_reply(viewer, topic, f"![A chart](/files/{added})", "p" * 22, looked=True)


class TestShuffling:
    def test_every_row_is_there_as_before(self, written):
        before = everything()
        assert shuffling.shuffle() > 4 * COUNT
        assert everything() == before

    def test_places_are_not_in_the_order_of_writing(self, written, database):
        column = "rowid" if database.kind == "sqlite" else "ctid"
        order = [spaces.topic_row_id(topic) for topic in written]
        told = [row.id for row in kept_by_the_database(Topic, column)]
        assert told == order, "the test must see the order that is to be hidden"
        shuffling.shuffle()
        told = [row.id for row in kept_by_the_database(Topic, column)]
        assert sorted(told) == sorted(order)
        assert told != order
        assert told != order[::-1]

    def test_each_time_it_is_another_order(self, written, database):
        column = "rowid" if database.kind == "sqlite" else "ctid"
        orders = []
        for _night in range(3):
            shuffling.shuffle()
            orders.append(tuple(row.id for row in kept_by_the_database(Topic, column)))
        assert len(set(orders)) == 3

    def test_neither_are_tables_in_each_others_order(self, written, database):
        """Else the places of posts would tell whose pseudonym was made with which."""
        column = "rowid" if database.kind == "sqlite" else "ctid"
        shuffling.shuffle()
        topics = [row.id for row in kept_by_the_database(Topic, column)]
        keys = [row.topic_id for row in kept_by_the_database(TopicKey, column)]
        assert sorted(topics) == sorted(keys)
        assert topics != keys

    def test_all_rows_are_of_one_version(self, written, database):
        if database.kind == "sqlite":
            pytest.skip("SQLite keeps no versions of rows")
        shuffling.shuffle()
        versions = {
            (row[0], row[1])
            for model in TABLES
            for row in kept_by_the_database(model, "xmin::text", "xmax::text")
        }
        assert len({xmin for xmin, _xmax in versions}) == 1
        inside = {row[0] for row in kept_by_the_database(Post, "cmin::text")}
        assert len(inside) == 1

    def test_rows_of_circles_stay_as_they_are(self, written, scene, database):
        """In their order, and on PostgreSQL of the version they were."""
        kept = "rowid" if database.kind == "sqlite" else "ctid"
        version = "1" if database.kind == "sqlite" else "xmin::text"

        def rows() -> list:
            own = select(Post.id, literal_column(version)).select_from(Post.__table__)
            own = own.where(Post.author_id.is_not(None)).order_by(literal_column(kept))
            found = db.session.execute(unscoped(own, Reason.TIDY)).all()
            db.session.rollback()
            return found

        before = rows()
        shuffling.shuffle()
        assert rows() == before
        assert len(before) == 2

    def test_without_a_space_nothing_is_written(self, app_context):
        assert shuffling.shuffle() == 0


class TestBadLuck:
    def test_somebody_who_writes_is_waited_for(self, written, app, monkeypatch):
        monkeypatch.setattr(shuffling, "_PAUSE_SECONDS", 0.05)
        writing, done = threading.Event(), threading.Event()

        def write() -> None:
            with app.app_context(), transaction() as session:
                session.execute(update(Post).where(Post.seq == 0).values(render_version=99))
                writing.set()
                done.wait(1.2)

        other = threading.Thread(target=write)
        db.session.rollback()
        other.start()
        assert writing.wait(10)
        assert shuffling.shuffle() > COUNT
        done.set()
        other.join()
        versions = {row.render_version for row in _posts()}
        assert 99 in versions, "what was written meanwhile is kept"

    def test_somebody_who_never_stops_is_left_alone(self, written, app, database, monkeypatch):
        if database.kind == "sqlite":
            pytest.skip("SQLite's writers wait for each other by themselves")
        monkeypatch.setattr(shuffling, "_PAUSE_SECONDS", 0)
        monkeypatch.setattr(shuffling, "_TRIES", 2)
        before = everything()
        with app.app_context(), db.engine.connect() as connection:
            connection.execute(update(Post).where(Post.seq == 0).values(render_version=99))
            with pytest.raises(Busy):
                shuffling.shuffle()
            connection.rollback()
        assert everything() == before

    def test_somebody_who_reads_for_long_is_told_of(self, written, app, monkeypatch):
        """What they may yet read cannot be cleared away."""
        monkeypatch.setattr(upkeep, "_READERS_TRIES", 2)
        monkeypatch.setattr(upkeep, "_SQLITE_WAIT_MS", 100)
        before = everything()
        with app.app_context(), db.engine.connect() as reader:
            reader.execution_options(isolation_level="SERIALIZABLE")
            reader.execute(unscoped(select(Post.id), Reason.TIDY)).all()
            with pytest.raises(Busy):
                shuffling.shuffle()
            reader.rollback()
        assert everything() == before
        assert shuffling.shuffle() > COUNT

    def test_a_failure_in_the_middle_loses_nothing(self, written, monkeypatch):
        before = everything()
        put_back, done = upkeep._Here.put_back, []

        def fails(self, rows) -> int:
            if len(done) == 3:
                raise RuntimeError
            done.append(rows)
            return put_back(self, rows)

        with monkeypatch.context() as bad:
            bad.setattr(upkeep._Here, "put_back", fails)
            with pytest.raises(RuntimeError):
                shuffling.shuffle()
        assert everything() == before
        assert shuffling.shuffle() > COUNT


class TestWhatIsShuffled:
    def test_these_tables_hold_rows_of_spaces(self):
        meant = {rows.table.name: str(rows.are_meant) for rows in shuffling.parts()}
        for name in ("space_member", "topic_key", "pseudonym", "sign_in", "last_seen"):
            assert meant[name] == "true"
        for name in ("topic", "post"):
            assert meant[name] == f"{name}.pseudonym_id IS NOT NULL"
        for name in ("draft", "report", "submit_nonce", "reaction"):
            assert meant[name] == f"{name}.seat IS NOT NULL"
        assert meant["read_mark"].startswith("read_mark.seat IS NOT NULL OR ")

    def test_whatever_refers_to_them_is_shuffled_too(self):
        """Else the shuffle would delete it: a foreign key cascades, and nobody puts it back."""
        shuffled = {rows.table.name for rows in shuffling.parts()}
        referring = {
            table.name
            for table in Base.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name in shuffled
        }
        of_circles = {"imported_message", "revision", "topic_tag", "post_file"}
        of_circles |= {"watch", "mention", "notification", "bookmark"}
        assert referring - shuffled == of_circles, (
            "Give its rows a seat, or name its model in shuffling.ONLY_OF_SPACES; on this list "
            "stand tables that only refer to posts of circles."
        )

    def test_a_row_that_would_be_lost_stops_it(self, written, stranger):
        before = everything()
        with pytest.raises(StillNeeded, match=r"stranger_of_test\.post_id"):
            upkeep.rewrite_in_random_order(
                shuffling.parts(), [*Base.metadata.sorted_tables, stranger]
            )
        assert everything() == before


@pytest.fixture
def stranger(written, database) -> Iterator[Table]:
    """A table of later days, whose author did not think of the shuffle."""
    db.session.rollback()
    described = MetaData()
    Table("post", described, Column("id", Integer, primary_key=True))
    key = ForeignKey("post.id", ondelete="CASCADE")
    table = Table(
        "stranger_of_test",
        described,
        Column("id", Integer, primary_key=True),
        Column("post_id", Post.__table__.c.id.type, key),
        Column("sealed", LargeBinary),
    )
    engine = create_engine(database.url)
    prepare(engine)
    table.create(engine)
    with engine.begin() as connection:
        connection.execute(table.insert().values(id=1, post_id=spaces.row_id(written[0])))
    db.session.rollback()
    yield table
    db.session.rollback()
    table.drop(engine)
    engine.dispose()


def _posts() -> list:
    db.session.rollback()
    return list(db.session.execute(unscoped(select(Post.__table__), Reason.TIDY)))
