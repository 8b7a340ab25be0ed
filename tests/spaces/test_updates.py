"""The daily check: every day, for all alike; nothing it leaves behind tells who was told."""

from datetime import date

import pytest
from sqlalchemy import select, update

from forum.accounts import actions as accounts
from forum.accounts.actions import OnlyPersonal
from forum.cli import tidying, worker
from forum.core.db import db, transaction
from forum.home.letters import carrier
from forum.mail.delivery import deliver
from forum.mail.outbox import DISCREET
from forum.models.accounts import AddressKind
from forum.models.outbox import Letter, LetterState, UpdateWish
from forum.models.spaces import Visit
from forum.spaces import updates
from forum.spaces.updates import queue_updates
from forum.spaces.visits import note_visit
from tests.cli.outbox import command, jobs, letters
from tests.spaces.conftest import EMPLOYERS
from tests.spaces.mornings import DOMAIN, wishes
from tests.support import community, spaces
from tests.support.together import at_once
from tests.support.watched import rows

AUTHOR, READER, WALLED = "Ana", "Ema", "Ben"


def wishing() -> dict[int, date]:
    return {wish.user_id: wish.told_to for wish in rows(UpdateWish)}


def queued_to() -> list[int]:
    return sorted(letter.user_id for letter in letters())


class TestEveryDay:
    def test_all_who_want_letters_have_a_row_whatever_happened(self, wanting, mornings):
        wishes(community.person("Olga"))
        mornings.next()
        assert len(queued_to()) == len(EMPLOYERS) + 1

    def test_nobody_else_has(self, scene, mornings):
        """Nobody wants letters before saying so."""
        spaces.sealed_topic(scene["Gil"], scene.space)
        mornings.next()
        assert letters() == jobs() == []

    def test_a_second_check_on_the_same_day_does_nothing(self, wanting, mornings):
        mornings.next()
        before = queued_to()
        assert queue_updates(DOMAIN) == 0
        assert queued_to() == before

    def test_nor_one_before_its_hour(self, wanting, mornings, held_clock):
        mornings.to_hour()
        held_clock.forward(seconds=-1)
        assert queue_updates(DOMAIN) == 0
        held_clock.forward(seconds=1)
        assert queue_updates(DOMAIN) == len(EMPLOYERS)

    def test_the_worker_does_it_and_the_letters_of_the_day_are_settled(
        self, app, wanting, mornings
    ):
        mornings.to_hour()
        assert command(app, "worker", "run", "--once").exit_code == 0
        assert {letter.state for letter in letters()} == {LetterState.SETTLED}
        assert jobs() == []

    def test_a_wish_told_of_again_changes_nothing(self, wanting, mornings):
        mornings.next()
        before = wishing()
        accounts.wish_for_updates(community.viewer(wanting["Ema"]))
        assert wishing() == before

    def test_who_takes_it_back_and_wants_it_again_gets_no_second_letter_of_a_day(
        self, wanting, mornings
    ):
        mornings.next()
        accounts.stop_updates(community.viewer(wanting["Ema"]))
        accounts.wish_for_updates(community.viewer(wanting["Ema"]))
        assert queue_updates(DOMAIN) == 0


class TestKilled:
    """At any point: nobody gets two letters, nobody is missed."""

    @pytest.fixture
    def dies_at(self, monkeypatch):
        """The check dies at its n-th letter; two at a time are written down."""
        monkeypatch.setattr(updates, "_AT_ONCE", 2)
        queue = updates._queue

        def at(number: int) -> None:
            done = []

            def dying(*words) -> None:
                done.append(words)
                queue(*words)
                if len(done) == number:
                    raise RuntimeError

            monkeypatch.setattr(updates, "_queue", dying)

        return at

    @pytest.mark.parametrize("number", [1, 2, 3, 5, len(EMPLOYERS)])
    def test_the_next_turn_goes_on_where_it_was(self, wanting, mornings, dies_at, number):
        mornings.to_hour()
        dies_at(number)
        with pytest.raises(RuntimeError):
            queue_updates(DOMAIN)
        assert len(letters()) == len(jobs()) == (number - 1) // 2 * 2
        dies_at(0)
        queue_updates(DOMAIN)
        assert queued_to() == sorted(person.id for person in wanting.people.values())
        assert len(jobs()) == len(EMPLOYERS)

    def test_who_was_missed_on_a_day_hears_of_it_the_day_after(self, wanting, mornings, dies_at):
        """And who was not, hears of it once."""
        spaces.sealed_topic(wanting["Gil"], wanting.space)
        mornings.to_hour()
        dies_at(5)
        with pytest.raises(RuntimeError):
            queue_updates(DOMAIN)
        first = mornings.told()
        dies_at(0)
        assert len(first) == 4
        assert mornings.next() == set(EMPLOYERS) - first

    def test_two_workers_at_once_queue_each_letter_once(self, app, wanting, mornings):
        mornings.to_hour()
        db.session.rollback()
        done = at_once(app, *(lambda: queue_updates(DOMAIN) for _worker in range(3)))
        assert sum(done) == len(EMPLOYERS)
        assert queued_to() == sorted(person.id for person in wanting.people.values())

    def test_a_letter_seen_to_is_not_seen_to_again(self, app, wanting, mornings):
        mornings.next()
        for _again in range(2):
            for letter in letters():
                deliver(letter.id, carrier(app))
        assert {letter.attempts for letter in letters()} == {1}


class TestNothingTells:
    """Ana writes, Ema reads, Ben is her colleague: what is kept of them is the same."""

    @pytest.fixture
    def morning_after(self, app, wanting, mornings):
        topic = spaces.sealed_topic(wanting[AUTHOR], wanting.space)
        for name in (AUTHOR, READER, WALLED):
            note_visit(spaces.seen(wanting[name], wanting.space))
        assert mornings.next() >= {AUTHOR, READER}
        assert WALLED not in mornings.told()
        return topic

    def kept_of(self, wanting, name: str) -> list[dict]:
        """Letters, wish and account, less what is random or only theirs."""
        db.session.rollback()
        found = []
        person = wanting[name]
        for table in (Letter.__table__, UpdateWish.__table__):
            mine = select(table).where(table.c.user_id == person.id)
            found += [dict(row._mapping) for row in db.session.execute(mine)]
        for row in found:
            for own in ("id", "public_id", "user_id", "recipient", "message_id"):
                row.pop(own, None)
        return found

    @pytest.mark.parametrize("moment", ["queued", "seen to"])
    def test_the_rows_of_author_reader_and_walled_are_alike(
        self, app, wanting, morning_after, moment
    ):
        if moment == "seen to":
            command(app, "worker", "run", "--once")
        kept = [self.kept_of(wanting, name) for name in (AUTHOR, READER, WALLED)]
        assert kept[0] == kept[1] == kept[2]
        assert len(kept[0]) == 2

    def test_so_are_those_of_a_day_on_which_nothing_happened(self, app, wanting, morning_after):
        command(app, "worker", "run", "--once")
        state = {(letter.state, letter.attempts, letter.sent_at) for letter in letters()}
        assert state == {(LetterState.SETTLED, 1, None)}

    def test_no_row_names_a_space_a_topic_or_a_post(self, wanting, morning_after):
        named = {wanting.space.id, wanting.space.public_id, morning_after}
        named |= {spaces.row_id(morning_after), spaces.topic_row_id(morning_after)}
        said = [str(value) for row in rows(Letter) + jobs() for value in vars(row).values()]
        assert not any(str(name) in each for name in named for each in said)

    def test_every_letter_reads_the_same_but_for_its_address(
        self, wanting, morning_after, mornings
    ):
        found = [said for letter in letters() if (said := mornings.read(letter))]
        assert len({(said.subject, said.text, said.html) for said in found}) == 1
        assert found[0].subject == "You have an update"
        words = f"{found[0].text} {found[0].html}".lower()
        assert not any(word in words for word in ("space", "private", "topic", "retail", "/s/"))

    def test_no_message_id_tells_the_kind_or_leads_to_a_row(self, wanting, morning_after):
        for letter in letters():
            name = letter.message_id.strip("<>").partition("@")[0]
            assert len(name) == 26
            assert letter.public_id not in name

    def test_visits_are_alike_too_and_lead_to_nobody(self, wanting, morning_after):
        visits = rows(Visit)
        assert len({visit.seat for visit in visits}) == 3
        assert {(visit.space_id, visit.visited_on) for visit in visits} == {
            (wanting.space.id, date(2026, 3, 2))
        }

    def test_the_visits_of_two_days_cannot_be_tied(self, wanting, held_clock):
        for _day in range(2):
            note_visit(spaces.seen(wanting["Ema"], wanting.space))
            held_clock.forward(days=1)
        one, other = rows(Visit)
        assert one.seat != other.seat


class TestLeavingNothing:
    def test_the_rows_go_after_a_day(self, wanting, mornings, held_clock):
        mornings.next()
        held_clock.forward(hours=24)
        tidying.tidy()
        assert len(letters()) == len(EMPLOYERS)
        held_clock.forward(seconds=1)
        tidying.tidy()
        assert letters() == []

    @pytest.mark.parametrize("state", list(LetterState))
    def test_whatever_became_of_them(self, wanting, mornings, held_clock, state):
        mornings.next()
        with transaction() as session:
            session.execute(update(Letter).values(state=state))
        held_clock.forward(hours=24, seconds=1)
        tidying.tidy()
        assert letters() == []

    @pytest.mark.parametrize("who", ["nobody", "somebody"])
    def test_visits_are_forgotten_after_two_days(self, scene, mornings, who):
        if who == "somebody":
            wishes(scene["Ema"])
        note_visit(spaces.seen(scene["Gil"], scene.space))
        mornings.next()
        assert len(rows(Visit)) == 1
        mornings.next()
        assert rows(Visit) == []

    def test_a_visit_is_noted_once_a_day(self, scene):
        for _again in range(2):
            note_visit(spaces.seen(scene["Gil"], scene.space))
        assert len(rows(Visit)) == 1

    def test_two_windows_at_once_are_one_visit(self, app, scene):
        here, gil = scene.space, scene["Gil"]
        db.session.rollback()
        done = at_once(app, *(lambda: note_visit(spaces.seen(gil, here)) for _window in range(3)))
        assert done == [None] * 3
        assert len(rows(Visit)) == 1


class TestWishing:
    @pytest.mark.parametrize("kind", [AddressKind.WORK, AddressKind.UNSURE, None])
    def test_only_with_a_personal_address(self, scene, kind):
        if kind:
            community.has_mailbox(scene["Ema"], kind)
        with pytest.raises(OnlyPersonal):
            accounts.wish_for_updates(community.viewer(scene["Ema"]))
        assert wishing() == {}

    def test_it_goes_when_the_address_is_said_to_be_another(self, wanting):
        ema = community.viewer(wanting["Ema"])
        accounts.say_whose_address(ema, AddressKind.UNSURE, community.PASSWORD)
        assert wanting["Ema"].id not in wishing()
        assert len(wishing()) == len(EMPLOYERS) - 1

    def test_it_begins_with_the_day_it_is_said_on(self, scene, mornings):
        spaces.sealed_topic(scene["Gil"], scene.space)
        mornings.next()
        wishes(scene["Ema"])
        assert mornings.next() == set()


def test_the_kind_and_its_words_are_these(app):
    assert carrier(app).contexts[DISCREET]


def test_it_is_looked_at_every_ten_minutes():
    """So a worker that was killed in the midst of it goes on soon."""
    assert worker.REPEATING["letters of the day"].every.total_seconds() == 600
