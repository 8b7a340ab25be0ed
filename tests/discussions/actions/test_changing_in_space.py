"""Changing, removing and sending twice what stands in a private space: no second version (R9)."""

from datetime import UTC, time

import pytest

from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.actions import Head
from forum.models.discussions import Post, Topic
from forum.policy import unsealing
from forum.policy.allowed import NotYours
from forum.spaces.notes import NoSuchNote
from tests.discussions import rows
from tests.discussions.rows import all_rows
from tests.support import spaces
from tests.support.together import at_once


class TestEditing:
    def test_an_edit_overwrites(self, inside):
        before = rows.post(inside.topic)
        actions.edit_post(inside.reads("ana"), inside.topic, "It was *them*.", "Pilots")
        seen = queries.post_for(inside.reads("ben"), inside.topic)
        assert (seen.source, seen.topic.title) == ("It was *them*.", "Pilots")
        assert "<em>them</em>" in seen.card.html
        assert len(all_rows(Post)) == 1
        assert rows.post(inside.topic).sealed != before.sealed

    def test_no_edit_says_that_or_when_it_was(self, inside):
        actions.edit_post(inside.reads("ana"), inside.topic, "Better.", "Better")
        assert rows.post(inside.topic).edited_at is None
        assert not queries.post_for(inside.reads("ben"), inside.topic).card.edited

    def test_what_the_author_wished_for_outlives_an_edit(self, inside):
        asked = spaces.sealed_topic(inside.ana, inside.here, wish="listen", notes=("illness",))
        actions.edit_post(inside.reads("ana"), asked, "Better.", "Better")
        page = queries.topics_of_space(inside.reads("ana"), spaces.seen(inside.ana, inside.here))
        (row,) = [row for row in page.rows if row.url == f"/t/{asked}"]
        assert (row.title, row.wish, row.notes) == ("Better", "listen", "Illness or burn-out")

    def test_notes_are_put_in_the_place_of_those_that_stood_there(self, inside):
        asked = spaces.sealed_topic(inside.ana, inside.here, wish="listen", notes=("illness",))
        for said in (["death", "bullying"], []):
            actions.edit_post(inside.reads("ana"), asked, "Better.", "Better", said)
            head = queries.post_for(inside.reads("ben"), asked).head
            assert set(head["notes"]) == set(said)
            assert (head["title"], head["wish"]) == ("Better", "listen")

    def test_a_note_that_there_is_not_changes_nothing(self, inside):
        before = rows.topic(inside.topic).sealed
        with pytest.raises(NoSuchNote):
            actions.edit_post(inside.reads("ana"), inside.topic, "Better.", "Better", ["burnout"])
        assert rows.topic(inside.topic).sealed == before
        assert queries.post_for(inside.reads("ana"), inside.topic).source == "Ours failed."

    def test_an_answer_says_nothing_of_its_topic(self, inside):
        answer, before = spaces.sealed_reply(inside.ben, inside.topic), rows.topic(inside.topic)
        actions.edit_post(inside.reads("ben"), answer, "Better.", "Mine now", ["illness"])
        assert rows.topic(inside.topic).sealed == before.sealed

    def test_nobody_edits_what_another_wrote(self, inside):
        for name in ("ben", "dora"):
            with pytest.raises(NotYours):
                actions.edit_post(inside.reads(name), inside.topic, "Mine.", "Mine")
        with pytest.raises(NotThere):
            actions.edit_post(inside.reads("cleo"), inside.topic, "Mine.", "Mine")


class TestRemoving:
    def test_removal_erases_the_text(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        actions.remove_post(inside.reads("ben"), answer)
        row = rows.post(answer)
        assert row.sealed == b""
        assert row.removed_at.astimezone(UTC).time() == time()
        for name in ("ana", "ben", "dora"):
            with pytest.raises(NotThere):
                queries.post_for(inside.reads(name), answer)

    def test_of_an_opening_post_the_title_goes_too(self, inside):
        voice = spaces.voice(inside.ana, inside.topic)
        actions.remove_post(inside.reads("ana"), inside.topic)
        row = rows.topic(inside.topic)
        words = unsealing.unpacked(voice.key.open(unsealing.TITLE, row.id, row.sealed))
        assert words == {"title": "", "wish": "", "notes": []}

    def test_what_others_answered_stays(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        below = spaces.sealed_reply(inside.dora, answer)
        actions.remove_post(inside.reads("ben"), answer)
        page = queries.thread(inside.reads("ana"), inside.topic, queries.Ask())
        assert [post.public_id for post in page.posts] == [inside.topic, below]

    def test_nobody_removes_what_another_wrote(self, inside):
        with pytest.raises(NotYours):
            actions.remove_post(inside.reads("dora"), inside.topic)


class TestSendingTwice:
    def test_a_topic_sent_twice_is_one(self, inside):
        sent = (inside.reads("ben"), inside.here.public_id, Head("Twice"), "Words.", "n" * 22)
        assert actions.post_topic_in_space(*sent) == actions.post_topic_in_space(*sent)
        assert len(all_rows(Topic)) == 2

    def test_a_reply_sent_twice_is_one(self, inside):
        sent = (inside.reads("ben"), inside.topic, "Words.", "n" * 22)
        assert actions.post_reply(*sent) == actions.post_reply(*sent)
        assert len(all_rows(Post)) == 2

    def test_sent_at_one_moment_too(self, app, inside):
        ben = inside.reads("ben")
        send = lambda: actions.post_reply(ben, inside.topic, "Words.", "n" * 22)  # noqa: E731
        answers = at_once(app, *[send] * 4)
        assert len({getattr(answer, "public_id", answer) for answer in answers}) == 1, answers
        assert len(all_rows(Post)) == 2

    def test_two_members_who_answer_at_one_moment_are_both_heard(self, app, inside):
        people = [inside.reads(name) for name in ("ana", "ben", "dora")]
        answers = at_once(
            app,
            *(
                lambda who=who, n=n: actions.post_reply(who, inside.topic, "Words.", f"{n}" * 22)
                for n, who in enumerate(people)
            ),
        )
        assert not [each for each in answers if isinstance(each, BaseException)], answers
        assert len(all_rows(Post)) == 4
