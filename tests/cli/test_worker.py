import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from forum.accounts import actions as accounts
from forum.cli import jobs as queue
from forum.cli import worker
from forum.core import clock
from forum.mail.outbox import enqueue
from forum.models.outbox import LetterState
from tests.cli.outbox import command, jobs, letters

ROOT = Path(__file__).parents[2]
SLOW_WORKER = """
import sys, time
from pathlib import Path
from forum import create_app
from forum.cli import worker
from tests.support.application import settings

url, folder = sys.argv[1], Path(sys.argv[2])

def slow(payload):
    with (folder / "log").open("a") as log:
        print("began", file=log, flush=True)
        time.sleep(0.5)
        print("ended", file=log, flush=True)

worker.handlers = lambda app: {"slow": slow}
with create_app(settings(url, folder)).app_context():
    worker.run.main([], standalone_mode=False)
"""


class TestOnce:
    def test_a_letter_that_waits_is_sent(self, app, app_context):
        accounts.ask_to_join("gil@site.example", "192.0.2", "forum.example")
        assert command(app, "worker", "run", "--once").exit_code == 0
        assert [letter.state for letter in letters()] == [LetterState.SENT]
        assert jobs() == []

    def test_in_production_without_a_carrier_it_waits(self, app, app_context):
        app.config["DEVELOPMENT"] = False
        accounts.ask_to_join("gil@site.example", "192.0.2", "forum.example")
        command(app, "worker", "run", "--once")
        (letter,), (job,) = letters(), jobs()
        assert (letter.state, job.attempts) == (LetterState.QUEUED, 0)
        assert job.due_at > clock.now()

    def test_what_repeats_is_done_too(self, app, app_context, monkeypatch):
        turns = []
        tidy = queue.Repeating(worker.REPEATING["tidy"].every, lambda: turns.append(1))
        monkeypatch.setattr(worker, "REPEATING", {"tidy": tidy})
        command(app, "worker", "run", "--once")
        assert turns == [1]

    def test_without_the_database_it_waits_and_goes_on(self, app, app_context, monkeypatch):
        def away(_jobs) -> int:
            raise OperationalError("select", {}, Exception("connection refused"))

        monkeypatch.setattr(queue, "run_repeating", away)
        assert worker._round(app, threading.Event()) == worker.AWAY_SECONDS


class TestStopping:
    @pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
    def test_the_job_in_hand_is_finished_and_no_other_begun(
        self, app, app_context, database, tmp_path, told
    ):
        for _ in range(3):
            enqueue("slow", {})
        words = [sys.executable, "-c", SLOW_WORKER, database.url, str(tmp_path)]
        with subprocess.Popen(words, cwd=ROOT) as running:
            try:
                wait_for(tmp_path / "log")
                running.send_signal(told)
                assert running.wait(15) == 0
            finally:
                running.kill()
        assert (tmp_path / "log").read_text().split() == ["began", "ended"]
        assert [job.attempts for job in jobs()] == [0, 0]


def wait_for(file: Path) -> None:
    for _ in range(600):
        if file.exists():
            return
        time.sleep(0.05)
    pytest.fail("the worker began nothing in 30 seconds")


def test_every_kind_of_job_has_its_handler(app):
    assert set(worker.handlers(app)) == {"deliver letter", "clear what the closed left"}


def test_what_comes_by_itself_is_this():
    calendars = {name: job.every for name, job in worker.REPEATING.items() if job.has_an_hour}
    assert calendars == {
        "erase topics of spaces": queue.nightly,
        "erase what the departed wrote": queue.nightly,
        "sweep files": queue.nightly,
        "shuffle spaces": queue.nightly,
        "check the mixture of spaces": queue.monthly,
    }
    assert set(worker.REPEATING) - set(calendars) == {"tidy", "letters of the day"}


def test_at_night_the_worker_erases_and_shuffles(held_clock, app_context, monkeypatch):
    done = []
    turns = {
        name: queue.Repeating(job.every, partial(done.append, name))
        for name, job in worker.REPEATING.items()
    }
    queue.run_repeating(turns)
    held_clock.forward(hours=18)
    queue.run_repeating(turns)
    often = ["tidy", "letters of the day"]
    erasing = ["erase topics of spaces", "erase what the departed wrote", "sweep files"]
    assert done == [*often, *often, *erasing, "shuffle spaces"], (
        "what was erased is cleared away by the shuffle, so that comes last"
    )
