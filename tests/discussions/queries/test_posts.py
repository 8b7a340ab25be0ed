import pytest

from forum.core.errors import NotThere
from forum.core.markup import Format
from forum.discussions import actions
from forum.discussions.queries import post_for
from forum.policy.viewer import GUEST
from tests.support import community


def test_a_post_comes_with_its_source_topic_and_place(scene):
    answer = community.reply(scene.ben, scene.topic, "Ours *ended*.")
    seen = post_for(GUEST, answer)
    assert (seen.source, seen.format, seen.seq) == ("Ours *ended*.", Format.MARKDOWN, 1)
    assert (seen.topic.public_id, seen.place.circle.slug) == (scene.topic, "retail")
    assert seen.card.byline.name == "Ben"


def test_an_opening_post_knows_that_it_is_one(scene):
    answer = community.reply(scene.ben, scene.topic)
    assert post_for(GUEST, scene.topic).is_opening
    assert not post_for(GUEST, answer).is_opening


def test_one_may_edit_ones_own_while_the_topic_is_open(scene):
    assert post_for(scene.reads("ana"), scene.topic).card.can_edit
    assert not post_for(scene.reads("ben"), scene.topic).card.can_edit
    actions.close(scene.reads("dora"), scene.topic)
    assert not post_for(scene.reads("ana"), scene.topic).card.can_edit


@pytest.mark.parametrize("fate", ["hidden", "removed", "in a hidden topic"])
def test_what_one_may_not_see_is_not_there(scene, fate):
    answer = community.reply(scene.ana, scene.topic)
    assert post_for(scene.reads("ben"), answer)
    if fate == "hidden":
        actions.hide(scene.reads("dora"), answer, "Too loud.")
    elif fate == "removed":
        community.remove(answer)
    else:
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
    with pytest.raises(NotThere):
        post_for(scene.reads("ben"), answer)


def test_what_never_was_is_not_there(app_context):
    with pytest.raises(NotThere):
        post_for(GUEST, "zzzzzzzzzzzz")
