from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import select

from forum.cli import jobs as queue
from forum.cli.jobs import LEASE, MAX_ATTEMPTS, Repeating
from forum.core import clock
from forum.core.db import db, transaction
from forum.mail.delivery import NoCarrier
from forum.mail.outbox import enqueue
from forum.models.outbox import JobClock
from tests.cli.outbox import jobs
from tests.support.statements import heard
from tests.support.together import at_once


class Work:
    """What was done, in order; a job may say that it fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.done: list[int] = []
        self.error = error

    def __call__(self, payload: dict) -> None:
        self.done.append(payload["n"])
        if self.error:
            raise self.error

    @property
    def handlers(self) -> dict:
        return {"note": self}


def add(count: int = 1, **more) -> None:
    for n in range(count):
        enqueue("note", {"n": n}, **more)


class TestDoing:
    def test_a_job_is_done_and_its_row_deleted(self, app_context):
        work = Work()
        add()
        assert queue.run_due(work.handlers) == 1
        assert (work.done, jobs()) == ([0], [])

    def test_jobs_are_done_as_they_fall_due(self, held_clock, app_context):
        work = Work()
        for n, minutes in enumerate([3, 1, 2]):
            enqueue("note", {"n": n}, due_at=clock.now() + timedelta(minutes=minutes))
        held_clock.forward(minutes=5)
        queue.run_due(work.handlers)
        assert work.done == [1, 2, 0]

    def test_a_job_is_not_done_before_it_is_due(self, held_clock, app_context):
        work = Work()
        add(due_at=clock.now() + timedelta(minutes=1))
        assert queue.run_due(work.handlers) == 0
        held_clock.forward(minutes=1)
        assert queue.run_due(work.handlers) == 1

    def test_where_nothing_is_due_nothing_is_written(self, app, app_context):

        with heard(app) as said:
            assert queue.claim() is None
        assert said.written == set()

    def test_many_workers_do_each_job_once(self, app, app_context):
        work = Work()
        add(40)
        tried = at_once(app, *[lambda: queue.run_due(work.handlers)] * 6)
        assert sum(tried) == 40, tried
        assert sorted(work.done) == list(range(40))
        assert jobs() == []

    def test_one_job_is_claimed_by_one_of_many(self, app, app_context):
        add()
        claimed = at_once(app, *[queue.claim] * 8)
        assert sum(isinstance(answer, queue.Claimed) for answer in claimed) == 1, claimed

    def test_told_to_stop_a_worker_begins_no_other_job(self, app_context):
        work = Work()
        add(5)
        queue.run_due(work.handlers, told_to_stop=lambda: len(work.done) == 2)
        assert len(work.done) == 2
        assert [job.attempts for job in jobs()] == [0, 0, 0]


class TestLeases:
    def test_a_claimed_job_is_nobody_elses_for_two_minutes(self, held_clock, app_context):
        add()
        assert queue.claim()
        held_clock.forward(seconds=119)
        assert queue.claim() is None

    def test_of_a_worker_that_died_the_job_is_taken_up_again(self, held_clock, app_context):
        work = Work()
        add()
        assert queue.claim().attempts == 1
        held_clock.set(clock.now() + LEASE)
        assert queue.run_due(work.handlers) == 1
        assert (work.done, jobs()) == ([0], [])

    def test_a_job_that_kills_its_worker_each_time_does_so_eight_times_at_most(
        self, held_clock, app_context
    ):
        add()
        claimed = 0
        while claimed < 20 and queue.claim():
            claimed += 1
            held_clock.set(clock.now() + LEASE)
        assert claimed == MAX_ATTEMPTS
        assert jobs()[0].dead_at


class TestFailing:
    def test_a_failed_job_comes_back_after_about_a_minute(self, held_clock, app_context):
        add()
        queue.run_due(Work(RuntimeError("no")).handlers)
        (job,) = jobs()
        assert 48 <= (job.due_at - clock.now()).total_seconds() <= 72
        assert (job.attempts, job.dead_at) == (1, None)

    def test_each_time_it_waits_twice_as_long(self, held_clock, app_context, monkeypatch):
        monkeypatch.setattr(queue, "_dice", Mock(uniform=lambda low, high: 1.0))
        add()
        waits = []
        for _ in range(7):
            queue.run_due(Work(RuntimeError("no")).handlers)
            (job,) = jobs()
            waits.append((job.due_at - clock.now()).total_seconds() / 60)
            held_clock.set(job.due_at)
        assert waits == [1, 2, 4, 8, 16, 32, 64]

    def test_after_eight_tries_it_is_dead_and_kept(self, held_clock, app_context):
        work = Work(RuntimeError("no"))
        add()
        for _ in range(12):
            queue.run_due(work.handlers)
            held_clock.forward(days=2)
        (job,) = jobs()
        assert len(work.done) == MAX_ATTEMPTS == 8
        assert job.dead_at
        assert job.error == "RuntimeError"

    def test_what_went_wrong_is_kept_without_its_words(self, app_context, caplog):
        """An error's words can hold an address."""
        add()
        queue.run_due(Work(RuntimeError("ana@site.example")).handlers)
        assert jobs()[0].error == "RuntimeError"
        assert "ana@site.example" not in caplog.text
        assert "RuntimeError" in caplog.text

    def test_a_job_nobody_knows_is_a_failed_one(self, app_context):
        enqueue("unheard of", {})
        queue.run_due({})
        assert jobs()[0].error == "KeyError"

    def test_a_failed_job_does_not_keep_the_others_waiting(self, app_context):
        work = Work()
        enqueue("unheard of", {})
        add(2)
        queue.run_due(work.handlers)
        assert sorted(work.done) == [0, 1]

    def test_what_a_failed_job_wrote_is_taken_back(self, app_context):
        def half(_payload: dict) -> None:
            with transaction():
                enqueue("never", {})
                raise RuntimeError

        add()
        queue.run_due({"note": half})
        assert [job.kind for job in jobs()] == ["note"]

    def test_where_nothing_carries_mail_a_try_is_not_counted(self, held_clock, app_context):
        add()
        for _ in range(12):
            queue.run_due(Work(NoCarrier()).handlers)
            (job,) = jobs()
            assert (job.attempts, job.dead_at, job.error) == (0, None, None)
            assert job.due_at - clock.now() == timedelta(hours=1)
            held_clock.set(job.due_at)

    def test_a_dead_job_makes_no_other_of_its_name_superfluous(self, held_clock, app_context):
        add(dedupe="note")
        for _ in range(MAX_ATTEMPTS):
            queue.run_due(Work(RuntimeError("no")).handlers)
            held_clock.forward(days=2)
        add(dedupe="note")
        assert len(jobs()) == 2

    def test_a_job_that_only_failed_still_does(self, app_context):
        add(dedupe="note")
        queue.run_due(Work(RuntimeError("no")).handlers)
        add(dedupe="note")
        assert len(jobs()) == 1


class TestRepeating:
    @pytest.fixture
    def turns(self):
        return []

    @pytest.fixture
    def hourly(self, turns):
        return {"tidy": Repeating(timedelta(hours=1), lambda: turns.append(1))}

    def test_it_is_done_at_once_and_then_every_period(self, held_clock, app_context, hourly, turns):
        for minutes in (0, 30, 30, 59, 1):
            held_clock.forward(minutes=minutes)
            queue.run_repeating(hourly)
        assert len(turns) == 3

    def test_after_a_long_pause_it_is_done_once(self, held_clock, app_context, hourly, turns):
        queue.run_repeating(hourly)
        held_clock.forward(days=3)
        queue.run_repeating(hourly)
        queue.run_repeating(hourly)
        assert len(turns) == 2

    def test_of_many_workers_one_does_it(self, app, held_clock, app_context, hourly, turns):
        for _ in range(3):
            done = at_once(app, *[lambda: queue.run_repeating(hourly)] * 6)
            assert sorted(done) == [0, 0, 0, 0, 0, 1], done
            held_clock.forward(hours=1)
        assert len(turns) == 3

    def test_one_that_fails_does_not_stop_the_others(self, held_clock, app_context, turns):
        def broken() -> None:
            raise RuntimeError("ana@site.example")

        both = {
            "broken": Repeating(timedelta(hours=1), broken),
            "tidy": Repeating(timedelta(hours=1), lambda: turns.append(1)),
        }
        assert queue.run_repeating(both) == 2
        assert turns == [1]

    def test_one_that_failed_comes_again_within_the_hour(self, held_clock, app_context, turns):
        def fails_at_first() -> None:
            turns.append(1)
            if len(turns) == 1:
                raise RuntimeError

        daily = {"check": Repeating(timedelta(days=1), fails_at_first)}
        for minutes in (0, 59, 1, 60, 22 * 60, 60):
            held_clock.forward(minutes=minutes)
            queue.run_repeating(daily)
        assert len(turns) == 3

    @pytest.mark.parametrize(
        ("calendar", "moment", "first"),
        [
            (queue.nightly, "2026-03-02T02:59:59", "2026-03-02T03:00:00"),
            (queue.nightly, "2026-03-02T03:00:00", "2026-03-03T03:00:00"),
            (queue.nightly, "2026-12-31T23:00:00", "2027-01-01T03:00:00"),
            (queue.monthly, "2026-03-01T00:00:00", "2026-04-01T00:00:00"),
            (queue.monthly, "2026-01-31T12:00:00", "2026-02-01T00:00:00"),
            (queue.monthly, "2026-12-15T12:00:00", "2027-01-01T00:00:00"),
        ],
    )
    def test_by_a_calendar_its_turn_is_at_an_hour(self, calendar, moment, first):
        now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        assert calendar(now) == datetime.fromisoformat(first).replace(tzinfo=UTC)

    def test_by_a_calendar_the_first_turn_waits_for_the_hour_too(
        self, held_clock, app_context, turns
    ):
        nightly = {"check": Repeating(queue.nightly, lambda: turns.append(1))}
        assert queue.run_repeating(nightly) == 0
        held_clock.set(clock.midnight() + timedelta(days=1, hours=2, minutes=59))
        assert queue.run_repeating(nightly) == 0
        held_clock.forward(minutes=1)
        assert queue.run_repeating(nightly) == 1
        assert queue.run_repeating(nightly) == 0
        held_clock.forward(hours=24)
        assert queue.run_repeating(nightly) == 1
        assert len(turns) == 2

    def test_each_has_a_hand_of_its_own(self, held_clock, app_context, hourly):
        queue.run_repeating(hourly)
        (hand,) = db.session.execute(select(JobClock)).scalars()
        assert (hand.kind, hand.next_at - clock.now()) == ("tidy", timedelta(hours=1))
