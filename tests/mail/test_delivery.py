from dataclasses import replace

import pytest
from sqlalchemy import delete

from forum.core import clock
from forum.core.db import transaction
from forum.mail.delivery import NoCarrier, deliver, read, stamp
from forum.mail.outbox import queue_letter
from forum.mail.render import Context
from forum.models.outbox import Letter, LetterState
from tests.mail.conftest import letters, queue


@pytest.fixture
def letter(app_context: None) -> Letter:
    queue()
    return letters()[0]


def test_where_letters_are_shown_a_delivered_one_is_sent(held_clock, letter, carrier):
    deliver(letter.id, carrier())
    (sent,) = letters()
    assert (sent.state, sent.sent_at, sent.attempts) == (LetterState.SENT, clock.now(), 1)
    assert sent.answer


def test_a_sent_letter_is_not_sent_again(letter, carrier):
    deliver(letter.id, carrier())
    deliver(letter.id, carrier())
    assert letters()[0].attempts == 1


def test_a_letter_no_longer_wanted_is_cancelled(letter, carrier):
    deliver(letter.id, carrier(lambda _: None))
    (kept,) = letters()
    assert (kept.state, kept.sent_at) == (LetterState.CANCELLED, None)


def test_where_nothing_carries_mail_a_letter_waits(letter, carrier):
    with pytest.raises(NoCarrier):
        deliver(letter.id, carrier(shows_letters=False))
    (kept,) = letters()
    assert (kept.state, kept.attempts) == (LetterState.QUEUED, 0)


def test_a_letter_that_is_gone_is_no_error(letter, carrier):
    gone = letter.id
    with transaction() as session:
        session.execute(delete(Letter))
    deliver(gone, carrier())
    assert letters() == []


def test_a_letter_that_cannot_be_rendered_stays_queued(letter, carrier):
    def broken(_letter: Letter) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        deliver(letter.id, carrier(broken))
    assert letters()[0].state is LetterState.QUEUED


def test_reading_a_letter_changes_nothing(letter, carrier):
    assert read(letter, carrier()).address == "ana@site.example"
    assert letters()[0].state is LetterState.QUEUED


def test_what_a_letter_says_is_decided_when_it_is_read(letter, carrier):
    assert read(letter, carrier(lambda _: None)) is None


class TestLettersToBeForgotten:
    """The row of a letter to a work address is the only one that holds the address."""

    @pytest.fixture
    def secret(self, app_context: None) -> Letter:
        queue_letter("work_code", event="work:abc", recipient="a@firm.example", domain="forum.site")
        return letters()[0]

    @pytest.mark.parametrize("state", list(LetterState))
    def test_whatever_became_of_it_its_row_goes(self, secret, state):
        stamp(secret, state, "250 taken")
        assert letters() == []

    def test_where_letters_are_shown_it_stays_to_be_read(self, secret, carrier):
        said = Context("a@firm.example", {"code": "12345678"})
        deliver(secret.id, replace(carrier(), contexts={"work_code": lambda _letter: said}))
        assert [letter.state for letter in letters()] == [LetterState.SENT]

    def test_no_longer_wanted_it_goes_there_too(self, secret, carrier):
        deliver(secret.id, replace(carrier(), contexts={"work_code": lambda _letter: None}))
        assert letters() == []

    def test_other_letters_are_kept_with_what_was_answered(self, letter):
        stamp(letter, LetterState.SENT, "250 taken")
        assert [(kept.state, kept.answer) for kept in letters()] == [
            (LetterState.SENT, "250 taken")
        ]
