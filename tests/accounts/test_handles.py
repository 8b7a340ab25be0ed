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
    ],
)
def test_a_handle_is_made_of_the_names_letters(app_context, name, handle):
    assert handles.for_name(name) == handle


@pytest.mark.parametrize("name", ["李小龙", "Αθηνά", "🦉", "…", ""])
def test_a_name_without_ascii_letters_gets_a_word(app_context, name):
    assert handles.for_name(name) == "member"


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
