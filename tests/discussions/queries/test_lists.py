from datetime import timedelta

import pytest
from sqlalchemy import update

from forum.circles.queries import place
from forum.core import clock
from forum.core.db import transaction
from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.actions.order import TooManyPins
from forum.discussions.queries import Ask, lists
from forum.models.circles import Visibility
from forum.models.discussions import Topic
from forum.policy.viewer import GUEST
from tests.discussions import trees
from tests.discussions.actions.test_reading import looks
from tests.discussions.walking import cursors
from tests.support import community

TABS = pytest.mark.parametrize("tab", lists.TABS)


def listed(viewer, slug: str, tab: str = "active", after=None, before=None):
    return queries.topics_of_circle(viewer, place(viewer, slug).circle, tab, after, before)


def ids(found) -> list[str]:
    return [row.public_id for row in found]


def all_pages(viewer, slug: str, tab: str) -> list[list[str]]:
    pages = [listed(viewer, slug, tab)]
    while pages[-1].pager.older_url:
        pages.append(listed(viewer, slug, tab, **cursors(pages[-1].pager.older_url)))
        assert len(pages) < 20
    return [ids(page.rows) for page in pages]


@pytest.fixture
def finance(scene):
    """A circle of its own, so that the scene's topic is not in the way."""
    circle = community.circle("finance")
    for user in (scene.ana, scene.ben):
        community.join(user, circle)
    return circle


class TestOrder:
    def test_the_active_tab_goes_by_the_last_post(self, held_clock, scene, finance):
        first = community.topic(scene.ana, finance)
        held_clock.forward(minutes=1)
        second = community.topic(scene.ana, finance)
        held_clock.forward(minutes=1)
        assert ids(listed(GUEST, "finance").rows) == [second, first]
        community.reply(scene.ben, first)
        assert ids(listed(GUEST, "finance").rows) == [first, second]

    def test_the_new_tab_goes_by_opening(self, held_clock, scene, finance):
        first = community.topic(scene.ana, finance)
        held_clock.forward(minutes=1)
        second = community.topic(scene.ana, finance)
        community.reply(scene.ben, first)
        assert ids(listed(GUEST, "finance", "new").rows) == [second, first]

    def test_the_unanswered_tab_leaves_answered_ones_out(self, held_clock, scene, finance):
        first = community.topic(scene.ana, finance)
        held_clock.forward(minutes=1)
        second = community.topic(scene.ana, finance)
        community.reply(scene.ben, first)
        assert ids(listed(GUEST, "finance", "unanswered").rows) == [second]

    def test_a_topic_whose_only_answer_is_hidden_is_unanswered(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        assert ids(listed(GUEST, "retail", "unanswered").rows) == []
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        assert ids(listed(GUEST, "retail", "unanswered").rows) == [scene.topic]

    def test_an_answer_that_is_taken_away_moves_its_topic_back(self, held_clock, scene, finance):
        first = community.topic(scene.ana, finance)
        held_clock.forward(minutes=1)
        second = community.topic(scene.ana, finance)
        held_clock.forward(minutes=1)
        answer = community.reply(scene.ben, first)
        assert ids(listed(GUEST, "finance").rows) == [first, second]
        community.remove(answer)
        assert ids(listed(GUEST, "finance").rows) == [second, first]


class TestPaging:
    @pytest.fixture(autouse=True)
    def _small_pages(self, monkeypatch):
        monkeypatch.setattr(lists, "PAGE", 4)

    @TABS
    def test_going_on_meets_every_topic_once(self, scene, finance, tab):
        trees.many_topics(scene.ana, finance, 11)
        pages = all_pages(GUEST, "finance", tab)
        assert [len(page) for page in pages] == [4, 4, 3]
        assert len({public_id for page in pages for public_id in page}) == 11

    @TABS
    def test_going_back_meets_the_same_pages(self, scene, finance, tab):
        trees.many_topics(scene.ana, finance, 11)
        pages = all_pages(GUEST, "finance", tab)
        back = listed(GUEST, "finance", tab, before=pages[2][0])
        assert ids(back.rows) == pages[1]
        first = listed(GUEST, "finance", tab, **cursors(back.pager.newer_url))
        assert ids(first.rows) == pages[0]
        assert first.pager.newer_url is None

    @TABS
    def test_topics_of_one_moment_are_each_met_once(self, held_clock, scene, finance, tab):
        """An import may bring many of the same second."""
        trees.many_topics(scene.ana, finance, 9)
        with transaction() as session:
            session.execute(update(Topic).values(last_post_at=clock.now()))
        met = [public_id for page in all_pages(GUEST, "finance", tab) for public_id in page]
        assert len(met) == len(set(met)) == 9

    def test_the_first_page_has_nothing_before_it(self, scene, finance):
        trees.many_topics(scene.ana, finance, 9)
        pager = listed(GUEST, "finance").pager
        assert (pager.newer_url, pager.first_url) == (None, None)

    def test_a_full_last_page_has_nothing_after_it(self, scene, finance):
        trees.many_topics(scene.ana, finance, 4)
        assert listed(GUEST, "finance").pager.older_url is None

    def test_every_later_page_leads_to_the_first(self, scene, finance):
        trees.many_topics(scene.ana, finance, 9)
        second = listed(GUEST, "finance", **cursors(listed(GUEST, "finance").pager.older_url))
        assert second.pager.first_url == "/c/finance?tab=active"

    @TABS
    def test_a_cursor_one_may_not_see_is_not_there(self, scene, finance, tab):
        cursor = community.topic(scene.ana, finance)
        assert listed(GUEST, "finance", tab, after=cursor)
        community.hide(cursor)
        for side in ({"after": cursor}, {"before": cursor}, {"after": "zzzzzzzzzzzz"}):
            with pytest.raises(NotThere):
                listed(GUEST, "finance", tab, **side)

    def test_a_cursor_of_another_circle_is_not_there(self, scene, finance):
        with pytest.raises(NotThere):
            listed(GUEST, "finance", after=scene.topic)


class TestRows:
    def test_a_row_says_who_opened_it_who_came_last_and_how_many_answered(self, scene):
        community.reply(scene.ben, scene.topic)
        (row,) = listed(GUEST, "retail").rows
        assert (row.title, row.byline.name, row.last_name) == (
            "Pilots that never end",
            "Ana",
            "Ben",
        )
        assert (row.reply_count, row.url) == (1, f"/t/{scene.topic}")

    def test_pinned_closed_and_hidden_show(self, scene):
        dora = scene.reads("dora")
        actions.pin(dora, scene.topic)
        actions.close(dora, scene.topic)
        actions.hide(dora, scene.topic, "Too loud.")
        (row,) = queries.pinned_topics(dora, scene.retail.id)
        assert (row.pinned, row.closed, row.hidden) == (True, True, True)

    def test_a_hidden_topic_is_listed_for_its_author_and_moderators_only(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        assert ids(listed(scene.reads("ana"), "retail").rows) == [scene.topic]
        assert ids(listed(scene.reads("dora"), "retail").rows) == [scene.topic]
        assert listed(scene.reads("ben"), "retail").rows == []
        assert listed(GUEST, "retail").rows == []

    def test_topics_of_other_circles_are_not_among_them(self, scene, finance):
        community.topic(scene.ana, finance)
        assert ids(listed(GUEST, "retail").rows) == [scene.topic]


class TestPinned:
    def test_the_last_pinned_comes_first(self, held_clock, scene):
        other = community.topic(scene.ben, scene.retail)
        actions.pin(scene.reads("dora"), other)
        held_clock.forward(minutes=1)
        actions.pin(scene.reads("dora"), scene.topic)
        assert ids(queries.pinned_topics(GUEST, scene.retail.id)) == [scene.topic, other]

    def test_a_pinned_topic_stands_above_the_active_ones_and_not_twice(self, scene):
        actions.pin(scene.reads("dora"), scene.topic)
        assert ids(listed(GUEST, "retail").rows) == []
        assert ids(listed(GUEST, "retail", "new").rows) == [scene.topic]

    def test_with_ten_pinned_another_has_to_wait_so_that_none_is_lost(self, held_clock, scene):
        trees.many_topics(scene.ana, scene.retail, 10)
        dora = scene.reads("dora")
        for row in listed(GUEST, "retail", "new").rows:
            if row.public_id != scene.topic:
                actions.pin(dora, row.public_id)
        with pytest.raises(TooManyPins):
            actions.pin(dora, scene.topic)
        assert ids(listed(GUEST, "retail").rows) == [scene.topic]
        assert len(queries.pinned_topics(GUEST, scene.retail.id)) == 10


class TestUnread:
    def test_a_topic_not_opened_yet_is_new(self, held_clock, scene):
        held_clock.forward(minutes=1)
        opened = community.topic(scene.ana, scene.retail)
        found = {row.public_id: row for row in listed(scene.reads("ben"), "retail").rows}
        assert (found[opened].is_new, found[opened].new_count) == (True, 0)

    def test_of_an_opened_one_what_came_since_is_counted(self, scene):
        looks(scene.reads("ben"), scene.topic)
        for _ in range(3):
            community.reply(scene.ana, scene.topic)
        (row,) = listed(scene.reads("ben"), "retail").rows
        assert (row.is_new, row.new_count) == (False, 3)

    def test_hidden_and_removed_ones_are_not_counted(self, scene):
        looks(scene.reads("ben"), scene.topic)
        hidden, removed, _ = (community.reply(scene.ana, scene.topic) for _ in range(3))
        actions.hide(scene.reads("dora"), hidden, "Too loud.")
        community.remove(removed)
        (row,) = listed(scene.reads("ben"), "retail").rows
        assert row.new_count == 1

    def test_ones_own_topic_is_not_new(self, scene):
        actions.post_topic(scene.reads("ben"), "retail", "Mine", "Words.", "n" * 22)
        assert not any(
            row.is_new or row.new_count
            for row in listed(scene.reads("ben"), "retail").rows
            if row.title == "Mine"
        )

    def test_what_was_quiet_since_before_one_joined_is_not_new(self, held_clock, scene):
        held_clock.forward(days=1)
        gil = community.person("Gil")
        community.join(gil, scene.retail)
        assert not listed(community.viewer(gil), "retail").rows[0].is_new
        held_clock.forward(days=1)
        community.reply(scene.ana, scene.topic)
        assert listed(community.viewer(gil), "retail").rows[0].is_new

    def test_for_a_guest_nothing_is_new(self, scene):
        (row,) = listed(GUEST, "retail").rows
        assert (row.is_new, row.new_count) == (False, 0)

    def test_somebody_who_only_looks_in_is_told_of_nothing_new(self, held_clock, scene):
        held_clock.forward(minutes=1)
        community.reply(scene.ana, scene.topic)
        gil = community.viewer(community.person("Gil"))
        assert not listed(gil, "retail").rows[0].is_new


class TestFrontPage:
    def test_unread_topics_are_those_that_moved_in_ones_circles(self, held_clock, scene, finance):
        looks(scene.reads("ben"), scene.topic)
        held_clock.forward(minutes=1)
        moved = community.topic(scene.ana, finance)
        other = community.circle("health")
        community.topic(scene.ana, other)
        found = queries.unread_topics(scene.reads("ben"))
        assert ids(found) == [moved]
        assert found[0].circle.slug == "finance"

    def test_the_newest_comes_first_and_twenty_are_enough(self, held_clock, scene, finance):
        trees.many_topics(scene.ana, finance, 25)
        with transaction() as session:
            later = update(Topic).where(Topic.circle_id == finance.id)
            session.execute(later.values(last_post_at=clock.now() + timedelta(hours=1)))
        found = queries.unread_topics(scene.reads("ben"))
        assert len(found) == 20
        assert {row.circle.slug for row in found} == {"finance"}

    def test_what_was_read_is_not_among_them(self, held_clock, scene):
        held_clock.forward(minutes=1)
        community.reply(scene.ana, scene.topic)
        assert ids(queries.unread_topics(scene.reads("ben"))) == [scene.topic]
        looks(scene.reads("ben"), scene.topic)
        assert queries.unread_topics(scene.reads("ben")) == []

    def test_topics_without_an_answer_are_other_peoples(self, scene):
        own = community.topic(scene.ben, scene.retail)
        assert ids(queries.topics_without_answer(scene.reads("ben"))) == [scene.topic]
        assert ids(queries.topics_without_answer(scene.reads("ana"))) == [own]

    def test_closed_and_answered_ones_need_no_answer(self, scene):
        closed = community.topic(scene.ana, scene.retail)
        actions.close(scene.reads("dora"), closed)
        assert ids(queries.topics_without_answer(scene.reads("ben"))) == [scene.topic]
        community.reply(scene.dora, scene.topic)
        assert queries.topics_without_answer(scene.reads("ben")) == []

    def test_a_guest_meets_living_conversations_with_their_first_words(self, scene):
        assert queries.living_topics(GUEST) == []
        community.reply(scene.ben, scene.topic)
        (row,) = queries.living_topics(GUEST)
        assert (row.title, row.excerpt) == ("Pilots that never end", "How do yours end?")
        assert row.circle.slug == "retail"

    def test_a_topic_whose_opening_post_was_removed_is_not_among_them(self, scene):
        community.reply(scene.ben, scene.topic)
        assert len(queries.living_topics(GUEST)) == 1
        community.remove(scene.topic)
        assert queries.living_topics(GUEST) == []

    def test_only_what_a_guest_may_read_is_offered_to_guests(self, scene):
        members = community.circle("inside", Visibility.MEMBERS)
        topic = community.topic(scene.ana, members)
        community.reply(scene.ana, topic)
        community.reply(scene.ben, scene.topic)
        assert ids(queries.living_topics(GUEST)) == [scene.topic]
        assert queries.newest_open_topics() == [scene.topic]

    def test_hidden_topics_are_in_no_sitemap(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        assert queries.newest_open_topics() == []


def test_the_count_in_the_list_is_the_count_on_the_page(scene):
    viewer = scene.reads("ben")
    looks(viewer, scene.topic)
    for _ in range(4):
        community.reply(scene.ana, scene.topic)
    (row,) = listed(viewer, "retail").rows
    assert row.new_count == queries.thread(viewer, scene.topic, Ask()).unread_count == 4
