"""After a change of employers only topics opened later are there, in every space (R5)."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.errors import NotThere
from forum.discussions.queries import post_for, topics_of_space
from forum.employments import actions
from forum.employments.actions import Workplace, declaring
from forum.models.employers import Tie
from tests.support import community, spaces, workplaces


def is_there(person, topic: str) -> bool:
    try:
        post_for(community.viewer(person), topic)
    except NotThere:
        return False
    return True


def own_employment(person) -> str:
    (mine,) = workplaces.queries.employments(community.viewer(person))
    return mine.public_id


def tells_of_another(gil) -> None:
    workplaces.works_for(gil, "Elsewhere")


def verifies_one_more(gil) -> None:
    told = workplaces.works_for(gil, "Elsewhere")
    workplaces.verify(gil, told, "gil@elsewhere.example")


def tells_of_an_earlier_one(gil) -> None:
    left_on = clock.today() - timedelta(days=100)
    workplaces.worked_for(gil, "Elsewhere", until=left_on)


def ends_one(gil) -> None:
    actions.end(community.viewer(gil), own_employment(gil))


CHANGES = [tells_of_another, verifies_one_more, tells_of_an_earlier_one, ends_one]


@pytest.fixture
def gil(scene):
    return scene["Gil"]


@pytest.mark.parametrize("change", CHANGES)
class TestAfterAChange:
    def test_topics_opened_until_that_day_are_gone(self, scene, held_clock, gil, change):
        earlier = spaces.sealed_topic(scene["Ana"], scene.space)
        answer = spaces.sealed_reply(scene["Chidi"], earlier)
        held_clock.forward(days=1)
        same_day = spaces.sealed_topic(scene["Chidi"], scene.space)
        assert is_there(gil, earlier)
        change(gil)
        later_that_day = spaces.sealed_topic(scene["Chidi"], scene.space)
        for post in (earlier, answer, same_day, later_that_day):
            assert not is_there(gil, post)
            assert is_there(scene["Ema"], post)

    def test_those_opened_from_the_next_day_are_there(self, scene, held_clock, gil, change):
        change(gil)
        held_clock.forward(days=1)
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        assert is_there(gil, topic)
        listed = topics_of_space(community.viewer(gil), spaces.seen(gil, scene.space), None)
        assert [row.url for row in listed.rows] == [f"/t/{topic}"]

    def test_so_it_is_in_every_space(self, scene, held_clock, gil, change):
        other = spaces.space(community.circle("banking"))
        for name in ("Ana", "Gil", "Ema"):
            spaces.enter(other, scene[name])
        topic = spaces.sealed_topic(scene["Ana"], other)
        assert is_there(gil, topic)
        change(gil)
        assert not is_there(gil, topic)


def test_what_was_told_before_coming_in_is_no_change(scene, held_clock):
    topic = spaces.sealed_topic(scene["Ana"], scene.space)
    held_clock.forward(days=40)
    jon = community.person("Jon")
    declaring.enter(jon.id, Workplace("Adatum", Tie.WORKS_FOR), told_on=scene.space.opened_on)
    left = own_employment(jon)
    held_clock.forward(days=1)
    actions.end(community.viewer(jon), left)
    held_clock.forward(days=30)
    spaces.enter(scene.space, jon)
    assert is_there(jon, topic)


def test_a_wall_that_is_up_stays_after_its_author_changed(scene, held_clock):
    topic = spaces.sealed_topic(scene["Ana"], scene.space)
    ends_one(scene["Ana"])
    assert not is_there(scene["Ben"], topic)
