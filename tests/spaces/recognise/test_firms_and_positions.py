"""Firms, and a role with a place and a trade, are asked about."""

import pytest

from forum.spaces.recognise import Kind, Level, check
from tests.spaces.recognise.asking import NOBODY, asked, employed_by


@pytest.mark.parametrize(
    ("said", "firm"),
    [
        ("Our customer Walmart left.", "Walmart"),
        ("We sold it to IKEA.", "IKEA"),
        ("Then Acme Widgets GmbH sued us.", "Acme Widgets GmbH"),
        ("They hired people from Tata Consultancy Services.", "Tata Consultancy Services"),
        ("Ich war bei Bosch.", "Bosch"),
        ("The deal with Zenith Bank fell through.", "Zenith Bank"),
        ("Then Kestrel Pharma pulled out.", "Kestrel Pharma"),
        ("We moved to Orange last year.", "Orange"),
        ("Coca-Cola said no.", "Coca-Cola"),
        ("I left Google's cloud team.", "Google"),
        ("The Bank of Narnia refused.", "Bank of Narnia"),
    ],
)
def test_a_firm_is_asked_about(said, firm):
    assert firm in asked(said)


@pytest.mark.parametrize(
    "said",
    [
        "Target dates slipped and the shell script broke; we had apple pie with orange juice.",
        "The Excel macro beat Salesforce, Slack and SAP once more.",
        "Next year the gap will grow; the oracle says nothing.",
        "The bank of the river flooded. A meta level was missing.",
        "Nobody in the Group believed the Board.",
    ],
)
def test_tools_and_everyday_words_are_no_firms(said):
    assert asked(said) == []


def test_a_firm_is_offered_its_size_and_trade():
    (finding,) = check("We sold it to Walmart.", NOBODY)
    assert (finding.kind, bool(finding.gentler)) == (Kind.FIRM, True)


def test_role_place_and_trade_together_are_asked_about_with_gentler_words():
    found = check("I am VP of Logistics at a grocery chain. We sit in Lyon.", NOBODY)
    assert [finding.words for finding in found] == ["VP of Logistics", "Lyon"]
    assert {finding.kind for finding in found} == {Kind.POSITION}
    assert found[1].gentler == "eastern France"


@pytest.mark.parametrize(
    "said",
    [
        "I am VP of Logistics at a grocery chain.",
        "I am VP of Logistics and we sit in Lyon.",
        "A grocery chain in Lyon failed.",
        "I am VP of Logistics. " + "It went on and on. " * 40 + "A grocery chain in Lyon failed.",
    ],
)
def test_two_of_the_three_or_far_apart_raise_no_question(said):
    assert asked(said) == []


def test_what_the_writer_told_of_outweighs_what_the_tables_know():
    (finding,) = check("We at Walmart failed.", employed_by("Walmart"))
    assert finding.level is Level.STOP
