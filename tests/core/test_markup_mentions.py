"""Whom a text names: read from its HTML, so that what is code or a quotation names nobody."""

import pytest

from forum.core.markup import MOST_MENTIONS, Format, mentions, render

NAMES_BEN = [
    "Ask @ben.",
    "@ben",
    "(@Ben)",
    "@ben's idea",
    "**@ben**, _@ben_",
    "- one\n- @ben, two",
    "## For @ben",
    "| a | b |\n| - | - |\n| @ben | c |",
    "“@ben” – so?",
    "Danke,@ben!",
    "<@ben>",
]
NAMES_NOBODY = [
    "ben",
    "me@ben.example",
    "me@ben",
    "@ben@elsewhere.example",
    "@ben.example",
    "`@ben`",
    "```\n@ben\n```",
    "    @ben",
    "> @ben said so",
    "> > @ben\n\n> again @ben",
    "[@ben](https://ben.example)",
    "https://example.org/@ben",
    "@@ben",
    "/@ben",
    "@béla",
    "@ben_okri",
    "@" + "b" * 31,
    "@ ben",
    "@---",
]


def named(source: str) -> tuple[str, ...]:
    return mentions(render(source, Format.MARKDOWN).html)


@pytest.mark.parametrize("source", NAMES_BEN)
def test_this_names_ben(source):
    assert named(source) == ("ben",)


@pytest.mark.parametrize("source", NAMES_NOBODY)
def test_this_names_nobody(source):
    assert named(source) == ()


def test_several_are_named_once_each_in_their_order():
    assert named("@dora, @ana-2 and @Dora, or @cem?") == ("dora", "ana-2", "cem")


def test_the_first_ten_count():
    handles = [f"person{number}" for number in range(MOST_MENTIONS + 5)]
    assert named(" ".join(f"@{handle}" for handle in handles)) == tuple(handles[:MOST_MENTIONS])


def test_words_that_stand_in_two_paragraphs_do_not_grow_together():
    assert named("me\n\n@ben") == ("ben",)
    assert named("Look: @be\n\nn") == ("be",)


def test_a_quotation_between_hides_nothing_after_it():
    assert named("> @cem\n\n@ben") == ("ben",)
