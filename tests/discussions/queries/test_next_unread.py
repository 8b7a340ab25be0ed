import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.core.db import db
from forum.core.errors import NotThere
from forum.discussions import actions
from forum.discussions.queries import Ask, next_unread, thread
from forum.policy.viewer import GUEST
from tests.discussions import trees
from tests.support import community

few = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
FATES = st.lists(st.sampled_from(["stay", "stay", "read", "hide", "remove"]), min_size=30)


def shown(viewer, topic: str) -> None:
    page = thread(viewer, topic, Ask())
    actions.record_shown(viewer, page.topic_id, page.newly_shown)


@few
@given(answers=trees.shapes(20), fates=FATES, start=st.integers(0, 1_000))
def test_it_goes_through_everything_unread_exactly_once(scene, answers, fates, start):
    tree = trees.planted([scene.ana], scene.retail, answers)
    viewer, dora = scene.reads("ben"), scene.reads("dora")
    topic_id = thread(viewer, tree.topic, Ask()).topic_id
    expected = set()
    for number, fate in enumerate(fates[: len(tree.posts)]):
        if fate == "read":
            actions.record_shown(viewer, topic_id, [number])
        elif fate == "hide" and number:
            actions.hide(dora, tree.posts[number], "Too loud.")
        elif fate == "remove" and number and tree.posts[number]:
            community.remove(tree.posts[number])
        else:
            expected.add(tree.posts[number])
    met: list[str] = []
    at: str | None = tree.posts[start % len(tree.posts)]
    while (at := next_unread(viewer, tree.topic, at)) is not None:
        met.append(at)
        actions.record_shown(viewer, topic_id, [tree.posts.index(at)])
        assert len(met) <= len(expected)
    assert sorted(met) == sorted(expected)


def test_it_goes_in_the_order_of_the_conversation(scene):
    tree = trees.planted([scene.ana], scene.retail, [0, 0, 1])
    viewer = scene.reads("ben")
    assert next_unread(viewer, tree.topic, None) == tree.topic
    assert next_unread(viewer, tree.topic, tree.posts[1]) == tree.posts[3]
    assert next_unread(viewer, tree.topic, tree.posts[3]) == tree.posts[2]


def test_past_the_end_it_goes_on_from_the_top(scene):
    tree = trees.planted([scene.ana], scene.retail, [0, 0])
    assert next_unread(scene.reads("ben"), tree.topic, tree.posts[2]) == tree.topic


def test_when_everything_was_shown_there_is_no_next(scene):
    shown(scene.reads("ben"), scene.topic)
    assert next_unread(scene.reads("ben"), scene.topic, None) is None


def test_with_hundreds_of_gaps_it_still_finds_the_next_one(scene):
    topic = trees.long_topic(scene.ana, scene.retail, 900)
    viewer = scene.reads("ben")
    topic_id = thread(viewer, topic, Ask()).topic_id
    actions.record_shown(viewer, topic_id, range(0, 901, 2))
    found = next_unread(viewer, topic, None)
    for _ in range(3):
        page = thread(viewer, topic, Ask(start=found))
        assert page.posts[0].is_new
        actions.record_shown(viewer, topic_id, page.newly_shown)
        found = next_unread(viewer, topic, found)
        assert found


def test_a_hidden_post_is_not_next_for_anybody(scene):
    answer = community.reply(scene.ana, scene.topic)
    shown(scene.reads("ben"), scene.topic)
    hidden = community.reply(scene.ana, answer)
    actions.hide(scene.reads("dora"), hidden, "Too loud.")
    assert next_unread(scene.reads("ben"), scene.topic, None) is None


def test_a_cursor_of_another_topic_counts_as_none(scene):
    other = community.topic(scene.ben, scene.retail)
    assert next_unread(scene.reads("ben"), scene.topic, other) == scene.topic


def test_in_a_topic_one_may_not_see_there_is_nothing(scene):
    actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
    for who in (scene.reads("ben"), GUEST):
        with pytest.raises(NotThere):
            next_unread(who, scene.topic, None)
    db.session.rollback()
