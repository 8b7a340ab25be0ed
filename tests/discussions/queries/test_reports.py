from forum.discussions import actions, queries
from forum.models.circles import Role
from forum.policy.viewer import GUEST
from tests.support import community


def test_the_oldest_comes_first(held_clock, scene):
    answer = community.reply(scene.ana, scene.topic)
    community.report(scene.ben, answer)
    held_clock.forward(minutes=1)
    community.report(scene.ben, scene.topic)
    found = queries.open_reports(scene.reads("dora"), scene.retail.id)
    assert [row.post.public_id for row in found] == [answer, scene.topic]


def test_who_does_not_moderate_gets_none(scene):
    community.report(scene.ben, scene.topic)
    for who in (GUEST, scene.reads("ben"), scene.reads("ana")):
        assert queries.open_reports(who, scene.retail.id) == []


def test_reports_of_another_circle_are_not_among_them(scene):
    finance = community.circle("finance")
    community.join(scene.dora, finance, Role.MODERATOR)
    community.report(scene.ben, community.topic(scene.ana, finance))
    assert queries.open_reports(scene.reads("dora"), scene.retail.id) == []


def test_a_report_of_a_hidden_post_stays_until_it_is_settled(scene):
    community.report(scene.ben, scene.topic)
    actions.hide(scene.reads("dora"), scene.topic, "Sells a course.")
    assert len(queries.open_reports(scene.reads("dora"), scene.retail.id)) == 1


def test_what_was_removed_needs_no_report(scene):
    answer = community.reply(scene.ana, scene.topic)
    community.report(scene.ben, answer)
    community.remove(answer)
    assert queries.open_reports(scene.reads("dora"), scene.retail.id) == []
