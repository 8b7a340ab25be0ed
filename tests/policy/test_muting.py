"""Whole words only, whatever their capitals; and nobody is folded for what is in a tag."""

import pytest

from forum.policy.muting import Muting, muting
from forum.policy.viewer import Viewer

MUTED = Muting(frozenset({7}), frozenset({"budget", "big data", "straße".casefold(), "c++"}))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The BUDGET is gone", "budget"),
        ("budget", "budget"),
        ("Our (budget), again.", "budget"),
        ("budgets", ""),
        ("mybudget", ""),
        ("budget_line", ""),
        ("So much Big Data here", "big data"),
        ("big, data", ""),
        ("In der STRASSE", "strasse"),
        ("We write C++.", "c++"),
        ("", ""),
        ("Nothing of the kind", ""),
    ],
)
def test_a_word_is_found_where_it_stands_as_a_word(text, word):
    assert MUTED.word_in(text) == word


@pytest.mark.parametrize(
    ("html", "word"),
    [
        ("<p>The budget</p>", "budget"),
        ("<p>big</p><p>data</p>", ""),
        ('<p><a href="https://budget.example/">here</a></p>', ""),
        ('<p><a title="a > budget" href="/">here</a></p>', ""),
        ("<p>Stra&szlig;e</p>", "strasse"),
        ("<p>big&amp;data</p>", ""),
    ],
)
def test_a_text_is_read_as_its_reader_reads_it(html, word):
    found = MUTED.word_in_html(html)
    assert found == word or (html.startswith("<p>big</p>") and found == "")


def test_somebody_muted_is_named_and_a_word_said():
    assert "Ben" in MUTED.why(7, "<p>Hello</p>", "Ben")
    assert "budget" in MUTED.why(8, "<p>Budget!</p>", "Ben")
    assert MUTED.why(8, "<p>Hello</p>", "Ben") == ""


def test_for_most_people_there_is_nothing_to_ask():
    assert muting(Viewer(id=1)) is None
    assert muting(Viewer(id=1), ()) is None


def test_in_a_space_nobody_is_folded_for_who_they_are_elsewhere():
    reader = Viewer(id=1, muted_people=frozenset({7}))
    assert muting(reader) is not None
    assert muting(reader, ()) is None
    assert muting(reader, ["Amber Heron"]).writers == {"Amber Heron"}
