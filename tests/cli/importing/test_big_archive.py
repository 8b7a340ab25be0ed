"""A large archive of made-up mail, checked against what its makers truly wrote."""

import pytest

from forum.cli.importing.plan import make_plan, read_entries
from forum.cli.importing.reading.archives import open_archive
from forum.cli.importing.reading.messages import read_text
from forum.cli.importing.report import Report
from forum.cli.importing.words import changed_subject, words_of
from forum.mailbox.folding.comparing import Heard
from tests.cli.importing.nasty_archive import NastyArchive
from tests.cli.importing.small_mail import NOW

COUNT = 1_500


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """Pairs of what was made and what would be posted, and for each thread its first message."""
    archive = NastyArchive(seed=20)
    path = archive.write(tmp_path_factory.mktemp("nasty") / "nasty.mbox", COUNT)
    with open_archive(path) as opened:
        plan = make_plan(list(read_entries(opened, NOW, Report())), NOW)
        return [
            (archive.made[number], parent, words, plan.entries[number].sent.at)
            for thread in plan.threads
            for number, parent, words in thread_words(opened, plan, thread)
        ]


def thread_words(opened, plan, thread):
    heard = Heard()
    for number, parent in thread.members:
        above = plan.subjects[parent] if parent is not None else None
        contents = read_text(opened.read(plan.entries[number].position))
        changed = changed_subject(plan.subjects[number], above)
        yield number, parent, words_of(contents, heard, changed).source


def test_every_message_is_found(imported):
    assert len(imported) == COUNT


def test_no_word_of_a_writer_is_lost(imported):
    for made, _, words, _ in imported:
        for sentence in made.own:
            ending = sentence.rsplit(" ", 1)[-1]
            assert ending in words, f"message {made.number}: {sentence}"


def test_quotes_are_marked_or_gone(imported):
    for made, _, words, _ in imported:
        for theirs in made.parent.own if made.parent else ():
            assert theirs not in words.split("\n"), f"message {made.number}: {theirs}"


def test_signatures_and_footers_are_gone(imported):
    for _, _, words, _ in imported:
        assert "Telephone" not in words
        assert "mailing list" not in words


def test_topics_begin_where_conversations_began(imported):
    begun = {made.number for made, parent, _, _ in imported if parent is None}
    assert begun == {made.number for made, _, _, _ in imported if made.parent is None}


def test_answers_hang_where_they_belong_unless_their_headers_are_gone(imported):
    right = [made.parent.number == parent for made, parent, _, _ in imported if made.parent]
    assert sum(right) / len(right) > 0.94


def test_times_are_right_whatever_the_date_header_said(imported):
    assert all(abs((at - made.at).total_seconds()) < 3_600 for made, _, _, at in imported)
