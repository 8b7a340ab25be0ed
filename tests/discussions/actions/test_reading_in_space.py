"""What somebody was shown and unfolded in a private space: by a seat, sealed, told to nobody."""

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.core.errors import NotAllowed, NotThere
from forum.discussions import actions, queries
from forum.models.accounts import User
from forum.models.discussions import ReadMark
from forum.policy import unsealing
from forum.policy.viewer import GUEST
from tests.discussions.rows import all_rows
from tests.support import spaces
from tests.support.together import at_once


class TestReading:
    def test_what_was_shown_is_sealed(self, inside):
        topic, voice = spaces.topic_row_id(inside.topic), spaces.voice(inside.ben, inside.topic)
        actions.record_shown(inside.reads("ben"), topic, [0], voice)
        actions.record_shown(inside.reads("ben"), topic, [2, 3], voice)
        (row,) = [row for row in all_rows(ReadMark) if row.seat == voice.seat("read_mark")]
        assert row.read == ""
        words = unsealing.unpacked(voice.key.open(unsealing.READ, row.id, row.sealed))
        assert words == {"read": "0,2-3"}


class TestUnfolding:
    """A topic with content notes, of Ana's, which Ben wants to read."""

    @pytest.fixture
    def ben(self, inside):
        return inside.reads("ben")

    def mark(self, inside, topic):
        voice = spaces.voice(inside.ben, topic)
        found = [row for row in all_rows(ReadMark) if row.seat == voice.seat("read_mark")]
        words = [unsealing.unpacked(voice.key.open(unsealing.READ, r.id, r.sealed)) for r in found]
        return words[0] if words else None

    def test_is_kept_with_what_was_read(self, inside, ben, noted):
        topic, voice = spaces.topic_row_id(noted.topic), spaces.voice(inside.ben, noted.topic)
        actions.record_shown(ben, topic, [0], voice)
        actions.set_unfolded(ben, noted.topic, unfolded=True)
        actions.record_shown(ben, topic, [1], voice)
        assert self.mark(inside, noted.topic) == {"read": "0-2", "unfolded": True}

    def test_also_before_the_topic_was_ever_opened(self, inside, noted):
        actions.set_unfolded(inside.reads("dora"), noted.topic, unfolded=True)
        page = queries.thread(inside.reads("dora"), noted.topic, queries.Ask())
        assert not page.topic.folded

    def test_taken_back_it_leaves_no_word(self, inside, ben, noted):
        actions.set_unfolded(ben, noted.topic, unfolded=True)
        actions.set_unfolded(ben, noted.topic, unfolded=False)
        assert "unfolded" not in self.mark(inside, noted.topic)

    def test_names_nobody_and_says_nothing(self, inside, ben, noted):
        """The rows are as many, as long and as nameless as before."""
        lengths = lambda: sorted(len(row.sealed) for row in all_rows(ReadMark))  # noqa: E731
        before = lengths()
        actions.set_unfolded(ben, noted.topic, unfolded=True)
        assert lengths() == before
        assert all(row.user_id is None for row in all_rows(ReadMark))
        assert set(db.session.execute(select(User.unfolded_notes)).scalars()) == {None}

    def test_at_one_moment_with_reading_loses_neither(self, app, inside, noted):
        dora = inside.reads("dora")
        topic, voice = spaces.topic_row_id(noted.topic), spaces.voice(inside.dora, noted.topic)
        at_once(
            app,
            lambda: actions.set_unfolded(dora, noted.topic, unfolded=True),
            lambda: actions.record_shown(dora, topic, [0, 1, 2], voice),
        )
        page = queries.thread(dora, noted.topic, queries.Ask())
        assert not page.topic.folded
        assert not page.newly_shown

    def test_a_colleague_has_nothing_to_unfold(self, inside, noted):
        for who in (inside.reads("cleo"), GUEST):
            with pytest.raises(NotThere):
                actions.set_unfolded(who, noted.topic, unfolded=True)

    def test_nor_is_there_anything_in_a_circle(self, scene):
        with pytest.raises(NotAllowed):
            actions.set_unfolded(scene.reads("ben"), scene.topic, unfolded=True)
