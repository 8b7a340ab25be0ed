"""How long a wall is tells where in the tree its post stands, and nothing of who put it up."""

from datetime import date

import pytest

from forum.models.guarding import Ability
from forum.policy import walls
from forum.policy.workplaces import most_entries
from forum.spaces import sanctions
from tests.support import community, spaces, workplaces
from tests.support.statements import counted_statements
from tests.support.watched import rows


@pytest.fixture
def wide(inside):
    """Ben's employer belongs to a group of thirty; Dora told of no other, Gil of none at all."""
    workplaces.group("The group", "Contoso", *(f"Contoso {number}" for number in range(29)))
    return inside


@pytest.fixture
def gil(wide):
    person = community.person("Gil")
    spaces.enter(wide.here, person)
    return person


def lengths(*posts: str) -> set[int]:
    return {len(spaces.wall_of(post)) for post in posts}


def test_topics_of_all_members_have_walls_of_one_length(wide, gil):
    everybody = (wide.ana, wide.ben, wide.dora, gil)
    assert len(lengths(*(spaces.sealed_topic(who, wide.here) for who in everybody))) == 1


def test_so_have_their_answers(wide, gil):
    asked = spaces.sealed_topic(wide.ana, wide.here)
    answering = (wide.ben, wide.dora, gil)
    assert len(lengths(*(spaces.sealed_reply(who, asked) for who in answering))) == 1


def test_and_the_answers_to_them(wide, gil):
    asked = spaces.sealed_topic(wide.ana, wide.here)
    answers = [spaces.sealed_reply(who, asked) for who in (wide.ben, gil)]
    assert len(lengths(*(spaces.sealed_reply(wide.dora, answer) for answer in answers))) == 1


def test_whom_somebody_names_does_not_show(wide, gil):
    asked = spaces.sealed_topic(wide.ana, wide.here)
    for who in (wide.ben, gil):
        spaces.sealed_reply(who, asked)
    called = [spaces.name_in(who, asked) for who in (wide.ben, gil)]
    naming = [spaces.sealed_reply(wide.dora, asked, f"As {name} says.") for name in called]
    assert len(lengths(*naming)) == 1


def test_a_sanctions_wall_has_the_room_of_its_posts(wide, gil):
    posts = [spaces.sealed_topic(who, wide.here) for who in (wide.ben, gil)]
    for post in posts:
        sanctions.bar(wide.reads("dora"), post, Ability.REACT, 7, "Please calm down.")
    found = {len(row.wall) for row in rows(sanctions.Sanction)}
    assert len(found) == 1


def test_whoever_left_still_counts(wide):
    """Else walls written before would stand out among those of later days."""
    before = lengths(spaces.sealed_topic(wide.ana, wide.here))
    spaces.leave(wide.here, wide.ben)
    assert lengths(spaces.sealed_topic(wide.ana, wide.here)) == before


def test_so_does_an_employer_left_long_ago(inside):
    topic = spaces.topic_row_id(inside.topic)
    before = most_entries(topic)
    workplaces.group("The group", *(f"Firm {number}" for number in range(9)))
    workplaces.worked_for(inside.ben, "Firm 1", until=date(2019, 5, 31))
    assert most_entries(topic) == before + 9


def test_of_people_elsewhere_nothing_counts(inside):
    before = most_entries(spaces.topic_row_id(inside.topic))
    stranger = community.person("Sid")
    workplaces.group("The group", *(f"Firm {number}" for number in range(9)))
    workplaces.works_for(stranger, "Firm 1")
    assert most_entries(spaces.topic_row_id(inside.topic)) == before


def test_the_most_are_found_in_two_statements(app, wide):
    topic = spaces.topic_row_id(wide.topic)
    with counted_statements(app) as said:
        assert most_entries(topic) == 30
    assert len(said) == 2


def test_what_stands_in_a_wall_is_what_stood_there_before(wide):
    voice = spaces.voice(wide.ben, wide.topic)
    post = spaces.sealed_reply(wide.ben, wide.topic)
    wall = walls.opened(voice.key, spaces.row_id(post), spaces.wall_of(post))
    own = walls.put_up_by(wall, voice.name_number)
    assert len(own) == 30
