"""What differs between two texts: both can be read off it again, whatever they are."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.discussions.differences import Piece, differences

WORDS = st.lists(st.sampled_from(["one", "two", " ", "\n", "three.", "ä"]), max_size=60)


def earlier(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if not piece.new)


def later(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces if not piece.gone)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_off_it(one, other):
    pieces = differences("".join(one), "".join(other))
    assert earlier(pieces) == "".join(one)
    assert later(pieces) == "".join(other)


def test_a_word_that_changed_is_marked_and_no_more():
    assert differences("We ask twice a year.", "We ask once a year.") == [
        Piece("We ask "),
        Piece("twice", gone=True),
        Piece("once", new=True),
        Piece(" a year."),
    ]


def test_the_same_text_is_one_piece():
    assert differences("As it was.", "As it was.") == [Piece("As it was.")]


def test_a_long_text_with_a_change_at_both_ends_is_compared_by_lines():
    lines = ["word " * 10 + f"{number}\n" for number in range(200)]
    pieces = differences("".join(lines), "".join(["First\n", *lines[1:-1], "Last\n"]))
    assert [piece.text for piece in pieces if piece.new] == ["First\n", "Last\n"]


def test_texts_that_have_nothing_in_common_stand_one_after_the_other():
    old, new = "a \n" * 6_000, "b \n" * 6_000
    assert differences(old, new) == [Piece(old, gone=True), Piece(new, new=True)]


@pytest.mark.parametrize("kinds", [2, 30, 300, 20_000])
def test_no_text_that_can_be_posted_takes_long(kinds):
    dice = random.Random(kinds)
    old, new = (
        " ".join(str(dice.randrange(kinds)) for _ in range(10_000))[:20_000] for _ in range(2)
    )
    begun = time.process_time()
    differences(old, new)
    assert time.process_time() - begun < 1
