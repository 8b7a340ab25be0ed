"""Exact dates, sums, the only ones of their kind and inside names are noted."""

import pytest

from forum.spaces.recognise import Kind, Level, check
from tests.spaces.recognise.asking import NOBODY, noted


@pytest.mark.parametrize(
    "date",
    [
        "12 March 2024",
        "March 12, 2024",
        "3rd of May",
        "2024-03-12",
        "12.03.2024",
        "3. März 2024",
        "12 de marzo de 2024",
        "May 3",
        "12/03/24",
    ],
)
def test_an_exact_date_is_noted(date):
    assert noted(f"It was on {date} that we met.", Kind.DATE) == [date]


@pytest.mark.parametrize("said", ["In March we met.", "We may 2 or 3 times.", "Since 2019 it ran."])
def test_a_month_or_a_year_is_no_exact_date(said):
    assert noted(said, Kind.DATE) == []


@pytest.mark.parametrize(
    "amount",
    ["$2.3 million", "€40k", "2,5 Mio. Euro", "40.000 €", "GBP 1.2bn", "₹3 crore", "300 dollars"],
)
def test_a_sum_of_money_is_noted(amount):
    assert len(noted(f"We lost {amount} in all.", Kind.AMOUNT)) == 1


def test_other_numbers_are_no_sums():
    assert noted("We were 12 people, 40 % left, 1,200 tickets stayed.", Kind.AMOUNT) == []


def test_a_sum_is_offered_as_its_order():
    (finding,) = check("We lost $2.3 million.", NOBODY)
    assert finding.gentler is not None


@pytest.mark.parametrize(
    "said",
    [
        "the only woman on the board",
        "the first factory in Lyon",
        "our only plant",
        "the only one who knew",
    ],
)
def test_what_fits_few_is_noted(said):
    assert noted(f"I was at {said}.", Kind.SINGULAR)


@pytest.mark.parametrize(
    "said", ["the only way", "the first time", "my first thought", "only five"]
)
def test_ordinary_firsts_and_onlies_are_not(said):
    assert noted(f"It was {said} then.", Kind.SINGULAR) == []


@pytest.mark.parametrize(
    "name", ["Project Falcon", "codename Falcon", "DataBridge", "Atlas v3", "TX450"]
)
def test_a_name_from_inside_is_noted(name):
    assert noted(f"They stopped {name} at once.", Kind.PRODUCT)


@pytest.mark.parametrize(
    "said", ["Project Management", "GitHub", "Phase 2.1", "the project failed", "McDonald"]
)
def test_common_names_are_not(said):
    assert noted(f"They stopped {said} at once.", Kind.PRODUCT) == []


def test_nothing_noted_stops_anything():
    text = "On 12 March 2024 we lost $2 million on Project Falcon, the only plant."
    assert {finding.level for finding in check(text, NOBODY)} == {Level.NOTE}
