"""What nobody has answered is shown to those whom it fits, with the reason."""

import pytest

from forum.core.db import transaction
from forum.discussions import actions, queries
from forum.discussions.queries import hanging
from forum.models.accounts import User
from forum.models.companies import Market, SizeBand
from forum.models.discussions import Topic, Wish
from forum.models.notifications import Level
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.quiet import actions as quiet
from tests.support import community


def tells(person: User, *, broken=(), met=(), **words) -> None:
    """What somebody says of themselves."""
    with transaction() as session:
        session.add(Profile(user_id=person.id, trying="", broke_through="", languages="", **words))
        session.flush()
        for is_broken, barriers in ((True, broken), (False, met)):
            for barrier in barriers:
                row = ProfileBarrier(user_id=person.id, barrier=barrier, broken=is_broken)
                session.add(row)


def reasons(viewer) -> list[tuple[str, str]]:
    return [(row.title, row.reason) for row in queries.left_hanging(viewer)]


@pytest.fixture
def waiting(scene, held_clock) -> str:
    """Ana's topic, two days old and without an answer."""
    topic = community.topic(scene.ana, scene.retail, "Alone with this")
    community.remove(scene.topic)
    held_clock.forward(days=2)
    return topic


IN_CIRCLE = [("Alone with this", "You are in this circle")]


class TestWhatIsShown:
    def test_is_not_shown_within_a_day(self, scene, held_clock, waiting):
        community.topic(scene.ana, scene.retail, "Just now")
        held_clock.forward(hours=23)
        assert reasons(scene.reads("ben")) == IN_CIRCLE
        held_clock.forward(hours=2)
        assert reasons(scene.reads("ben"))[1][0] == "Just now"

    def test_is_shown_to_members_of_the_circle(self, scene, waiting):
        assert reasons(scene.reads("ben")) == IN_CIRCLE

    def test_is_never_ones_own(self, scene, waiting):
        assert reasons(scene.reads("ana")) == []

    def test_is_not_what_was_answered_or_closed_or_is_long_past(self, scene, held_clock, waiting):
        closed = community.topic(scene.ana, scene.retail, "Closed")
        community.close(closed)
        answered = community.topic(scene.ana, scene.retail, "Answered")
        community.reply(scene.dora, answered)
        held_clock.forward(days=2)
        assert reasons(scene.reads("ben")) == IN_CIRCLE
        held_clock.forward(days=30)
        assert reasons(scene.reads("ben")) == []

    def test_is_by_nobody_they_muted_or_are_apart_from(self, scene, waiting):
        quiet.mute(scene.reads("ben"), scene.ana.public_id)
        assert reasons(scene.reads("ben")) == []
        quiet.block(scene.reads("ana"), scene.dora.public_id)
        assert reasons(scene.reads("dora")) == IN_CIRCLE  # she moderates there

    def test_whoever_is_apart_is_not_asked(self, scene, waiting):
        quiet.block(scene.reads("ana"), scene.ben.public_id)
        assert reasons(scene.reads("ben")) == []

    def test_has_no_muted_word_in_its_title(self, scene, waiting):
        quiet.mute_word(scene.reads("ben"), "alone")
        assert reasons(scene.reads("ben")) == []

    @pytest.mark.parametrize("place", ["topic", "circle"])
    def test_is_nothing_they_have_muted(self, scene, waiting, place):
        if place == "topic":
            actions.follow_topic(scene.reads("ben"), waiting, Level.MUTED)
        else:
            actions.follow_circle(scene.reads("ben"), "retail", Level.MUTED)
        assert reasons(scene.reads("ben")) == []
        assert reasons(scene.reads("dora")) == IN_CIRCLE

    def test_is_what_waits_longest_of_what_fits_alike(self, scene, held_clock, waiting):
        for number in range(3):
            held_clock.forward(minutes=1)
            community.topic(scene.ana, scene.retail, f"More {number}")
        held_clock.forward(days=2)
        titles = [title for title, _why in reasons(scene.reads("ben"))]
        assert titles == ["Alone with this", "More 0", "More 1"]

    def test_is_three_at_most(self, scene, held_clock, waiting):
        for number in range(5):
            community.topic(scene.ana, scene.retail, f"More {number}")
        held_clock.forward(days=2)
        assert len(reasons(scene.reads("ben"))) == hanging.SHOWN

    def test_only_an_answer_they_can_see_counts(self, scene, held_clock, waiting):
        community.reply(scene.dora, waiting)
        assert reasons(scene.reads("ben")) == []
        quiet.block(scene.reads("ben"), scene.dora.public_id)
        assert reasons(scene.reads("ben")) == IN_CIRCLE


class TestTheReason:
    def test_is_a_wall_they_have_broken_through(self, scene, waiting):
        tells(scene.ana, met=[Barrier.BUDGET], listed=True)
        tells(scene.ben, broken=[Barrier.BUDGET])
        assert reasons(scene.reads("ben")) == [
            ("Alone with this", "You have broken through this: No budget for it")
        ]

    @pytest.mark.parametrize(
        ("of_ana", "of_ben"),
        [
            ({"met": [Barrier.BUDGET]}, {"broken": [Barrier.BUDGET]}),
            ({"broken": [Barrier.BUDGET], "listed": True}, {"broken": [Barrier.BUDGET]}),
            ({"met": [Barrier.BUDGET], "listed": True}, {"met": [Barrier.BUDGET]}),
            ({"met": [Barrier.BUDGET], "listed": True}, {"broken": [Barrier.LEGAL]}),
            ({"met": [Barrier.OTHER], "listed": True}, {"broken": [Barrier.OTHER]}),
        ],
        ids=["she shows nothing", "she broke it too", "he did not", "another one", "any other"],
    )
    def test_is_no_wall(self, scene, waiting, of_ana, of_ben):
        tells(scene.ana, **of_ana)
        tells(scene.ben, **of_ben)
        assert reasons(scene.reads("ben")) == IN_CIRCLE

    def test_is_a_company_like_theirs(self, scene, waiting):
        about = {"company_size": SizeBand.LARGE, "company_market": Market.B2B}
        community._change(Topic, Topic.public_id == waiting, **about)
        tells(scene.ben, **about)
        assert reasons(scene.reads("ben")) == [
            ("Alone with this", "It comes from a company like yours")
        ]

    @pytest.mark.parametrize(
        ("here", "mine", "alike"),
        [
            *((True, True, True), (False, False, True), (None, True, True), (True, None, True)),
            *((True, False, False), (False, True, False)),
        ],
    )
    def test_is_not_one_that_is_regulated_where_theirs_is_not(
        self, scene, waiting, here, mine, alike
    ):
        about = {"company_size": SizeBand.LARGE, "company_market": Market.B2B}
        said = about | {"company_regulated": here}
        community._change(Topic, Topic.public_id == waiting, **said)
        tells(scene.ben, **about, company_regulated=mine)
        like = "It comes from a company like yours"
        assert (reasons(scene.reads("ben"))[0][1] == like) is alike

    def test_needs_no_membership(self, scene, waiting):
        eva = community.person("Eva")
        assert reasons(community.viewer(eva)) == []
        tells(scene.ana, met=[Barrier.BUDGET], listed=True)
        tells(eva, broken=[Barrier.BUDGET])
        assert reasons(community.viewer(eva)) == [
            ("Alone with this", "You have broken through this: No budget for it")
        ]

    def test_the_closest_stands_first(self, scene, held_clock, waiting):
        tells(scene.ana, met=[Barrier.BUDGET], listed=True)
        tells(scene.ben, broken=[Barrier.BUDGET])
        community.topic(scene.dora, scene.retail, "Newer")
        held_clock.forward(days=2)
        assert [title for title, _why in reasons(scene.reads("ben"))] == [
            "Alone with this",
            "Newer",
        ]


def test_who_wants_to_be_heard_is_not_said_to_want_advice(scene, waiting):
    community._change(Topic, Topic.public_id == waiting, wish=Wish.LISTEN)
    assert [row.wish for row in queries.left_hanging(scene.reads("ben"))] == ["listen"]
