import re
from urllib.parse import urlsplit

import pytest

from forum.core.db import db
from forum.discussions import actions, queries
from forum.discussions.queries import Ask
from tests.discussions import trees
from tests.discussions.actions.test_reading import looks, read_by
from tests.support import community

SHOWN = re.compile(r'id="p-([a-z0-9]{12})"')


@pytest.fixture
def ben(client, scene):
    """Ben's browser."""
    community.sign_in(client, scene.ben)
    return client


def shown(answer) -> list[str]:
    """The posts on a page, in the order they stand there."""
    assert answer.status_code == 200, answer.status
    return SHOWN.findall(answer.get_data(as_text=True))


class TestTopics:
    def test_a_guest_reads_an_open_circles_topic(self, client, scene):
        answer = client.get(f"/t/{scene.topic}")
        assert "How do yours end?" in answer.get_data(as_text=True)
        assert shown(answer) == [scene.topic]

    def test_both_views_show_the_same_posts(self, client, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 0, 1])
        order = [tree.posts[n] for n in (0, 1, 3, 2)]
        assert shown(client.get(f"/t/{tree.topic}")) == order
        assert shown(client.get(f"/t/{tree.topic}?view=time")) == tree.posts

    @pytest.mark.usefixtures("more_than_a_page")
    def test_a_permalink_opens_at_its_post(self, client, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 0])
        answer = client.get(f"/p/{tree.posts[2]}")
        assert shown(answer) == [tree.posts[2], tree.posts[3]]
        assert f'href="/p/{tree.posts[1]}"' in answer.get_data(as_text=True)

    def test_a_branch_folds_by_a_link(self, client, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 0])
        answer = client.get(f"/t/{tree.topic}?fold={tree.posts[1]}")
        assert shown(answer) == [tree.posts[n] for n in (0, 1, 3)]

    def test_the_pagers_links_lead_through_a_long_topic(self, client, scene):
        topic = trees.long_topic(scene.ana, scene.retail, 120)
        met, url = [], f"/t/{topic}"
        while url:
            answer = client.get(url)
            met += shown(answer)
            older = re.findall(rf'href="(/t/{topic}\?from=[a-z0-9]+)"', answer.text)
            url = older[0] if older else None
            assert len(met) < 400
        assert len(met) == len(set(met)) == 121

    @pytest.mark.parametrize(
        "query",
        [
            *("view=tree", "view=", "from=x", "before=UPPERCASE123", "fold=x", "fold=a,b"),
            *("from=zzzzzzzzzzzz", "before=zzzzzzzzzzzz", "from=", "from=%00"),
        ],
    )
    def test_a_question_the_page_does_not_know_is_404(self, client, scene, query):
        assert client.get(f"/t/{scene.topic}?{query}").status_code == 404

    def test_a_closed_topic_has_no_form_for_members(self, ben, scene):
        assert f'action="/p/{scene.topic}/reply"' in ben.get(f"/t/{scene.topic}").text
        community.close(scene.topic)
        assert f'action="/p/{scene.topic}/reply"' not in ben.get(f"/t/{scene.topic}").text

    def test_a_draft_begun_here_is_in_the_form(self, ben, scene):
        actions.save_draft(
            scene.reads("ben"), f"reply:{scene.topic}", "", "Half a <thought> {{x}}", None
        )
        page = ben.get(f"/t/{scene.topic}").text
        assert "Half a &lt;thought&gt; {{x}}" in page

    def test_its_address_for_search_engines_has_no_query(self, client, scene):
        page = client.get(f"/t/{scene.topic}?view=time").text
        assert f'<link rel="canonical" href="http://localhost/t/{scene.topic}">' in page


class TestWhatIsRecorded:
    def test_a_page_that_was_looked_at(self, ben, scene):
        ben.get(f"/t/{scene.topic}")
        assert kept(scene) == "0"

    @pytest.mark.usefixtures("more_than_a_page")
    def test_only_what_stood_on_it(self, ben, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 0])
        ben.get(f"/p/{tree.posts[2]}")
        assert queries.thread(scene.reads("ben"), tree.topic, Ask()).unread_count == 2

    def test_folded_posts_are_not_among_it(self, ben, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 0])
        ben.get(f"/t/{tree.topic}?fold={tree.posts[1]}")
        assert queries.thread(scene.reads("ben"), tree.topic, Ask()).unread_count == 1

    def test_by_time_too(self, ben, scene):
        ben.get(f"/t/{scene.topic}?view=time")
        assert kept(scene) == "0"

    def test_nothing_for_a_head(self, ben, scene):
        assert ben.head(f"/t/{scene.topic}").status_code == 200
        assert kept(scene) is None

    @pytest.mark.parametrize(
        "header",
        [
            {"Sec-Purpose": "prefetch"},
            {"Sec-Purpose": "prefetch;prerender"},
            {"Purpose": "prefetch"},
        ],
    )
    def test_nothing_for_a_browser_that_fetches_ahead(self, ben, scene, header):
        assert ben.get(f"/t/{scene.topic}", headers=header).status_code == 200
        assert kept(scene) is None

    def test_nothing_for_a_guest(self, client, scene):
        client.get(f"/t/{scene.topic}")
        assert read_by(scene.ana) is None

    def test_nothing_when_the_page_is_refused(self, ben, scene):
        community.hide(scene.topic)
        assert ben.get(f"/t/{scene.topic}").status_code == 404
        assert kept(scene) is None


def kept(scene) -> str | None:
    db.session.rollback()
    return read_by(scene.ben)


class TestNextUnread:
    def test_it_leads_to_the_next_post_not_shown_yet(self, ben, scene):
        looks(scene.reads("ben"), scene.topic)
        answer = community.reply(scene.ana, scene.topic)
        led = ben.get(f"/t/{scene.topic}/next-unread?after={scene.topic}")
        assert (led.status_code, led.location) == (302, f"/p/{answer}#p-{answer}")

    @pytest.mark.usefixtures("more_than_a_page")
    def test_clicked_on_and_on_everything_is_met_once(self, ben, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 0, 3])
        actions.record_shown(
            scene.reads("ben"), queries.thread(scene.reads("ben"), tree.topic, Ask()).topic_id, [0]
        )
        met, after = [], tree.topic
        for _ in range(10):
            led = ben.get(f"/t/{tree.topic}/next-unread?after={after}").location
            if urlsplit(led).path == f"/t/{tree.topic}":
                break
            answer = ben.get(led)
            met += [post for post in shown(answer) if post not in met]
            after = met[-1]
        assert sorted(met) == sorted(tree.posts[1:])

    def test_when_nothing_is_left_it_leads_to_the_topic(self, ben, scene):
        looks(scene.reads("ben"), scene.topic)
        assert ben.get(f"/t/{scene.topic}/next-unread").location == f"/t/{scene.topic}"

    def test_a_guest_is_asked_to_sign_in(self, client, scene):
        led = client.get(f"/t/{scene.topic}/next-unread")
        assert led.location.startswith("/sign-in?next=")

    def test_in_a_topic_one_may_not_see_there_is_nothing(self, ben, scene):
        community.hide(scene.topic)
        assert ben.get(f"/t/{scene.topic}/next-unread").status_code == 404


class TestCirclePages:
    @pytest.mark.parametrize("tab", queries.TABS)
    def test_each_tab_lists_topics(self, client, scene, tab):
        assert f"/t/{scene.topic}" in client.get(f"/c/retail?tab={tab}").text

    def test_the_active_tab_comes_first(self, client, scene):
        actions.pin(scene.reads("dora"), scene.topic)
        assert f"/t/{scene.topic}" in client.get("/c/retail").text

    @pytest.mark.parametrize(
        "query", ["tab=x", "after=x", "after=zzzzzzzzzzzz", "before=zzzzzzzzzzzz", "tab="]
    )
    def test_a_question_the_page_does_not_know_is_404(self, client, scene, query):
        assert client.get(f"/c/retail?{query}").status_code == 404

    def test_a_hidden_topic_is_listed_for_moderators_only(self, client, ben, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        assert scene.topic not in ben.get("/c/retail").text
        dora = ben.application.test_client()
        community.sign_in(dora, scene.dora)
        assert scene.topic in dora.get("/c/retail").text

    def test_a_member_sees_how_much_is_new(self, ben, scene):
        looks(scene.reads("ben"), scene.topic)
        for _ in range(3):
            community.reply(scene.ana, scene.topic)
        assert "3 new" in ben.get("/c/retail").text
