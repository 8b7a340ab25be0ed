"""Muting and blocking: for oneself alone, twice is once, and an end is an end."""

from contextlib import suppress
from functools import partial

import pytest

from forum.core.errors import NotThere, TooOften
from forum.models.circles import Visibility
from forum.policy import limits
from forum.quiet import actions, queries
from forum.quiet.actions import NoWord, TooLongAWord, TooMany, TooManyInSpaces
from tests.support import community
from tests.support.together import at_once


def wanted(scene, name: str) -> queries.Quiet:
    return queries.wanted_quiet(scene.reads(name))


class TestMutingSomebody:
    def test_twice_is_once(self, scene):
        for _time in range(2):
            actions.mute(scene.reads("ana"), scene.ben.public_id)
        assert [each.name for each in wanted(scene, "ana").muted] == ["Ben"]

    def test_is_known_with_every_page_from_then_on(self, scene):
        actions.mute(scene.reads("ana"), scene.ben.public_id)
        assert scene.reads("ana").muted_people == {scene.ben.id}
        assert scene.reads("ben").muted_people == frozenset()

    def test_ends(self, scene):
        actions.mute(scene.reads("ana"), scene.ben.public_id)
        actions.end_mute(scene.reads("ana"), scene.ben.public_id)
        assert not wanted(scene, "ana").muted

    def test_ends_too_when_they_are_met_no_more(self, scene):
        actions.mute(scene.reads("ana"), scene.ben.public_id)
        community.leave(scene.ben, scene.retail)
        actions.end_mute(scene.reads("ana"), scene.ben.public_id)
        assert not wanted(scene, "ana").muted

    def test_is_limited(self, scene, monkeypatch):
        monkeypatch.setattr(actions, "MOST_PEOPLE", 1)
        actions.mute(scene.reads("ana"), scene.ben.public_id)
        with pytest.raises(TooMany):
            actions.mute(scene.reads("ana"), scene.cleo.public_id)
        actions.mute(scene.reads("ana"), scene.ben.public_id)


class TestWhoCanBeMutedOrBlocked:
    @pytest.mark.parametrize("act", [actions.mute, actions.block])
    def test_is_not_oneself(self, scene, act):
        with pytest.raises(NotThere):
            act(scene.reads("ana"), scene.ana.public_id)

    @pytest.mark.parametrize("act", [actions.mute, actions.block])
    def test_is_nobody_from_a_place_one_may_not_know(self, scene, act):
        hidden = community.person("Hana")
        community.join(hidden, community.circle("hush", Visibility.SECRET))
        with pytest.raises(NotThere):
            act(scene.reads("ana"), hidden.public_id)

    @pytest.mark.parametrize("act", [actions.mute, actions.block])
    def test_is_whoever_wrote_what_one_may_read(self, scene, act):
        past = community.person("Past")
        community.reply(past, scene.topic)
        assert act(scene.reads("ana"), past.public_id).name == "Past"

    def test_is_whoever_has_blocked_them(self, scene):
        """Else an answer would tell it."""
        actions.block(scene.reads("ben"), scene.ana.public_id)
        assert not queries.person_for(scene.reads("ana"), scene.ben.public_id).is_blocked
        actions.block(scene.reads("ana"), scene.ben.public_id)


class TestMutingAWord:
    def test_is_kept_without_capitals_and_more_than_one_blank(self, scene):
        assert actions.mute_word(scene.reads("ana"), "  Big\n DATA ") == "big data"
        assert wanted(scene, "ana").words == ["big data"]

    def test_twice_is_once(self, scene):
        for word in ("Synergy", "synergy"):
            actions.mute_word(scene.reads("ana"), word)
        assert scene.reads("ana").muted_words == {"synergy"}

    @pytest.mark.parametrize("word", ["", "  ", "?!"])
    def test_needs_a_word(self, scene, word):
        with pytest.raises(NoWord):
            actions.mute_word(scene.reads("ana"), word)

    def test_has_forty_characters_at_most(self, scene):
        actions.mute_word(scene.reads("ana"), "x" * 40)
        with pytest.raises(TooLongAWord):
            actions.mute_word(scene.reads("ana"), "x" * 41)

    def test_has_forty_at_most_as_it_is_kept(self, scene):
        """Casefolded a ß is two letters."""
        with pytest.raises(TooLongAWord):
            actions.mute_word(scene.reads("ana"), "ß" * 21)

    def test_stops_at_fifty_words(self, scene):
        for number in range(actions.MOST_WORDS):
            actions.mute_word(scene.reads("ana"), f"word{number}")
        with pytest.raises(TooMany):
            actions.mute_word(scene.reads("ana"), "one more")
        assert len(scene.reads("ana").muted_words) == actions.MOST_WORDS

    def test_ends(self, scene):
        actions.mute_word(scene.reads("ana"), "Synergy")
        actions.end_word(scene.reads("ana"), "SYNERGY")
        assert not wanted(scene, "ana").words


class TestBlocking:
    def test_is_listed_for_whoever_did_it_alone(self, scene):
        actions.block(scene.reads("ana"), scene.ben.public_id)
        assert [each.name for each in wanted(scene, "ana").blocked] == ["Ben"]
        assert not wanted(scene, "ben").blocked

    def test_concerns_both_and_nobody_else(self, scene):
        actions.block(scene.reads("ana"), scene.ben.public_id)
        concerned = {name for name in ("ana", "ben", "cleo", "dora") if scene.reads(name).is_apart}
        assert concerned == {"ana", "ben"}

    def test_cannot_be_ended_by_the_other(self, scene):
        actions.block(scene.reads("ana"), scene.ben.public_id)
        actions.end_block(scene.reads("ben"), scene.ana.public_id)
        assert wanted(scene, "ana").blocked

    def test_of_both_stays_when_one_ends_theirs(self, scene):
        actions.block(scene.reads("ana"), scene.ben.public_id)
        actions.block(scene.reads("ben"), scene.ana.public_id)
        actions.end_block(scene.reads("ana"), scene.ben.public_id)
        assert scene.reads("ana").is_apart

    def test_twice_counts_once(self, scene, monkeypatch):
        for _time in range(limits.BLOCK.hits + 1):
            actions.block(scene.reads("ana"), scene.ben.public_id)
        assert [each.name for each in wanted(scene, "ana").blocked] == ["Ben"]

    def test_is_limited(self, scene):
        for _time in range(limits.BLOCK.hits):
            limits.count(limits.BLOCK, str(scene.ana.id))
        with pytest.raises(TooOften):
            actions.block(scene.reads("ana"), scene.ben.public_id)

    def test_holds_in_spaces_only_where_it_was_said(self, scene):
        actions.block(scene.reads("ana"), scene.ben.public_id)
        assert holding(scene) == {"Ben": False}
        actions.block(scene.reads("ana"), scene.ben.public_id, in_spaces=True)
        assert holding(scene) == {"Ben": True}
        actions.block(scene.reads("ana"), scene.ben.public_id)
        assert holding(scene) == {"Ben": False}

    def test_holds_in_spaces_for_three_people_at_most(self, scene):
        names = ("Eva", "Fay", "Gil", "Hal")
        people = {name: community.person(name) for name in names}
        for them in people.values():
            community.join(them, scene.retail)
        for name in names[:3]:
            actions.block(scene.reads("ana"), people[name].public_id, in_spaces=True)
        with pytest.raises(TooManyInSpaces):
            actions.block(scene.reads("ana"), people["Hal"].public_id, in_spaces=True)
        assert holding(scene) == dict.fromkeys(names[:3], True)
        actions.end_block(scene.reads("ana"), people["Eva"].public_id)
        actions.block(scene.reads("ana"), people["Hal"].public_id, in_spaces=True)
        assert holding(scene) == dict.fromkeys(names[1:], True)

    def test_of_several_at_once_no_more_hold_in_spaces(self, app, scene):
        people = [community.person(f"P{number}") for number in range(6)]
        for them in people:
            community.join(them, scene.retail)

        def tries(them):
            with suppress(TooManyInSpaces):
                actions.block(scene.reads("ana"), them, in_spaces=True)

        at_once(app, *(partial(tries, them.public_id) for them in people))
        assert sorted(holding(scene).values()) == [True] * 3


def holding(scene) -> dict[str, bool]:
    return {each.name: each.holds_in_spaces for each in wanted(scene, "ana").blocked}
