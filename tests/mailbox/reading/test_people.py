import pytest

from forum.cli.importing.reading.archives import Position
from forum.cli.importing.reading.messages import read_entry
from forum.mailbox.reading.people import Sender, read_sender
from tests.cli.importing.small_mail import NOW, entry, message, raw


@pytest.mark.parametrize(
    ("value", "address", "name"),
    [
        ("Ana Lind <ana@firm.example>", "ana@firm.example", "Ana Lind"),
        ('"Lind, Ana" <Ana@Firm.example>', "ana@firm.example", "Ana Lind"),
        ('"Ana Lind, PhD" <a@b.example>', "a@b.example", "Ana Lind, PhD"),
        ("ana@firm.example (Ana Lind)", "ana@firm.example", "Ana Lind"),
        ("ana at firm.example (Ana Lind)", "ana@firm.example", "Ana Lind"),
        ("ana.lind77@firm.example", "ana.lind77@firm.example", "Ana Lind"),
        ('"ana.lind@firm.example" <ana.lind@firm.example>', "ana.lind@firm.example", "Ana Lind"),
        ("'Ana Lind' <a@b.example>", "a@b.example", "Ana Lind"),
        ("Ana Lind", "", "Ana Lind"),
        ("<7f3a9c1e5b2d@x.example>", "7f3a9c1e5b2d@x.example", ""),
        ("", "", ""),
        ("((((((", "", ""),
        ("Ana Lind <ana...@firm.example>", "", "Ana Lind"),
        ("ana.l...@firm.example", "", "Ana"),
        ("ana.lind@...", "", "Ana Lind"),
        ("Zoë Ångström <z@b.example>", "z@b.example", "Zoë Ångström"),
    ],
)
def test_an_author_has_an_address_and_a_name_that_is_none(value, address, name):
    found = read_sender(value)
    assert (found.address, found.name) == (address, name)


def test_a_name_is_at_most_forty_characters_long():
    assert len(read_sender("Ana " * 40 + "<a@b.example>").name) <= 40


def test_behind_a_list_that_rewrites_authors_the_author_is_found():
    found = entry(
        message(
            From="Ana Lind via Retail <retail@list.example>",
            Reply_To="Ana Lind <ana@firm.example>",
            List_Post="<mailto:retail@list.example>",
        )
    )
    assert (found.sender.address, found.sender.name) == ("ana@firm.example", "Ana Lind")


def test_without_any_name_or_address_the_separator_counts():
    found = read_entry(Position(1, 0, 1), raw(b"From bo@firm.example x\nDate: x\n\nHi."), NOW)
    assert found.sender == Sender("bo@firm.example", "")


def test_a_list_is_nobody():
    found = entry(
        message(
            From="Ana via Retail <retail@list.example>", List_Post="<mailto:retail@list.example>"
        )
    )
    assert found.sender.address == ""


def test_without_a_from_header_the_sender_counts():
    found = entry(message(From=None, Sender="Bo Ek <bo@firm.example>"))
    assert found.sender.address == "bo@firm.example"
