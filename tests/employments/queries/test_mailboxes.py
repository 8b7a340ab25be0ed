"""Whose mailbox an address is taken to be."""

from dataclasses import replace
from datetime import date

import pytest

from forum.employments.queries import address_kind
from forum.models.accounts import AddressKind, User
from tests.support import community, workplaces


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana")


def kind_at(person: User, address: str) -> AddressKind:
    return address_kind(replace(community.viewer(person), address=address))


@pytest.mark.parametrize("address", ["ana@gmail.com", "ana@gmx.de", "ana@mail.proton.me"])
def test_at_a_provider_open_to_all_it_is_personal(ana, address):
    assert kind_at(ana, address) is AddressKind.PERSONAL


@pytest.mark.parametrize("address", ["ana@northwind.example", "ana@ribeiro.example"])
def test_elsewhere_nobody_knows(ana, address):
    assert kind_at(ana, address) is AddressKind.UNSURE


@pytest.mark.parametrize("said", list(AddressKind))
def test_what_they_said_counts(ana, said):
    community.has_mailbox(ana, said)
    assert kind_at(ana, "ana@ribeiro.example") is said
    assert kind_at(ana, "ana@gmail.com") is said


class TestAtAnEmployerTheyVerified:
    @pytest.fixture(autouse=True)
    def _verified(self, ana):
        self.told = workplaces.works_for(ana, "Northwind", "northwind.example")

    @pytest.mark.parametrize("host", ["northwind.example", "mail.northwind.example"])
    def test_it_is_for_work(self, ana, host):
        assert kind_at(ana, f"ana@{host}") is AddressKind.WORK

    def test_whatever_they_said(self, ana):
        community.has_mailbox(ana, AddressKind.PERSONAL)
        assert kind_at(ana, "ana@northwind.example") is AddressKind.WORK

    def test_also_when_they_left(self, ana):
        workplaces.change(self.told, ended_on=date(2026, 3, 2))
        assert kind_at(ana, "ana@northwind.example") is AddressKind.WORK

    def test_to_anybody_else_its_domain_says_nothing(self, ana):
        """Else whoever has an address there would learn that somebody named their employer."""
        workplaces.row("Northwind")
        workplaces.actions.add_domain(
            workplaces.STAFF, workplaces.employer_id("Northwind"), "northwind.example"
        )
        hal = community.person("Hal")
        assert kind_at(hal, "hal@northwind.example") is AddressKind.UNSURE
        assert kind_at(hal, "hal@elsewhere.example") is AddressKind.UNSURE
