"""What holds for any text: offsets, calm, and that only the caller's words decide."""

from itertools import pairwise

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
