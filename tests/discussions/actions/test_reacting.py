"""Reactions in circles: one click, the same click back, counted right whoever else clicks."""

import pytest

from forum.core.errors import ForumError, NotAllowed, NotThere
from forum.discussions import actions, queries
from forum.discussions.queries import Ask, thread
from forum.models.discussions import Reaction, ReactionKind
from forum.policy.allowed import NotAMember, SignInFirst, Suspended, TopicClosed
from forum.policy.viewer import GUEST
from tests.discussions import rows
from tests.support import community
from tests.support.together import at_once

THANKS, INSIGHT = ReactionKind.THANKS, ReactionKind.INSIGHT


@pytest.fixture
def answer(scene) -> str:
    return community.reply(scene.ben, scene.topic, "Ours ended.")


def counts(topic: str, number: int = 0) -> tuple[int, ...]:
    """Of thanks, been there and insight, at a post of the topic's page."""
    return thread(GUEST, topic, Ask()).posts[number].reactions.counts


def test_everybody_who_sees_the_post_sees_how_many(scene, answer):
    actions.react(scene.reads("ana"), answer, THANKS)
    actions.react(scene.reads("dora"), answer, THANKS)
    actions.react(scene.reads("dora"), answer, INSIGHT)
    for name in ("ana", "ben", "dora"):
        page = thread(scene.reads(name), scene.topic, Ask())
        assert page.posts[1].reactions.counts == (2, 0, 1)
    assert counts(scene.topic, 1) == (2, 0, 1)


def test_ones_own_are_pressed_and_nobody_elses(scene, answer):
    actions.react(scene.reads("ana"), answer, THANKS)
    pressed = {
        name: thread(scene.reads(name), scene.topic, Ask()).posts[1].reactions.pressed
        for name in ("ana", "dora")
    }
    assert pressed == {"ana": (True, False, False), "dora": (False, False, False)}


@pytest.mark.parametrize("view", ["conversation", "time"])
def test_they_stand_in_both_orders(scene, answer, view):
    actions.react(scene.reads("ana"), answer, INSIGHT)
    page = thread(scene.reads("ana"), scene.topic, Ask(view=view))
    assert page.posts[1].reactions.pressed == (False, False, True)


def test_the_same_click_again_takes_it_back(scene, answer):
    ana = scene.reads("ana")
    assert actions.react(ana, answer, THANKS).pressed
    assert not actions.react(ana, answer, THANKS).pressed
    assert counts(scene.topic, 1) == (0, 0, 0)


def test_ones_own_post_takes_none(scene, answer):
    with pytest.raises(NotAllowed):
        actions.react(scene.reads("ben"), answer, THANKS)
    assert actions.react(scene.reads("ana"), answer, THANKS).pressed


def test_a_kind_of_spaces_is_not_known_in_a_circle(scene, answer):
    with pytest.raises(NotThere):
        actions.react(scene.reads("ana"), answer, ReactionKind.WITH_YOU)


@pytest.mark.parametrize("kind", [THANKS, INSIGHT])
def test_nor_one_of_circles_in_a_space(inside, kind):
    with pytest.raises(NotThere):
        actions.react(inside.reads("ben"), inside.topic, kind)


def test_only_members_react(scene, answer):
    gil = community.person("Gil")
    with pytest.raises(NotAMember):
        actions.react(community.viewer(gil), answer, THANKS)
    with pytest.raises(SignInFirst):
        actions.react(GUEST, answer, THANKS)
    community.join(gil, scene.retail)
    assert actions.react(community.viewer(gil), answer, THANKS).pressed
    community.suspend(gil)
    with pytest.raises(Suspended):
        actions.react(community.viewer(gil), answer, INSIGHT)


def test_not_in_a_closed_topic(scene, answer):
    actions.close(scene.reads("dora"), scene.topic)
    with pytest.raises(TopicClosed):
        actions.react(scene.reads("ana"), answer, THANKS)
    assert actions.react(scene.reads("dora"), answer, THANKS).pressed


def test_only_who_may_react_has_something_to_press(scene, answer):
    def may_press(viewer) -> list[bool]:
        return [post.reactions.may_press for post in thread(viewer, scene.topic, Ask()).posts]

    assert may_press(scene.reads("ana")) == [False, True]
    assert may_press(scene.reads("dora")) == [True, True]
    assert may_press(GUEST) == [False, False]
    assert may_press(community.viewer(community.person("Gil"))) == [False, False]


def test_they_go_with_their_post(scene, answer):
    actions.react(scene.reads("ana"), answer, THANKS)
    actions.remove_post(scene.reads("ben"), answer)
    assert rows.count(Reaction) == 0


class TestWho:
    def test_is_told_by_name_and_kind(self, scene, answer):
        actions.react(scene.reads("ana"), answer, THANKS)
        actions.react(scene.reads("dora"), answer, THANKS)
        actions.react(scene.reads("dora"), answer, INSIGHT)
        _post, found = queries.reactors(scene.reads("ben"), answer)
        told = [(each.kind, [who.name for who in each.people], each.count) for each in found]
        assert told == [(THANKS, ["Ana", "Dora"], 2), (INSIGHT, ["Dora"], 1)]

    def test_at_most_a_hundred_by_name(self, scene, answer, monkeypatch):
        monkeypatch.setattr("forum.discussions.queries.reactions.MOST_NAMES", 1)
        actions.react(scene.reads("ana"), answer, THANKS)
        actions.react(scene.reads("dora"), answer, THANKS)
        _post, found = queries.reactors(scene.reads("ben"), answer)
        assert [(len(each.people), each.count) for each in found] == [(1, 2)]

    def test_only_to_who_sees_the_post(self, scene, answer):
        actions.react(scene.reads("ana"), answer, THANKS)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        with pytest.raises(NotThere):
            queries.reactors(scene.reads("ana"), answer)
        assert queries.reactors(scene.reads("ben"), answer)

    def test_never_in_a_space(self, inside):
        actions.react(inside.reads("ben"), inside.topic, ReactionKind.BEEN_THERE)
        for name in ("ana", "ben", "dora"):
            with pytest.raises(NotAllowed):
                queries.reactors(inside.reads(name), inside.topic)
        with pytest.raises(NotThere):
            queries.reactors(inside.reads("cleo"), inside.topic)


class TestAtOneMoment:
    def test_many_react_and_each_counts_once(self, app, scene, answer):
        people = [community.person(f"P{number}") for number in range(6)]
        for each in people:
            community.join(each, scene.retail)
        viewers = [community.viewer(each) for each in people]
        acts = [
            lambda v=v, k=k: actions.react(v, answer, k) for v in viewers for k in (THANKS, INSIGHT)
        ]
        done = at_once(app, *acts)
        assert all(isinstance(each, actions.Reacted) for each in done), done
        assert counts(scene.topic, 1) == (6, 0, 6)

    def test_one_takes_back_what_another_leaves(self, app, scene, answer):
        ana, dora = scene.reads("ana"), scene.reads("dora")
        for turn in range(1, 5):
            actions.react(ana, answer, THANKS)
            done = at_once(
                app,
                lambda: actions.react(ana, answer, THANKS),
                lambda: actions.react(dora, answer, THANKS),
            )
            assert all(isinstance(each, actions.Reacted) for each in done), done
            assert counts(scene.topic, 1) == (turn % 2, 0, 0)

    def test_the_same_person_in_two_windows_leaves_one_at_most(self, app, scene, answer):
        ana = scene.reads("ana")
        done = at_once(app, *[lambda: actions.react(ana, answer, THANKS)] * 5)
        assert all(isinstance(each, actions.Reacted) for each in done), done
        assert counts(scene.topic, 1)[0] == rows.count(Reaction) <= 1

    def test_reactions_edits_marks_and_removals_spoil_nothing(self, app, scene):
        ana, ben, dora = (scene.reads(name) for name in ("ana", "ben", "dora"))
        for _turn in range(3):
            answer = community.reply(scene.ben, scene.topic, "Ours ended.")
            acts = [
                lambda a=answer: actions.react(ana, a, THANKS),
                lambda a=answer: actions.react(dora, a, THANKS),
                lambda a=answer: actions.edit_post(ben, a, "Ours ended well."),
                lambda a=answer: actions.accept_answer(ana, scene.topic, a),
                lambda a=answer: actions.remove_post(ben, a),
                lambda: actions.edit_post(ana, scene.topic, "How do yours end now?"),
            ]
            done = at_once(app, *acts)
            wrong = [e for e in done if isinstance(e, BaseException)]
            assert all(isinstance(e, ForumError) for e in wrong), wrong
            page = thread(GUEST, scene.topic, Ask())
            assert (len(page.posts), page.topic.reply_count, page.answer) == (1, 0, None)
            assert rows.topic(scene.topic).accepted_id is None
            assert rows.post(answer).source == ""
        assert rows.post(scene.topic).source == "How do yours end now?"
