import threading
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forum.core import ids

MOMENTS = st.integers(0, 4_000_000_000_000).map(
    lambda milliseconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)
"""To the year 2096."""
BIGGEST = 2**63 - 1


def test_a_public_id_has_twelve_characters_without_look_alikes():
    made = ids.public_id()
    assert len(made) == 12
    assert not set(made) & set("0o1lI")
    assert set(made) <= set(ids.PUBLIC_ALPHABET)


def test_public_ids_do_not_repeat():
    assert len({ids.public_id() for _ in range(5_000)}) == 5_000


def test_public_ids_have_over_59_bits():
    assert len(set(ids.PUBLIC_ALPHABET)) ** ids.PUBLIC_LENGTH > 2**59


@given(MOMENTS)
def test_a_row_id_is_positive_and_fits_63_bits(moment):
    assert 0 < ids.time_ordered(moment) + 1 <= BIGGEST


@given(MOMENTS, st.integers(1, 10**9))
def test_row_ids_sort_by_their_moment(moment, milliseconds):
    later = moment + timedelta(milliseconds=milliseconds)
    assert ids.time_ordered(moment) < ids.time_ordered(later)


def test_a_thousand_ids_of_one_moment_rise_and_differ():
    moment = datetime(2026, 3, 2, tzinfo=UTC)
    made = [ids.time_ordered(moment) for _ in range(1_000)]
    assert made == sorted(set(made))


def test_a_year_of_mail_in_one_second_does_not_reach_into_the_next_moment():
    moment = datetime(2031, 5, 6, tzinfo=UTC)
    last = [ids.time_ordered(moment) for _ in range(20_000)][-1]
    assert last < ids.time_ordered(moment + timedelta(seconds=1))


def test_a_moment_before_1970_counts_as_1970():
    old = ids.time_ordered(datetime(1950, 1, 1, tzinfo=UTC))
    assert 0 <= old < ids.time_ordered(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))


def test_threads_get_different_ids_for_one_moment():
    moment = datetime(2026, 3, 2, 1, tzinfo=UTC)
    made: list[int] = []
    threads = [
        threading.Thread(target=lambda: made.extend(ids.time_ordered(moment) for _ in range(200)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1_600


def test_a_random_key_is_positive_and_fits_63_bits():
    made = {ids.random_key() for _ in range(1_000)}
    assert len(made) == 1_000
    assert all(0 < key <= BIGGEST for key in made)


def test_random_keys_tell_no_order():
    made = [ids.random_key() for _ in range(100)]
    assert made != sorted(made)
