"""Doing the same thing in many threads at once, as many browsers do."""

import threading
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, has_app_context

from forum.core.db import db

T = TypeVar("T")


def at_once(app: Flask, *acts: Callable[[], T]) -> list[T | BaseException]:
    """Do all acts at the same moment, each in a thread with an application context of its own.

    Answers, in the order given, what each returned or raised.
    """
    gate = threading.Barrier(len(acts))
    answers: list[T | BaseException] = [RuntimeError("never ran")] * len(acts)

    def run(number: int, act: Callable[[], T]) -> None:
        with app.app_context():
            gate.wait(30)
            try:
                answers[number] = act()
            except BaseException as error:  # noqa: BLE001 - the test looks at it
                answers[number] = error

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if has_app_context():
        db.session.rollback()  # else the test goes on seeing how things were before
    return answers
