"""Whom somebody blocks is walled off from what they write in a space from then on."""

import pytest

from forum.core.errors import NotThere
from forum.discussions import queries
from forum.models.circles import Role
from forum.policy import blocks
from forum.quiet import actions as quiet
from forum.spaces.guardians import name_guardian
from tests.support import community, spaces


def sees(inside, name: str, post: str) -> bool:
    try:
        queries.post_for(inside.reads(name), post)
    except NotThere:
        return False
    return True


def block(inside, who: str, whom: str) -> None:
    quiet.block(inside.reads(who), getattr(inside, whom).public_id)


def test_later_posts_are_not_there_for_whom_their_author_blocked(inside):
    block(inside, "ana", "ben")
    later = spaces.sealed_topic(inside.ana, inside.here, "Later", "It got worse.")
    assert not sees(inside, "ben", later)
    assert sees(inside, "dora", later)


def test_what_stood_there_stays(inside):
    block(inside, "ana", "ben")
    assert sees(inside, "ben", inside.topic)


def test_ending_a_block_brings_nothing_back(inside):
    block(inside, "ana", "ben")
    later = spaces.sealed_topic(inside.ana, inside.here, "Later", "It got worse.")
    quiet.end_block(inside.reads("ana"), inside.ben.public_id)
    assert not sees(inside, "ben", later)


def test_answers_to_it_are_not_there_either(inside):
    block(inside, "ana", "ben")
    later = spaces.sealed_reply(inside.ana, inside.topic, "And then?")
    answer = spaces.sealed_reply(inside.dora, later, "And then that.")
    assert not sees(inside, "ben", answer)


def test_whoever_blocks_goes_on_to_see_whom_they_blocked(inside):
    """Whom they missed would be whom they blocked."""
    block(inside, "ana", "ben")
    answer = spaces.sealed_reply(inside.ben, inside.topic, "Ours too.")
    assert sees(inside, "ana", answer)


def test_a_post_of_the_blocked_one_can_be_answered_behind_their_back_only(inside):
    answer = spaces.sealed_reply(inside.ben, inside.topic, "Ours too.")
    block(inside, "ana", "ben")
    later = spaces.sealed_reply(inside.ana, answer, "Yes.")
    assert not sees(inside, "ben", later)
    assert sees(inside, "ben", answer)


def test_nobody_hides_from_the_spaces_moderators(inside):
    block(inside, "ana", "dora")
    assert sees(inside, "dora", spaces.sealed_reply(inside.ana, inside.topic, "And?"))


def test_nor_from_a_guardian(inside):
    name_guardian(inside.ben.id)
    block(inside, "ana", "ben")
    assert blocks.entries(inside.ana.id, inside.retail.id) == frozenset()


def test_who_moderates_another_space_is_walled_off(inside):
    elsewhere = spaces.space(community.circle("finance"))
    spaces.enter(elsewhere, inside.ben, Role.MODERATOR)
    block(inside, "ana", "ben")
    assert not sees(inside, "ben", spaces.sealed_reply(inside.ana, inside.topic, "And?"))


def test_the_three_latest_blocks_hold_and_no_more(inside, held_clock):
    people = [community.person(name) for name in ("Eva", "Fay", "Gil", "Hal")]
    for one in people:
        community.join(one, inside.retail)
        held_clock.forward(minutes=1)
        quiet.block(inside.reads("ana"), one.public_id)
    found = blocks.entries(inside.ana.id, inside.retail.id)
    assert found == {("person", str(one.id)) for one in people[1:]}


def test_a_wall_is_as_long_with_a_block_in_it(inside):
    def length(post: str) -> int:
        return len(queries.post_for(inside.reads("ana"), post).wall)

    before = length(spaces.sealed_topic(inside.ana, inside.here, "One", "Words."))
    block(inside, "ana", "ben")
    assert length(spaces.sealed_topic(inside.ana, inside.here, "Two", "Words.")) == before


@pytest.mark.parametrize("blocker", ["ana", "ben"])
def test_a_block_changes_nothing_of_what_the_blocked_one_may_do_elsewhere(inside, blocker):
    other = "ben" if blocker == "ana" else "ana"
    block(inside, blocker, other)
    mine = spaces.sealed_topic(getattr(inside, other), inside.here, "Mine", "Words.")
    assert sees(inside, blocker, mine)
