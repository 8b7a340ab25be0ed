"""A topic's days: chosen by the space's moderators, and over when they are over."""

from datetime import timedelta

import pytest

from forum.core import clock
from forum.core.errors import NotThere
from forum.discussions import queries
from forum.discussions.queries import post_for
from forum.models.circles import Role
from forum.models.spaces import AFTERLIFE_DAYS, LIFE_DAYS
from forum.policy.allowed import ForModerators
from forum.spaces.lasting import NotSoLong, choose_life
from tests.support import community, spaces
from tests.support.community import csrf, sign_in

END = LIFE_DAYS + AFTERLIFE_DAYS


@pytest.fixture
def moderated(scene):
    spaces.change_member(scene.space, scene["Gil"], role=Role.MODERATOR)
    return scene


def choose(scene, name: str, days: int) -> None:
    choose_life(community.viewer(scene[name]), scene.space.public_id, days)


class TestChoosing:
    @pytest.mark.parametrize("days", [30, 90, 365])
    def test_holds_for_topics_opened_later(self, moderated, days):
        before = spaces.sealed_topic(moderated["Ana"], moderated.space)
        choose(moderated, "Gil", days)
        after = spaces.sealed_topic(moderated["Ana"], moderated.space)
        closes = [
            post_for(community.viewer(moderated["Gil"]), topic).topic.closes_on
            for topic in (before, after)
        ]
        today = clock.today()
        assert closes == [today + timedelta(days=LIFE_DAYS), today + timedelta(days=days)]

    @pytest.mark.parametrize("days", [-1, 0, 29, 366, 10**9])
    def test_shorter_or_longer_is_refused(self, moderated, days):
        with pytest.raises(NotSoLong):
            choose(moderated, "Gil", days)

    def test_other_members_do_not_choose(self, moderated):
        with pytest.raises(ForModerators):
            choose(moderated, "Ana", 90)

    def test_for_others_there_is_no_space(self, moderated):
        moderated.people["Jon"] = community.person("Jon")
        with pytest.raises(NotThere):
            choose(moderated, "Jon", 90)


class TestThePage:
    @pytest.fixture
    def gil(self, app, moderated):
        client = app.test_client()
        sign_in(client, moderated["Gil"])
        return client

    def test_its_moderators_choose_there(self, gil, moderated):
        url = f"/s/{moderated.space.public_id}"
        assert 'value="60"' in gil.get(url).text
        sent = gil.post(f"{url}/life", data={"days": "45", "csrf_token": csrf(gil)})
        assert sent.status_code == 302
        assert 'value="45"' in gil.get(url).text

    @pytest.mark.parametrize("days", ["", "29", "many"])
    def test_what_is_refused_stands_there_again(self, gil, moderated, days):
        url = f"/s/{moderated.space.public_id}/life"
        sent = gil.post(url, data={"days": days, "csrf_token": csrf(gil)})
        assert sent.status_code == 422
        assert 'aria-invalid="true"' in sent.text

    def test_other_members_see_no_such_form(self, app, moderated):
        client = app.test_client()
        sign_in(client, moderated["Ana"])
        assert "/life" not in client.get(f"/s/{moderated.space.public_id}").text


class TestFromItsLastDayOn:
    @pytest.fixture
    def over(self, scene, held_clock) -> str:
        """A topic whose last day has come; no worker runs."""
        topic = spaces.sealed_topic(scene["Ana"], scene.space)
        held_clock.forward(days=END - 1)
        assert spaces.listed(scene["Gil"], scene.space) == [topic]
        held_clock.forward(days=1)
        return topic

    def test_a_topic_is_listed_nowhere(self, scene, over):
        assert spaces.listed(scene["Gil"], scene.space) == []

    def test_nor_read(self, scene, over):
        with pytest.raises(NotThere):
            post_for(community.viewer(scene["Gil"]), over)
        with pytest.raises(NotThere):
            queries.thread(community.viewer(scene["Gil"]), over, queries.Ask())

    def test_nor_found_by_its_author(self, scene, over):
        ana = scene["Ana"]
        assert queries.own_posts(community.viewer(ana), spaces.seen(ana, scene.space)) == []
