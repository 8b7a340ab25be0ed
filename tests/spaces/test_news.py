"""Who is told, in a letter, that there is something new in a private space."""

import pytest

from forum.accounts import actions as accounts
from forum.core import clock
from forum.models.accounts import AddressKind
from forum.models.circles import Role
from forum.spaces.news import has_news
from forum.spaces.visits import note_visit
from tests.cli.outbox import letters
from tests.spaces.conftest import EMPLOYERS
from tests.spaces.mornings import wishes
from tests.support import community, spaces
from tests.support.statements import counted_statements

EVERYBODY = set(EMPLOYERS)
"""Ana and Ben have one employer, Chidi and Dora another, and so have Ema and Finn."""


class TestWho:
    def test_whoever_may_see_what_was_written(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        assert mornings.next() == EVERYBODY

    def test_also_whoever_wrote_it(self, wanting, mornings):
        """Else the one without a letter would be the author."""
        spaces.sealed_topic(wanting["Chidi"], wanting.space)
        assert "Chidi" in mornings.next()

    def test_nobody_for_what_a_wall_hides_from_them(self, wanting, mornings):
        spaces.sealed_topic(wanting["Ana"], wanting.space)
        assert mornings.next() == EVERYBODY - {"Ben"}

    def test_they_too_for_what_others_wrote(self, wanting, mornings):
        spaces.sealed_topic(wanting["Ana"], wanting.space)
        spaces.sealed_topic(wanting["Ivo"], wanting.space)
        assert mornings.next() == EVERYBODY

    def test_nobody_for_an_answer_to_what_a_wall_hides_from_them(self, wanting, mornings):
        topic = spaces.sealed_topic(wanting["Ana"], wanting.space)
        mornings.next()
        spaces.sealed_reply(wanting["Ivo"], topic)
        assert mornings.next() == EVERYBODY - {"Ben"}

    def test_nobody_for_what_was_taken_back(self, wanting, mornings):
        spaces.remove(wanting["Gil"], spaces.sealed_topic(wanting["Gil"], wanting.space))
        assert mornings.next() == set()

    @pytest.mark.parametrize("hides", ["topic", "answer"])
    def test_for_what_moderators_hid_those_who_see_it_still(self, wanting, mornings, hides):
        spaces.change_member(wanting.space, wanting["Hana"], role=Role.MODERATOR)
        hidden = spaces.sealed_topic(wanting["Gil"], wanting.space)
        if hides == "answer":
            mornings.next()
            hidden = spaces.sealed_reply(wanting["Gil"], hidden)
        spaces.hide(wanting["Hana"], hidden)
        assert mornings.next() == {"Gil", "Hana"}

    def test_nobody_for_an_answer_in_a_hidden_topic(self, wanting, mornings):
        spaces.change_member(wanting.space, wanting["Hana"], role=Role.MODERATOR)
        topic = spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.next()
        spaces.sealed_reply(wanting["Ivo"], topic)
        spaces.hide(wanting["Hana"], topic)
        assert mornings.next() == {"Gil", "Hana"}

    def test_nobody_for_a_topic_of_a_circle(self, wanting, mornings):
        community.topic(wanting["Gil"], wanting.circle)
        assert mornings.next() == set()

    def test_nobody_outside(self, wanting, mornings):
        """Olga never was in; Ivo left the space, Hana the circle."""
        wishes(community.person("Olga"))
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        spaces.leave(wanting.space, wanting["Ivo"])
        community.leave(wanting["Hana"], wanting.circle)
        assert mornings.next() == EVERYBODY - {"Ivo", "Hana"}

    def test_nobody_who_is_suspended(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        community.suspend(wanting["Ema"])
        assert mornings.next() == EVERYBODY - {"Ema"}

    def test_nobody_to_whom_spaces_are_shut_after_a_reset(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        community.shut_spaces(wanting["Ema"], clock.now().replace(day=5))
        assert mornings.next() == EVERYBODY - {"Ema"}

    @pytest.mark.parametrize("kind", [AddressKind.WORK, AddressKind.UNSURE])
    def test_nobody_at_an_address_that_an_employer_may_read(self, wanting, mornings, kind):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        community.has_mailbox(wanting["Ema"], kind)
        assert mornings.next() == EVERYBODY - {"Ema"}

    def test_nobody_who_changed_employers_for_a_topic_opened_before(self, wanting, mornings):
        topic = spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.next()
        spaces.change_employers(wanting["Ema"])
        spaces.sealed_reply(wanting["Gil"], topic)
        assert mornings.next() == EVERYBODY - {"Ema"}

    def test_nobody_who_took_the_wish_back_before_it_left(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.next()
        accounts.stop_updates(community.viewer(wanting["Ema"]))
        assert mornings.told() == EVERYBODY - {"Ema"}

    def test_a_damaged_key_is_news_to_nobody_and_hides_no_other(self, wanting, mornings):
        damaged = spaces.sealed_topic(wanting["Gil"], wanting.space)
        spaces.damage_key(damaged)
        assert mornings.next() == set()
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        assert mornings.next() == EVERYBODY


class TestOfWhichDays:
    def test_of_each_day_once(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        assert mornings.next() == EVERYBODY
        assert mornings.next() == set()

    def test_of_todays_news_tomorrow(self, wanting, mornings):
        """Else the hour of a letter would tell the hour of a post."""
        mornings.next()
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        assert mornings.told() == set()
        assert mornings.next() == EVERYBODY

    def test_whoever_looked_since_is_not_told(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.visit(wanting["Ema"], wanting.space)
        assert mornings.next() == EVERYBODY - {"Ema"}

    def test_nor_whoever_looks_before_the_letter_leaves(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.next()
        note_visit(spaces.seen(wanting["Ema"], wanting.space))
        assert mornings.told() == EVERYBODY - {"Ema"}

    @pytest.mark.parametrize("name", ["Gil", "Ema"])
    def test_whoever_was_there_on_the_day_itself_is_told_of_it(self, wanting, mornings, name):
        """What is written has no hour, and its author was there that day too."""
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.visit(wanting[name], wanting.space, days=0)
        assert name in mornings.next()

    def test_a_look_at_another_space_changes_nothing(self, wanting, mornings):
        finance = spaces.space(community.circle("finance"))
        spaces.enter(finance, wanting["Ema"])
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.visit(wanting["Ema"], finance)
        assert "Ema" in mornings.next()

    def test_news_in_another_space_are_news(self, wanting, mornings):
        finance = spaces.space(community.circle("finance"))
        for name in ("Ema", "Gil"):
            spaces.enter(finance, wanting[name])
        spaces.sealed_topic(wanting["Gil"], finance)
        assert mornings.next() == {"Ema", "Gil"}

    def test_after_days_without_a_check_all_are_told_of_at_once(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        assert mornings.next(days=6) == EVERYBODY
        assert len(letters()) == len(EVERYBODY)

    def test_but_not_of_the_days_before_ones_last_look(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.visit(wanting["Ema"], wanting.space, days=2)
        assert mornings.next(days=6) == EVERYBODY - {"Ema"}

    def test_nor_of_more_than_two_weeks(self, wanting, mornings):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        assert mornings.next(days=15) == set()

    def test_a_letter_that_waited_a_day_is_sent_no_more(self, wanting, mornings, held_clock):
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.next()
        letter = letters()[0]
        held_clock.forward(hours=24)
        assert mornings.read(letter)
        held_clock.forward(seconds=1)
        assert mornings.read(letter) is None


class TestWhatItCosts:
    def test_as_many_statements_however_much_was_written(self, app, wanting):
        counts = []
        for more in (2, 150):
            spaces.many_topics([wanting["Gil"], wanting["Ivo"]], wanting.space, more)
            viewer, today = community.viewer(wanting["Ema"]), clock.today()
            with counted_statements(app) as said:
                assert has_news(viewer, today.replace(day=1), today)
            counts.append(len(said))
        assert counts[0] == counts[1] <= 6

    def test_behind_a_wall_a_few_more(self, app, wanting):
        """Nobody is told until all was looked at; 150 posts are two more."""
        spaces.many_topics([wanting["Ana"]], wanting.space, 150)
        viewer, today = community.viewer(wanting["Ben"]), clock.today()
        with counted_statements(app) as said:
            assert not has_news(viewer, today.replace(day=1), today)
        assert len(said) <= 7
