"""What holds for any text: offsets, calm, speed, and that only the caller's words decide."""

import time
from itertools import pairwise
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.spaces.recognise import Employer, Level, Writer, check, speaks_of_self_harm
from tests.spaces.recognise.asking import ANA, NOBODY

PIECES = st.sampled_from(
    "Northwind north wind Ana Lima Karen Will said told Dr . - @ at dot corp com + 0171 1234567 \n "
    "$ 12 March 2024 VP of Logistics in Lyon retail GmbH the only woman Acme O ' ( ) ² Ⅷ ﬃ ﷺ "
    "İ ß é e\u0301 \u200b а Ж 王伟 \u0660\u0661 \U0001f600 Project A".split(" ")
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join))
WRITERS = st.builds(
    Writer,
    names=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    handles=st.lists(st.text(max_size=10), max_size=2).map(tuple),
    addresses=st.lists(st.text(max_size=20), max_size=2).map(tuple),
    employers=st.lists(
        st.builds(
            Employer,
            names=st.lists(st.text(max_size=20), max_size=2).map(tuple),
            domains=st.lists(st.text(max_size=20), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
)


@given(TEXTS)
def test_offsets_lie_inside_the_text_and_hold_the_words(text):
    for finding in check(text, ANA):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.words


@given(TEXTS)
def test_findings_stand_in_order_and_never_overlap(text):
    found = check(text, ANA)
    assert all(a.end <= b.start for a, b in pairwise(found))


@settings(max_examples=200)
@given(TEXTS, WRITERS)
def test_no_text_and_no_writer_make_it_stumble(text, writer):
    check(text, writer)
    speaks_of_self_harm(text)


@given(TEXTS)
def test_the_same_question_has_the_same_answer(text):
    assert check(text, ANA) == check(text, ANA)


@given(TEXTS)
def test_without_a_writer_no_name_is_stopped(text):
    kinds = {f.kind.value for f in check(text, NOBODY) if f.level is Level.STOP}
    assert kinds <= {"email", "phone"}


@given(st.sampled_from(["Zorblatt", "Kweemos", "Vrantley"]), TEXTS)
def test_a_firm_in_no_public_table_is_reported_only_to_who_works_there(name, text):
    """An answer that differed would tell which employers the site knows."""
    draft = f"the people of {name.lower()} met"
    assert check(draft, NOBODY) == []
    assert check(draft, Writer(employers=(Employer((name,)),)))


HOSTILE = {
    "letters": "a",
    "words": "a ",
    "capitals": "A",
    "capital words": "A ",
    "digits": "1",
    "digit words": "1 ",
    "dotted digits": "1.",
    "dots": ".",
    "brackets": "([",
    "at-signs": "@",
    "addresses": "a@",
    "long addresses": "a." * 60 + "@" + "b." * 100,
    "look-alikes": "а",
    "invisible": "a\u200b",
    "ligatures": "ﷺ",
    "almost the employer": "northwin",
    "almost the employer, spaced": "n o r t h w i n ",
    "initials": "nt",
    "own name": "Ana ",
    "titles": "Dr Ana ",
    "spelt out": "a at b dot c ",
    "amounts": "$1,",
    "months": "May 1 ",
    "stars": "n*rth ",
    "quotes": "O'",
    "places": "VP of Sales Lyon retail ",
    "harm": "kill myself laughing ",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_twice_the_text_costs_about_twice(kind):
    """A ratio that noise can't fake: processor time, the middle of several runs."""
    whole = (HOSTILE[kind] * 20_000)[:20_000]
    cost = {size: _cost(whole[:size]) for size in (10_000, 20_000)}
    assert cost[20_000] <= 3 * cost[10_000] + 0.02
    assert cost[20_000] < 0.25  # five times what it takes, for busy machines


def test_an_ordinary_draft_of_20_000_characters_is_quick():
    sentence = (
        "We spent a year at Northwind. Marketing told Karen it was ready, in Lyon, for a bank. "
    )
    assert _cost((sentence * 250)[:20_000]) < 0.25  # five times what it takes, for busy machines


def _cost(text: str) -> float:
    check(text[:50], ANA)
    times = []
    for _ in range(3):
        begun = time.process_time()
        check(text, ANA)
        speaks_of_self_harm(text)
        times.append(time.process_time() - begun)
    return median(times)
