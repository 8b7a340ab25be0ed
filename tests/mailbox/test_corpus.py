"""On a corpus of answers in many languages, from many programs: exactly what their writers said."""

from collections import Counter

import pytest

from forum.mailbox.parsing import parse
from forum.mailbox.replies.words import words_of
from forum.mailbox.verdicts import Verdict
from tests.mailbox.corpus import clients
from tests.mailbox.corpus.by_hand import HAND_WRITTEN
from tests.mailbox.corpus.languages import LANGUAGES
from tests.mailbox.corpus.mails import all_cases

CASES = [*all_cases(), *HAND_WRITTEN]
LEAST_EXACT = 0.95


@pytest.fixture(scope="module")
def taken():
    return [(case, parse(case.raw, case.letter)) for case in CASES]


def one_line(text):
    return " ".join(text.split())


def test_the_corpus_is_varied():
    assert len(CASES) >= 150
    assert len(LANGUAGES) >= 20
    assert len({*clients.PLAIN, *clients.HTML}) >= 12


def test_nearly_every_answer_is_taken_exactly(taken):
    wrong = [
        case.name
        for case, parsed in taken
        if one_line(parsed.reply) != one_line(" ".join(case.said))
    ]
    assert len(wrong) <= (1 - LEAST_EXACT) * len(CASES), wrong


def test_no_word_of_a_writer_is_lost(taken):
    lost = {
        case.name: missing
        for case, parsed in taken
        if (missing := Counter(words_of(" ".join(case.said))) - Counter(words_of(parsed.reply)))
    }
    assert not lost


def test_each_of_them_is_a_reply(taken):
    assert {parsed.verdict for _case, parsed in taken} == {Verdict.REPLY}


def test_what_is_not_taken_is_shown_as_cut(taken):
    for case, parsed in taken:
        if parsed.matched:
            assert parsed.cut, case.name


def test_the_letter_is_found_in_nearly_all_of_them(taken):
    """Else these tests would say nothing of comparing with it."""
    assert sum(parsed.matched for _case, parsed in taken) > 0.95 * len(taken)
