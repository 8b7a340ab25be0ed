"""The check on drafts by two people who had not seen it, and who marked what gives a writer away.

The check was mended after the first set was looked at; the second set is of after that.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from forum.spaces.recognise import Employer, Finding, Level, Writer, check

DRAFTS = [
    json.loads(line)
    for line in Path(__file__).with_name("drafts.jsonl").read_text("utf-8").splitlines()
]
LEAST_STOPPED, LEAST_ASKED, MOST_FALSE = 0.95, 0.80, 0.05
SETS = sorted({draft["set"] for draft in DRAFTS})


def found(draft: dict, least: Level) -> list[Finding]:
    told = draft["writer"]
    employers = tuple(
        Employer(tuple(each["names"]), tuple(each["domains"])) for each in told["employers"]
    )
    writer = Writer(
        *(tuple(told[key]) for key in ("names", "handles", "addresses")), employers=employers
    )
    return [finding for finding in check(draft["text"], writer) if finding.level >= least]


def places(text: str, words: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + 1)


def is_found(findings: list[Finding], text: str, words: str) -> bool:
    spans = list(places(text, words))
    assert spans, words
    return any(one.start < end and start < one.end for one in findings for start, end in spans)


def of(name: str) -> list[dict]:
    return [draft for draft in DRAFTS if draft["set"] == name]


def test_there_are_enough_of_them():
    assert len(SETS) == 2
    assert all(len(of(name)) >= 150 for name in SETS)


@pytest.mark.parametrize("name", SETS)
def test_what_names_the_writer_is_stopped(name):
    told = [
        (stop["words"], is_found(found(draft, Level.STOP), draft["text"], stop["words"]))
        for draft in of(name)
        for stop in draft["stops"]
    ]
    missed = [words for words, was_found in told if not was_found]
    assert len(missed) <= (1 - LEAST_STOPPED) * len(told), missed


@pytest.mark.parametrize("name", SETS)
def test_other_peoples_names_are_asked_about(name):
    told = [
        (words, is_found(found(draft, Level.ASK), draft["text"], words))
        for draft in of(name)
        for words in draft["people"]
    ]
    missed = [words for words, was_found in told if not was_found]
    assert len(missed) <= (1 - LEAST_ASKED) * len(told), missed


@pytest.mark.parametrize("name", SETS)
def test_drafts_that_name_nobody_are_let_pass(name):
    harmless = [draft for draft in of(name) if not draft["stops"]]
    stopped = [found(draft, Level.STOP) for draft in harmless]
    wrongly = [[one.words for one in each] for each in stopped if each]
    assert len(wrongly) <= MOST_FALSE * len(harmless), wrongly
