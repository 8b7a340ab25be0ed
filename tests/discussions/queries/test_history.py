"""How a post read before: for whoever may see the post, and for nobody else."""

import pytest

from forum.core.errors import NotThere
from forum.discussions import actions
from forum.discussions.queries import history
from forum.policy.allowed import NotInSpaces
from forum.policy.viewer import GUEST
from tests.support import community
from tests.support.statements import counted_statements


def words(pieces) -> tuple[str, str]:
    """What was taken out, and what was put in."""
    return (
        "".join(piece.text for piece in pieces if piece.gone),
        "".join(piece.text for piece in pieces if piece.new),
    )


@pytest.fixture
def edited(held_clock, scene) -> str:
    """Public id of Ana's topic, which she has edited twice."""
    for text, title in (("How did yours end?", "Pilots that ended"), ("How did they end?", None)):
        held_clock.forward(minutes=6)
        actions.edit_post(scene.reads("ana"), scene.topic, text, title)
    return scene.topic


def test_it_begins_with_the_newest_edit(edited):
    found = history(GUEST, edited)
    assert (found.chosen.number, words(found.text)) == (2, ("yours", "they"))
    assert found.title == []


def test_each_can_be_chosen(edited):
    found = history(GUEST, edited, 1)
    assert words(found.text) == ("do", "did")
    assert words(found.title) == ("never end", "ended")
    assert [edit.number for edit in found.edits] == [2, 1]


@pytest.mark.parametrize("number", [0, 3, 999_999])
def test_one_that_never_was_is_not_there(edited, number):
    with pytest.raises(NotThere):
        history(GUEST, edited, number)


def test_a_post_never_edited_has_none(scene):
    found = history(GUEST, scene.topic)
    assert (found.edits, found.chosen, found.text) == ([], None, [])


def test_only_who_sees_the_post_sees_it(held_clock, scene):
    answer = community.reply(scene.ben, scene.topic, "Loud.")
    held_clock.forward(minutes=6)
    actions.edit_post(scene.reads("ben"), answer, "Louder.")
    actions.hide(scene.reads("dora"), answer, "Too loud.")
    for viewer in (GUEST, scene.reads("ana")):
        with pytest.raises(NotThere):
            history(viewer, answer)
    for name in ("ben", "dora"):
        assert words(history(scene.reads(name), answer).text) == ("Loud.", "Louder.")
    actions.remove_post(scene.reads("ben"), answer)
    for viewer in (GUEST, *(scene.reads(name) for name in ("ana", "ben", "dora"))):
        with pytest.raises(NotThere):
            history(viewer, answer)


def test_in_a_space_there_is_none(inside):
    for name in ("ana", "ben"):
        with pytest.raises(NotInSpaces):
            history(inside.reads(name), inside.topic)
    with pytest.raises(NotThere):
        history(inside.reads("cleo"), inside.topic)


def test_it_costs_the_same_after_many_edits(app, held_clock, scene):
    counts = []
    for number in range(12):
        held_clock.forward(minutes=6)
        actions.edit_post(scene.reads("ana"), scene.topic, f"Text {number}.")
        if number in (1, 11):
            with counted_statements(app) as said:
                history(GUEST, scene.topic)
            counts.append(len(said))
    assert counts[0] == counts[1] <= 3
