"""Edits in circles leave the earlier text; two at once never cost anybody theirs."""

from functools import partial

import pytest

from forum.core.errors import EditedMeanwhile
from forum.discussions import actions, queries
from forum.discussions.about import NO_FACTS, TopicFacts
from forum.discussions.actions import version_of
from forum.discussions.queries import Ask, post_for, thread
from forum.models.discussions import Revision, Wish
from forum.policy.viewer import GUEST
from tests.discussions import rows
from tests.support import community, spaces
from tests.support.together import at_once


def edit(scene, who: str, post: str, *words: str, **more):
    return actions.edit_post(scene.reads(who), post, *words, **more)


def earlier(post: str) -> list[tuple[int, str | None, str]]:
    here = rows.post(post).id
    found = [row for row in rows.all_rows(Revision) if row.post_id == here]
    return [(r.number, r.title, r.source) for r in sorted(found, key=lambda r: r.number)]


class TestEarlierTexts:
    def test_each_edit_leaves_what_stood_there(self, held_clock, scene):
        held_clock.forward(minutes=6)
        edit(scene, "ana", scene.topic, "Second.", "New title")
        later = held_clock.forward(minutes=1)
        edit(scene, "ana", scene.topic, "Third.")
        assert earlier(scene.topic) == [
            (1, "Pilots that never end", "How do yours end?"),
            (2, "New title", "Second."),
        ]
        assert rows.post(scene.topic).edited_at == later

    def test_a_reply_has_no_title(self, held_clock, scene):
        answer = community.reply(scene.ben, scene.topic, "First.")
        held_clock.forward(minutes=6)
        edit(scene, "ben", answer, "Second.")
        assert earlier(answer) == [(1, None, "First.")]

    def test_a_change_that_is_none_leaves_nothing(self, held_clock, scene):
        held_clock.forward(minutes=6)
        edit(scene, "ana", scene.topic, "How do yours end?", "Pilots that never end")
        assert (earlier(scene.topic), rows.post(scene.topic).edited_at) == ([], None)

    def test_nor_does_another_wish(self, held_clock, scene):
        held_clock.forward(minutes=6)
        edit(scene, "ana", scene.topic, "How do yours end?", facts=TopicFacts(wish=Wish.LISTEN))
        assert (earlier(scene.topic), rows.post(scene.topic).edited_at) == ([], None)

    @pytest.mark.parametrize(("minutes", "kept"), [(5, 0), (6, 1)])
    def test_in_its_first_five_minutes_a_post_is_mended_without_a_trace(
        self, held_clock, scene, minutes, kept
    ):
        held_clock.forward(minutes=minutes)
        edit(scene, "ana", scene.topic, "Better.")
        assert rows.post(scene.topic).source == "Better."
        assert len(earlier(scene.topic)) == kept
        assert (rows.post(scene.topic).edited_at is not None) == bool(kept)

    def test_but_not_once_somebody_has_answered_it(self, held_clock, scene):
        community.reply(scene.ben, scene.topic)
        edit(scene, "ana", scene.topic, "Better.")
        assert len(earlier(scene.topic)) == 1

    def test_they_go_when_the_post_is_removed(self, held_clock, scene):
        community.reply(scene.ben, scene.topic)
        edit(scene, "ana", scene.topic, "Better.")
        community.remove(scene.topic)
        assert rows.count(Revision) == 0

    def test_and_with_the_whole_topic(self, held_clock, scene):
        held_clock.forward(minutes=6)
        edit(scene, "ana", scene.topic, "Better.")
        community.remove(scene.topic)
        assert rows.count(Revision) == 0

    def test_in_a_space_there_are_none(self, held_clock, inside):
        held_clock.forward(minutes=6)
        actions.edit_post(inside.reads("ana"), inside.topic, "Better.", "Better")
        assert rows.count(Revision) == 0


class TestWish:
    def test_chosen_when_a_topic_is_opened_it_stands_in_its_head(self, scene):
        posted = actions.post_topic(
            scene.reads("ben"),
            "retail",
            "Why?",
            "Words.",
            "w" * 22,
            facts=TopicFacts(wish=Wish.SIMILAR),
        )
        assert thread(GUEST, posted.public_id, Ask()).topic.wish == "similar"

    def test_an_edit_can_change_it_take_it_away_or_leave_it(self, scene):
        def wish() -> str:
            return thread(GUEST, scene.topic, Ask()).topic.wish

        assert wish() == ""
        edit(scene, "ana", scene.topic, "Words.", facts=TopicFacts(wish=Wish.LISTEN))
        assert wish() == "listen"
        edit(scene, "ana", scene.topic, "More words.", "Title")
        assert wish() == "listen"
        edit(scene, "ana", scene.topic, "Words.", facts=NO_FACTS)
        assert wish() == ""

    def test_a_reply_has_none(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        edit(scene, "ben", answer, "Words.", facts=TopicFacts(wish=Wish.LISTEN))
        assert thread(GUEST, scene.topic, Ask()).topic.wish == ""


class TestMeanwhile:
    def test_a_post_that_changed_since_it_was_shown_is_not_overwritten(self, scene):
        shown = version_of(post_for(scene.reads("ana"), scene.topic))
        edit(scene, "ana", scene.topic, "From one window.", shown=shown)
        with pytest.raises(EditedMeanwhile):
            edit(scene, "ana", scene.topic, "From the other.", shown=shown)
        assert rows.post(scene.topic).source == "From one window."

    @pytest.mark.parametrize(
        "change", [{"title": "Another"}, {"facts": TopicFacts(wish=Wish.LISTEN)}]
    )
    def test_what_is_said_of_the_topic_counts_too(self, scene, change):
        shown = version_of(post_for(scene.reads("ana"), scene.topic))
        edit(scene, "ana", scene.topic, "How do yours end?", **change)
        with pytest.raises(EditedMeanwhile):
            edit(scene, "ana", scene.topic, "From the other.", shown=shown)

    def test_to_a_reply_a_new_title_of_its_topic_is_nothing(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        shown = version_of(post_for(scene.reads("ben"), answer))
        edit(scene, "ana", scene.topic, "Words.", "Another")
        edit(scene, "ben", answer, "Better.", shown=shown)
        assert rows.post(answer).source == "Better."

    def test_everybody_reads_the_same_version_and_of_two_posts_another(self, scene):
        twins = [community.reply(scene.ben, scene.topic, "Same.") for _ in range(2)]
        first, second = (version_of(post_for(scene.reads("ben"), twin)) for twin in twins)
        assert first != second
        assert first == version_of(post_for(scene.reads("ana"), twins[0]))

    def test_at_one_moment_one_stands_and_the_other_is_told(self, app, scene):
        for turn in range(4):
            ana = scene.reads("ana")
            shown = version_of(post_for(ana, scene.topic))
            texts = [f"{turn} from window {number}" for number in range(3)]
            done = at_once(
                app,
                *[
                    partial(actions.edit_post, ana, scene.topic, text, shown=shown)
                    for text in texts
                ],
            )
            refused = [isinstance(each, EditedMeanwhile) for each in done]
            assert sorted(refused) == [False, True, True], done
            assert rows.post(scene.topic).source == texts[refused.index(False)]

    def test_all_that_is_saved_over_another_stays_in_its_history(self, app, scene):
        community.reply(scene.ben, scene.topic)
        ana = scene.reads("ana")
        texts = [f"Text {number}." for number in range(4)]
        done = at_once(app, *[partial(actions.edit_post, ana, scene.topic, text) for text in texts])
        assert not any(isinstance(each, BaseException) for each in done), done
        kept = [source for _number, _title, source in earlier(scene.topic)]
        assert sorted([*kept, rows.post(scene.topic).source]) == ["How do yours end?", *texts]


class TestMeanwhileInASpace:
    def test_nothing_is_overwritten_unseen(self, inside):
        ana = inside.reads("ana")
        shown = version_of(post_for(ana, inside.topic))
        actions.edit_post(ana, inside.topic, "From one window.", "One", shown=shown)
        with pytest.raises(EditedMeanwhile):
            actions.edit_post(ana, inside.topic, "From the other.", "Other", shown=shown)
        assert post_for(ana, inside.topic).source == "From one window."
        assert post_for(ana, inside.topic).topic.title == "One"

    def test_at_one_moment_neither(self, app, inside):
        ana = inside.reads("ana")
        for turn in range(4):
            shown = version_of(post_for(ana, inside.topic))
            texts = [f"{turn} from window {number}" for number in range(3)]
            done = at_once(
                app,
                *[
                    partial(actions.edit_post, ana, inside.topic, text, text, shown=shown)
                    for text in texts
                ],
            )
            refused = [isinstance(each, EditedMeanwhile) for each in done]
            assert sorted(refused) == [False, True, True], done
            stands = post_for(ana, inside.topic)
            assert stands.source == stands.topic.title == texts[refused.index(False)]

    def test_a_version_says_nothing_without_the_topics_key(self, inside):
        """The same words under another key are another version."""
        twin = spaces.sealed_topic(inside.ana, inside.here, "Pilots that never end", "Ours failed.")
        ana = inside.reads("ana")
        assert version_of(post_for(ana, twin)) != version_of(post_for(ana, inside.topic))


def test_history_tells_of_all_edits(held_clock, scene):
    held_clock.forward(minutes=6)
    edit(scene, "ana", scene.topic, "How did yours end?", "Pilots that ended")
    held_clock.forward(minutes=1)
    edit(scene, "ana", scene.topic, "How did they end?")
    found = queries.history(GUEST, scene.topic)
    assert [each.number for each in found.edits] == [2, 1]
