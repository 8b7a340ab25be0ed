import json

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.markup import Format
from forum.models.accounts import User, UserState
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.models.imports import ImportedMessage
from tests.cli.importing.small_mail import DEPOTS, message, written


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


def test_a_dry_run_reports_the_same_and_writes_nothing(importer):
    assert "7 messages would be imported, 2 new topics." in importer.run(DEPOTS, "--dry-run").output
    assert importer.count(Post) == importer.count(User) == importer.count(ImportedMessage) == 0


def test_the_counters_of_circle_and_topics_are_right(importer):
    importer.run(DEPOTS)
    (circle,) = importer.rows(select(Circle.topic_count).where(Circle.slug == "depots"))
    assert circle.topic_count == 2
    topics = importer.rows(select(Topic.reply_count, Topic.last_post_at).order_by(Topic.id))
    assert [topic.reply_count for topic in topics] == [2, 3]
    assert topics[1].last_post_at.isoformat() == "2001-03-09T07:00:00+00:00"


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


def test_an_unknown_circle_is_explained_with_those_there_are(importer):
    result = importer.run(DEPOTS, circle="nowhere")
    assert result.exit_code == 1
    assert "There is no circle nowhere. There are: depots, quays." in result.output
