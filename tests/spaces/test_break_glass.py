"""Whose a name is: only two guardians together find out, once, and never unnoticed."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.errors import NotThere
from forum.models.guarding import BreakGlass, GlassKey, Grounds, LogEntry, NoticeKind, Step
from forum.policy.allowed import ForModerators
from forum.spaces import break_glass, log
from forum.spaces.aiming import SayWhy
from forum.spaces.break_glass import AgreedAlready, AskedAlready, Disclosed, TooLate
from forum.spaces.guardians import TooFewGuardians, dismiss_guardian
from forum.spaces.sanctions import keys_still_needed, notices
from tests.support import spaces
from tests.support.together import at_once
from tests.support.watched import GUARDIANS, rows


def ask(watched, name="dora", post="") -> str:
    about = post or watched.topic
    return break_glass.ask(watched.reads(name), about, Grounds.RISK_TO_LIFE, "They say goodbye.")


def drawn(watched) -> list[str]:
    """Who was asked."""
    return [name for name in GUARDIANS if break_glass.requests(watched.reads(name))]


def agree(watched, name, request, **more):
    return break_glass.agree(watched.reads(name), request, "It is serious.", **more)


def steps() -> list[Step]:
    return [entry.step for entry in sorted(rows(LogEntry), key=lambda entry: entry.number)]


class TestAsking:
    def test_two_guardians_outside_the_wall_are_drawn_and_read_the_post(self, watched):
        ask(watched)
        asked = drawn(watched)
        assert len(asked) == 2
        assert "jo" not in asked
        (seen,) = break_glass.requests(watched.reads(asked[0]))
        assert (seen.grounds, seen.words) == (Grounds.RISK_TO_LIFE, "They say goodbye.")
        assert [post.html for post in seen.opened.posts] == ["<p>Badly.</p>"]
        assert seen.handle == spaces.name_in(watched.ana, watched.topic)

    def test_all_who_may_be_are_drawn_sooner_or_later(self, watched):
        topics = spaces.many_topics([watched.ana], watched.here, 12)
        for topic in topics:
            ask(watched, post=topic)
        assert set(drawn(watched)) == {"gus", "hal", "ida"}

    def test_who_asks_or_moderates_the_space_is_never_drawn(self, watched):
        ask(watched, "gus")
        assert set(drawn(watched)) == {"hal", "ida"}

    def test_a_reader_may_not_ask_and_for_the_walled_there_is_nothing(self, watched):
        with pytest.raises(ForModerators):
            ask(watched, "ben")
        for name in ("eli", "jo"):
            with pytest.raises(NotThere):
                ask(watched, name)
        with pytest.raises(NotThere):
            ask(watched, "gus", "nosuchpost22")

    def test_the_same_name_is_asked_about_once_at_a_time(self, watched, held_clock):
        ask(watched)
        with pytest.raises(AskedAlready):
            ask(watched)
        held_clock.forward(hours=25)
        assert ask(watched)

    def test_it_takes_enough_guardians(self, watched):
        dismiss_guardian(watched.ida.id)
        with pytest.raises(TooFewGuardians):
            ask(watched)
        assert rows(BreakGlass) == rows(LogEntry) == []

    def test_it_takes_a_reason(self, watched):
        with pytest.raises(SayWhy):
            break_glass.ask(watched.reads("dora"), watched.topic, Grounds.THREAT, " ")


class TestAgreeing:
    def test_the_second_one_is_told_whose_it_is_and_nobody_after(self, watched):
        request = ask(watched)
        one, other = drawn(watched)
        assert agree(watched, one, request) is None
        found = agree(watched, other, request)
        assert (found.name, found.address) == (watched.ana.name, watched.ana.address)
        for name in (one, other):
            with pytest.raises(AgreedAlready):
                agree(watched, name, request)
        assert drawn(watched) == []

    def test_one_alone_learns_nothing_however_often(self, watched):
        request = ask(watched)
        one, _other = drawn(watched)
        agree(watched, one, request)
        with pytest.raises(AgreedAlready):
            agree(watched, one, request)
        assert log.times_used() == 0

    def test_only_the_two_may(self, watched):
        request = ask(watched)
        for name in {*GUARDIANS, "dora", "ana"} - set(drawn(watched)):
            with pytest.raises(NotThere):
                agree(watched, name, request)

    def test_two_at_once_find_out_once(self, watched, app):
        request = ask(watched)
        two = [watched.reads(name) for name in drawn(watched)]
        both = [lambda who=who: break_glass.agree(who, request, "It is serious.") for who in two]
        got = at_once(app, *both)
        assert sorted(isinstance(each, Disclosed) for each in got) == [False, True], got
        assert None in got
        assert log.times_used() == 1
        assert log.verify().broken is None

    def test_after_a_day_nothing_opens(self, watched, held_clock):
        request = ask(watched)
        one, other = drawn(watched)
        agree(watched, one, request)
        held_clock.forward(hours=24)
        with pytest.raises(TooLate):
            agree(watched, other, request)
        assert drawn(watched) == []
        assert break_glass.note_expired() == 1
        assert break_glass.note_expired() == 0
        assert steps()[-1] is Step.EXPIRED
        assert log.times_used() == 0
        assert keys_still_needed() == set()

    def test_finds_who_has_left_the_space_meanwhile(self, watched):
        request = ask(watched)
        spaces.leave(watched.here, watched.ana)
        one, other = drawn(watched)
        agree(watched, one, request)
        assert agree(watched, other, request).public_id == watched.ana.public_id


class TestAfterwards:
    def broken(self, watched, **more):
        request = ask(watched)
        for name in drawn(watched):
            agree(watched, name, request, **more)

    def test_every_step_is_in_the_log_and_how_often_is_public(self, watched):
        self.broken(watched)
        assert steps() == [
            *(Step.REQUESTED, Step.DRAWN, Step.DRAWN, Step.AGREED, Step.AGREED),
            *(Step.RESOLVED, Step.TELLING),
        ]
        assert break_glass.times_used() == 1

    def test_the_author_is_told_after_a_week_at_the_latest(self, watched, held_clock):
        self.broken(watched)
        here = watched.here.public_id
        assert notices(watched.reads("ana"), here) == []
        assert keys_still_needed() == {spaces.topic_row_id(watched.topic)}
        held_clock.forward(days=7)
        (told,) = notices(watched.reads("ana"), here)
        assert (told.kind, told.told_on) == (NoticeKind.DISCLOSED, clock.today())
        assert notices(watched.reads("ben"), here) == []
        held_clock.forward(days=31)
        assert keys_still_needed() == set()

    def test_unless_both_say_that_they_must_not_be(self, watched, held_clock):
        self.broken(watched, bar_telling=True)
        assert steps()[-1] is Step.TELLING_BARRED
        held_clock.forward(days=8)
        assert notices(watched.reads("ana"), watched.here.public_id) == []

    def test_who_it_was_is_kept_nowhere(self, watched):
        self.broken(watched)
        known = (str(watched.ana.id), watched.ana.public_id, watched.ana.address)
        for table in (BreakGlass, GlassKey, LogEntry):
            for row in rows(table):
                kept = [str(getattr(row, column.key)) for column in table.__table__.columns]
                assert not set(known) & set(kept)
        assert all(row.expires_at - clock.now() <= timedelta(days=1) for row in rows(BreakGlass))
