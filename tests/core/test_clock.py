import threading
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from forum.core import clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_now_is_aware_and_in_utc():
    assert clock.now().tzinfo is UTC


def test_the_clock_moves_on_by_itself():
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_frozen_clock_stands_still():
    with clock.freeze(NOON):
        assert clock.now() == NOON


def test_a_frozen_moment_of_another_zone_reads_in_utc():
    with clock.freeze(datetime(2026, 3, 2, 14, 0, tzinfo=timezone(timedelta(hours=2)))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


def test_today_is_the_utc_day():
    east = timezone(timedelta(hours=10))
    with clock.freeze(datetime(2026, 3, 2, 5, 0, tzinfo=east)):
        assert clock.today() == date(2026, 3, 1)


def test_the_clock_goes_on_after_the_block():
    with clock.freeze(NOON):
        pass
    assert clock.now() != NOON


def test_the_clock_goes_on_after_an_error_in_the_block():
    with pytest.raises(RuntimeError), clock.freeze(NOON):
        raise RuntimeError
    assert clock.now() != NOON


def test_an_inner_freeze_ends_at_the_outer_moment():
    with clock.freeze(NOON):
        with clock.freeze(NOON + timedelta(hours=1)):
            assert clock.now() == NOON + timedelta(hours=1)
        assert clock.now() == NOON


def test_a_naive_moment_cannot_be_frozen():
    with pytest.raises(ValueError, match="aware"), clock.freeze(datetime(2026, 3, 2)):  # noqa: DTZ001
        pass


def seen_by_a_thread() -> datetime:
    seen: list[datetime] = []
    thread = threading.Thread(target=lambda: seen.append(clock.now()))
    thread.start()
    thread.join()
    return seen[0]


def test_freezing_holds_for_this_context_only():
    with clock.freeze(NOON):
        assert seen_by_a_thread() != NOON


def test_freezing_everywhere_holds_for_every_thread():
    with clock.freeze_everywhere(NOON):
        assert seen_by_a_thread() == NOON
