"""How often something may be tried; counted in the database, so every process counts alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from forum.core import clock, ids
from forum.core.db import Conflict, db
from forum.core.errors import TooOften
from forum.core.seal import Secret
from forum.models.accounts import Throttle
from forum.policy import limits
from forum.policy.identity import Voice
from forum.policy.limits import Limit
from forum.policy.viewer import Viewer

pytestmark = pytest.mark.usefixtures("app_context")

MINUTE = timedelta(minutes=1)
THREE = Limit("three", 3, 10 * MINUTE, MINUTE, 5 * MINUTE)


def tries(times: int, who: str = "ana") -> None:
    for _time in range(times):
        limits.spend(THREE, who)


def until(who: str = "ana") -> timedelta:
    with pytest.raises(TooOften) as refused:
        limits.spend(THREE, who)
    return refused.value.until - clock.now()


def test_as_many_tries_as_allowed_go_through(held_clock):
    tries(3)
    assert until()


def test_the_refusal_says_until_when(held_clock):
    tries(3)
    assert until() == MINUTE


def test_a_refused_try_does_not_lengthen_the_wait(held_clock):
    tries(3)
    until()
    assert until() == MINUTE


def test_the_wait_is_over_when_it_said(held_clock):
    tries(3)
    held_clock.forward(seconds=59)
    assert until() == timedelta(seconds=1)
    held_clock.forward(seconds=1)
    tries(1)


def test_the_wait_doubles_with_each_further_try(held_clock):
    tries(3)
    waits = []
    for _more in range(2):
        waits.append(until())
        held_clock.set(clock.now() + waits[-1])
        tries(1)
    assert [*waits, until()] == [MINUTE, 2 * MINUTE, 4 * MINUTE]


def test_the_wait_has_an_end_however_many_tries(held_clock):
    for _try in range(40):
        limits.count(THREE, "ana")
    assert until() == THREE.longest


def test_a_try_that_is_only_checked_is_not_counted(held_clock):
    for _time in range(10):
        limits.check(THREE, "ana")
    tries(3)


def test_all_is_forgotten_when_the_window_has_passed(held_clock):
    tries(2)
    held_clock.forward(minutes=10)
    tries(3)
    assert until() == MINUTE


def test_all_is_forgotten_on_success(held_clock):
    tries(2)
    limits.forget(THREE, "ana")
    tries(3)
    assert until() == MINUTE


@pytest.mark.parametrize("limit", [THREE, replace(THREE, lasting=False)], ids=str)
def test_several_at_once_count_as_many(held_clock, limit, monkeypatch):
    monkeypatch.setattr(limits, "_in_memory", {})
    limits.spend(limit, "ana", times=2)
    limits.spend(limit, "ana", times=2)
    with pytest.raises(TooOften):
        limits.spend(limit, "ana")


def test_forgetting_nothing_is_no_harm(held_clock):
    limits.forget(THREE, "ana")
    tries(3)


def test_a_try_given_back_was_none(held_clock):
    tries(3)
    limits.give_back(THREE, "ana")
    tries(1)
    assert until() == MINUTE


def test_giving_back_more_than_was_tried_earns_nothing(held_clock):
    tries(1)
    for _more in range(3):
        limits.give_back(THREE, "ana")
    tries(3)
    assert until() == MINUTE


def test_one_persons_tries_are_not_anothers(held_clock):
    tries(3, "ana")
    tries(3, "ben")


def test_tries_of_one_thing_are_not_those_of_another(held_clock):
    tries(3)
    limits.spend(Limit("other", 3, MINUTE, MINUTE, MINUTE), "ana")


def test_nothing_stored_names_who_tried(held_clock):
    tries(1, "ana@site.example 192.0.2")
    key = db.session.execute(select(Throttle.key)).scalar_one()
    assert "ana" not in key
    assert len(key) == 64


def test_a_first_try_that_finds_another_just_before_it_is_counted_too(monkeypatch):
    counting, lost = limits._count, [Conflict("", None, Exception())]

    def losing_once(limit: Limit, who: str, times: int) -> None:
        if lost:
            raise lost.pop()
        counting(limit, who, times)

    monkeypatch.setattr(limits, "_count", losing_once)
    limits.count(THREE, "ana")
    assert db.session.execute(select(Throttle.hits)).scalar_one() == 1


def test_first_tries_at_the_same_moment_are_all_counted(app):
    """Two processes that both find no row must not end in an error page."""
    together = Barrier(6)

    def one(_number: int) -> None:
        with app.app_context():
            limits.check(THREE, "ana")
            together.wait()
            limits.count(THREE, "ana")

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(one, range(6)))
    assert db.session.execute(select(func.sum(Throttle.hits))).scalar() == 6


class TestInASpace:
    """What would be a note of who acted when is kept in the process's memory there (R1)."""

    VOICE = Voice(Secret(b"k" * 32), b"a" * 16, 1)

    @pytest.fixture
    def ana(self) -> Viewer:
        return Viewer(id=ids.random_key())

    def tries(self, who: Viewer, times: int = 1) -> None:
        for _time in range(times):
            limits.spend(THREE, who, self.VOICE)

    def test_nothing_is_written_down(self, ana):
        self.tries(ana, 3)
        assert db.session.execute(select(func.count()).select_from(Throttle)).scalar() == 0

    def test_tries_are_counted_all_the_same(self, held_clock, ana):
        self.tries(ana, 3)
        with pytest.raises(TooOften) as refused:
            self.tries(ana)
        assert refused.value.until == clock.now() + MINUTE
        held_clock.forward(minutes=1)
        self.tries(ana)

    def test_all_is_forgotten_when_the_window_has_passed(self, held_clock, ana):
        self.tries(ana, 2)
        held_clock.forward(minutes=10)
        self.tries(ana, 3)

    def test_one_persons_tries_are_not_anothers(self, held_clock, ana):
        self.tries(ana, 3)
        self.tries(Viewer(id=ids.random_key()), 3)

    def test_one_member_has_one_limit_for_all_topics(self, held_clock, ana):
        """A limit for each topic would be a way to ask what happens there (R6)."""
        self.tries(ana, 3)
        elsewhere = Voice(Secret(b"o" * 32), b"a" * 16, 1)
        with pytest.raises(TooOften):
            limits.spend(THREE, ana, elsewhere)

    def test_names_of_those_who_tried_are_not_kept_in_memory_for_ever(
        self, held_clock, monkeypatch, ana
    ):
        monkeypatch.setattr(limits, "_in_memory", {})
        monkeypatch.setattr(limits, "_MOST_IN_MEMORY", 5)
        for _somebody in range(5):
            self.tries(Viewer(id=ids.random_key()))
        held_clock.forward(minutes=11)
        self.tries(ana)
        assert len(limits._in_memory) == 1
