"""At its end a topic is erased: nothing of it is left in the database, nor in any of its files."""

import pytest
from sqlalchemy import func, select

from forum.core.db import Base, db
from forum.core.errors import NotThere
from forum.discussions import actions
from forum.discussions.queries import post_for
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce, Topic
from forum.models.spaces import AFTERLIFE_DAYS, LIFE_DAYS, Pseudonym, TopicKey
from forum.policy.visible import Reason, unscoped
from forum.spaces import life, shuffling
from tests.support import community, spaces
from tests.support.community import csrf, sign_in
from tests.support.database_files import LOG

END = LIFE_DAYS + AFTERLIFE_DAYS
MARKER = "canarymarker"
TABLES = (Topic, Post, Pseudonym, ReadMark, Draft, SubmitNonce, Report, TopicKey)


def counts() -> dict[str, int]:
    db.session.rollback()
    return {
        table.__tablename__: db.session.execute(
            unscoped(select(func.count()).select_from(table), Reason.TIDY)
        ).scalar_one()
        for table in TABLES
    }


def written(scene) -> str:
    """A topic in which everything there can be was left."""
    topic = spaces.sealed_topic(scene["Ana"], scene.space, f"{MARKER} title", f"{MARKER} words")
    answer = spaces.sealed_reply(scene["Chidi"], topic, f"{MARKER} answer")
    spaces.sealed_reply(scene["Ema"], answer, f"{MARKER} more")
    spaces.report(scene["Gil"], answer, f"{MARKER} report")
    for kind, post, name in (("reply", topic, "Hana"), ("edit", answer, "Chidi")):
        viewer = community.viewer(scene[name])
        actions.save_draft(viewer, f"{kind}:{post}", "", f"{MARKER} draft", "")
    db.session.rollback()
    return topic


class TestErasing:
    def test_nothing_is_left_of_a_topic_on_its_last_day(self, scene, held_clock):
        written(scene)
        assert all(counts().values()), counts()
        held_clock.forward(days=END - 1)
        assert life.erase_due() == 0
        held_clock.forward(days=1)
        assert life.erase_due() == 1
        assert counts() == dict.fromkeys(counts(), 0)

    def test_other_topics_and_circles_keep_all_they_have(self, scene, held_clock):
        community.reply(scene["Ben"], community.topic(scene["Ana"], scene.circle))
        before = counts()
        written(scene)
        held_clock.forward(days=END)
        later = written(scene)
        assert life.erase_due() == 1
        after = counts()
        assert after[TopicKey.__tablename__] == 1
        assert after["post"] == before["post"] + 3
        assert after["draft"] == before["draft"] + 2
        assert post_for(community.viewer(scene["Gil"]), later).source == f"{MARKER} words"

    def test_it_is_there_for_nobody_any_more(self, scene, held_clock):
        topic = written(scene)
        held_clock.forward(days=END)
        life.erase_due()
        for name in ("Ana", "Chidi"):
            with pytest.raises(NotThere):
                post_for(community.viewer(scene[name]), topic)

    def test_its_address_answers_as_one_that_never_was(self, scene, held_clock, client):
        topic = written(scene)
        sign_in(client, scene["Ana"])
        assert client.get(f"/t/{topic}").status_code == 200
        held_clock.forward(days=10)
        client.get("/")
        held_clock.forward(days=END - 10)
        life.erase_due()
        sign_in(client, scene["Ana"])
        client.get("/")
        gone, never = client.get(f"/t/{topic}"), client.get("/t/aaaaaaaaaaaa")
        assert (gone.status_code, never.status_code) == (404, 404)
        assert sorted(dict(gone.headers)) == sorted(dict(never.headers))
        sent = {"csrf_token": csrf(client), "body": "Late.", "nonce": "n" * 22}
        assert client.post(f"/p/{topic}/reply", data=sent).status_code == 404

    def test_twice_is_once(self, scene, held_clock):
        written(scene)
        held_clock.forward(days=END)
        assert [life.erase_due(), life.erase_due()] == [1, 0]

    def test_an_erasure_that_fails_leaves_everything(self, scene, held_clock, monkeypatch):
        written(scene)
        before = counts()
        held_clock.forward(days=END)

        def fails(_topic_id: int) -> None:
            raise RuntimeError

        monkeypatch.setattr(life, "_forget_drafts", fails)
        with pytest.raises(RuntimeError):
            life.erase_due()
        assert counts() == before


def test_what_refers_to_a_topic_or_post_goes_with_it():
    """A table that keeps a topic's rows alive would keep its text from being erased."""
    hard = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"topic", "post"} and key.ondelete != "CASCADE"
    }
    assert hard == {"post.parent_id", "imported_message.post_id"}, (
        "Say ondelete='CASCADE', or erase its rows in spaces/life.py first and write it here."
    )


def sealed_bytes() -> list[bytes]:
    """What the database holds of the topic: texts, titles, drafts, walls, marks."""
    db.session.rollback()
    columns = (Topic.sealed, Post.sealed, Post.wall, Draft.sealed, ReadMark.sealed, Report.sealed)
    found = [
        bytes(each)
        for column in columns
        for each in db.session.execute(unscoped(select(column), Reason.TIDY)).scalars()
        if each
    ]
    db.session.rollback()
    assert len(found) > 10
    return [each[20:52] for each in found]


def wraps() -> list[bytes]:
    rows = db.session.execute(unscoped(select(TopicKey.wrapped), Reason.TIDY)).scalars()
    found = [bytes(each) for each in rows]
    db.session.rollback()
    return found


class TestInTheFiles:
    def test_the_words_were_never_there_and_the_key_is_gone(self, scene, held_clock, files):
        written(scene)
        sealed, (wrapped,) = sealed_bytes(), wraps()
        assert files.holding(MARKER.encode()) == []
        files.settle()
        assert files.holding(wrapped), "the test looks into the wrong files"
        assert files.holding(sealed[0])
        assert files.holding(MARKER.encode()) == []

        held_clock.forward(days=END)
        life.erase_due()
        files.settle()
        assert files.holding(MARKER.encode()) == []
        assert files.holding(wrapped, but=LOG) == []
        if files.plain_url is None:
            assert [each for each in sealed if files.holding(each)] == []

    def test_after_the_nights_work_nothing_is_left_of_all_that_was_sealed(
        self, scene, held_clock, files
    ):
        """Nor in PostgreSQL's write-ahead log, nor in its statistics."""
        for _topic in range(4):
            written(scene)
        everything = [*sealed_bytes(), *wraps()]
        files.analyse()
        held_clock.forward(days=END)
        life.erase_due()
        shuffling.shuffle()
        files.settle()
        assert [each for each in everything if files.holding(each)] == []

    def test_the_write_ahead_log_is_empty_afterwards(self, scene, held_clock, sqlite_file):
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL recycles its log: it held nothing but noise")
        written(scene)
        log = sqlite_file.with_name(f"{sqlite_file.name}-wal")
        assert log.stat().st_size
        held_clock.forward(days=END)
        life.erase_due()
        assert log.stat().st_size == 0
