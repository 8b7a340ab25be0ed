"""A mail is read in a child that may be killed, and whatever happens there is a verdict."""

import sys
from pathlib import Path
from random import Random

import pytest

from forum.core.markup.budget import Budget
from forum.mailbox import limited
from forum.mailbox.parsing import Letter
from forum.mailbox.verdicts import Verdict
from tests.mailbox.corpus.mails import all_cases
from tests.mailbox.corpus.mutations import multiplied, nested

RAW = b"From: Bo <bo@home.example>\nSubject: hi\n\nHello.\n"


@pytest.fixture
def child_that(monkeypatch, tmp_path):
    """Puts a child of the test's own in the place of the one that reads mail."""

    def put(doing, seconds=1.0):
        program = tmp_path / "child.py"
        root = Path(limited.__file__).resolve().parent.parent.parent
        program.write_text(
            f"import sys; sys.path.insert(0, {str(root)!r})\n"
            "from forum.core.markup.child import serve_bytes\n"
            f"def answer(content):\n    {doing}\n"
            f"serve_bytes(answer, MemoryError, memory_bytes={512 << 20}, seconds=9)\n"
        )
        budget = Budget([sys.executable, str(program)], children=1, seconds=seconds)
        monkeypatch.setattr(limited, "_BUDGET", budget)
        return budget

    made = []
    yield lambda *given, **more: made.append(put(*given, **more))
    for budget in made:
        budget.close()


def test_a_mail_is_read_in_the_child():
    found = limited.parse_limited(RAW, Letter())
    assert (found.verdict, found.reply) == (Verdict.REPLY, "Hello.")


def test_what_the_child_says_is_what_is_found_here():
    case = all_cases()[0]
    found = limited.parse_limited(case.raw, case.letter)
    assert found.reply.split() == " ".join(case.said).split()


def test_a_child_that_takes_too_long_is_a_verdict(child_that):
    child_that("import time; time.sleep(30)", seconds=0.2)
    assert limited.parse_limited(RAW, Letter()).verdict is Verdict.TOO_HEAVY


def test_a_child_that_wants_too_much_memory_is_a_verdict(child_that):
    child_that("return bytes(1 << 40)")
    assert limited.parse_limited(RAW, Letter()).verdict is Verdict.TOO_HEAVY


def test_a_child_that_fails_is_a_verdict(child_that):
    child_that("return 1 // 0")
    assert limited.parse_limited(RAW, Letter()).verdict is Verdict.ERROR


def test_the_next_mail_after_a_heavy_one_is_read():
    raw = multiplied(RAW, Random(3))
    assert limited.parse_limited(raw, Letter()).verdict in Verdict
    assert limited.parse_limited(RAW, Letter()).verdict is Verdict.REPLY


def test_a_mail_of_12_mb_fits():
    raw = (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHello.\n--b\n"
        b"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
        + b"QUFB" * 18
        + (b"\n" + b"QUFB" * 19) * 150_000
        + b"\n--b--\n"
    )
    found = limited.parse_limited(raw[:11_900_000], Letter())
    assert found.verdict is Verdict.REPLY
    assert len(found.attachments) == 1


def test_nesting_is_cut_short():
    raw = nested(RAW, Random(1))
    assert limited.parse_limited(raw, Letter()).verdict is Verdict.TOO_MANY_PARTS
