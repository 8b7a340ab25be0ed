"""Once a month a space is looked at: who stands out in it could be recognised."""

from datetime import date

import pytest
from sqlalchemy import select

from forum.core import clock
from forum.core.db import db
from forum.models.spaces import Space
from forum.policy.visible import Reason, unscoped
from forum.spaces import actions
from forum.spaces.mixture import check_mixture
from tests.support import community, spaces


def space_now(scene) -> Space:
    db.session.rollback()
    found = unscoped(select(Space.__table__).where(Space.id == scene.space.id), Reason.TIDY)
    return db.session.execute(found).one()


def leave(scene, *names: str) -> None:
    for name in names:
        spaces.leave(scene.space, scene[name])


class TestOnTheFirst:
    def test_a_space_that_is_mixed_stays_as_it_is(self, scene):
        check_mixture()
        assert space_now(scene).read_only_from is None

    @pytest.mark.parametrize("left", [("Ivo", "Hana"), ("Gil", "Hana", "Ivo", "Ema", "Finn")])
    def test_one_that_is_not_is_read_only_from_the_first(self, scene, held_clock, left):
        leave(scene, *left)
        held_clock.forward(days=31)
        assert clock.today().day > 1
        check_mixture()
        assert space_now(scene).read_only_from == clock.today().replace(day=1)
        assert not spaces.seen(scene["Ana"], scene.space).place.may_write

    def test_who_left_the_circle_is_not_counted(self, scene):
        for name in ("Ivo", "Hana"):
            community.leave(scene[name], scene.circle)
        check_mixture()
        assert space_now(scene).read_only_from == date(2026, 3, 1)

    def test_it_can_be_read_on_and_stays_open(self, scene):
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        leave(scene, "Ivo", "Hana")
        opened_on = space_now(scene).opened_on
        check_mixture()
        assert space_now(scene).opened_on == opened_on
        assert spaces.name_in(scene["Gil"], topic)

    def test_the_first_day_of_it_stays(self, scene, held_clock):
        leave(scene, "Ivo", "Hana")
        check_mixture()
        held_clock.forward(days=31)
        check_mixture()
        assert space_now(scene).read_only_from == date(2026, 3, 1)

    def test_once_mixed_again_it_can_be_written_in(self, scene, held_clock):
        leave(scene, "Ivo", "Hana")
        check_mixture()
        for name in ("Ivo", "Hana"):
            actions.enter(community.viewer(scene[name]), scene.circle.id)
        assert space_now(scene).read_only_from, "only on the next first"
        held_clock.forward(days=31)
        check_mixture()
        assert space_now(scene).read_only_from is None

    def test_a_space_that_never_opened_is_left_alone(self, scene):
        other = community.circle("banking")
        space_id = actions.found_space(other.id)
        check_mixture()
        found = unscoped(select(Space.read_only_from).where(Space.id == space_id), Reason.TIDY)
        assert db.session.execute(found).scalar() is None
