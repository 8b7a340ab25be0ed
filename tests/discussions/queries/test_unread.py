from hypothesis import given
from hypothesis import strategies as st

from forum.core.ranges import Ranges
from forum.discussions.queries.unread import unread, unread_count

NUMBERS = st.sets(st.integers(0, 30))


@given(NUMBERS, NUMBERS, st.integers(0, 30))
def test_unread_is_what_is_there_and_was_not_shown(read, gone, last):
    found = unread(str(Ranges.of(read)), str(Ranges.of(gone)), last)
    assert set(found) == set(range(last + 1)) - read - gone


@given(st.integers(0, 30), st.data())
def test_the_count_is_how_many_those_are(last, data):
    numbers = st.sets(st.integers(0, last))
    read = str(Ranges.of(data.draw(numbers)))
    gone = str(Ranges.of(data.draw(numbers)))
    assert unread_count(read, gone, last) == len(unread(read, gone, last))


def test_of_a_topic_never_opened_all_is_unread():
    assert unread_count("", "", 9) == 10
