"""What was asked of somebody and what moved where they take part: theirs to see, bounded."""

from itertools import count

import pytest

from forum.core import clock
from forum.discussions import actions, queries
from forum.discussions.queries import catching_up
from forum.models.accounts import User
from forum.models.circles import Visibility
from forum.models.notifications import Level
from forum.notifications.queries import unread_count
from forum.quiet import actions as quiet
from tests.support import community, spaces
from tests.support.statements import counted_statements

_nonces = (f"{number:022}" for number in count())


def says(scene, name: str, to: str, text: str) -> str:
    """Answer as the page does, so that whoever is named is remembered."""
    return actions.post_reply(scene.reads(name), to, text, next(_nonces)).public_id


def opens(scene, name: str, text: str, title: str = "Another", slug: str = "retail") -> str:
    return actions.post_topic(scene.reads(name), slug, title, text, next(_nonces)).public_id


def asked(viewer) -> list[tuple[str, str]]:
    return [(row.author_name, row.why) for row in queries.asked_of(viewer)]


def moved(viewer) -> list[str]:
    return [row.title for row in queries.moved_since(viewer)]


def reads_all(scene, name: str, topic: str) -> None:
    actions.caught_up(scene.reads(name), [topic], clock.now())


class TestAskedOfThem:
    def test_are_answers_to_what_they_wrote(self, scene):
        community.reply(scene.ben, scene.topic)
        assert asked(scene.reads("ana")) == [("Ben", "answers you")]
        assert asked(scene.reads("dora")) == []

    def test_are_not_answers_to_others_below_it(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        community.reply(scene.dora, answer)
        assert asked(scene.reads("ana")) == [("Ben", "answers you")]

    def test_are_not_their_own(self, scene):
        says(scene, "ana", scene.topic, "@ana, that is me.")
        assert asked(scene.reads("ana")) == []

    @pytest.mark.parametrize(
        ("text", "is_named"),
        [
            ("What does @ana say?", True),
            ("@Ana!", True),
            ("mail@ana", False),
            ("@anastasia", False),
            ("@ana-maria", False),
            ("ana", False),
            ("`@ana`, as one writes it", False),
        ],
    )
    def test_are_posts_that_name_them(self, scene, text, is_named):
        opens(scene, "ben", text)
        assert asked(scene.reads("ana")) == ([("Ben", "names you")] if is_named else [])

    def test_are_such_posts_also_after_they_took_another_name(self, scene):
        opens(scene, "ben", "What does @ana say?")
        community._change(User, User.id == scene.ana.id, handle="zoe")
        assert asked(scene.reads("ana")) == [("Ben", "names you")]

    def test_are_not_crowded_out_by_others_with_a_longer_handle(self, scene, monkeypatch):
        monkeypatch.setattr(catching_up, "_FETCHED", 2)
        opens(scene, "ben", "What does @ana say?")
        for _each in range(3):
            opens(scene, "ben", "What does @anastasia say?")
        assert asked(scene.reads("ana")) == [("Ben", "names you")]

    @pytest.mark.parametrize("place", ["topic", "circle"])
    def test_are_nothing_of_what_they_muted(self, scene, place):
        community.reply(scene.ben, scene.topic)
        if place == "topic":
            actions.follow_topic(scene.reads("ana"), scene.topic, Level.MUTED)
        else:
            actions.follow_circle(scene.reads("ana"), "retail", Level.MUTED)
        assert asked(scene.reads("ana")) == []

    def test_are_one_for_an_answer_that_names_them_too(self, scene):
        says(scene, "ben", scene.topic, "Dear @ana, yes.")
        assert asked(scene.reads("ana")) == [("Ben", "answers you")]

    def test_stand_in_places_they_may_read(self, scene):
        hush = community.circle("hush", Visibility.SECRET)
        community.join(scene.ben, hush)
        community.join(scene.ana, hush)
        opens(scene, "ben", "Does @ana know?", slug="hush")
        assert asked(scene.reads("ana")) == [("Ben", "names you")]
        community.leave(scene.ana, hush)
        assert asked(scene.reads("ana")) == []

    def test_are_not_hidden_or_removed(self, scene):
        for act in (community.hide, community.remove):
            act(community.reply(scene.ben, scene.topic))
        assert asked(scene.reads("ana")) == []

    def test_are_one_for_each_topic(self, scene):
        for number in range(3):
            community.reply(scene.ben, scene.topic, f"Number {number}")
        (row,) = queries.asked_of(scene.reads("ana"))
        assert (row.excerpt, row.more) == ("Number 2", 2)

    def test_are_by_nobody_they_muted_or_are_apart_from(self, scene):
        community.reply(scene.ben, scene.topic)
        community.reply(scene.dora, scene.topic)
        quiet.mute(scene.reads("ana"), scene.ben.public_id)
        quiet.block(scene.reads("dora"), scene.ana.public_id)
        assert asked(scene.reads("ana")) == []

    def test_are_what_they_have_not_read_the_newest_first(self, scene):
        other = community.topic(scene.ana, scene.retail, "Another")
        community.reply(scene.ben, scene.topic, "First")
        community.reply(scene.dora, other, "Second")
        assert [name for name, _why in asked(scene.reads("ana"))] == ["Dora", "Ben"]
        reads_all(scene, "ana", other)
        assert [name for name, _why in asked(scene.reads("ana"))] == ["Ben"]

    def test_are_ten_at_most_and_thirty_days_old(self, scene, held_clock):
        community.reply(scene.ben, scene.topic, "Long ago")
        held_clock.forward(days=31)
        for number in range(catching_up.MOST + 2):
            mine = community.topic(scene.ana, scene.retail, f"Mine {number}")
            community.reply(scene.ben, mine, f"Number {number}")
        rows = queries.asked_of(scene.reads("ana"))
        assert len(rows) == catching_up.MOST
        assert all("Long ago" not in row.excerpt for row in rows)


class TestMoved:
    def test_is_where_they_wrote_and_have_not_read_all(self, scene):
        reads_all(scene, "ana", scene.topic)
        assert moved(scene.reads("ana")) == []
        community.reply(scene.ben, scene.topic)
        assert moved(scene.reads("ana")) == ["Pilots that never end"]
        reads_all(scene, "ana", scene.topic)
        assert moved(scene.reads("ana")) == []

    def test_is_where_they_saved_something(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        assert moved(scene.reads("dora")) == []
        actions.save(scene.reads("dora"), answer)
        assert moved(scene.reads("dora")) == ["Pilots that never end"]

    def test_is_not_what_they_cannot_see(self, scene):
        community.reply(scene.ben, scene.topic)
        quiet.block(scene.reads("ana"), scene.ben.public_id)
        assert moved(scene.reads("ben")) == []

    def test_is_nothing_for_a_reply_by_somebody_they_are_apart_from(self, scene):
        reads_all(scene, "ana", scene.topic)
        community.reply(scene.ben, scene.topic)
        quiet.block(scene.reads("ben"), scene.ana.public_id)
        assert moved(scene.reads("ana")) == []

    def test_says_nothing_of_a_space(self, inside):
        spaces.sealed_reply(inside.ben, inside.topic, "Ours too.")
        assert moved(inside.reads("ana")) == []
        assert asked(inside.reads("ana")) == []


class TestMarkingAsRead:
    def test_leaves_what_came_after_the_page_was_made(self, scene, held_clock):
        community.reply(scene.ben, scene.topic, "Before")
        shown_at = clock.now()
        held_clock.forward(minutes=1)
        community.reply(scene.ben, scene.topic, "After")
        actions.caught_up(scene.reads("ana"), [scene.topic], shown_at)
        (row,) = queries.asked_of(scene.reads("ana"))
        assert (row.excerpt, row.more) == ("After", 0)

    def test_passes_over_what_they_may_not_see(self, scene):
        hush = community.circle("hush", Visibility.SECRET)
        community.join(scene.ben, hush)
        secret = community.topic(scene.ben, hush)
        actions.caught_up(scene.reads("ana"), [secret, scene.topic], clock.now())
        assert moved(scene.reads("ana")) == []

    def test_reads_the_notices_of_it(self, scene, held_clock):
        says(scene, "ben", scene.topic, "Before")
        shown_at = clock.now()
        held_clock.forward(minutes=1)
        other = community.topic(scene.ana, scene.retail)
        says(scene, "ben", other, "After")
        assert unread_count(scene.reads("ana")) == 2
        actions.caught_up(scene.reads("ana"), [scene.topic, other], shown_at)
        assert unread_count(scene.reads("ana")) == 1

    def test_takes_the_same_statements_however_much_it_is(self, app, scene):
        topics = [community.topic(scene.ana, scene.retail, f"T{number}") for number in range(12)]
        counts = []
        for some in (topics[:2], topics):
            viewer = scene.reads("ben")
            with counted_statements(app) as said:
                actions.caught_up(viewer, some, clock.now())
            counts.append(len(said))
        assert counts[0] == counts[1] < 8

    def test_leaves_spaces_alone(self, app, inside):
        with counted_statements(app) as said:
            actions.caught_up(inside.reads("ben"), [inside.topic], clock.now())
        assert not [each for each in said if each.startswith(("INSERT", "UPDATE"))]


def test_each_is_one_statement_whatever_is_there(app, scene):
    counts = []
    for _round in range(2):
        viewer = scene.reads("ana")
        with counted_statements(app) as said:
            queries.asked_of(viewer)
            queries.moved_since(viewer)
            queries.left_hanging(viewer)
        counts.append(len(said))
        for number in range(10):
            topic = opens(scene, "ben", "@ana?", f"T{number}")
            community.reply(scene.ana, topic)
    assert counts == [3, 3]
