"""The page of a private space's topic, for those who may see it: words, drafts, marks, pages."""

from datetime import date
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings

from forum.discussions import actions, queries
from forum.discussions.queries.thread import TIME, TREE, Ask
from forum.models.accounts import User
from tests.discussions import trees
from tests.discussions.asking import no_trace, shown
from tests.discussions.walking import backwards, forwards
from tests.support import community, spaces

few = settings(max_examples=6, suppress_health_check=list(HealthCheck), derandomize=True)


@pytest.fixture
def small_pages(monkeypatch):
    """Three posts a page, so that a small tree has several."""
    monkeypatch.setattr(import_module("forum.discussions.queries.thread.fetching"), "PAGE", 3)


class TestHiding:
    def test_a_hidden_answer_is_there_for_its_author_and_the_moderators(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        actions.hide(inside.reads("dora"), answer, "Too loud.")
        for name in ("ben", "dora"):
            assert shown(inside.reads(name), inside.topic) == [inside.topic, answer]
        no_trace(inside.reads("ana"), inside.topic, answer, inside.here.public_id)

    def test_a_hidden_topic_is_there_for_its_author_and_the_moderators(self, inside):
        other = spaces.sealed_topic(inside.dora, inside.here)
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        actions.hide(inside.reads("dora"), inside.topic, "Too loud.")
        for name in ("ana", "dora"):
            assert shown(inside.reads(name), inside.topic) == [inside.topic, answer]
            assert inside.topic in spaces.listed(getattr(inside, name), inside.here)
        for post in (inside.topic, answer):
            no_trace(inside.reads("ben"), other, post, inside.here.public_id)
        assert spaces.listed(inside.ben, inside.here) == [other]

    def test_what_is_shown_again_is_there_again(self, inside):
        actions.hide(inside.reads("dora"), inside.topic, "Too loud.")
        actions.unhide(inside.reads("dora"), inside.topic)
        assert shown(inside.reads("ben"), inside.topic) == [inside.topic]


class TestThePage:
    def test_has_the_words(self, inside):
        page = queries.thread(inside.reads("ben"), inside.topic, Ask())
        assert page.topic.title == "Pilots that never end"
        assert "Ours failed." in page.posts[0].html

    def test_counts_nothing_and_knows_no_hour(self, inside):
        spaces.sealed_reply(inside.ben, inside.topic)
        page = queries.thread(inside.reads("dora"), inside.topic, Ask())
        assert page.topic.reply_count is None
        assert {type(post.at) for post in page.posts} == {date}
        assert type(page.topic.at) is date

    def test_says_whose_topic_it_is_on_every_posts_own_page(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        name = spaces.name_in(inside.ana, inside.topic)
        seen_by = queries.post_for(inside.reads("dora"), answer)
        assert seen_by.topic.byline.name == name
        assert not seen_by.card.is_topic_author
        mine = spaces.sealed_reply(inside.ana, answer)
        assert queries.post_for(inside.reads("dora"), mine).card.is_topic_author

    def test_says_so_where_the_opening_post_was_taken_back(self, inside):
        answer = spaces.sealed_reply(inside.ben, inside.topic)
        assert not queries.thread(inside.reads("dora"), inside.topic, Ask()).topic.opening_gone
        actions.remove_post(inside.reads("ana"), inside.topic)
        page = queries.thread(inside.reads("dora"), inside.topic, Ask())
        assert page.topic.opening_gone
        assert page.topic.title == "Taken back by who opened it"
        assert [post.public_id for post in page.posts] == [answer]

    def test_takes_up_the_draft_of_an_answer(self, inside):
        actions.save_draft(inside.reads("ben"), f"reply:{inside.topic}", "", "Half", "")
        assert queries.thread(inside.reads("ben"), inside.topic, Ask()).draft_body == "Half"
        assert queries.thread(inside.reads("dora"), inside.topic, Ask()).draft_body == ""

    def test_marks_what_is_new_since_it_was_shown(self, inside):
        ben, voice = inside.reads("ben"), spaces.voice(inside.ben, inside.topic)
        page = queries.thread(ben, inside.topic, Ask())
        actions.record_shown(ben, page.topic_id, page.newly_shown, voice)
        answer = spaces.sealed_reply(inside.dora, inside.topic)
        page = queries.thread(ben, inside.topic, Ask())
        assert [post.is_new for post in page.posts] == [False, True]
        assert queries.next_unread(ben, inside.topic, None) == answer
        actions.record_shown(ben, page.topic_id, page.newly_shown, voice)
        assert queries.next_unread(ben, inside.topic, None) is None

    def test_a_walled_post_is_unread_to_nobody_who_cannot_see_it(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        cleo, voice = inside.reads("cleo"), spaces.voice(inside.cleo, asked)
        page = queries.thread(cleo, asked, Ask())
        actions.record_shown(cleo, page.topic_id, page.newly_shown, voice)
        spaces.sealed_reply(inside.ana, asked)
        page = queries.thread(cleo, asked, Ask())
        assert (page.unread_count, page.next_unread_url) == (0, None)
        assert queries.next_unread(cleo, asked, None) is None


class TestPages:
    """Ana, Ben, Cleo and Dora in turns. Ana and Cleo are colleagues: each misses whole branches."""

    @few
    @given(answers=trees.shapes(max_replies=14))
    def test_neither_skip_nor_repeat_around_walls(self, inside, small_pages, answers):
        tree, wrote = planted(inside, answers)
        for who in (inside.ana, inside.ben, inside.cleo, inside.dora):
            there = [
                n
                for n in tree.reading_order()
                if not any(colleagues(inside, who, wrote[m]) for m in (*tree.above(n), n))
            ]
            for view, numbers in ((TREE, there), (TIME, sorted(there))):
                viewer, expected = community.viewer(who), [tree.posts[n] for n in numbers]
                assert forwards(viewer, tree.topic, Ask(view=view)) == expected
                assert backwards(viewer, tree.topic, Ask(view=view, last=True)) == expected

    def test_that_lie_behind_a_wall_altogether_are_passed_over(self, inside, small_pages):
        """Ten posts of Ana's, three a page, stand before the one that Cleo sees."""
        asked = spaces.sealed_topic(inside.ben, inside.here)
        spaces.many_replies([inside.ana], asked, [0] * 10)
        last = spaces.sealed_reply(inside.dora, asked)
        for view in (TREE, TIME):
            assert shown(inside.reads("cleo"), asked, view=view) == [asked, last]
            page = queries.thread(inside.reads("cleo"), asked, Ask(view=view))
            assert (page.pager.older_url, page.pager.newer_url) == (None, None)


def planted(inside, answers: list[int]) -> tuple[trees.Tree, list[User]]:
    """A topic of Ben's of this shape, and who wrote each post: the next who may see its parent."""
    people = [inside.ana, inside.cleo, inside.ben, inside.dora]
    (asked,) = spaces.many_topics([inside.ben], inside.here, 1)
    tree, wrote = trees.Tree(asked, [-1, *answers]), [inside.ben]
    for n, parent in enumerate(answers):
        above = [wrote[m] for m in (*tree.above(parent), parent)]
        turns = people[n % 4 :] + people
        wrote.append(
            next(p for p in turns if not any(colleagues(inside, p, each) for each in above))
        )
    tree.posts = spaces.many_replies(wrote[1:] or [inside.ben], asked, answers)
    return tree, wrote


def colleagues(inside, one: User, other: User) -> bool:
    return {one.id, other.id} == {inside.ana.id, inside.cleo.id}
