import pytest
from sqlalchemy import select

from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.queries import Ask
from forum.models.circles import Visibility
from forum.models.notifications import Level, Watch, Why
from forum.policy.allowed import SignInFirst
from forum.policy.viewer import GUEST
from tests.notifications.conftest import rows
from tests.support import community


def why(scene, name: str) -> list[Why]:
    return [
        row.why for row in rows(select(Watch.why).where(Watch.user_id == getattr(scene, name).id))
    ]


class TestByItself:
    def test_whoever_opens_a_topic_watches_it(self, scene):
        topic = scene.opens("ana")
        assert scene.level("ana", topic) is Level.WATCHING
        assert why(scene, "ana") == [Why.OPENED]

    def test_whoever_answers_tracks_it(self, scene):
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        scene.answers("ben", topic)
        assert scene.level("ben", topic) is Level.TRACKING
        assert why(scene, "ben") == [Why.ANSWERED]

    @pytest.mark.parametrize("level", Level)
    def test_unless_they_chose_before(self, scene, level):
        topic = scene.opens("ana")
        scene.follows("ben", topic, level)
        scene.answers("ben", topic)
        assert scene.level("ben", topic) is level

    def test_whoever_watches_its_circle_goes_on_hearing_of_all_of_it(self, scene):
        scene.follows_circle("ben", Level.WATCHING)
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        before = len(scene.told("ben"))
        scene.answers("cem", topic)
        assert scene.level("ben", topic) is None
        assert len(scene.told("ben")) == before + 1

    @pytest.mark.parametrize("level", sorted(set(Level) - {Level.WATCHING}))
    def test_whoever_follows_its_circle_less_tracks_what_they_answer(self, scene, level):
        scene.follows_circle("ben", level)
        topic = scene.opens("ana")
        scene.answers("ben", topic)
        assert scene.level("ben", topic) is Level.TRACKING

    def test_the_starter_keeps_watching_when_they_answer(self, scene):
        topic = scene.opens("ana")
        scene.answers("ana", topic)
        assert scene.level("ana", topic) is Level.WATCHING

    def test_reading_follows_nothing(self, scene):
        topic = scene.opens("ana")
        queries.thread(scene.reads("ben"), topic, Ask())
        assert scene.level("ben", topic) is None


class TestByChoice:
    def test_a_level_is_kept_and_the_one_before_comes_back(self, scene):
        topic = scene.opens("ana")
        assert scene.follows("ben", topic, Level.WATCHING) is None
        assert scene.follows("ben", topic, Level.MUTED) is Level.WATCHING
        assert scene.level("ben", topic) is Level.MUTED

    def test_none_ends_it(self, scene):
        topic = scene.opens("ana")
        assert scene.follows("ana", topic, None) is Level.WATCHING
        assert scene.level("ana", topic) is None

    def test_in_a_circle_one_reads_but_is_not_in(self, scene):
        community.circle("energy")
        scene.follows_circle("ben", Level.WATCHING, "energy")
        assert len(rows(select(Watch.id))) == 1

    def test_a_guest_follows_nothing(self, scene):
        topic = scene.opens("ana")
        for act, name in ((actions.follow_topic, topic), (actions.follow_circle, "retail")):
            with pytest.raises(SignInFirst):
                act(GUEST, name, Level.WATCHING)

    def test_a_place_one_may_not_read_cannot_be_followed(self, scene):
        quiet = community.circle("quiet", Visibility.APPROVAL)
        community.join(scene.ana, quiet)
        topic = scene.opens("ana", slug="quiet")
        for act, name in ((actions.follow_topic, topic), (actions.follow_circle, "quiet")):
            with pytest.raises(NotThere):
                act(scene.reads("ben"), name, Level.WATCHING)
            act(scene.reads("ana"), name, Level.WATCHING)

    def test_muting_reads_what_one_was_told_of_it(self, scene):
        topic, other = scene.opens("ana"), scene.opens("ana")
        for each in (topic, other):
            scene.answers("ben", each)
        scene.follows("ana", topic, Level.MUTED)
        assert scene.unread("ana") == 1

    def test_muting_a_circle_reads_what_has_no_level_of_its_own(self, scene):
        community.join(scene.ana, community.circle("energy"))
        community.join(scene.ben, community.find("energy"))
        topics = [scene.opens("ana"), scene.opens("ana"), scene.opens("ana", slug="energy")]
        scene.follows("ana", topics[1], None)
        for each in topics:
            scene.answers("ben", each)
        scene.follows_circle("ana", Level.TRACKING)
        assert scene.unread("ana") == 3
        scene.follows_circle("ana", Level.MUTED)
        assert scene.unread("ana") == 2


class TestOnThePage:
    """What the topic page says of it."""

    def follow(self, scene, name, topic):
        return queries.thread(scene.reads(name), topic, Ask()).follow

    def test_the_usual_level(self, scene):
        found = self.follow(scene, "ben", scene.opens("ana"))
        assert (found.level, found.why) == (Level.NORMAL, "")

    def test_the_level_and_why(self, scene):
        found = self.follow(scene, "ana", scene.opens("ana"))
        assert (found.level, found.why) == (Level.WATCHING, Why.OPENED)

    def test_the_circles_level_where_the_topic_has_none(self, scene):
        topic = scene.opens("ana")
        scene.follows_circle("ben", Level.MUTED)
        found = self.follow(scene, "ben", topic)
        assert (found.level, found.why) == (Level.MUTED, "circle")

    def test_guests_follow_nothing(self, scene):
        assert queries.thread(GUEST, scene.opens("ana"), Ask()).follow is None
