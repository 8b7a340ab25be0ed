from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.errors import NotThere
from forum.core.markup import RENDER_VERSION, Format
from forum.discussions.actions import Text, write_reply, write_topic
from forum.discussions.actions.writing import Parent, parent_at
from tests.discussions import rows
from tests.support import community

WORDS = Text("Words.", "<p>Words.</p>")


class TestTopics:
    def test_a_topic_written_in_the_past_stands_there(self, held_clock, scene):
        long_ago = clock.now() - timedelta(days=400)
        made = write_topic(scene.ana.id, scene.retail.id, "Old", WORDS, at=long_ago)
        topic = rows.topic(made.public_id)
        assert (topic.created_at, topic.last_post_at) == (long_ago, long_ago)
        assert topic.id < rows.topic(scene.topic).id

    def test_the_text_is_kept_with_the_version_that_rendered_it(self, scene):
        made = write_topic(scene.ana.id, scene.retail.id, "T", Text("a", "<p>a</p>", Format.PLAIN))
        post = rows.post(made.public_id)
        assert (post.source, post.html, post.format) == ("a", "<p>a</p>", Format.PLAIN)
        assert post.render_version == RENDER_VERSION


class TestReplies:
    def test_a_reply_from_the_past_does_not_move_its_topic_up(self, held_clock, scene):
        newest = rows.topic(scene.topic).last_post_at
        parent = self.opening(scene)
        write_reply(scene.ben.id, parent, WORDS, at=newest - timedelta(days=1))
        topic = rows.topic(scene.topic)
        assert (topic.last_post_at, topic.last_author_id) == (newest, scene.ana.id)
        assert topic.reply_count == 1

    def test_replies_are_numbered_as_they_come(self, scene):
        parent = self.opening(scene)
        assert [write_reply(scene.ben.id, parent, WORDS).seq for _ in range(3)] == [1, 2, 3]

    def test_a_number_is_never_given_twice_even_after_a_removal(self, scene):
        parent = self.opening(scene)
        community.remove(write_reply(scene.ben.id, parent, WORDS).public_id)
        assert write_reply(scene.ben.id, parent, WORDS).seq == 2

    def test_what_was_written_can_be_answered_in_turn(self, scene):
        first = write_reply(scene.ben.id, self.opening(scene), WORDS)
        second = write_reply(scene.ana.id, first.parent, WORDS)
        assert second.parent.path == first.parent.path + "0002"

    def test_in_a_topic_that_is_gone_there_is_no_place(self, scene):
        parent = self.opening(scene)
        community.remove(scene.topic)
        with pytest.raises(NotThere):
            write_reply(scene.ben.id, parent, WORDS)

    @staticmethod
    def opening(scene) -> Parent:
        return parent_at(rows.topic(scene.topic).id, "")


def test_a_place_nobody_wrote_at_has_no_parent(scene):
    assert parent_at(rows.topic(scene.topic).id, "0009") is None
