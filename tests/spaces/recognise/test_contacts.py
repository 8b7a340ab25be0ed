"""E-mail addresses and telephone numbers are stopped; dates, sums and versions are not."""

import pytest

from forum.spaces.recognise import Writer
from tests.spaces.recognise.asking import NOBODY, stopped


@pytest.mark.parametrize(
    "address",
    [
        "ana@corp.example",
        "ana.lima+x@mail.corp.com",
        "ana at corp dot example",
        "ana (at) corp.com",
        "ana[at]corp[dot]com",
        "ana AT corp DOT com",
        "ana @ corp.com",
        "ana＠corp.com",
        "ana at gmail.com",
        "ana arroba corp punto es",
        "ana dot lima at corp dot co dot uk",
    ],
)
def test_an_address_is_stopped_also_when_spelt_out(address):
    assert stopped(f"Write to {address} please", Writer())


@pytest.mark.parametrize(
    "number",
    [
        "+44 20 7946 0958",
        "+1 (555) 010-9999",
        "0171 1234567",
        "0803 123 4567",
        "06 12 34 56 78",
        "98765 43210",
        "555-123-4567",
        "(030) 1234567",
        "0044 20 7946 0958",
        "13800138000",
        "+49.171.1234567",
        "020/79460958",
        "０１７１ １２３４５６７",
        "zero one seven one double two three four five",
    ],
)
def test_a_number_is_stopped_however_it_is_grouped(number):
    assert stopped(f"My number: {number}.", Writer())


@pytest.mark.parametrize(
    "said",
    [
        "We lost 1 000 000 euros and 2.300.000 more.",
        "From 2019-2023 it ran.",
        "On 2024-03-12 or 12.03.2024.",
        "The server 192.168.10.12 was down.",
        "Version 10.4.2 had 1200 tickets.",
        "At 10:30 we met at home.",
        "We were 12 people at 3 sites.",
        "It cost $1234567890 in all.",
        "We met at acme dot and all.",
        "Order 4711 and ticket 12345 were late.",
    ],
)
def test_other_figures_are_not_telephone_numbers(said):
    assert stopped(said, Writer()) == []


@pytest.mark.parametrize(
    "said",
    ["purchase request 4500 118 220 raised", "ticket no 555-123-4567", "invoice #0171 1234567"],
)
def test_a_number_of_a_paper_is_no_telephone(said):
    assert stopped(said, NOBODY) == []


def test_a_telephone_called_so_is_stopped_though_a_ticket_is_near():
    assert stopped("For the ticket call 555-123-4567", NOBODY)
