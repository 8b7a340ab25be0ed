"""Names are barred, never people; and yet the person behind one is, whatever name they have."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.cli.rewrapping import Wrapped, rewrap
from forum.core import clock, seal
from forum.core.db import transaction
from forum.core.errors import NotAllowed, NotThere
from forum.discussions import actions
from forum.models.discussions import Post, ReactionKind, ReportReason
from forum.models.guarding import Ability, Appeal, Notice, NoticeKind, ReportCase, Sanction
from forum.models.spaces import TopicKey
from forum.policy.allowed import Barred, ForModerators
from forum.spaces.aiming import SayWhy
from forum.spaces.life import erase_due
from forum.spaces.reports import take
from forum.spaces.sanctions import (
    AppealedAlready,
    TooFarOff,
    appeal,
    bar,
    keys_still_needed,
    lift,
    notices,
    notify,
    sanctions_of,
    sanctions_to_judge,
    warn,
)
from forum.spaces.shuffling import shuffle
from tests.support import spaces
from tests.support.application import SPACE_KEY
from tests.support.watched import rows

OTHERS = ("ana", "cara", "finn", "dora")


@pytest.fixture
def answer(watched) -> str:
    return spaces.sealed_reply(watched.ben, watched.topic, "It serves you right.")


def muted(watched, answer, ability=Ability.WRITE, days=7) -> str:
    return bar(watched.reads("dora"), answer, ability, days, "Please be kind.")


class TestABarredMember:
    def test_cannot_answer_under_that_name(self, watched, answer):
        muted(watched, answer)
        with pytest.raises(Barred):
            spaces.sealed_reply(watched.ben, watched.topic)

    def test_cannot_answer_in_any_other_topic_and_nobody_else_is_kept_from_it(
        self, watched, answer
    ):
        topics = spaces.many_topics([watched.cara, watched.finn], watched.here, 4)
        muted(watched, answer)
        for topic in topics:
            with pytest.raises(Barred):
                spaces.sealed_reply(watched.ben, topic)
            for name in OTHERS:
                assert spaces.sealed_reply(watched.people[name], topic)

    def test_cannot_open_a_topic_either(self, watched, answer):
        muted(watched, answer)
        with pytest.raises(Barred):
            spaces.sealed_topic(watched.ben, watched.here)

    def test_barred_from_opening_topics_only_still_answers(self, watched, answer):
        muted(watched, answer, Ability.OPEN)
        with pytest.raises(Barred):
            spaces.sealed_topic(watched.ben, watched.here)
        assert spaces.sealed_reply(watched.ben, watched.topic)

    def test_cannot_rewrite_but_can_take_back_what_they_wrote(self, watched, answer):
        muted(watched, answer)
        with pytest.raises(Barred):
            actions.edit_post(watched.reads("ben"), answer, "And again.")
        actions.remove_post(watched.reads("ben"), answer)

    def test_from_reporting_cannot_report_and_still_writes(self, watched, answer):
        muted(watched, answer, Ability.REPORT)
        with pytest.raises(Barred):
            actions.report(watched.reads("ben"), watched.topic, ReportReason.OTHER, "Look.")
        assert spaces.sealed_reply(watched.ben, watched.topic)

    def test_from_reacting_cannot_react(self, watched, answer):
        muted(watched, answer, Ability.REACT)
        with pytest.raises(Barred):
            actions.react(watched.reads("ben"), watched.topic, ReactionKind.WITH_YOU)

    def test_is_told_until_when_and_how_to_appeal(self, watched, answer):
        muted(watched, answer)
        with pytest.raises(Barred) as refused:
            spaces.sealed_reply(watched.ben, watched.topic)
        assert str(clock.today() + timedelta(days=7)) in str(refused.value)
        assert "appeal" in str(refused.value)

    def test_is_free_the_day_after_the_last(self, watched, answer, held_clock):
        muted(watched, answer)
        held_clock.forward(days=7)
        with pytest.raises(Barred):
            spaces.sealed_reply(watched.ben, watched.topic)
        held_clock.forward(days=1)
        assert spaces.sealed_reply(watched.ben, watched.topic)

    def test_who_left_and_came_back_is_still_barred(self, watched, answer):
        muted(watched, answer)
        spaces.leave(watched.here, watched.ben)
        spaces.change_member(watched.here, watched.ben, left_on=None)
        with pytest.raises(Barred):
            spaces.sealed_reply(watched.ben, watched.topic)

    def test_stays_barred_after_the_topic_has_gone_and_its_key_is_kept(self, watched, answer):
        muted(watched, answer)
        assert keys_still_needed() == {spaces.topic_row_id(watched.topic)}
        actions.remove_post(watched.reads("ben"), answer)
        with pytest.raises(Barred):
            spaces.sealed_topic(watched.ben, watched.here)

    def test_stays_barred_when_the_sites_key_was_changed(self, watched, answer):
        muted(watched, answer)
        kind = Wrapped(
            TopicKey, (TopicKey.topic_id,), TopicKey.wrapped, lambda topic: f"topic:{topic}"
        )
        newer = b"n" * seal.KEY_BYTES
        seal.configure_keys([newer, SPACE_KEY])
        try:
            assert rewrap([kind]) == 1
            with pytest.raises(Barred):
                spaces.sealed_reply(watched.ben, watched.topic)
            assert spaces.sealed_reply(watched.cara, watched.topic)
        finally:
            seal.configure_keys([SPACE_KEY])

    def test_stays_barred_when_the_topic_is_erased_and_then_its_key_goes_too(
        self, watched, answer, held_clock
    ):
        held_clock.forward(days=110)
        sanction = muted(watched, answer, days=30)
        held_clock.forward(days=11)
        assert (erase_due(), erase_due()) == (1, 0)
        assert rows(Post) == []
        assert len(rows(TopicKey)) == 1
        with pytest.raises(Barred):
            spaces.sealed_topic(watched.ben, watched.here)
        appeal(watched.reads("ben"), sanction, "It is long gone.")
        assert sanctions_to_judge(watched.reads("dora"), place(watched))
        assert sanctions_to_judge(watched.reads("eli"), place(watched)) == []
        held_clock.forward(days=20)
        assert erase_due() == 1
        assert rows(TopicKey) == rows(Sanction) == rows(Appeal) == []

    def test_stays_barred_through_the_nightly_shuffle(self, watched, answer):
        sanction = muted(watched, answer)
        appeal(watched.reads("ben"), sanction, "No.")
        spaces.report(watched.cara, answer)
        take(watched.reads("dora"), place(watched))
        assert shuffle()
        assert len(rows(Appeal)) == len(rows(ReportCase)) == 1
        with pytest.raises(Barred):
            spaces.sealed_reply(watched.ben, watched.topic)


class TestWhoMayBar:
    def test_a_reader_may_not(self, watched, answer):
        with pytest.raises(ForModerators):
            bar(watched.reads("cara"), answer, Ability.WRITE, 7, "Unkind.")

    def test_for_a_moderator_behind_the_wall_there_is_nothing(self, watched, answer):
        with pytest.raises(NotThere):
            bar(watched.reads("eli"), answer, Ability.WRITE, 7, "Unkind.")
        muted(watched, answer)
        assert sanctions_to_judge(watched.reads("eli"), watched.here.public_id) == []

    def test_nobody_bars_themselves(self, watched):
        mine = spaces.sealed_reply(watched.dora, watched.topic)
        with pytest.raises(NotAllowed):
            bar(watched.reads("dora"), mine, Ability.WRITE, 7, "Me.")

    @pytest.mark.parametrize("days", [0, -1, 366])
    def test_it_lasts_from_a_day_to_a_year(self, watched, answer, days):
        with pytest.raises(TooFarOff):
            muted(watched, answer, days=days)

    @pytest.mark.parametrize("words", ["", "  ", "x" * 501])
    def test_it_needs_a_reason(self, watched, answer, words):
        with pytest.raises(SayWhy):
            bar(watched.reads("dora"), answer, Ability.WRITE, 7, words)

    def test_two_names_of_one_topic_are_barred_apart(self, watched, answer):
        other = spaces.sealed_reply(watched.cara, watched.topic)
        muted(watched, answer)
        muted(watched, other, Ability.OPEN)
        assert [each.ability for each in sanctions_of(watched.reads("ben"), place(watched))] == [
            Ability.WRITE
        ]
        assert [each.ability for each in sanctions_of(watched.reads("cara"), place(watched))] == [
            Ability.OPEN
        ]
        assert sanctions_of(watched.reads("finn"), place(watched)) == []


def place(watched) -> str:
    return watched.here.public_id


class TestAppeals:
    def test_its_member_appeals_once_and_moderators_read_it(self, watched, answer):
        sanction = muted(watched, answer)
        appeal(watched.reads("ben"), sanction, "I was angry.")
        with pytest.raises(AppealedAlready):
            appeal(watched.reads("ben"), sanction, "Still.")
        (seen,) = sanctions_to_judge(watched.reads("dora"), place(watched))
        assert (seen.appeal, seen.words) == ("I was angry.", "Please be kind.")
        (row,) = rows(Appeal)
        assert b"angry" not in row.sealed

    @pytest.mark.parametrize("name", OTHERS)
    def test_nobody_else_can(self, watched, answer, name):
        sanction = muted(watched, answer)
        with pytest.raises(NotThere):
            appeal(watched.reads(name), sanction, "Let them.")

    def test_what_is_lifted_bars_no_more_and_its_member_reads_why(self, watched, answer):
        lift(watched.reads("dora"), muted(watched, answer), "Forgiven.")
        assert spaces.sealed_reply(watched.ben, watched.topic)
        (told,) = notices(watched.reads("ben"), place(watched))
        assert (told.kind, told.words) == (NoticeKind.LIFTED, "Forgiven.")
        assert keys_still_needed() == set()

    @pytest.mark.parametrize("name", ["ana", "ben", "eli"])
    def test_only_a_moderator_outside_the_wall_lifts_it(self, watched, answer, name):
        sanction = muted(watched, answer)
        with pytest.raises((NotThere, ForModerators)):
            lift(watched.reads(name), sanction, "Forgiven.")


class TestNotices:
    def test_are_read_by_whoever_has_the_name_and_by_nobody_else(self, watched, answer):
        warn(watched.reads("dora"), answer, "Last time.")
        notify(watched.reads("dora"), watched.topic, "Thank you.")
        read = {
            name: [told.words for told in notices(watched.reads(name), place(watched))]
            for name in ("ana", "ben", "cara", "finn", "dora", "eli")
        }
        assert {name: words for name, words in read.items() if words} == {
            "ana": ["Thank you."],
            "ben": ["Last time."],
        }

    def test_are_sealed(self, watched, answer):
        warn(watched.reads("dora"), answer, "Last time.")
        muted(watched, answer)
        for row in rows(Notice) + rows(Sanction):
            assert b"time" not in row.sealed
            assert b"kind" not in row.sealed

    def test_one_whose_key_is_damaged_hides_no_other(self, watched, answer):
        other = spaces.sealed_topic(watched.cara, watched.here)
        theirs = spaces.sealed_reply(watched.ben, other)
        warn(watched.reads("dora"), answer, "One.")
        warn(watched.reads("dora"), theirs, "Two.")
        muted(watched, theirs)
        gone = update(TopicKey).where(TopicKey.topic_id == spaces.topic_row_id(watched.topic))
        with transaction() as session:
            session.execute(gone.values(wrapped=b"nothing"))
        assert [told.words for told in notices(watched.reads("ben"), place(watched))] == ["Two."]
        with pytest.raises(Barred):
            spaces.sealed_reply(watched.ben, other)
