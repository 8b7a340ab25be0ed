from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.db import transaction
from forum.mail import outbox
from forum.models.outbox import LetterState
from tests.mail.conftest import jobs, letters, queue
from tests.support.together import at_once


class TestLetters:
    def test_a_letter_waits_with_the_job_that_delivers_it(self, app_context):
        queue()
        (letter,), (job,) = letters(), jobs()
        assert letter.state is LetterState.QUEUED
        assert (job.kind, job.payload) == (outbox.DELIVER, {"letter": letter.id})

    def test_the_same_event_and_recipient_count_once(self, app_context):
        queue()
        queue()
        assert (len(letters()), len(jobs())) == (1, 1)

    def test_another_recipient_gets_a_letter_too(self, app_context):
        queue()
        queue(recipient="ben@site.example")
        assert (len(letters()), len(jobs())) == (2, 2)

    def test_another_event_makes_another_letter(self, app_context):
        queue()
        queue(event="proof:def")
        assert len(letters()) == 2

    def test_queued_by_many_at_once_it_is_one_letter(self, app, app_context):
        assert at_once(app, *[queue] * 6) == [None] * 6
        assert (len(letters()), len(jobs())) == (1, 1)

    def test_what_is_rolled_back_never_was(self, app_context):
        def fail() -> None:
            with transaction():
                queue()
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert (letters(), jobs()) == ([], [])

    def test_its_message_id_is_fixed_and_names_our_domain(self, app_context):
        queue()
        (letter,) = letters()
        assert letter.message_id == f"<j.{letter.public_id}@forum.site>"

    def test_message_ids_differ(self, app_context):
        for n in range(5):
            queue(event=f"proof:{n}")
        assert len({letter.message_id for letter in letters()}) == 5


class TestJobs:
    def test_a_job_is_due_at_once_unless_a_time_is_given(self, held_clock, app_context):
        outbox.enqueue("now", {})
        outbox.enqueue("later", {}, due_at=clock.now() + timedelta(hours=1))
        assert [job.due_at - clock.now() for job in jobs()] == [timedelta(), timedelta(hours=1)]

    def test_a_job_that_waits_already_is_not_added_again(self, app_context):
        outbox.enqueue("count", {"n": 1}, dedupe="count")
        outbox.enqueue("count", {"n": 2}, dedupe="count")
        (job,) = jobs()
        assert job.payload == {"n": 1}

    def test_jobs_without_such_a_name_are_all_kept(self, app_context):
        outbox.enqueue("count", {})
        outbox.enqueue("count", {})
        assert len(jobs()) == 2

    def test_added_by_many_at_once_it_waits_once(self, app, app_context):
        answers = at_once(app, *[lambda: outbox.enqueue("count", {}, dedupe="count")] * 6)
        assert answers == [None] * 6
        assert len(jobs()) == 1
