"""Whom somebody blocks in spaces too is walled off from what they write in later conversations."""

from contextlib import suppress
from random import Random

import pytest

from forum.core.errors import NotThere, TooOften
from forum.discussions import queries
from forum.discussions.actions import edit_post
from forum.models.circles import Role
from forum.policy import blocks
from forum.quiet import actions as quiet
from forum.quiet.actions import TooManyInSpaces
from forum.spaces.guardians import name_guardian
from tests.support import community, spaces


def sees(inside, name: str, post: str) -> bool:
    try:
        queries.post_for(inside.reads(name), post)
    except NotThere:
        return False
    return True


@pytest.fixture(autouse=True)
def clock_held_from_the_start(held_clock):
    """Before `inside` opens its conversation."""


@pytest.fixture
def block(inside, held_clock):
    """Somebody blocks somebody, in spaces too, and sleeps over it."""

    def block(who: str, whom: str, *, in_spaces: bool = True) -> None:
        quiet.block(inside.reads(who), getattr(inside, whom).public_id, in_spaces=in_spaces)
        held_clock.forward(days=1)

    return block


@pytest.fixture
def later(inside, block) -> str:
    """A conversation that Dora opens after Ana has blocked Ben."""
    block("ana", "ben")
    return spaces.sealed_topic(inside.dora, inside.here, "Later", "How is it now?")


def test_later_conversations_are_not_there_for_whom_their_author_blocked(inside, block):
    block("ana", "ben")
    later = spaces.sealed_topic(inside.ana, inside.here, "Later", "It got worse.")
    assert not sees(inside, "ben", later)
    assert sees(inside, "dora", later)


def test_a_block_that_was_not_meant_for_spaces_holds_in_none(inside, block):
    block("ana", "ben", in_spaces=False)
    assert sees(inside, "ben", spaces.sealed_topic(inside.ana, inside.here, "Later", "Words."))


def test_what_stood_there_stays(inside, block):
    block("ana", "ben")
    assert sees(inside, "ben", inside.topic)


def test_in_a_conversation_it_was_blocked_in_nothing_changes(inside, block):
    """Else one could block one after another and wait for whose name falls silent."""
    block("ana", "ben")
    assert sees(inside, "ben", spaces.sealed_reply(inside.ana, inside.topic, "And then?"))


def test_on_the_day_itself_it_does_not_hold_yet(inside):
    quiet.block(inside.reads("ana"), inside.ben.public_id, in_spaces=True)
    today = spaces.sealed_topic(inside.ana, inside.here, "Today", "Words.")
    assert sees(inside, "ben", today)


@pytest.mark.parametrize("change", ["ended", "in circles only", "another instead"])
def test_in_a_conversation_it_holds_until_its_last_word(inside, later, held_clock, change):
    reply = spaces.sealed_reply(inside.ana, later, "It got worse.")
    ana = inside.reads("ana")
    if change == "in circles only":
        quiet.block(ana, inside.ben.public_id)
    else:
        quiet.end_block(ana, inside.ben.public_id)
    if change == "another instead":
        quiet.block(inside.reads("ana"), inside.dora.public_id, in_spaces=True)
    for _day in range(2):
        again = spaces.sealed_reply(inside.ana, later, "And worse.")
        assert not sees(inside, "ben", reply)
        assert not sees(inside, "ben", again)
        assert sees(inside, "dora", again)
        held_clock.forward(days=1)


def test_an_edit_does_not_tell_that_somebody_was_blocked_since(inside, held_clock):
    """Whoever names a voice and could no longer edit would know who it is that has just blocked."""
    name = spaces.name_in(inside.ana, inside.topic)
    post = spaces.sealed_reply(inside.ben, inside.topic, f"Thanks, {name}.")
    eva = community.person("Eva")
    community.join(eva, inside.retail)
    quiet.block(inside.reads("ana"), eva.public_id, in_spaces=True)
    held_clock.forward(days=1)
    spaces.sealed_reply(inside.ana, inside.topic, "You are welcome.")
    edit_post(inside.reads("ben"), post, f"Thanks a lot, {name}.")


def test_ending_a_block_brings_nothing_back(inside, block):
    block("ana", "ben")
    later = spaces.sealed_topic(inside.ana, inside.here, "Later", "It got worse.")
    quiet.end_block(inside.reads("ana"), inside.ben.public_id)
    assert not sees(inside, "ben", later)


def test_answers_to_it_are_not_there_either(inside, later):
    reply = spaces.sealed_reply(inside.ana, later, "And then?")
    answer = spaces.sealed_reply(inside.dora, reply, "And then that.")
    assert not sees(inside, "ben", answer)


def test_whoever_blocks_goes_on_to_see_whom_they_blocked(inside, later):
    """Whom they missed would be whom they blocked."""
    answer = spaces.sealed_reply(inside.ben, later, "Ours too.")
    assert sees(inside, "ana", answer)


def test_a_post_of_the_blocked_one_can_be_answered_behind_their_back_only(inside, later):
    answer = spaces.sealed_reply(inside.ben, later, "Ours too.")
    reply = spaces.sealed_reply(inside.ana, answer, "Yes.")
    assert not sees(inside, "ben", reply)
    assert sees(inside, "ben", answer)


def test_nobody_hides_from_the_spaces_moderators(inside, block):
    block("ana", "dora")
    assert sees(inside, "dora", spaces.sealed_topic(inside.ana, inside.here, "And", "Words."))


def test_nor_from_a_guardian(inside, later):
    assert put_up(inside, later) == {inside.ben.id}
    name_guardian(inside.ben.id)
    assert put_up(inside, later) == set()


def test_who_moderates_another_space_is_walled_off(inside, later):
    elsewhere = spaces.space(community.circle("finance"))
    spaces.enter(elsewhere, inside.ben, Role.MODERATOR)
    assert put_up(inside, later) == {inside.ben.id}


def put_up(inside, post: str) -> set[int]:
    """Whom Ana's blocks keep from what she writes in a conversation."""
    topic_id = queries.post_for(inside.reads("ana"), post).topic_id
    return {int(whom) for _kind, whom in blocks.entries(inside.ana.id, topic_id)}


def test_whatever_one_does_three_people_at_most_are_kept_from_a_conversation(inside, held_clock):
    """On each day somebody else, and as many as are let: what a conversation has is its own."""
    people = [community.person(name) for name in ("Eva", "Fay", "Gil", "Hal", "Ida")]
    for one in people:
        community.join(one, inside.retail)
    dice, found = Random(7), dict[str, set[int]]()
    for number in range(12):
        for one in dice.sample(people, 4):
            ana = inside.reads("ana")
            with suppress(TooManyInSpaces, TooOften):
                quiet.block(ana, one.public_id, in_spaces=dice.random() < 0.7)
        topic = spaces.sealed_topic(inside.dora, inside.here, f"Day {number}", "Words.")
        found[topic] = put_up(inside, topic)
        assert all(put_up(inside, each) == then for each, then in found.items())
        held_clock.forward(days=1)
    assert {len(each) for each in found.values()} >= {0, 3}
    assert max(map(len, found.values())) == 3


def test_a_wall_is_as_long_with_a_block_in_it(inside, block):
    def length(post: str) -> int:
        return len(queries.post_for(inside.reads("ana"), post).wall)

    before = length(spaces.sealed_topic(inside.ana, inside.here, "One", "Words."))
    block("ana", "ben")
    assert length(spaces.sealed_topic(inside.ana, inside.here, "Two", "Words.")) == before


@pytest.mark.parametrize("blocker", ["ana", "ben"])
def test_a_block_changes_nothing_of_what_the_blocked_one_may_do_elsewhere(inside, block, blocker):
    other = "ben" if blocker == "ana" else "ana"
    block(blocker, other)
    mine = spaces.sealed_topic(getattr(inside, other), inside.here, "Mine", "Words.")
    assert sees(inside, blocker, mine)
