"""The reply that answered a topic: said by who opened it, shown to all who may see it."""

import pytest

from forum.accounts.actions import close_account
from forum.circles.queries import place
from forum.core.errors import ForumError, NotThere
from forum.discussions import actions, queries
from forum.discussions.actions.answering import NoSuchReply
from forum.discussions.queries import Ask, thread
from forum.models.discussions import Topic
from forum.policy.allowed import ForModerators, NotInSpaces, NotYours, SignInFirst, Suspended
from forum.policy.viewer import GUEST
from tests.discussions import rows
from tests.support import community, spaces
from tests.support.together import at_once


@pytest.fixture
def answer(scene) -> str:
    return community.reply(scene.ben, scene.topic, "Ours **ended** by a date.")


def marked(topic: str) -> tuple[str | None, list[str]]:
    """What a guest reads above the replies, and at which of them the mark stands."""
    page = thread(GUEST, topic, Ask())
    words = page.answer and f"{page.answer.byline.name}: {page.answer.excerpt}"
    return words, [post.public_id for post in page.posts if post.accepted]


def listed(slug: str, tab: str = "active") -> list[bool]:
    circle = place(GUEST, slug).circle
    return [row.answered for row in queries.topics_of_circle(GUEST, circle, tab, None, None).rows]


def test_it_is_shown_to_everybody(scene, answer):
    assert marked(scene.topic) == (None, [])
    actions.accept_answer(scene.reads("ana"), scene.topic, answer)
    assert marked(scene.topic) == ("Ben: Ours ended by a date.", [answer])


def test_lists_say_so(scene, answer):
    assert listed("retail") == [False]
    actions.accept_answer(scene.reads("ana"), scene.topic, answer)
    assert listed("retail") == [True]
    assert [row.answered for row in queries.living_topics(GUEST)] == [True]


def test_another_one_takes_its_place(scene, answer):
    other = community.reply(scene.dora, scene.topic)
    for each in (answer, other):
        actions.accept_answer(scene.reads("ana"), scene.topic, each)
    assert marked(scene.topic)[1] == [other]


def test_it_can_be_taken_back(scene, answer):
    actions.accept_answer(scene.reads("ana"), scene.topic, answer)
    actions.take_back_answer(scene.reads("ana"), scene.topic)
    assert marked(scene.topic) == (None, [])
    assert listed("retail") == [False]


def test_ones_own_reply_may_be_it_and_in_a_closed_topic_too(scene):
    own = community.reply(scene.ana, scene.topic, "We found a way.")
    actions.close(scene.reads("dora"), scene.topic)
    actions.accept_answer(scene.reads("ana"), scene.topic, own)
    assert marked(scene.topic)[1] == [own]


@pytest.mark.parametrize("who", ["ben", "dora"])
def test_nobody_else_says_so(scene, answer, who):
    for act in (
        lambda: actions.accept_answer(scene.reads(who), scene.topic, answer),
        lambda: actions.take_back_answer(scene.reads(who), scene.topic),
    ):
        with pytest.raises(NotYours):
            act()
    assert marked(scene.topic) == (None, [])


def test_a_guest_and_the_suspended_neither(scene, answer):
    with pytest.raises(SignInFirst):
        actions.accept_answer(GUEST, scene.topic, answer)
    community.suspend(scene.ana)
    with pytest.raises(Suspended):
        actions.accept_answer(scene.reads("ana"), scene.topic, answer)


def test_a_moderator_does_once_the_author_is_gone(scene, answer):
    close_account(scene.ana.id)
    with pytest.raises(ForModerators):
        actions.accept_answer(scene.reads("ben"), scene.topic, answer)
    assert thread(scene.reads("dora"), scene.topic, Ask()).may_accept
    actions.accept_answer(scene.reads("dora"), scene.topic, answer)
    assert marked(scene.topic)[1] == [answer]


def test_only_who_may_has_a_button(scene, answer):
    may = {
        name: thread(scene.reads(name), scene.topic, Ask()).may_accept
        for name in ("ana", "ben", "dora")
    }
    assert may == {"ana": True, "ben": False, "dora": False}


@pytest.mark.parametrize("what", ["opening", "elsewhere", "hidden", "removed", "nobody's"])
def test_what_is_no_reply_there_to_all_cannot_be_it(scene, answer, what):
    ana = scene.reads("ana")
    if what == "hidden":
        answer = community.reply(scene.ana, scene.topic, "Her own.")
        actions.hide(scene.reads("dora"), answer, "Too loud.")
    if what == "removed":
        community.reply(scene.dora, answer)
        community.remove(answer)
    if what == "elsewhere":
        answer = community.reply(scene.ben, community.topic(scene.ana, scene.retail))
    sent = {"opening": scene.topic, "nobody's": "zzzzzzzzzzzz"}.get(what, answer)
    with pytest.raises(NoSuchReply):
        actions.accept_answer(ana, scene.topic, sent)
    assert rows.topic(scene.topic).accepted_id is None


class TestWhenItGoes:
    def test_hidden_it_is_not_shown_and_comes_back(self, scene, answer):
        actions.accept_answer(scene.reads("ana"), scene.topic, answer)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        for name in ("ana", "ben", "dora"):
            page = thread(scene.reads(name), scene.topic, Ask())
            assert page.answer is None
            assert not any(post.accepted for post in page.posts)
        assert (marked(scene.topic), listed("retail")) == ((None, []), [False])
        actions.unhide(scene.reads("dora"), answer)
        assert (marked(scene.topic)[1], listed("retail")) == ([answer], [True])

    def test_meanwhile_the_topic_waits_for_an_answer_again(self, scene, answer):
        actions.accept_answer(scene.reads("ana"), scene.topic, answer)
        assert listed("retail", "unanswered") == []
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        assert listed("retail", "unanswered") == [False]

    def test_removed_it_is_forgotten(self, scene, answer):
        actions.accept_answer(scene.reads("ana"), scene.topic, answer)
        community.remove(answer)
        assert marked(scene.topic) == (None, [])
        assert rows.topic(scene.topic).accepted_id is None

    def test_removed_at_the_same_moment(self, app, scene):
        ana, ben = scene.reads("ana"), scene.reads("ben")
        for _turn in range(4):
            answer = community.reply(scene.ben, scene.topic)
            accepted, removed = at_once(
                app,
                lambda a=answer: actions.accept_answer(ana, scene.topic, a),
                lambda a=answer: actions.remove_post(ben, a),
            )
            assert accepted is None or isinstance(accepted, ForumError), accepted
            assert not isinstance(removed, BaseException), removed
            assert marked(scene.topic) == (None, [])
            assert rows.topic(scene.topic).accepted_id is None


def test_in_a_space_there_is_none(inside):
    answer = spaces.sealed_reply(inside.ben, inside.topic)
    with pytest.raises(NotInSpaces):
        actions.accept_answer(inside.reads("ana"), inside.topic, answer)
    with pytest.raises(NotThere):
        actions.accept_answer(inside.reads("cleo"), inside.topic, answer)
    assert [row.accepted_id for row in rows.all_rows(Topic)] == [None]
