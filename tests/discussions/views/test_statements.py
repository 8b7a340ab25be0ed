"""What pages say to the database does not grow with what is there."""

import pytest

from forum.discussions import actions
from tests.discussions import trees
from tests.support import community
from tests.support.statements import counted_statements

FEW, MANY = 10, 1_000
MOST = 8


def count(client, url: str) -> int:
    client.get("/privacy")  # the day's first visit notes the day
    with counted_statements(client.application) as said:
        assert client.get(url).status_code == 200
    return len(said)


@pytest.fixture
def ben(client, scene):
    community.sign_in(client, scene.ben)
    return client


@pytest.mark.parametrize("reader", ["guest", "member"])
@pytest.mark.parametrize("query", ["", "?view=time", "?at=last", "?view=time&at=last"])
def test_a_topic_page(client, scene, reader, query):
    if reader == "member":
        community.sign_in(client, scene.ben)
    counts = []
    for replies in (FEW, 100, MANY):
        topic = trees.long_topic(scene.ana, scene.retail, replies)
        first, again = (count(client, f"/t/{topic}{query}") for _ in range(2))
        counts.append((first, again))
    assert counts[0] <= counts[1] == counts[2]
    assert max(counts[2]) <= MOST


def test_a_topic_page_on_the_first_visit_of_a_day(ben, held_clock, scene):
    """The worst case: the day is noted, and all posts are new."""
    held_clock.forward(days=1)
    topic = trees.long_topic(scene.ana, scene.retail, MANY)
    with counted_statements(ben.application) as said:
        assert ben.get(f"/t/{topic}").status_code == 200
    assert len(said) <= MOST


def test_a_page_in_the_middle_and_a_permalink(ben, scene):
    counts = []
    for replies in (60, MANY):
        topic = trees.long_topic(scene.ana, scene.retail, replies)
        post = trees.replies_of(topic)[30]
        counts.append([count(ben, f"/t/{topic}?from={post}"), count(ben, f"/p/{post}")])
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST


def test_a_topic_400_levels_deep(ben, scene):
    topic, posts = trees.deep_topic(scene.ana, scene.retail, 399)
    assert max(count(ben, url) for url in (f"/t/{topic}", f"/p/{posts[-1]}")) <= MOST


@pytest.mark.parametrize("reader", ["guest", "member"])
@pytest.mark.parametrize("tab", ["active", "unanswered", "new"])
def test_a_circles_lists(client, scene, reader, tab):
    if reader == "member":
        community.sign_in(client, scene.ben)
    counts = []
    for more in (FEW, MANY):
        trees.many_topics(scene.ana, scene.retail, more)
        counts.append(count(client, f"/c/retail?tab={tab}"))
    assert counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("reader", ["guest", "member"])
def test_the_front_page(client, scene, reader):
    if reader == "member":
        community.sign_in(client, scene.ben)
    counts = []
    for more in (FEW, MANY):
        trees.many_topics(scene.ana, scene.retail, more)
        counts.append(count(client, "/"))
    assert counts[0] == counts[1] <= MOST


def test_the_directory_of_circles(ben, scene):
    counts = []
    for part in range(2):
        for number in range(10):
            community.circle(f"c-{part}-{number}")
        counts.append(count(ben, "/circles"))
    assert counts[0] == counts[1] <= MOST


def test_drafts_and_reports(client, scene):
    community.sign_in(client, scene.dora)
    counts = []
    for _ in range(2):
        for _ in range(8):
            answer = community.reply(scene.ana, scene.topic)
            community.report(scene.ben, answer)
            actions.save_draft(scene.reads("dora"), f"reply:{answer}", "", "Half", "")
        counts.append((count(client, "/drafts"), count(client, "/c/retail/reports")))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= MOST


def test_a_reply_costs_the_same_in_a_long_topic(ben, scene):
    counts = []
    for replies in (FEW, MANY):
        topic = trees.long_topic(scene.ana, scene.retail, replies)
        sent = {"body": "Ours.", "nonce": f"{replies:022}", "csrf_token": community.csrf(ben)}
        with counted_statements(ben.application) as said:
            assert ben.post(f"/p/{topic}/reply", data=sent).status_code == 302
        counts.append(len(said))
    assert counts[0] == counts[1]
