"""Opening what is sealed: the wall is asked first, and where its member works only once."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from forum.core.seal import Secret, Unopenable, wrap
from forum.models.accounts import User
from forum.models.circles import Role
from forum.policy import unsealing, walls, workplaces
from forum.policy.identity import Voice
from forum.policy.unsealing import Lens, Lenses
from tests.support import community
from tests.support.statements import counted_statements
from tests.support.workplaces import row as employer_row
from tests.support.workplaces import worked_for, works_for

KEY = Secret(b"k" * 32)
ANA, BEN = Voice(KEY, b"a" * 16, 1), Voice(KEY, b"b" * 16, 2)
NORTHWIND, CONTOSO = ("employer", "7"), ("employer", "8")
TODAY = date(2026, 3, 2)


def lens(voice: Voice, *holds: walls.Entry, moderates: bool = False) -> Lens:
    return Lens(
        voice, frozenset(walls.token(KEY, entry) for entry in holds), moderates, voice.name_number
    )


def post(author: Voice, *wall: walls.Entry, number: int = 5, **more: Any) -> SimpleNamespace:
    """A sealed post's row, of an author who put up these entries."""
    records = walls.records(KEY, author.name_number, wall)
    words = unsealing.packed({"source": "Words."})
    return SimpleNamespace(
        post_id=number,
        wall=walls.sealed(KEY, number, records, 1),
        sealed=KEY.seal(unsealing.TEXT, number, words),
        author_name=author.name,
        hidden_at=more.get("hidden_at"),
    )


class TestSeeing:
    def test_a_post_without_a_wall_before_one_is_seen(self):
        there = post(ANA, NORTHWIND)
        assert lens(BEN, CONTOSO).seen([there]) == [there]

    def test_one_behind_a_wall_is_not(self):
        assert lens(BEN, CONTOSO, NORTHWIND).seen([post(ANA, NORTHWIND)]) == []

    def test_ones_own_is_whoever_one_works_with(self):
        mine = post(BEN, NORTHWIND)
        assert lens(BEN, NORTHWIND).seen([mine]) == [mine]

    def test_they_stay_in_order(self):
        rows = [post(ANA, CONTOSO if n % 3 == 0 else NORTHWIND, number=n) for n in range(1, 9)]
        found = lens(BEN, CONTOSO).seen(rows)
        assert [row.post_id for row in found] == [1, 2, 4, 5, 7, 8]

    def test_moderators_see_no_more_through_walls(self):
        assert lens(BEN, NORTHWIND, moderates=True).seen([post(ANA, NORTHWIND)]) == []

    def test_a_hidden_one_is_there_for_its_author_and_moderators(self):
        hidden = post(ANA, hidden_at=TODAY)
        assert lens(BEN).seen([hidden]) == []
        assert lens(ANA).seen([hidden]) == [hidden]
        assert lens(BEN, moderates=True).seen([hidden]) == [hidden]

    def test_a_wall_of_another_post_is_an_error_and_no_open_door(self):
        moved = post(ANA, NORTHWIND)
        moved.post_id = 6
        with pytest.raises(Unopenable):
            lens(BEN).seen([moved])

    def test_a_missing_wall_is_one_too(self):
        bare = post(ANA)
        bare.wall = b""
        with pytest.raises(Unopenable):
            lens(BEN).seen([bare])


class TestWords:
    def test_of_a_post_are_opened(self):
        there = post(ANA)
        assert lens(BEN).text(there.post_id, there.sealed) == {"source": "Words."}

    def test_of_a_removed_post_there_are_none(self):
        """Its text is no text: nobody asks for it, and who did would be told so."""
        with pytest.raises(Unopenable):
            lens(BEN).text(5, b"")

    def test_sealed_for_one_purpose_open_for_no_other(self):
        there = post(ANA)
        for purpose in (unsealing.TITLE, unsealing.DRAFT, unsealing.READ, unsealing.REPORT):
            with pytest.raises(Unopenable):
                lens(BEN).text(there.post_id, there.sealed, purpose)

    @pytest.mark.parametrize("words", ["", "Grüße, 你好", "half a pair \ud83d", '"\\\0'])
    def test_of_any_kind_come_back_as_they_were(self, words):
        assert unsealing.unpacked(unsealing.packed({"source": words})) == {"source": words}


class TestLenses:
    """What is held against a wall depends on the day the topic was opened."""

    @pytest.fixture
    def ana(self, app_context) -> User:
        return community.person("Ana")

    def row(self, opened_on: date = TODAY, topic_id: int = 9, **changes: Any) -> SimpleNamespace:
        values = {
            "key_topic_id": topic_id,
            "wrapped": wrap(KEY.raw, f"topic:{topic_id}"),
            "opened_on": opened_on,
            "member_secret": b"a" * 16,
            "member_number": 1,
            "space_role": Role.MEMBER,
            "member_joined_on": TODAY,
        }
        return SimpleNamespace(**(values | changes))

    def made(self, ana: User, **changes: Any) -> Lens:
        return Lenses(community.viewer(ana)).of(self.row(**changes))

    def test_speak_with_the_members_voice_in_that_topic(self, ana):
        assert self.made(ana).voice == ANA

    def test_hold_the_member_themself(self, ana):
        assert self.made(ana).tokens == {walls.token(KEY, workplaces.person(ana.id))}

    def test_hold_where_they_work(self, ana):
        works_for(ana, "Northwind", "northwind.example")
        held = {("employer", str(employer_row("Northwind").id)), ("domain", "northwind.example")}
        assert {walls.token(KEY, entry) for entry in held} < self.made(ana).tokens

    @pytest.mark.parametrize(
        ("opened_on", "counts"), [(date(2026, 1, 31), True), (date(2026, 2, 1), False)]
    )
    def test_hold_where_they_worked_in_the_year_before_its_opening(
        self, held_clock, ana, opened_on, counts
    ):
        worked_for(ana, "Northwind", until=date(2025, 1, 31))
        token = walls.token(KEY, ("employer", str(employer_row("Northwind").id)))
        assert (token in self.made(ana, opened_on=opened_on).tokens) is counts

    def test_ask_where_somebody_works_once_for_all_topics(self, app, ana):
        works_for(ana, "Northwind")
        viewer = community.viewer(ana)
        with counted_statements(app) as said:
            lenses = Lenses(viewer)
            for topic_id in range(5):
                lenses.of(self.row(topic_id=topic_id))
        assert len(said) == 2

    def test_moderators_of_the_space_moderate(self, ana):
        assert not self.made(ana).moderates
        assert self.made(ana, space_role=Role.MODERATOR).moderates

    def test_staff_do_not(self, ana):
        boss = replace(community.viewer(ana), is_staff=True)
        assert not Lenses(boss).of(self.row()).moderates

    def test_a_key_of_another_topic_opens_nothing(self, ana):
        with pytest.raises(Unopenable):
            self.made(ana, topic_id=9, wrapped=wrap(KEY.raw, "topic:8"))
