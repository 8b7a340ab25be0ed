import re

import pytest

from forum.accounts import handles
from tests.support import community


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ana Lima", "ana-lima"),
        ("José Núñez", "jose-nunez"),
        ("  -- O'Brien!! ", "o-brien"),
        ("Ana 2", "ana-2"),
        ("Małgorzata Ørsted", "malgorzata-orsted"),
        ("Weiß", "weiss"),
        ("李 Wei", "wei"),
    ],
)
def test_a_handle_is_made_of_the_names_letters(app_context, name, handle):
    assert handles.for_name(name) == handle


@pytest.mark.parametrize("name", ["李小龙", "Αθηνά", "Ольга", "🦉", "…", ""])
def test_a_name_without_ascii_letters_gets_a_word_that_can_be_said(app_context, name):
    word = handles.for_name(name)
    assert re.fullmatch("([bdklmnrstv][aeio]){3}", word)
    assert handles.fits(word, name)


def test_two_such_names_are_told_apart(app_context):
    assert len({handles.for_name(name) for name in ("李小龙", "Αθηνά", "Ольга", "علی")}) == 4


def test_a_handle_of_a_given_up_name_fits_no_other(app_context):
    word = handles.for_name("李小龙")
    assert not handles.fits(word, "Αθηνά")
    assert not handles.fits("ana", "Αθηνά")


def test_a_long_name_makes_a_handle_that_fits(app_context):
    assert len(handles.for_name("a" * 40)) <= handles.MAX_CHARS


def test_a_second_ana_gets_a_number(app_context):
    community.person("Ana")
    second = handles.for_name("Ana")
    assert second.startswith("ana-")
    assert second.removeprefix("ana-").isdigit()
    assert len(second) <= handles.MAX_CHARS


@pytest.mark.parametrize("name", ["Admin", "moderator", "STAFF", "Cahoots", "Everyone", "me"])
def test_nobody_is_called_like_the_house(app_context, name):
    assert handles.for_name(name) != name.lower()
