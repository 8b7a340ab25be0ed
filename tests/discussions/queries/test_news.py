"""What came to a topic while somebody had it before them."""

import pytest

from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.queries.thread import PAGE, TIME, Ask
from forum.models.circles import Visibility
from forum.policy.viewer import GUEST
from tests.discussions import trees
from tests.support import community, spaces
from tests.support.statements import counted_statements


@pytest.fixture
def mark(scene) -> str:
    """How far the page went that Ben has open."""
    page = queries.thread(scene.reads("ben"), scene.topic, Ask())
    return queries.mark(page.newest_at)


def told(viewer, scene, mark: str | None, view: str = "conversation"):
    return queries.news(viewer, scene.topic, mark, view)


def answer_often(scene, times: int) -> None:
    for number in range(times):
        community.reply(scene.ana, scene.topic, f"Answer {number}.")


def test_nothing_came(scene, mark):
    assert told(scene.reads("ben"), scene, mark) is None


def test_without_a_mark_nothing_is_new(scene):
    community.reply(scene.ana, scene.topic, "Somebody else's.")
    assert told(scene.reads("ben"), scene, None) is None


@pytest.mark.parametrize("who", ["ben", "dora", "guest"])
def test_replies_of_others_are_counted_and_the_first_is_linked(scene, mark, who):
    first = community.reply(scene.ana, scene.topic, "One.")
    community.reply(scene.ana, first, "Two.")
    viewer = GUEST if who == "guest" else scene.reads(who)
    news = told(viewer, scene, mark)
    assert (news.count, news.url) == (2, f"/t/{scene.topic}#p-{first}")


def test_ones_own_are_not(scene, mark):
    community.reply(scene.ben, scene.topic, "Mine, from another window.")
    assert told(scene.reads("ben"), scene, mark) is None
    assert told(scene.reads("ana"), scene, mark).count == 1


@pytest.mark.parametrize("who", ["ben", "dora"])
def test_hidden_ones_are_not_even_for_moderators(scene, mark, who):
    loud = community.reply(scene.ana, scene.topic, "Loud.")
    actions.hide(scene.reads("dora"), loud, "Too loud.")
    assert told(scene.reads(who), scene, mark) is None
    calm = community.reply(scene.ana, scene.topic, "Calm.")
    news = told(scene.reads(who), scene, mark)
    assert (news.count, news.url[-12:]) == (1, calm)


def test_removed_ones_are_not(scene, mark):
    gone = community.reply(scene.ana, scene.topic, "A slip.")
    actions.remove_post(scene.reads("ana"), gone)
    assert told(scene.reads("ben"), scene, mark) is None


def test_a_page_made_after_a_reply_does_not_hear_of_it_again(scene, mark):
    community.reply(scene.ana, scene.topic, "One.")
    assert told(scene.reads("ben"), scene, mark).count == 1
    page = queries.thread(scene.reads("ben"), scene.topic, Ask())
    assert told(scene.reads("ben"), scene, queries.mark(page.newest_at)) is None


def test_where_it_does_not_fit_the_page_the_link_begins_with_it(scene):
    topic = trees.long_topic(scene.ana, scene.retail, PAGE)
    community.reply(scene.ana, topic, "The newest, and long ago.")
    page = queries.thread(scene.reads("ben"), topic, Ask(view=TIME))
    news = community.reply(scene.ana, topic, "On the second page.")
    found = queries.news(scene.reads("ben"), topic, queries.mark(page.newest_at), TIME)
    assert found.url == f"/t/{topic}?view=time&from={news}#p-{news}"


def test_no_more_are_counted_than_anybody_would_read(scene, mark):
    answer_often(scene, 120)
    assert told(scene.reads("ben"), scene, mark).count == 100


def test_a_topic_one_may_not_see_is_as_one_that_is_not_there(scene):
    secret = community.circle("secret", visibility=Visibility.SECRET)
    community.join(scene.ana, secret)
    hers = community.topic(scene.ana, secret)
    for viewer in (GUEST, scene.reads("ben")):
        for topic in (hers, "abcdefghjkmn"):
            with pytest.raises(NotThere):
                queries.news(viewer, topic, "0")


def test_there_is_none_in_a_private_space(inside):
    spaces.sealed_reply(inside.ben, inside.topic, "Mine failed too.")
    page = queries.thread(inside.reads("dora"), inside.topic, Ask())
    assert page.newest_at is None
    with pytest.raises(NotThere):
        queries.news(inside.reads("dora"), inside.topic, "0")


@pytest.mark.parametrize("mark", ["", "-1", "1e9", "now", "²", "9" * 17, "1 2"])
def test_what_is_no_mark_is_not_there(scene, mark):
    with pytest.raises(NotThere):
        told(scene.reads("ben"), scene, mark)


def test_the_longest_mark_is_one(scene):
    assert told(scene.reads("ben"), scene, "9" * 16) is None


@pytest.mark.parametrize("answers", [5, 50])
def test_asking_costs_one_statement_while_nothing_came_and_two_when_it_did(app, scene, answers):
    answer_often(scene, answers)
    ben = scene.reads("ben")
    page = queries.thread(ben, scene.topic, Ask())
    with counted_statements(app) as said:
        assert told(ben, scene, queries.mark(page.newest_at)) is None
    assert len(said) == 1
    with counted_statements(app) as said:
        assert told(ben, scene, "0") is not None
    assert len(said) == 2
