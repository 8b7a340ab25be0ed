"""`flask worker run`: does the jobs that the site has written down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Mapping
from datetime import timedelta
from types import FrameType

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from forum.accounts import actions as accounts
from forum.cli import jobs, tidying
from forum.core.db import db
from forum.files import actions as files
from forum.home.letters import carrier
from forum.mail import delivery
from forum.mail.outbox import DELIVER
from forum.spaces import departing, life, mixture, shuffling
from forum.spaces.updates import queue_updates
from forum.web.addresses import mail_domain

group = AppGroup("worker", help="Do what the site has written down to be done.")
POLL_SECONDS = 0.5
AWAY_SECONDS = 5.0


def handlers(app: Flask) -> Mapping[str, jobs.Handler]:
    """What each kind of job means."""
    letters = carrier(app)
    return {
        DELIVER: lambda payload: delivery.deliver(payload["letter"], letters),
        accounts.CLEAR: lambda _payload: accounts.clear_what_the_closed_left(),
    }


REPEATING = {
    "tidy": jobs.Repeating(timedelta(hours=1), tidying.tidy),
    "letters of the day": jobs.Repeating(
        timedelta(minutes=10), lambda: queue_updates(mail_domain())
    ),
    "erase topics of spaces": jobs.Repeating(jobs.nightly, life.erase_due),
    "erase what the departed wrote": jobs.Repeating(jobs.nightly, departing.erase_some),
    "sweep files": jobs.Repeating(jobs.nightly, files.sweep),
    "shuffle spaces": jobs.Repeating(jobs.nightly, shuffling.shuffle),
    "check the mixture of spaces": jobs.Repeating(jobs.monthly, mixture.check_mixture),
}


@group.command("run")
@click.option("--once", is_flag=True, help="Do what is due now, then stop.")
def run(once: bool) -> None:
    """Do jobs until told to stop; SIGTERM and Ctrl-C let the one in hand finish."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    while not stop.is_set():
        wait = _round(app, stop)
        if once:
            return
        stop.wait(wait)


def _round(app: Flask, stop: threading.Event) -> float:
    """One round of all that is due; how long to wait before the next."""
    try:
        jobs.run_repeating(REPEATING)
        jobs.run_due(handlers(app), told_to_stop=stop.is_set)
    except OperationalError as error:
        app.logger.warning("database away: %s", type(error.orig).__name__)
        db.session.rollback()
        return AWAY_SECONDS
    finally:
        db.session.remove()
    return POLL_SECONDS
