"""A block between two people: neither meets the other in circles, but for whoever keeps order."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from forum.core import ids
from forum.core.db import db, transaction
from forum.discussions.actions import accept_answer
from forum.models.accounts import User
from forum.models.circles import Circle, Role, Visibility
from forum.models.discussions import Post, Reaction, ReactionKind, Topic
from forum.policy import visible
from forum.policy.seer import Seer
from forum.policy.viewer import GUEST, Viewer
from forum.policy.visible import Reason, rules, unscoped
from forum.quiet import actions as quiet
from tests.support import community
from tests.support.community import circle, join, person, reply, topic, viewer

pytestmark = pytest.mark.usefixtures("app_context")


@dataclass(frozen=True)
class Scene:
    """Ana blocks Ben. Each opened a topic, and all answered in Cleo's."""

    ana: User
    ben: User
    cleo: User
    place: Circle
    of_ana: str
    of_ben: str
    of_cleo: str
    by_ana: str
    by_ben: str


@pytest.fixture(params=[Visibility.OPEN, Visibility.SECRET], ids=str)
def scene(request) -> Scene:
    place = circle("retail", request.param)
    ana, ben, cleo = (person(name) for name in ("Ana", "Ben", "Cleo"))
    for who in (ana, ben, cleo):
        join(who, place)
    of_ana, of_ben, of_cleo = (topic(who, place, who.name) for who in (ana, ben, cleo))
    by_ana, by_ben = reply(ana, of_cleo), reply(ben, of_cleo)
    quiet.block(viewer(ana), ben.public_id)
    return Scene(ana, ben, cleo, place, of_ana, of_ben, of_cleo, by_ana, by_ben)


def topics_of(who: Viewer) -> set[str]:
    return set(db.session.execute(visible.topics(who, Topic.public_id)).scalars())


def posts_of(who: Viewer) -> set[str]:
    return set(db.session.execute(visible.posts(who, Post.public_id)).scalars())


def test_neither_sees_the_others_topics(scene):
    assert topics_of(viewer(scene.ana)) == {scene.of_ana, scene.of_cleo}
    assert topics_of(viewer(scene.ben)) == {scene.of_ben, scene.of_cleo}


def test_neither_sees_the_others_posts(scene):
    assert scene.by_ben not in posts_of(viewer(scene.ana))
    assert scene.by_ana not in posts_of(viewer(scene.ben))
    for who in (scene.ana, scene.ben):
        assert scene.of_cleo in posts_of(viewer(who))


def test_all_others_see_both(scene):
    assert topics_of(viewer(scene.cleo)) == {scene.of_ana, scene.of_ben, scene.of_cleo}
    assert {scene.by_ana, scene.by_ben} <= posts_of(viewer(scene.cleo))


def test_a_guest_sees_both_where_guests_read(scene):
    both = {scene.of_ana, scene.of_ben}
    reads = scene.place.visibility is Visibility.OPEN
    assert topics_of(GUEST) & both == (both if reads else set())


def test_who_may_see_a_topic_says_the_same(scene):
    row_id = select(Topic.id).where(Topic.public_id == scene.of_ana)
    found = db.session.execute(unscoped(row_id, Reason.SET_UP)).scalar_one()
    audience = set(db.session.execute(visible.audience(found)).scalars())
    assert audience == {scene.ana.id, scene.cleo.id}


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_whoever_moderates_sees_all_whoever_blocked_whom(scene, who):
    join(getattr(scene, who), scene.place, Role.MODERATOR)
    found = topics_of(viewer(getattr(scene, who)))
    assert found == {scene.of_ana, scene.of_ben, scene.of_cleo}
    assert {scene.by_ana, scene.by_ben} <= posts_of(viewer(getattr(scene, who)))


def test_whoever_moderates_elsewhere_does_not(scene):
    join(scene.ben, circle("finance"), Role.MODERATOR)
    assert scene.of_ana not in topics_of(viewer(scene.ben))


def test_staff_see_all_where_they_keep_order(scene):
    boss = person("Boss", staff=True)
    join(boss, scene.place)
    quiet.block(viewer(scene.ana), boss.public_id)
    proved, stale = (viewer(boss, staff_proved=each) for each in (True, False))
    keeps = scene.place.visibility is Visibility.OPEN
    assert (scene.of_ana in topics_of(proved)) is keeps
    assert scene.of_ana not in topics_of(stale)


def test_reports_about_somebody_apart_reach_a_moderator(scene):
    join(scene.ana, scene.place, Role.MODERATOR)
    community.report(scene.cleo, scene.by_ben)
    assert db.session.execute(visible.reports(viewer(scene.ana))).first()


def test_when_it_ends_they_meet_again(scene):
    quiet.end_block(viewer(scene.ana), scene.ben.public_id)
    assert scene.of_ben in topics_of(viewer(scene.ana))
    assert scene.of_ana in topics_of(viewer(scene.ben))


def test_whoever_no_block_concerns_is_asked_nothing_of_it(scene):
    """Their statements are the ones there were before there were blocks."""
    assert "block" not in str(visible.posts(viewer(scene.cleo), Post.id))
    assert "block" in str(visible.posts(viewer(scene.ben), Post.id))


def test_the_rule_itself_can_be_asked_of_any_column_of_people(scene):
    """For profiles, mentions, notices and offers."""

    def met(who: User) -> set[int]:
        seer = Seer.of(viewer(who))
        query = select(User.id).where(~rules.apart(seer, User.id.expression))
        return set(db.session.execute(unscoped(query, Reason.SET_UP)).scalars())

    everybody = {scene.ana.id, scene.ben.id, scene.cleo.id}
    assert met(scene.ana) == everybody - {scene.ben.id}
    assert met(scene.ben) == everybody - {scene.ana.id}
    assert met(scene.cleo) == everybody


class TestReactions:
    """Ana and Cleo thanked for Ben's answer; Ana keeps order, but elsewhere."""

    @pytest.fixture
    def thanked(self, scene) -> str:
        for who in (scene.ana, scene.cleo):
            with transaction() as session:
                post = select(Post.id).where(Post.public_id == scene.by_ben)
                row = Reaction(id=ids.random_key(), kind=ReactionKind.THANKS, user_id=who.id)
                row.post_id = session.execute(unscoped(post, Reason.SET_UP)).scalar_one()
                session.add(row)
        join(scene.ben, circle("elsewhere"), Role.MODERATOR)
        return scene.by_ben

    def reacted(self, who: Viewer, post: str) -> list[str]:
        query = visible.with_reactions(visible.posts(who, Post.id), who)
        return db.session.execute(query.where(Post.public_id == post)).one().reacted.split()

    def test_of_those_apart_are_not_counted(self, scene, thanked):
        assert self.reacted(viewer(scene.ben), thanked) == ["thanks"]
        assert self.reacted(viewer(scene.cleo), thanked) == ["thanks", "thanks!"]

    def test_whoever_keeps_order_there_has_all_counted(self, scene, thanked):
        join(scene.ben, scene.place, Role.MODERATOR)
        assert self.reacted(viewer(scene.ben), thanked) == ["thanks", "thanks"]


def test_an_answer_by_somebody_apart_answers_nothing_for_who_keeps_order_elsewhere(scene):
    join(scene.ben, circle("elsewhere"), Role.MODERATOR)
    accept_answer(viewer(scene.cleo), scene.of_cleo, scene.by_ana)

    def answered(who: Viewer) -> bool:
        query = visible.with_answered(visible.topics(who, Topic.id), who)
        query = query.where(Topic.public_id == scene.of_cleo)
        return bool(db.session.execute(query).one().answered)

    assert answered(viewer(scene.cleo))
    assert not answered(viewer(scene.ben))
