"""Wall lists: whom they hold back, and what they tell without the topic's key: nothing."""

import pytest

from forum.core.seal import Secret, Unopenable
from forum.policy import walls, workplaces

KEY, OTHER_KEY = Secret(b"k" * 32), Secret(b"o" * 32)
HERON, FOX, OWL = 0, 0x0102, 0xFFFF
"""The numbers of three names."""
NORTHWIND, CONTOSO = ("employer", "7"), ("employer", "8")
DOMAIN, ANA = ("domain", "northwind.example"), ("person", "7")


def tokens(*entries: walls.Entry, key: Secret = KEY) -> frozenset[bytes]:
    return frozenset(walls.token(key, entry) for entry in entries)


def people(count: int) -> walls.Records:
    return walls.records(KEY, FOX, [("person", str(number)) for number in range(count)])


class TestTokens:
    def test_are_eight_bytes(self):
        assert len(walls.token(KEY, NORTHWIND)) == 8

    def test_of_one_entry_are_the_same_each_time(self):
        assert walls.token(KEY, NORTHWIND) == walls.token(Secret(b"k" * 32), ("employer", "7"))

    def test_of_two_topics_cannot_be_compared(self):
        assert walls.token(KEY, NORTHWIND) != walls.token(OTHER_KEY, NORTHWIND)

    def test_of_an_employer_a_domain_and_a_person_differ(self):
        assert len(tokens(NORTHWIND, CONTOSO, DOMAIN, ANA)) == 4


class TestStopping:
    WALL = walls.records(KEY, HERON, [NORTHWIND, DOMAIN])

    @pytest.mark.parametrize("held", [NORTHWIND, DOMAIN])
    def test_whoever_holds_one_entry_is_held_back(self, held):
        assert walls.stops(self.WALL, tokens(held), FOX)

    def test_one_among_many_is_enough(self):
        assert walls.stops(self.WALL, tokens(CONTOSO, ANA, DOMAIN), FOX)

    @pytest.mark.parametrize("held", [(), (CONTOSO,), (ANA,), (CONTOSO, ANA)])
    def test_whoever_holds_none_is_not(self, held):
        assert not walls.stops(self.WALL, tokens(*held), FOX)

    def test_nor_by_entries_of_another_topic(self):
        assert not walls.stops(self.WALL, tokens(NORTHWIND, DOMAIN, key=OTHER_KEY), FOX)

    def test_nobody_is_held_back_on_account_of_their_own_words(self):
        assert not walls.stops(self.WALL, tokens(NORTHWIND, DOMAIN), HERON)

    def test_but_by_a_colleagues_entry_beside_their_own(self):
        wall = self.WALL | walls.records(KEY, OWL, [NORTHWIND])
        assert walls.stops(wall, tokens(NORTHWIND, DOMAIN), HERON)

    def test_an_empty_wall_holds_nobody_back(self):
        assert not walls.stops(frozenset(), tokens(NORTHWIND), FOX)

    def test_each_name_has_put_up_its_own_part(self):
        foxs = walls.records(KEY, FOX, [CONTOSO])
        assert walls.put_up_by(self.WALL | foxs, FOX) == foxs
        assert walls.put_up_by(self.WALL | foxs, HERON) == self.WALL
        assert walls.put_up_by(self.WALL | foxs, OWL) == frozenset()


class TestSealing:
    @pytest.mark.parametrize("count", [0, 1, 47, 48, 49, 97, 300])
    def test_what_was_sealed_is_opened_again(self, count):
        wall = walls.records(KEY, OWL, [("employer", str(n)) for n in range(count)])
        assert walls.opened(KEY, 5, walls.sealed(KEY, 5, wall, 1)) == wall
        assert len(wall) == count

    @pytest.mark.parametrize("names", [1, 2, 5])
    def test_the_length_tells_how_many_names_there_are_and_nothing_of_them(self, names):
        lengths = {
            len(walls.sealed(KEY, 5, people(count), names))
            for count in (0, 1, 16, 17, 47, 48, names * walls.ROOM)
        }
        assert lengths == {28 + 4 + names * walls.ROOM * 10}

    def test_one_who_puts_up_all_they_can_fits_into_one_name(self):
        assert workplaces.MOST_EMPLOYMENTS * workplaces.ENTRIES_EACH <= walls.ROOM

    def test_a_list_that_names_more_than_fits_is_not_cut_off(self):
        full = len(walls.sealed(KEY, 5, people(walls.ROOM), 1))
        more = people(walls.ROOM + 1)
        assert walls.opened(KEY, 5, walls.sealed(KEY, 5, more, 1)) == more
        assert len(walls.sealed(KEY, 5, more, 1)) > full

    @pytest.mark.parametrize(("count", "names"), [(3, 1), (60, 2), (49, 1)])
    def test_for_another_row_a_list_stays_as_long(self, count, names):
        stored = walls.sealed(KEY, 5, people(count), names)
        again = walls.sealed_like(KEY, 6, people(count), stored)
        assert len(again) == len(stored)
        assert walls.opened(KEY, 6, again) == people(count)

    def test_the_same_list_looks_different_each_time(self):
        wall = walls.records(KEY, FOX, [NORTHWIND])
        assert walls.sealed(KEY, 5, wall, 1) != walls.sealed(KEY, 5, wall, 1)

    @pytest.mark.parametrize(("key", "post_id"), [(OTHER_KEY, 5), (KEY, 6)])
    def test_it_opens_for_its_own_topic_and_post_only(self, key, post_id):
        stored = walls.sealed(KEY, 5, walls.records(KEY, FOX, [NORTHWIND]), 1)
        with pytest.raises(Unopenable):
            walls.opened(key, post_id, stored)

    def test_a_wall_that_was_cut_off_is_no_wall(self):
        stored = walls.sealed(KEY, 5, walls.records(KEY, FOX, [NORTHWIND]), 1)
        with pytest.raises(Unopenable):
            walls.opened(KEY, 5, stored[:-1])
        with pytest.raises(Unopenable):
            walls.opened(KEY, 5, b"")

    def test_no_entry_can_be_read_in_it(self):
        stored = walls.sealed(KEY, 5, walls.records(KEY, FOX, [NORTHWIND]), 1)
        assert walls.token(KEY, NORTHWIND) not in stored
