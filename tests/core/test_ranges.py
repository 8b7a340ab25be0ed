from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core.ranges import Ranges

NUMBERS = st.sets(st.integers(0, 60))


@given(NUMBERS)
def test_it_holds_exactly_the_numbers_it_was_made_of(numbers):
    made = Ranges.of(numbers)
    assert list(made) == sorted(numbers)
    assert len(made) == len(numbers)
    assert [n for n in range(70) if n in made] == sorted(numbers)


@given(NUMBERS)
def test_what_is_written_reads_back_the_same(numbers):
    made = Ranges.of(numbers)
    assert Ranges.parse(str(made)) == made
    assert hash(Ranges.parse(str(made))) == hash(made)


@given(NUMBERS, NUMBERS)
def test_joining_is_the_union_of_sets(a, b):
    assert set(Ranges.of(a) | Ranges.of(b)) == a | b


@given(NUMBERS, NUMBERS)
def test_taking_away_is_the_difference_of_sets(a, b):
    assert set(Ranges.of(a) - Ranges.of(b)) == a - b


@given(NUMBERS, NUMBERS)
def test_equal_sets_are_equal_and_others_are_not(a, b):
    assert (Ranges.of(a) == Ranges.of(b)) is (a == b)


@given(NUMBERS, st.integers(-1, 70))
def test_missing_is_what_of_zero_to_the_last_is_not_there(numbers, last):
    assert set(Ranges.of(numbers).missing(last)) == set(range(last + 1)) - numbers


@given(NUMBERS)
def test_spans_neither_touch_nor_overlap(numbers):
    spans = Ranges.of(numbers).spans
    assert all(a[1] + 1 < b[0] for a, b in pairwise(spans))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=12))
def test_overlapping_spans_given_in_any_order_are_merged(pairs):
    spans = [(first, first + more) for first, more in pairs]
    assert set(Ranges(spans)) == {n for first, last in spans for n in range(first, last + 1)}


def test_a_topic_read_to_the_end_is_one_short_range():
    assert str(Ranges.of(range(10_001))) == "0-10000"


def test_single_numbers_are_written_alone():
    assert str(Ranges.of([1, 2, 3, 5, 7, 8])) == "1-3,5,7-8"


def test_the_empty_text_is_the_empty_set():
    assert list(Ranges.parse("")) == []
    assert str(Ranges()) == ""


@pytest.mark.parametrize("text", ["x", "1,", ",", "1-x", "5-3", "-1", "1--3", "1 2"])
def test_anything_else_does_not_read_as_ranges(text):
    with pytest.raises(ValueError):  # noqa: PT011 - int()'s own words
        Ranges.parse(text)


def test_a_number_below_zero_has_no_place():
    with pytest.raises(ValueError, match="not a range"):
        Ranges([(-3, 2)])


def test_ranges_are_not_equal_to_other_things():
    assert Ranges.of([1]) != "1"
