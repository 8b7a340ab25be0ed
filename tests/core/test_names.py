"""The words that names in private spaces are made of."""

import re

from forum.core import names


def test_there_are_256_first_and_256_second_words():
    assert (len(names.FIRST), len(names.SECOND)) == (256, 256)


def test_no_word_stands_twice():
    assert len(set(names.FIRST)) == 256
    assert len(set(names.SECOND)) == 256


def test_no_word_is_both_a_first_and_a_second_one():
    """ "Robin Robin" would be nobody's idea of a name."""
    assert not set(names.FIRST) & set(names.SECOND)


def test_every_word_is_one_plain_word():
    for word in names.FIRST + names.SECOND:
        assert re.fullmatch("[A-Z][a-z]+", word), word


def test_every_number_has_its_name_and_every_name_its_number():
    assert all(names.number(names.name(number)) == number for number in range(0, 1 << 16, 251))
    assert len({names.name(number) for number in range(1 << 16)}) == 1 << 16


def test_what_is_no_name_has_no_number():
    for words in ("", "Amber", "Amber  Heron", "Heron Amber", "amber heron", "Amber Heron Fox"):
        assert names.number(words) is None


def test_the_longest_name_fits_its_column():
    longest = max(map(len, names.FIRST)) + 1 + max(map(len, names.SECOND))
    assert longest <= 60
