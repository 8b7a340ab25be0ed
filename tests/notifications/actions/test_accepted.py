"""Whoever wrote the answer that was accepted is told, once, as long as it is."""

import pytest

from forum.discussions import actions
from forum.models.circles import Visibility
from forum.models.notifications import Kind, Level
from forum.quiet import actions as quiet
from tests.support import community


@pytest.fixture
def answered(scene) -> tuple[str, str]:
    topic = scene.opens("ana")
    return topic, community.reply(scene.ben, topic)


def accepts(scene, topic: str, reply: str, who: str = "ana") -> None:
    actions.accept_answer(scene.reads(who), topic, reply)


def test_its_writer_is_told_by_whom(scene, answered):
    accepts(scene, *answered)
    assert scene.told("ben") == [(answered[1], Kind.ACCEPTED)]
    (group,) = scene.list("ben").groups
    assert [(one.name, one.kind) for one in group.notices] == [("Ana", Kind.ACCEPTED)]
    for name in ("ana", "cem", "dora"):
        assert Kind.ACCEPTED not in dict(scene.told(name)).values()


def test_the_page_says_so(client, scene, answered):
    accepts(scene, *answered)
    community.sign_in(client, scene.ben)
    assert "<bdi>Ana</bdi> says your answer did it" in client.get("/notices").text
    client.get(f"/p/{answered[1]}")
    assert scene.unread("ben") == 0


def test_twice_is_once(scene, answered):
    for _each in range(2):
        accepts(scene, *answered)
    assert len(scene.told("ben")) == 1


def test_another_is_told_in_their_place(scene, answered):
    topic, _reply = answered
    accepts(scene, *answered)
    accepts(scene, topic, community.reply(scene.cem, topic))
    assert scene.told("ben") == []
    assert len(scene.told("cem")) == 1


def test_taken_back_it_is_told_no_more(scene, answered):
    accepts(scene, *answered)
    actions.take_back_answer(scene.reads("ana"), answered[0])
    assert scene.told("ben") == []


def test_ones_own_answer_is_no_news(scene, answered):
    topic, _reply = answered
    before = scene.told("ana")
    accepts(scene, topic, community.reply(scene.ana, topic))
    assert scene.told("ana") == before


def test_not_whoever_muted_the_topic(scene, answered):
    scene.follows("ben", answered[0], Level.MUTED)
    accepts(scene, *answered)
    assert scene.told("ben") == []


def test_not_whoever_muted_who_says_it(scene, answered):
    quiet.mute(scene.reads("ben"), scene.ana.public_id)
    accepts(scene, *answered)
    assert scene.told("ben") == []


def test_not_whoever_reads_there_no_more(scene):
    quiet_one = community.circle("quiet", Visibility.SECRET)
    for one in (scene.ana, scene.ben):
        community.join(one, quiet_one)
    topic = scene.opens("ana", slug="quiet")
    reply = community.reply(scene.ben, topic)
    community.leave(scene.ben, quiet_one)
    accepts(scene, topic, reply)
    assert scene.told("ben") == []
