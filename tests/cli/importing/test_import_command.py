import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from forum.cli.importing import loading
from forum.cli.importing.command import group
from forum.cli.importing.memory import Memory
from forum.core.db import db
from forum.models.accounts import User, UserState
from forum.models.circles import Circle
from forum.models.discussions import Format, Post, Topic
from forum.models.imports import ImportedMessage
from forum.policy.visible import Reason, unscoped
from tests.cli.importing.small_mail import message, written
from tests.support import community

DEPOTS = Path(__file__).parent / "archives" / "depots.mbox"


@dataclass
class Importer:
    """Runs the command and looks at what it left in the circle depots."""

    app: object

    def run(self, path, *options, circle="depots"):
        runner = self.app.test_cli_runner()
        return runner.invoke(group, ["mbox", str(path), "--circle", circle, *options])

    def trees(self):
        """Every topic as its title and indented first lines, with authors."""
        with self.app.app_context():
            db.session.rollback()
            query = (
                select(Topic.title, Post.path, Post.source, User.name)
                .join(Post, Post.topic_id == Topic.id)
                .join(User, User.id == Post.author_id)
                .order_by(Topic.id, Post.path)
            )
            rows = db.session.execute(unscoped(query, Reason.IMPORT)).all()
        topics = {}
        for title, path, source, name in rows:
            line = "  " * (len(path) // 4) + f"{name}: {source.splitlines()[0]}"
            topics.setdefault(title, []).append(line)
        return topics

    def rows(self, query):
        with self.app.app_context():
            db.session.rollback()
            return db.session.execute(unscoped(query, Reason.IMPORT)).all()

    def count(self, model):
        return len(self.rows(select(*model.__table__.primary_key)))

    def sources(self):
        return [row.source for row in self.rows(select(Post.source).order_by(Post.id))]


@pytest.fixture
def importer(app):
    with app.app_context():
        community.circle("depots")
        community.circle("quays")
    return Importer(app)


def test_an_archive_becomes_topics_with_their_answers(importer):
    assert importer.run(DEPOTS).exit_code == 0
    assert importer.trees() == {
        "Money for a leaking roof": [
            "Ana Lind: Dear all,",
            "  Bo Ek: We asked the insurer first, and they paid for half.",
            "    Cléo Moreau: The landlord pays here. It is in the lease.",
        ],
        "Night shifts": [
            "Dov: Does anybody run a night shift with five people?",
            "  Cléo Moreau: > Does anybody run a night shift with five people?",
            "    Ana Lind: > We do, with four and a half.",
            "    Eve: Subject: Keys (was: Night shifts)",
        ],
    }


def test_the_texts_are_plain_and_without_quotes_signatures_footers_and_addresses(importer):
    importer.run(DEPOTS)
    whole = "\n".join(importer.sources())
    for gone in ("555", "list.example", "north.example", "mailing list", "wrote:", "North Depots"):
        assert gone not in whole
    assert "Grüße, Ana" in whole
    assert "From midnight on we are three." in whole
    assert "Then you need a second key." in whole
    assert "[Attachment not imported: rota.pdf]" in whole
    assert {row.format for row in importer.rows(select(Post.format))} == {Format.PLAIN}


def test_times_are_those_of_the_messages(importer):
    importer.run(DEPOTS)
    query = select(Post.created_at).order_by(Post.id)
    times = [row.created_at.isoformat() for row in importer.rows(query)]
    assert times[0] == "2001-03-05T07:00:00+00:00"
    assert times[3] == "2001-03-07T07:00:00+00:00"


def test_each_author_is_one_account_that_can_be_claimed_and_holds_no_address(importer):
    importer.run(DEPOTS)
    users = importer.rows(select(User.name, User.address, User.state, User.claim_digest))
    assert sorted(user.name for user in users) == ["Ana Lind", "Bo Ek", "Cléo Moreau", "Dov", "Eve"]
    assert all(user.state is UserState.UNCLAIMED and user.address is None for user in users)
    assert len({user.claim_digest for user in users}) == 5


def test_no_address_of_the_archive_is_anywhere_in_the_database(importer):
    importer.run(DEPOTS)
    with importer.app.app_context():
        raw = db.engine.raw_connection()
        try:
            cursor = raw.cursor()
            for table in ("user", "topic", "post", "imported_message"):
                cursor.execute(f'SELECT * FROM "{table}"')
                assert "@north.example" not in str(cursor.fetchall())
        finally:
            raw.close()


def test_the_report_says_what_was_skipped_where_and_why(importer, tmp_path):
    result = importer.run(DEPOTS, "--report", str(tmp_path / "report.jsonl"))
    assert "7 messages imported, 2 new topics." in result.output
    assert "<roof-2@south.example>: same Message-ID as an earlier message" in result.output
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    skipped = {line["number"]: line for line in lines if line.get("outcome") == "skipped"}
    assert skipped[3]["reason"] == "a mail program's folder data"
    assert skipped[3]["offset"] == DEPOTS.read_bytes().index(b"From MAILER-DAEMON")
    assert skipped[7]["reason"] == "same Message-ID as an earlier message"
    assert lines[-1]["totals"] == {"imported": 7, "already there": 0, "skipped": 2}
    assert ["absurd date: taken from where it was received", "attachment left out"] in [
        line.get("notes") for line in lines
    ]


def test_a_second_run_adds_nothing(importer):
    importer.run(DEPOTS)
    before = importer.sources()
    result = importer.run(DEPOTS)
    assert "7 messages were there already." in result.output
    assert importer.sources() == before
    assert importer.count(ImportedMessage) == 7


def test_a_longer_archive_adds_only_what_is_new_to_the_same_topics(importer, tmp_path):
    importer.run(DEPOTS)
    more = message(
        "The lease, at last.", Message_ID="<roof-9@x>", In_Reply_To="<roof-3@west.example>"
    )
    longer = tmp_path / "longer.mbox"
    longer.write_bytes(DEPOTS.read_bytes() + b"\n\n" + written(tmp_path / "x", more).read_bytes())
    assert "1 messages imported, 0 new topics." in importer.run(longer).output
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


def test_a_dry_run_reports_the_same_and_writes_nothing(importer):
    assert "7 messages would be imported, 2 new topics." in importer.run(DEPOTS, "--dry-run").output
    assert importer.count(Post) == importer.count(User) == importer.count(ImportedMessage) == 0


def test_two_circles_may_hold_the_same_archive(importer):
    importer.run(DEPOTS)
    assert "7 messages imported" in importer.run(DEPOTS, circle="quays").output
    assert importer.count(User) == 5


def test_the_counters_of_circle_and_topics_are_right(importer):
    importer.run(DEPOTS)
    (circle,) = importer.rows(select(Circle.topic_count).where(Circle.slug == "depots"))
    assert circle.topic_count == 2
    topics = importer.rows(select(Topic.reply_count, Topic.last_post_at).order_by(Topic.id))
    assert [topic.reply_count for topic in topics] == [2, 3]
    assert topics[1].last_post_at.isoformat() == "2001-03-09T07:00:00+00:00"


def test_a_post_that_was_deleted_for_good_does_not_come_back(importer):
    importer.run(DEPOTS)
    with importer.app.app_context():
        from forum.core.db import transaction
        from forum.discussions.actions import counters

        (topic,) = importer.rows(
            select(Topic.id, Topic.circle_id).where(Topic.title == "Night shifts")
        )
        with transaction():
            counters.drop_topic(topic.id, topic.circle_id)
    assert "0 messages imported, 0 new topics." in importer.run(DEPOTS).output
    assert list(importer.trees()) == ["Money for a leaking roof"]


def test_a_message_without_a_text_is_a_topic_only_for_its_subject(importer, tmp_path):
    asked, answered = "Is the depot open?", "Re: Is the depot open?"
    importer.run(
        written(
            tmp_path / "a.mbox",
            message("", Subject=asked, Message_ID="<1@x>"),
            message("", Subject=answered, In_Reply_To="<1@x>", Message_ID="<2@x>"),
            message("Until six.", Subject=answered, In_Reply_To="<2@x>", Message_ID="<3@x>"),
            message("", Subject="", Message_ID="<4@x>"),
        )
    )
    assert importer.trees() == {
        asked: ["Ana Lind: [This message has no text.]", "  Ana Lind: Until six."]
    }


def test_a_topic_without_a_subject_is_called_by_its_first_words(importer, tmp_path):
    importer.run(
        written(
            tmp_path / "a.mbox", message("Who keeps the keys at night?\nWe do not.", Subject=None)
        )
    )
    assert list(importer.trees()) == ["Who keeps the keys at night?"]


def test_an_author_without_name_and_address_is_a_member_of_the_circle(importer, tmp_path):
    importer.run(written(tmp_path / "a.mbox", message("Hello.", From="<12345678@9876.example>")))
    assert list(importer.trees().values()) == [["Member of Depots: Hello."]]


def test_a_chain_deeper_than_any_page_shows_is_imported(importer, tmp_path):
    chain = [
        message(
            f"Answer {n}.",
            Message_ID=f"<{n}@x>",
            In_Reply_To=f"<{n - 1}@x>" if n else None,
            Subject="Re: Long" if n else "Long",
        )
        for n in range(450)
    ]
    importer.run(written(tmp_path / "long.mbox", *chain))
    assert len(importer.trees()["Long"]) == 450


@pytest.mark.parametrize(
    ("name", "says"),
    [("missing.mbox", "cannot be read: No such file"), ("letter.txt", "is not an archive of mail")],
)
def test_what_cannot_be_read_is_explained(importer, tmp_path, name, says):
    (tmp_path / "letter.txt").write_text("Dear all, this is only a letter.\n")
    result = importer.run(tmp_path / name)
    assert (result.exit_code, says in result.output) == (1, True)


def test_a_second_import_at_the_same_time_is_refused_and_loses_nothing(importer, monkeypatch):
    importer.run(DEPOTS)
    monkeypatch.setattr(Memory, "has", lambda *_: False)
    monkeypatch.setattr(Memory, "post", lambda *_: None)
    result = importer.run(DEPOTS)
    assert result.exit_code == 1
    assert "Another import into this circle is running." in result.output
    assert importer.count(Post) == 7


def test_an_unknown_circle_is_explained_with_those_there_are(importer):
    result = importer.run(DEPOTS, circle="nowhere")
    assert result.exit_code == 1
    assert "There is no circle nowhere. There are: depots, quays." in result.output
