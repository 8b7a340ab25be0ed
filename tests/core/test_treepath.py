import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.core import treepath

SEQS = st.integers(1, treepath.MAX_SEQ)


@given(SEQS, SEQS)
def test_steps_sort_as_their_numbers_do(a, b):
    assert (treepath.step(a) < treepath.step(b)) is (a < b)


@given(SEQS)
def test_a_step_is_four_characters(seq):
    assert len(treepath.step(seq)) == 4
    assert int(treepath.step(seq), 36) == seq


@pytest.mark.parametrize("seq", [0, -1, treepath.MAX_SEQ + 1])
def test_a_number_outside_the_tree_has_no_path(seq):
    with pytest.raises(ValueError, match="no path"):
        treepath.step(seq)


def test_a_topic_has_room_for_a_million_replies():
    assert treepath.MAX_SEQ == 1_679_615


@given(st.lists(SEQS, max_size=6), SEQS)
def test_a_branch_is_a_prefix(steps, seq):
    parent = "".join(map(treepath.step, steps))
    path = treepath.child(parent, seq)
    assert path.startswith(parent)
    assert treepath.depth(path) == len(steps) + 1


@given(st.lists(SEQS, max_size=6))
def test_ancestors_run_from_the_opening_post_down_without_the_post_itself(steps):
    path = "".join(map(treepath.step, steps))
    above = treepath.ancestors(path)
    assert [treepath.depth(a) for a in above] == list(range(len(steps)))
    assert all(path.startswith(a) and a != path for a in above)


@given(st.lists(SEQS, min_size=1, max_size=4), st.lists(SEQS, max_size=3), SEQS)
def test_the_end_of_a_branch_lies_after_it_and_before_its_next_sibling(top, below, seq):
    path = "".join(map(treepath.step, top))
    end = path + treepath.ABOVE_ALL
    inside = path + "".join(map(treepath.step, below))
    assert path <= inside < end
    if seq > top[-1]:
        assert end < path[: -treepath.STEP] + treepath.step(seq)


def test_below_the_deepest_level_a_reply_stands_beside_its_parent():
    deepest = treepath.step(7) * treepath.MAX_LEVELS
    beside = treepath.child(deepest, 9)
    assert treepath.depth(beside) == treepath.MAX_LEVELS
    assert beside[: -treepath.STEP] == deepest[: -treepath.STEP]
    assert beside > deepest


def test_a_path_never_outgrows_the_row_of_an_index():
    path = ""
    for seq in range(1, 1_000):
        path = treepath.child(path, seq)
    assert len(path) == treepath.MAX_LEVELS * treepath.STEP < 2_700
