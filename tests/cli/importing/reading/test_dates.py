from datetime import UTC, datetime

import pytest

from forum.cli.importing.reading.dates import read_date, sent_at
from tests.cli.importing.small_mail import NOW


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("Mon, 05 Mar 2001 08:00:00 +0200", (2001, 3, 5, 6, 0)),
        ("5 Mar 01 08:00 EST", (2001, 3, 5, 13, 0)),
        ("Mon Mar  5 08:00:00 2001", (2001, 3, 5, 8, 0)),
        ("Mon, 5 Mar 2001 08:00:00 GMT (Greenwich)", (2001, 3, 5, 8, 0)),
        ("2001-03-05T08:00:00Z", (2001, 3, 5, 8, 0)),
        ("2001-03-05 08:00:00+02:00", (2001, 3, 5, 6, 0)),
        ("Montag, 5. März 2001 08:00", (2001, 3, 5, 8, 0)),
        ("lundi 5 mars 2001 08:00 +0100", (2001, 3, 5, 7, 0)),
        ("5 de marzo de 2001 08:00", (2001, 3, 5, 8, 0)),
        ("March 5, 2001 2:15 PM", (2001, 3, 5, 14, 15)),
        ("Mon, 5 Mar 101 08:00:00 +0000", (2001, 3, 5, 8, 0)),
        ("Wed, 5 Mar 19103 08:00:00 +0000", (2003, 3, 5, 8, 0)),
        ("Mon, 05 Mar 2001 08:00:00 +9900", (2001, 3, 5, 8, 0)),
        ("Mon, 05 Mar 2001 08:00:60 +0000", (2001, 3, 5, 8, 0)),
    ],
)
def test_dates_are_read_in_many_shapes(written, moment):
    found = read_date(written)
    assert found is not None
    assert found.replace(second=0) == datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    "written", ["", "yesterday", "31 Feb 2003 25:61:00", "0", "1/0/0 99:99", "((((1"]
)
def test_what_is_no_date_gives_none(written):
    assert read_date(written) is None


@pytest.mark.parametrize(
    "absurd", ["Thu, 1 Jan 1970 00:00:00 +0000", "Fri, 1 Jan 2038 00:00:00 +0000"]
)
def test_an_absurd_date_is_repaired_from_where_the_message_was_received(absurd):
    received = ["from a by b; Mon, 5 Mar 2001 08:00:00 +0000"]
    found = sent_at(absurd, received, "", NOW)
    assert found.at == datetime(2001, 3, 5, 8, 0, tzinfo=UTC)
    assert "absurd date" in found.note


def test_a_date_after_the_message_was_received_is_repaired():
    received = ["by b; Mon, 5 Mar 2001 08:00:00 +0000"]
    assert sent_at("Thu, 5 Mar 2015 08:00:00 +0000", received, "", NOW).at.year == 2001


def test_a_missing_date_is_taken_from_the_separator():
    assert sent_at("", [], "Mon Mar  5 08:00:00 2001", NOW).at.year == 2001


def test_a_good_date_is_believed_whatever_the_separator_says():
    found = sent_at("Mon, 05 Mar 2001 08:00:00 +0000", [], "Thu Jan  1 00:00:00 1970", NOW)
    assert (found.at.year, found.note) == (2001, "")


def test_without_any_date_there_is_none_and_a_note():
    assert sent_at("soon", [], "", NOW).at is None
