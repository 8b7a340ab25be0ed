"""One damaged row of a space hides itself and nothing else."""

import pytest
from sqlalchemy import update

from forum.core.db import transaction
from forum.discussions import actions, queries
from forum.models.discussions import Post, Topic
from forum.models.spaces import TopicKey
from forum.spaces.guardians import name_guardian
from forum.spaces.reports import take, take_as_guardian
from tests.support import community, spaces

BAD = b"damaged" * 9


def spoil(table, where, column: str) -> None:
    with transaction() as session:
        assert session.execute(update(table).where(where).values({column: BAD})).rowcount


def key(topic: str) -> None:
    spoil(TopicKey, TopicKey.topic_id == spaces.topic_row_id(topic), "wrapped")


def wall(topic: str) -> None:
    spoil(Post, Post.public_id == topic, "wall")


def title(topic: str) -> None:
    spoil(Topic, Topic.public_id == topic, "sealed")


def text(topic: str) -> None:
    spoil(Post, Post.public_id == topic, "sealed")


@pytest.fixture
def topics(inside) -> tuple[str, str]:
    """Two of Ben's, the second of which will be damaged."""
    whole, bad = (spaces.sealed_topic(inside.ben, inside.here, name) for name in ("One", "Two"))
    return whole, bad


@pytest.mark.parametrize("damage", [key, wall, title])
def test_the_list_shows_the_others(inside, topics, damage):
    whole, bad = topics
    damage(bad)
    assert set(spaces.listed(inside.dora, inside.here)) == {whole, inside.topic}


def test_and_those_whose_newest_answer_is_damaged(inside, topics):
    page = queries.thread(inside.reads("dora"), topics[0], queries.Ask())
    actions.record_shown(inside.reads("dora"), page.topic_id, page.newly_shown, page.voice)
    wall(spaces.sealed_reply(inside.ben, topics[0]))
    assert topics[0] in spaces.listed(inside.dora, inside.here)


@pytest.mark.parametrize("damage", [key, text])
def test_everybody_finds_their_other_posts(inside, topics, damage):
    whole, bad = topics
    damage(bad)
    for who, posts in ((inside.ben, [whole]), (inside.ana, [inside.topic]), (inside.dora, [])):
        found = queries.own_posts(community.viewer(who), spaces.seen(who, inside.here))
        assert [post.public_id for post in found] == posts


class TestReports:
    @pytest.fixture
    def reported(self, inside, topics) -> tuple[str, str]:
        for topic in topics:
            spaces.report(inside.ana, topic)
        return topics

    @pytest.mark.parametrize("damage", [key, wall, title, text])
    def test_of_others_are_opened_to_a_moderator(self, inside, reported, damage):
        whole, bad = reported
        damage(bad)
        found = take(inside.reads("dora"), inside.here.public_id)
        assert found.post_public_id == whole

    @pytest.mark.parametrize("damage", [key, wall, title, text])
    def test_and_to_a_guardian_where_none_may_look(self, inside, reported, damage):
        whole, bad = reported
        damage(bad)
        spaces.leave(inside.here, inside.dora)
        for number in range(4):
            name_guardian(community.person(f"Guardian{number}").id)
        guardian = community.account("guardian0@site.example")
        assert take_as_guardian(community.viewer(guardian)).post_public_id == whole
