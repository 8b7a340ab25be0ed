"""An attack that can't succeed proves nothing: each finds the fault that it is made for."""

from functools import partial

import pytest

from tests.journeys.at_rest import leaks, leaks_of_days, leaks_of_nights
from tests.journeys.at_rest.attacks import (
    dates,
    nightly,
    order,
    pairs,
    sizes,
    together,
    values,
)
from tests.journeys.at_rest.judging import of_names, of_pairs
from tests.journeys.at_rest.leaks import ORDERED
from tests.journeys.at_rest.planted import Planted, planted

NAMING = order.ATTACKS | dates.ATTACKS | values.ATTACKS | sizes.ATTACKS
PAIRING = pairs.ATTACKS
ATTEMPTS = 100
FOUND_BY = {
    "id": leaks.ids_rise_with_time,
    "neighbour": leaks.rows_lie_as_they_were_written,
    "version": leaks.versions_tell_when,
    "lock": leaks.accounts_are_locked_when_it_is_written,
    "equal values": leaks.a_nonce_is_somebodys_address,
    "equal beginnings": leaks.a_nonce_begins_like_somebodys_address,
    "day": leaks_of_days.every_use_of_a_sign_in_is_dated,
    "week": leaks_of_days.every_use_of_a_sign_in_is_dated,
    "sign-in": leaks_of_days.every_use_of_a_sign_in_is_dated,
    "last sign of life": leaks_of_days.last_seen_is_dated,
    "letter": leaks_of_days.a_letter_thanks_the_writer,
    "absence": leaks_of_days.a_letter_tells_all_others,
    "reading in the circle": leaks_of_days.they_read_in_the_circle_when_they_write,
    "wall": leaks_of_days.walls_as_long_as_they_are,
    "growth of walls": leaks_of_days.walls_grow_with_the_writer,
    "length": leaks_of_days.texts_as_long_as_they_are,
    "crowd": leaks_of_days.colleagues_stay_away,
    "number of the name beside number": leaks.names_are_not_permuted,
} | {f"{trait} beside number": leak for trait, leak in ORDERED.items()}
PAIRS_FOUND_BY = {
    "values": leaks.seats_under_one_key,
    "beginnings": leaks.seats_begin_alike,
    "seats": leaks.seats_of_reports_under_one_key,
    "first word": partial(leaks.names_share, 0),
    "second word": partial(leaks.names_share, 1),
    "near names": leaks.names_are_near,
    "sizes": leaks_of_days.own_sizes,
    "days": leaks_of_days.own_days,
    "tickets": leaks.sealed_with_a_counter,
} | {f"order of: {trait}": leak for trait, leak in ORDERED.items()}


@pytest.fixture(scope="module")
def sound() -> Planted:
    """A made-up copy without any leak."""
    return planted()


@pytest.mark.parametrize(("attack", "leak"), FOUND_BY.items(), ids=FOUND_BY)
def test_it_names_writers_where_there_is_a_leak(attack, leak):
    world = planted(leak)
    verdicts = of_names(NAMING[attack](world.copy()), world.wrote, ATTEMPTS)
    assert not all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


@pytest.mark.parametrize("attack", NAMING)
def test_it_names_nobody_where_there_is_none(attack, sound):
    verdicts = of_names(NAMING[attack](sound.copy()), sound.wrote, len(NAMING))
    assert all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


@pytest.mark.parametrize(("attack", "leak"), PAIRS_FOUND_BY.items(), ids=PAIRS_FOUND_BY)
def test_it_ties_names_of_one_person_where_there_is_a_leak(attack, leak):
    world = planted(leak)
    verdicts = of_pairs(PAIRING[attack](world.copy()), world.wrote, ATTEMPTS)
    assert not all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


@pytest.mark.parametrize("attack", PAIRING)
def test_it_ties_nobodys_names_where_there_is_none(attack, sound):
    verdicts = of_pairs(PAIRING[attack](sound.copy()), sound.wrote, len(PAIRING))
    assert all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


def test_a_letter_in_between_is_followed():
    world = planted(leaks.a_job_leads_to_a_letter)
    verdicts = of_names(NAMING["equal values"](world.copy()), world.wrote, ATTEMPTS)
    assert not any(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


def test_every_attack_has_a_leak_that_it_finds():
    """Of those by rank one for each trait of a voice: the members' traits are but another order."""
    by_rank = {f"{voice} beside number" for voice in order.VOICE}
    assert {name for name in NAMING if " beside " not in name} | by_rank == set(FOUND_BY)
    assert set(PAIRING) == set(PAIRS_FOUND_BY)


@pytest.mark.parametrize("attack", nightly.NAMING)
def test_copies_of_many_nights_name_writers_whose_visits_are_known(attack):
    """This remains, and the promise says so: where the days on which somebody came are known."""
    world = planted()
    copies = leaks_of_nights.mornings(world, leaks_of_nights.visits_of_writers_are_dated)
    verdicts = of_names(nightly.NAMING[attack](copies), world.wrote, ATTEMPTS)
    assert not all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


@pytest.mark.parametrize("attack", nightly.NAMING)
def test_they_name_nobody_whose_visits_are_not(attack):
    world = planted()
    copies = leaks_of_nights.mornings(world, leaks_of_nights.nothing)
    verdicts = of_names(nightly.NAMING[attack](copies), world.wrote, ATTEMPTS)
    assert all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


@pytest.mark.parametrize(
    ("attack", "leak"),
    {
        "drafts": leaks_of_nights.drafts_have_one_seat,
        "pictures": leaks_of_nights.waiting_pictures_have_one_seat,
    }.items(),
)
def test_copies_of_many_nights_tie_topics_for_which_something_waited_by_one_seat(attack, leak):
    world = planted()
    copies = leaks_of_nights.mornings(world, leak)
    verdicts = of_pairs(nightly.PAIRING[attack](copies), world.wrote, ATTEMPTS)
    assert not all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


SEVERAL = (leaks.seats_under_one_key, leaks.names_are_near, leaks_of_days.own_days)
"""Faults that show in several ways at once."""


def test_all_together_name_writers_where_several_leaks_are(sound):
    world = planted(leaks_of_days.a_letter_thanks_the_writer, leaks.a_nonce_is_somebodys_address)
    verdicts = of_names(together.by_votes(NAMING, world.copy()), world.wrote, ATTEMPTS)
    assert not all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]
    verdicts = of_names(together.by_votes(NAMING, sound.copy()), sound.wrote, ATTEMPTS)
    assert all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]


def test_all_together_tie_names_where_several_leaks_are(sound):
    world = planted(*SEVERAL)
    verdicts = of_pairs(together.by_claims(PAIRING, world.copy()), world.wrote, ATTEMPTS)
    assert not all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]
    verdicts = of_pairs(together.by_claims(PAIRING, sound.copy()), sound.wrote, ATTEMPTS)
    assert all(verdict.is_chance for verdict in verdicts), [*map(str, verdicts)]
