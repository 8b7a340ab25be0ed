"""`flask mailbox parse`: what would be taken from a mail, without posting it."""

import json

import pytest

from forum import create_app
from forum.cli.mailbox import group
from tests.mailbox.corpus.letters import LONG, REPLY_ADDRESS
from tests.support.application import settings

RAW = (
    "From: Bo <bo@home.example>\nSubject: Re: it\n\nTuesday is fine.\n\n"
    f"On 3 Nov 2025, {LONG.shown_name} wrote:\n"
) + "\n".join(f"> {line}" for line in LONG.quoted)


@pytest.fixture
def database_file(tmp_path):
    """Where a database would be."""
    return tmp_path / "none.db"


@pytest.fixture
def run(tmp_path, database_file):
    app = create_app(settings(f"sqlite:///{database_file}", tmp_path))
    runner = app.test_cli_runner()

    def run(*words, given=""):
        result = runner.invoke(group, ["parse", *words], input=given)
        assert result.exit_code == 0, result.output
        return result.output

    return run


def asked(**more):
    known = {
        "id": "a1",
        "raw": RAW,
        "parent_text": LONG.text,
        "parent_html": LONG.html,
        "from_name": LONG.shown_name,
        "reply_address": REPLY_ADDRESS,
        "subject": LONG.subject,
    }
    return json.dumps(known | more)


def answers(run, *lines):
    return [json.loads(line) for line in run("--jsonl", "-", given="\n".join(lines)).splitlines()]


def test_a_line_of_json_is_answered_by_one(run):
    (answer,) = answers(run, asked())
    assert answer.keys() == {"id", "reply", "cut", "verdict"}
    assert (answer["id"], answer["reply"], answer["verdict"]) == ("a1", "Tuesday is fine.", "reply")
    assert "> Ana Novak wrote in Careers:" in answer["cut"]


@pytest.mark.parametrize(
    "bad", ["{", "[]", '"x"', "7", "{}", '{"id": 1}', '{"raw": 5}', "[" * 9999]
)
def test_a_bad_line_is_an_error_and_the_rest_goes_on(run, bad):
    verdicts = [answer["verdict"] for answer in answers(run, asked(), bad, asked(id=2))]
    assert verdicts == ["reply", "error", "reply"]


def test_a_bad_line_keeps_its_id(run):
    (answer,) = answers(run, asked(raw=None))
    assert (answer["id"], answer["verdict"]) == ("a1", "error")


def test_what_is_not_known_of_the_letter_may_be_left_out(run):
    (answer,) = answers(run, json.dumps({"id": 1, "raw": RAW}))
    assert answer["reply"] == "Tuesday is fine."


def test_an_automatic_answer_is_told(run):
    (answer,) = answers(run, asked(raw="Auto-Submitted: auto-replied\n" + RAW))
    assert (answer["verdict"], answer["reply"]) == ("auto-reply", "")


def test_no_database_is_asked(run, database_file):
    answers(run, asked())
    assert not database_file.exists()


def test_one_mail_is_shown_in_words(run, tmp_path):
    mail = tmp_path / "mail.eml"
    mail.write_text(RAW)
    shown = run(str(mail))
    assert "verdict: reply" in shown
    assert "--- reply ---\nTuesday is fine." in shown
    assert "--- cut ---" in shown
