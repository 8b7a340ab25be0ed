"""No text of any size or shape holds a web worker up, and the next writer never pays for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from forum.core import markup
from forum.core.markup import (
    MAX_BODY_CHARS,
    Format,
    RendererBusy,
    TooComplex,
    TooLong,
    budget,
    child,
    convert,
    render,
)
from forum.core.markup.budget import Budget, ChildFailed, NoChild, OverBudget
from forum.core.markup.guards import Refused
from tests.support import hostile

GENEROUS_SECONDS = 1.5
"""Of processor time; the worst is some 0.25 s, more on a machine that is busy with others."""
A_HANG_SECONDS = 15
"""By the clock, with whatever a busy machine takes to start a child again."""

_OBEDIENT_CHILD = """
import os, runpy, signal, sys, time
serve = runpy.run_path({path!r})["serve"]

class Refused(Exception):
    pass

def convert(text):
    text = text.rpartition(chr(10))[2]  # less the files it may name, which come before it
    if text == "sleep":
        time.sleep(60)
    if text == "spin":
        while True:
            pass
    if text == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if text == "eat":
        return "a" * (4 * 1024 ** 3)
    if text == "fail":
        raise ValueError(text)
    if text == "refuse":
        raise Refused("nested")
    if text == "doze":
        time.sleep(0.1)
    if text == "environment":
        return repr(dict(os.environ))
    if text == "modules":
        return " ".join(sys.modules)
    return str(os.getpid())

serve(convert, Refused)
"""


@pytest.fixture
def small() -> Iterator[Budget]:
    """One child that does what the text tells it to."""
    made = _made(children=1)
    made.run("start")
    yield made
    made.close()


def _made(children: int, seconds: float = 0.3, patience_seconds: float = 5) -> Budget:
    program = _OBEDIENT_CHILD.format(path=child.__file__)
    return Budget([sys.executable, "-I", "-c", program], children, seconds, patience_seconds)


def _seconds_of(named: tuple[str, str]) -> tuple[str, float]:
    name, text = named
    began = time.monotonic()
    with suppress(TooComplex, TooLong, RendererBusy):
        render(text, Format.MARKDOWN)
    return name, time.monotonic() - began


def _long(words: str = "word") -> str:
    """A text that takes the way through the child."""
    text = f"{words} " * 500
    assert not convert.is_quick(text)
    return text


# Hostile texts


def test_the_hostile_corpus_has_more_than_a_hundred_and_twelve_shapes() -> None:
    assert len(hostile.shapes()) >= 112


@pytest.mark.slow
@pytest.mark.parametrize("size", hostile.SIZES)
def test_every_hostile_text_is_done_or_refused_in_little_time_and_does_not_grow(size: int) -> None:
    # Processor time, not the clock: other tests may run beside this one.
    for name, text in hostile.texts((size,)):
        source = markup.normalise(text)[:MAX_BODY_CHARS]
        began = time.process_time()
        try:
            html = convert.convert(source)
        except Refused:
            html = ""
        assert time.process_time() - began < GENEROUS_SECONDS, name
        assert len(html) <= 30 * len(source) + 64_000, name


def test_hostile_texts_of_two_writers_at_once_come_back_through_the_children() -> None:
    some = list(hostile.texts((MAX_BODY_CHARS,)))[::8]
    with ThreadPoolExecutor(2) as writers:
        for name, seconds in writers.map(_seconds_of, some):
            assert seconds < A_HANG_SECONDS, name


def test_what_is_rendered_in_the_web_worker_itself_takes_almost_no_time() -> None:
    slowest = 0.0
    for shape in hostile.shapes().values():
        text = markup.normalise(_longest_quick(shape))
        began = time.process_time()
        try:
            convert.convert(text)
        except Refused:
            continue
        finally:
            slowest = max(slowest, time.process_time() - began)
    assert slowest < 0.4


def test_a_text_with_many_signs_is_not_rendered_in_the_web_worker() -> None:
    assert convert.is_quick("A few words, a [link](https://a.example) and *more*.\n\n- b\n- c")
    assert not convert.is_quick("*a " * 200)
    assert not convert.is_quick("a\n" * 100)
    assert not convert.is_quick("a" * 2_001)


# The child


def test_a_long_text_goes_through_the_child_and_comes_back_the_same() -> None:
    text = _long("a & b \u4e2d")
    assert render(text, Format.MARKDOWN).html == convert.convert(markup.normalise(text))


def test_a_refusal_in_the_child_reaches_the_writer_with_its_reason() -> None:
    with pytest.raises(TooComplex) as refusal:
        render("- a\n" * 1_500, Format.MARKDOWN)
    assert refusal.value.reason == "blocks"


@pytest.mark.parametrize("slow", ["sleep", "spin"])
def test_a_text_over_the_budget_is_given_up_at_once(small: Budget, slow: str) -> None:
    began = time.monotonic()
    with pytest.raises(OverBudget):
        small.run(slow)
    assert 0.25 < time.monotonic() - began < 1


def test_the_child_that_was_too_slow_is_really_gone(small: Budget) -> None:
    number = int(small.run("who")[1])
    with pytest.raises(OverBudget):
        small.run("spin")
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_the_next_writer_after_a_kill_gets_an_answer(small: Budget) -> None:
    for _ in range(3):
        with pytest.raises(OverBudget):
            small.run("spin")
        assert small.run("who")[0] == child.DONE


def test_a_child_killed_from_outside_costs_nobody_a_text(small: Budget) -> None:
    number = int(small.run("who")[1])
    os.kill(number, signal.SIGKILL)
    assert int(small.run("who")[1]) != number


def test_a_text_that_kills_its_child_is_refused_and_the_next_is_not(small: Budget) -> None:
    with pytest.raises(OverBudget):
        small.run("die")
    assert small.run("who")[0] == child.DONE


def test_a_text_that_takes_too_much_memory_is_refused(small: Budget) -> None:
    with pytest.raises((ChildFailed, OverBudget)):
        small.run("eat")
    assert small.run("who")[0] == child.DONE


def test_an_error_of_ours_in_the_child_is_told_without_the_text(small: Budget) -> None:
    with pytest.raises(ChildFailed, match=r"^ValueError$"):
        small.run("fail")


def test_a_refusal_comes_back_as_one(small: Budget) -> None:
    assert small.run("refuse") == (child.REFUSED, "nested")


def test_start_up_does_not_count_as_the_writers_time() -> None:
    # Its own interpreter takes longer to start than this budget allows for a text.
    made = _made(children=1, seconds=0.01)
    try:
        assert made.run("who")[0] == child.DONE
    finally:
        made.close()


def test_warming_up_starts_one_child_without_waiting() -> None:
    made = _made(children=2)
    try:
        made.warm_up()
        assert made.run("who")[0] == child.DONE
    finally:
        made.close()


def test_a_child_that_cannot_start_is_said_and_not_waited_for() -> None:
    made = Budget([sys.executable, "-I", "-c", "raise SystemExit(1)"])
    with pytest.raises(NoChild):
        made.run("a")
    made.close()


def test_a_ready_child_is_taken_before_one_that_has_to_start() -> None:
    made = _made(children=2, seconds=1)
    made.run("start")
    slow = threading.Thread(target=_over_budget, args=(made,))
    slow.start()
    time.sleep(0.05)
    second = made.run("who")[1]
    slow.join()
    assert made.run("who")[1] == second
    made.close()


def test_many_threads_share_two_children() -> None:
    made = _made(children=2)
    seen: list[str] = []

    def write() -> None:
        seen.extend(made.run("who")[1] for _ in range(20))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made.close()
    assert len(seen) == 160
    assert 1 <= len(set(seen)) <= 2


def test_a_slow_text_holds_up_no_other_writer_while_a_second_child_is_free() -> None:
    made = _made(children=2, seconds=1)
    made.run("start")
    slow = threading.Thread(target=_over_budget, args=(made,))
    slow.start()
    time.sleep(0.05)
    assert made.run("who")[0] == child.DONE
    assert slow.is_alive()
    slow.join()
    made.close()


def test_a_writer_does_not_wait_for_ever_for_a_child() -> None:
    made = _made(children=1, seconds=1, patience_seconds=0.05)
    made.run("start")
    slow = threading.Thread(target=_over_budget, args=(made,))
    slow.start()
    time.sleep(0.05)
    with pytest.raises(NoChild):
        made.run("who")
    slow.join()
    made.close()


def test_a_forked_web_worker_starts_children_of_its_own(small: Budget) -> None:
    parents = small.run("who")[1]
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Python 3.12 warns of forks beside threads; gunicorn forks before it has any.
        warnings.simplefilter("ignore", DeprecationWarning)
        forked = os.fork()
    if not forked:
        try:
            os.write(writing, small.run("who")[1].encode())
            small.close()
        finally:
            os._exit(0)
    os.waitpid(forked, 0)
    with os.fdopen(reading, "rb", closefd=True) as answer:
        os.close(writing)
        its_own = answer.read().decode()
    assert its_own not in ("", parents)
    assert small.run("who")[1] == parents


def test_the_child_ends_when_its_parent_does(small: Budget) -> None:
    number = int(small.run("who")[1])
    small._workers[0].disown()
    for _ in range(100):
        if os.waitpid(number, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    pytest.fail("still there")


def test_the_child_knows_no_secret_of_the_site(
    small: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "canary")
    small.close()
    assert "canary" not in small.run("environment")[1]


def test_the_real_child_loads_neither_flask_nor_the_database() -> None:
    program = (
        Path(child.__file__).read_text().replace("serve(convert, Refused)", "print(*sys.modules)")
    )
    program = program.replace("__file__", repr(child.__file__))
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {"markdown", "bleach", "nh3"} <= set(loaded)
    assert not {"flask", "sqlalchemy", "flask_babel"} & set(loaded)


# What the writer meets


@pytest.fixture
def through(small: Budget, monkeypatch: pytest.MonkeyPatch) -> Budget:
    monkeypatch.setattr(budget, "_BUDGET", small)
    return small


def test_a_text_that_takes_too_long_is_answered_with_please_simplify(
    through: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "is_quick", lambda _: False)
    with pytest.raises(TooComplex) as refusal:
        render("spin", Format.MARKDOWN)
    assert (refusal.value.status, refusal.value.reason) == (422, "time")


@pytest.mark.parametrize("in_the_worker", [True, False])
def test_a_fault_of_a_library_costs_nobody_their_words_and_is_logged_without_them(
    through: Budget,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    in_the_worker: bool,
) -> None:
    def faulty(text: str, _files: object = None) -> str:
        raise ValueError(text)

    monkeypatch.setattr(convert, "is_quick", lambda _: in_the_worker)
    monkeypatch.setattr(convert, "convert", faulty)
    with pytest.raises(TooComplex):
        render("fail", Format.MARKDOWN)
    assert caplog.messages == ["a text could not be rendered: ValueError"]


def test_when_every_child_is_taken_the_site_says_it_is_busy(
    through: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(through, "patience_seconds", 0.05)
    monkeypatch.setattr(convert, "is_quick", lambda _: False)
    through._idle.get()
    with pytest.raises(RendererBusy) as refusal:
        render("a", Format.MARKDOWN)
    assert refusal.value.status == 503


def _over_budget(made: Budget) -> None:
    with pytest.raises(OverBudget):
        made.run("spin")


def _longest_quick(shape: object) -> str:
    """The longest beginning of a shape that is still rendered in the web worker."""
    assert callable(shape)
    low, high = 1, convert.QUICK_MAX_CHARS
    while high - low > 4:
        middle = (low + high) // 2
        if convert.is_quick(shape(middle)[:middle]):
            low = middle
        else:
            high = middle
    return str(shape(low)[:low])
