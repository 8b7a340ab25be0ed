from sqlalchemy import select

from forum.cli.importing import loading
from forum.cli.importing.memory import Memory
from forum.core.db import transaction
from forum.discussions.actions import counters
from forum.models.accounts import User
from forum.models.discussions import Post, Topic
from forum.models.imports import ImportedMessage
from tests.cli.importing.small_mail import DEPOTS, message, written


def test_a_second_run_adds_nothing(importer):
    importer.run(DEPOTS)
    before = importer.sources()
    result = importer.run(DEPOTS)
    assert "7 messages there already." in result.output
    assert importer.sources() == before
    assert importer.count(ImportedMessage) == 7


def test_a_longer_archive_adds_only_what_is_new_to_the_same_topics(importer, tmp_path):
    importer.run(DEPOTS)
    more = message(
        "The lease, at last.", Message_ID="<roof-9@x>", In_Reply_To="<roof-3@west.example>"
    )
    longer = tmp_path / "longer.mbox"
    longer.write_bytes(DEPOTS.read_bytes() + b"\n\n" + written(tmp_path / "x", more).read_bytes())
    assert "1 message imported, 0 new topics." in importer.run(longer).output
    assert importer.trees()["Money for a leaking roof"][-1] == (
        "      Ana Lind: Subject: Budget for the pilot"
    )


def test_the_next_months_archive_joins_the_topics_of_the_last(importer, tmp_path):
    importer.run(DEPOTS)
    answer = {"Subject": "Re: Night shifts"}
    by_reference = message(
        "Yes.", Message_ID="<n1@x>", In_Reply_To="<night-2@west.example>", **answer
    )
    by_subject = message("So do we.", Message_ID="<n2@x>", **answer)
    importer.run(written(tmp_path / "next.mbox", by_reference, by_subject))
    assert "    Ana Lind: Yes." in importer.trees()["Night shifts"]
    assert "  Ana Lind: So do we." in importer.trees()["Night shifts"]
    assert len(importer.trees()) == 2


def test_a_run_that_was_killed_goes_on_where_it_stopped(importer, monkeypatch):
    monkeypatch.setattr(loading, "BATCH", 2)
    write, calls = loading.write_reply, []

    def dying(*args, **kwargs):
        calls.append(args)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return write(*args, **kwargs)

    monkeypatch.setattr(loading, "write_reply", dying)
    stopped = importer.run(DEPOTS)
    assert stopped.exit_code == 130
    assert importer.count(Post) == 4
    monkeypatch.setattr(loading, "write_reply", write)
    assert "3 messages imported" in importer.run(DEPOTS).output
    assert [len(posts) for posts in importer.trees().values()] == [3, 4]


def test_two_circles_may_hold_the_same_archive(importer):
    importer.run(DEPOTS)
    assert "7 messages imported" in importer.run(DEPOTS, circle="quays").output
    assert importer.count(User) == 5


def test_a_post_that_was_deleted_for_good_does_not_come_back(importer):
    importer.run(DEPOTS)
    with importer.app.app_context():
        (topic,) = importer.rows(
            select(Topic.id, Topic.circle_id).where(Topic.title == "Night shifts")
        )
        with transaction():
            counters.drop_topic(topic.id, topic.circle_id, counted=True)
    assert "0 messages imported, 0 new topics." in importer.run(DEPOTS).output
    assert list(importer.trees()) == ["Money for a leaking roof"]


def test_a_second_import_at_the_same_time_is_refused_and_loses_nothing(importer, monkeypatch):
    importer.run(DEPOTS)
    monkeypatch.setattr(Memory, "has", lambda *_: False)
    monkeypatch.setattr(Memory, "post", lambda *_: None)
    result = importer.run(DEPOTS)
    assert result.exit_code == 1
    assert "Another import into this circle is running." in result.output
    assert importer.count(Post) == 7
