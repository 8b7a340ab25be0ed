import re
from dataclasses import replace
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.accounts.actions import change_name, close_account
from forum.core import treepath
from forum.core.errors import NotThere
from forum.discussions import actions
from forum.discussions.cards import Pager
from forum.discussions.queries import thread, thread_at
from forum.discussions.queries.thread import MAX_FOLDS, TIME, TREE, Ask
from forum.policy.viewer import GUEST
from tests.discussions import trees
from tests.discussions.walking import asked_by, backwards, forwards, pages
from tests.support import community, spaces

few = settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
VIEWS = pytest.mark.parametrize("view", [TREE, TIME])


@pytest.fixture
def small_pages(monkeypatch):
    """Seven posts a page, so that a small tree has several."""
    # by its name: beside it stands a function called the same
    monkeypatch.setattr(import_module("forum.discussions.queries.thread.fetching"), "PAGE", 7)


def shown(page) -> list[str]:
    return [post.public_id for post in page.posts]


class TestOrder:
    @few
    @given(answers=trees.shapes())
    def test_a_conversation_is_read_as_recursion_would_read_it(self, scene, answers):
        tree = trees.planted([scene.ana, scene.ben], scene.retail, answers)
        expected = [tree.posts[n] for n in tree.reading_order()]
        assert shown(thread(GUEST, tree.topic, Ask())) == expected

    @few
    @given(answers=trees.shapes())
    def test_by_time_posts_come_as_they_were_written(self, scene, answers):
        tree = trees.planted([scene.ana, scene.ben], scene.retail, answers)
        assert shown(thread(GUEST, tree.topic, Ask(view=TIME))) == tree.posts

    @few
    @given(answers=trees.shapes())
    def test_the_depth_class_tells_how_deep_a_post_stands(self, scene, answers):
        tree = trees.planted([scene.ana], scene.retail, answers)
        found = {p.public_id: p.depth_class for p in thread(GUEST, tree.topic, Ask()).posts}
        assert found == {
            public_id: f"d{min(len(tree.above(n)), 8)}" for n, public_id in enumerate(tree.posts)
        }

    def test_by_time_only_the_opening_post_stands_out(self, scene):
        tree = trees.planted([scene.ana], scene.retail, [0, 1, 2, 3])
        page = thread(GUEST, tree.topic, Ask(view=TIME))
        assert [post.depth_class for post in page.posts] == ["d0", "d1", "d1", "d1", "d1"]

    @few
    @given(answers=trees.shapes(40))
    def test_past_the_deepest_level_order_stays_sane(self, scene, monkeypatch, answers):
        """Each post once, after the post it answers, and no branch above that level is torn."""
        monkeypatch.setattr(treepath, "MAX_LEVELS", 3)
        tree = trees.planted([scene.ana], scene.retail, answers)
        met = forwards(GUEST, tree.topic, Ask())
        place = {public_id: at for at, public_id in enumerate(met)}
        assert sorted(met) == sorted(tree.posts)
        for n, public_id in enumerate(tree.posts[1:], start=1):
            assert place[tree.posts[tree.parents[n]]] < place[public_id]
        for top in tree.children(0):
            branch = [place[tree.posts[n]] for n in tree.reading_order(top)]
            assert max(branch) - min(branch) + 1 == len(branch)

    def test_deeper_than_400_levels_answers_stand_beside_each_other(self, scene):
        """A B-tree row of PostgreSQL has no room for longer paths."""
        topic, chain = trees.deep_topic(scene.ana, scene.retail, 396)
        for _ in range(8):
            chain.append(community.reply(scene.ben, chain[-1], "Deeper."))
        assert forwards(GUEST, topic, Ask()) == chain
        late = community.reply(scene.ben, chain[200], "Late.")
        later = community.reply(scene.ben, chain[-1], "Deepest.")
        assert forwards(GUEST, topic, Ask()) == [*chain, later, late]

    def test_the_opening_post_of_an_imported_topic_may_be_younger_than_its_answers(self, scene):
        """Clocks of mail programs are wrong now and then; the tree is right all the same."""
        from datetime import timedelta

        from forum.core import clock

        opened = clock.now()
        text = actions.Text("Words.", "<p>Words.</p>")
        first = actions.write_topic(scene.ana.id, scene.retail.id, "Old", text, at=opened)
        answer = actions.write_reply(
            scene.ben.id, first.parent, text, at=opened - timedelta(days=1)
        )
        page = thread(GUEST, first.public_id, Ask())
        assert shown(page) == [first.public_id, answer.public_id]
        by_time = thread(GUEST, first.public_id, Ask(view=TIME))
        assert shown(by_time) == [answer.public_id, first.public_id]


class Thinned:
    """A tree of which some posts are hidden, some removed, some branches folded away."""

    def __init__(self, scene, answers, fates) -> None:
        self.tree = trees.grown([scene.ana, scene.ben], scene.retail, answers)
        met = dict(enumerate(fates[: len(answers) + 1]))
        self.folded = [n for n, fate in met.items() if fate == "fold"][:MAX_FOLDS]
        hidden = [n for n, fate in met.items() if fate == "hide"]
        removed = [n for n, fate in met.items() if fate == "remove"]
        self.gone = {*hidden, *removed}
        posts = self.tree.posts
        trees.take_away([posts[n] for n in hidden], [posts[n] for n in removed])
        if 0 in self.gone:
            trees.set_gone(self.tree.topic, "0")

    def order(self, view: str) -> list[str]:
        numbers = range(len(self.tree.posts)) if view == TIME else self.tree.reading_order()
        return [self.tree.posts[n] for n in numbers if n not in self.gone]

    def order_with_folds(self) -> list[str]:
        """Folded posts stay; what hangs below them is away."""
        away = {n for top in self.folded for n in self.tree.reading_order(top)[1:]}
        keep = [n for n in self.tree.reading_order() if n not in self.gone | away]
        return [self.tree.posts[n] for n in keep]

    @property
    def folds(self) -> tuple[str, ...]:
        return tuple(self.tree.posts[n] for n in self.folded)


FATES = st.lists(st.sampled_from(["stay", "stay", "stay", "hide", "remove"]), min_size=40)
WITH_FOLDS = st.lists(st.sampled_from(["stay", "stay", "stay", "hide", "fold"]), min_size=40)


@pytest.mark.usefixtures("small_pages")
class TestPaging:
    @VIEWS
    @few
    @given(answers=trees.shapes(), fates=FATES)
    def test_going_on_meets_every_visible_post_exactly_once(self, scene, view, answers, fates):
        thinned = Thinned(scene, answers, fates)
        assert forwards(GUEST, thinned.tree.topic, Ask(view=view)) == thinned.order(view)

    @VIEWS
    @few
    @given(answers=trees.shapes(), fates=FATES)
    def test_going_back_from_the_last_page_does_too(self, scene, view, answers, fates):
        thinned = Thinned(scene, answers, fates)
        ask = Ask(view=view, last=True)
        assert backwards(GUEST, thinned.tree.topic, ask) == thinned.order(view)

    @VIEWS
    @few
    @given(answers=trees.shapes(), fates=FATES, at=st.integers(0, 1_000))
    def test_going_back_from_any_post_meets_all_before_it(self, scene, view, answers, fates, at):
        thinned = Thinned(scene, answers, fates)
        order = thinned.order(view)
        if not order:
            return
        at %= len(order)
        met = backwards(GUEST, thinned.tree.topic, Ask(view=view, start=order[at]))
        assert met == order[: at + 7]

    @few
    @given(answers=trees.shapes(), fates=WITH_FOLDS)
    def test_folded_branches_are_left_out_forwards(self, scene, answers, fates):
        thinned = Thinned(scene, answers, fates)
        ask = Ask(folded=thinned.folds)
        assert forwards(GUEST, thinned.tree.topic, ask) == thinned.order_with_folds()

    @few
    @given(answers=trees.shapes(), fates=WITH_FOLDS)
    def test_folded_branches_are_left_out_backwards(self, scene, answers, fates):
        thinned = Thinned(scene, answers, fates)
        ask = Ask(folded=thinned.folds, last=True)
        assert backwards(GUEST, thinned.tree.topic, ask) == thinned.order_with_folds()

    def test_a_moderator_pages_through_hidden_posts_too(self, scene):
        tree = trees.grown([scene.ana, scene.ben], scene.retail, [0] * 10)
        actions.hide(scene.reads("dora"), tree.posts[5], "Too loud.")
        assert forwards(scene.reads("dora"), tree.topic, Ask()) == tree.posts

    def test_its_author_pages_through_a_hidden_post_too(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0] * 10)
        actions.hide(scene.reads("dora"), tree.posts[5], "Too loud.")
        assert forwards(scene.reads("ana"), tree.topic, Ask()) == tree.posts
        assert tree.posts[5] not in forwards(scene.reads("ben"), tree.topic, Ask())

    def test_the_first_page_has_nothing_before_it(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0] * 10)
        pager = thread(GUEST, tree.topic, Ask()).pager
        assert (pager.newer_url, pager.first_url) == (None, None)

    def test_the_last_page_has_nothing_after_it(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0] * 10)
        pager = thread(GUEST, tree.topic, Ask(last=True)).pager
        assert (pager.older_url, pager.last_url) == (None, None)

    def test_a_topic_of_one_page_has_no_pager(self, scene):
        pager = thread(GUEST, scene.topic, Ask()).pager
        assert not any([pager.newer_url, pager.older_url, pager.first_url, pager.last_url])

    def test_exactly_one_page_has_no_second_one(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0] * 6)
        assert thread(GUEST, tree.topic, Ask()).pager.older_url is None

    def test_the_last_page_is_full_of_the_newest(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0] * 10)
        assert shown(thread(GUEST, tree.topic, Ask(last=True))) == tree.posts[-7:]

    def test_the_pager_leads_to_the_first_and_the_last_page(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0] * 20)
        middle = thread(GUEST, tree.topic, Ask(start=tree.posts[8]))
        first = thread(GUEST, tree.topic, asked_by(middle.pager.first_url))
        last = thread(GUEST, tree.topic, asked_by(middle.pager.last_url))
        assert shown(first) == tree.posts[:7]
        assert shown(last) == tree.posts[-7:]

    def test_the_pager_keeps_view_and_folds(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1] + [0] * 20)
        ask = Ask(folded=(tree.posts[1],))
        assert asked_by(thread(GUEST, tree.topic, ask).pager.older_url).folded == ask.folded
        by_time = thread(GUEST, tree.topic, Ask(view=TIME))
        assert asked_by(by_time.pager.older_url).view == TIME

    @VIEWS
    def test_when_the_opening_post_is_removed_no_link_leads_nowhere(self, scene, view):
        tree = trees.grown([scene.ana], scene.retail, [0, 0])
        community.remove(tree.topic)
        ask = Ask(view=view, start=tree.posts[1])
        for page in pages(GUEST, tree.topic, ask, "newer_url"):
            assert shown(page) == tree.posts[1:]

    def test_a_cursor_that_never_was_is_not_there(self, scene):
        for ask in (Ask(start="zzzzzzzzzzzz"), Ask(before="zzzzzzzzzzzz")):
            with pytest.raises(NotThere):
                thread(GUEST, scene.topic, ask)

    def test_a_cursor_of_another_topic_is_not_there(self, scene):
        other = community.topic(scene.ben, scene.retail)
        for ask in (Ask(start=other), Ask(before=other), Ask(view=TIME, start=other)):
            with pytest.raises(NotThere):
                thread(GUEST, scene.topic, ask)


class TestPermalinksOfShortTopics:
    def test_one_shows_all_there_is_and_marks_its_post(self, scene):
        tree = trees.grown([scene.ana, scene.ben], scene.retail, [0, 1, 2, 0])
        page = thread_at(GUEST, tree.posts[2], Ask())
        assert shown(page) == tree.posts
        assert [post.public_id for post in page.posts if post.target] == [tree.posts[2]]
        assert page.ancestors == []
        assert page.pager == Pager()

    @pytest.mark.usefixtures("small_pages")
    @pytest.mark.parametrize(("replies", "whole"), [(6, True), (7, False)])
    def test_it_is_short_when_it_fits_a_page(self, scene, replies, whole):
        tree = trees.grown([scene.ana], scene.retail, [0] * replies)
        page = thread_at(GUEST, tree.posts[2], Ask())
        assert (shown(page)[0] == tree.topic) is whole

    def test_so_does_one_of_a_space(self, inside):
        first = spaces.sealed_reply(inside.ben, inside.topic)
        second = spaces.sealed_reply(inside.ana, first)
        page = thread_at(inside.reads("ana"), second, Ask())
        assert shown(page) == [inside.topic, first, second]


@pytest.mark.usefixtures("more_than_a_page")
class TestPermalinks:
    def test_a_permalink_opens_at_its_post(self, scene):
        tree = trees.grown([scene.ana, scene.ben], scene.retail, [0, 1, 2, 0])
        page = thread_at(GUEST, tree.posts[2], Ask())
        assert shown(page) == [tree.posts[2], tree.posts[3], tree.posts[4]]
        assert [post.target for post in page.posts] == [True, False, False]

    @few
    @given(answers=trees.shapes(), at=st.integers(0, 1_000))
    def test_above_it_stand_its_ancestors_but_the_opening_post(self, scene, answers, at):
        tree = trees.grown([scene.ana, scene.ben], scene.retail, answers)
        number = at % len(tree.posts)
        page = thread_at(GUEST, tree.posts[number], Ask())
        expected = [f"/p/{tree.posts[n]}" for n in tree.above(number)[1:]][-6:]
        assert [above.url for above in page.ancestors] == expected

    def test_of_many_ancestors_the_nearest_six_are_shown(self, scene):
        tree = trees.grown([scene.ana], scene.retail, list(range(10)))
        page = thread_at(GUEST, tree.posts[9], Ask())
        assert [above.url for above in page.ancestors] == [f"/p/{p}" for p in tree.posts[3:9]]

    def test_an_ancestor_has_its_authors_name_and_first_words(self, scene):
        answer = community.reply(scene.ben, scene.topic, "Ours **ended**.")
        below = community.reply(scene.ana, answer)
        (above,) = thread_at(GUEST, below, Ask()).ancestors
        assert (above.byline.name, above.excerpt) == ("Ben", "Ours ended.")

    def test_a_hidden_ancestor_is_left_out(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1, 2])
        actions.hide(scene.reads("dora"), tree.posts[1], "Too loud.")
        page = thread_at(GUEST, tree.posts[3], Ask())
        assert [above.url for above in page.ancestors] == [f"/p/{tree.posts[2]}"]

    def test_the_link_of_an_opening_post_is_its_topic(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        page = thread_at(GUEST, scene.topic, Ask())
        assert shown(page) == [scene.topic, answer]
        assert page.pager.newer_url is None

    def test_a_permalink_stays_when_posts_come_before_it(self, scene):
        first = community.reply(scene.ben, scene.topic)
        second = community.reply(scene.ben, scene.topic)
        for _ in range(3):
            community.reply(scene.ana, first)
        assert shown(thread_at(GUEST, second, Ask()))[0] == second

    def test_by_time_a_permalink_opens_at_its_post_too(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 0, 1])
        page = thread_at(GUEST, tree.posts[2], Ask(view=TIME))
        assert shown(page) == [tree.posts[2], tree.posts[3]]
        assert page.ancestors == []

    def test_a_removed_post_is_not_there(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        assert thread_at(GUEST, answer, Ask())
        community.remove(answer)
        with pytest.raises(NotThere):
            thread_at(GUEST, answer, Ask())

    def test_a_hidden_post_is_there_for_its_author_and_moderators_only(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        actions.hide(scene.reads("dora"), answer, "Too loud.")
        for who in (scene.reads("ben"), scene.reads("dora")):
            assert thread_at(who, answer, Ask()).posts[0].hidden_reason == "Too loud."
        for who in (GUEST, scene.reads("ana")):
            with pytest.raises(NotThere):
                thread_at(who, answer, Ask())


class TestCards:
    def test_where_a_post_was_taken_away_its_answers_show_a_gap_once(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1, 1, 2])
        actions.hide(scene.reads("dora"), tree.posts[1], "Too loud.")
        gaps = {post.public_id: post.gap_before for post in thread(GUEST, tree.topic, Ask()).posts}
        assert gaps == {
            tree.topic: False,
            tree.posts[2]: True,
            tree.posts[4]: False,
            tree.posts[3]: False,
        }

    def test_who_sees_the_hidden_post_sees_no_gap(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1])
        actions.hide(scene.reads("dora"), tree.posts[1], "Too loud.")
        page = thread(scene.reads("dora"), tree.topic, Ask())
        assert not any(post.gap_before for post in page.posts)

    @pytest.mark.usefixtures("more_than_a_page")
    def test_a_page_that_begins_inside_a_branch_shows_no_false_gap(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1, 2])
        page = thread_at(GUEST, tree.posts[3], Ask())
        assert not page.posts[0].gap_before

    def test_the_opening_post_gone_is_told_at_the_head_not_as_a_gap(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0])
        community.remove(tree.topic)
        page = thread(GUEST, tree.topic, Ask())
        assert page.topic.opening_gone
        assert not page.posts[0].gap_before

    def test_by_time_an_answer_names_whom_it_answers(self, scene):
        first = community.reply(scene.ben, scene.topic)
        second = community.reply(scene.ana, first)
        cards = thread(GUEST, scene.topic, Ask(view=TIME)).posts
        assert (cards[2].public_id, cards[2].reply_to.name) == (second, "Ben")
        assert cards[2].reply_to_url == f"/p/{first}"
        assert cards[0].reply_to is None

    def test_by_time_an_answer_to_a_hidden_post_names_nobody(self, scene):
        first = community.reply(scene.ben, scene.topic)
        community.reply(scene.ana, first)
        actions.hide(scene.reads("dora"), first, "Too loud.")
        cards = thread(GUEST, scene.topic, Ask(view=TIME)).posts
        assert cards[1].reply_to is None

    def test_deeper_than_the_page_can_show_an_answer_names_whom_it_answers(self, scene):
        tree = trees.grown([scene.ana, scene.ben], scene.retail, list(range(10)))
        cards = thread(GUEST, tree.topic, Ask()).posts
        assert [card.reply_to is not None for card in cards] == [False] * 9 + [True] * 2
        assert cards[10].reply_to_url == f"/p/{tree.posts[9]}"

    def test_the_topics_author_is_marked_on_answers_only(self, scene):
        own = community.reply(scene.ana, scene.topic)
        other = community.reply(scene.ben, scene.topic)
        marked = {p.public_id: p.is_topic_author for p in thread(GUEST, scene.topic, Ask()).posts}
        assert marked == {scene.topic: False, own: True, other: False}

    def test_one_may_edit_ones_own_posts_only(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        page = thread(scene.reads("ben"), scene.topic, Ask())
        assert {p.public_id: (p.mine, p.can_edit) for p in page.posts} == {
            scene.topic: (False, False),
            answer: (True, True),
        }

    def test_a_guest_may_edit_nothing(self, scene):
        assert not any(p.can_edit or p.mine for p in thread(GUEST, scene.topic, Ask()).posts)

    def test_in_a_closed_topic_there_is_nothing_to_edit(self, scene):
        community.close(scene.topic)
        assert not thread(scene.reads("ana"), scene.topic, Ask()).posts[0].can_edit

    def test_an_imported_text_cannot_be_edited(self, scene):
        from forum.core.markup import Format

        text = actions.Text("Words.", "<p>Words.</p>", Format.PLAIN)
        mail = actions.write_topic(scene.ana.id, scene.retail.id, "Old", text)
        assert not thread(scene.reads("ana"), mail.public_id, Ask()).posts[0].can_edit

    def test_an_edited_post_says_so(self, scene):
        community.reply(scene.ben, scene.topic)
        assert not thread(GUEST, scene.topic, Ask()).posts[0].edited
        actions.edit_post(scene.reads("ana"), scene.topic, "Better words.")
        assert thread(GUEST, scene.topic, Ask()).posts[0].edited


class TestFolding:
    def test_a_post_with_answers_offers_to_fold_them(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1])
        cards = thread(GUEST, tree.topic, Ask()).posts
        assert [bool(card.fold_url) for card in cards] == [False, True, False]

    def test_its_link_folds_that_branch_and_comes_back_to_the_post(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1, 0])
        url = thread(GUEST, tree.topic, Ask()).posts[1].fold_url
        assert url.endswith(f"#p-{tree.posts[1]}")
        page = thread(GUEST, tree.topic, asked_by(url))
        assert shown(page) == [tree.topic, tree.posts[1], tree.posts[3]]
        assert [card.folded for card in page.posts] == [False, True, False]

    def test_the_link_of_a_folded_post_opens_it_again(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1])
        folded = thread(GUEST, tree.topic, Ask(folded=(tree.posts[1],)))
        assert asked_by(folded.posts[1].fold_url).folded == ()

    def test_several_branches_fold(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 0, 1, 2])
        page = thread(GUEST, tree.topic, Ask(folded=(tree.posts[1], tree.posts[2])))
        assert shown(page) == [tree.topic, tree.posts[1], tree.posts[2]]

    def test_folding_a_post_of_another_topic_folds_nothing(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1])
        page = thread(GUEST, tree.topic, Ask(folded=(scene.topic,)))
        assert shown(page) == tree.posts

    def test_by_time_nothing_folds(self, scene):
        tree = trees.grown([scene.ana], scene.retail, [0, 1])
        page = thread(GUEST, tree.topic, Ask(view=TIME, folded=(tree.posts[1],)))
        assert shown(page) == tree.posts


class TestWhoMayRead:
    def test_a_topic_that_never_was_is_not_there(self, app_context):
        with pytest.raises(NotThere):
            thread(GUEST, "zzzzzzzzzzzz", Ask())

    def test_a_hidden_topic_is_there_for_its_author_and_moderators_only(self, scene):
        actions.hide(scene.reads("dora"), scene.topic, "Too loud.")
        for who in (scene.reads("ana"), scene.reads("dora")):
            assert thread(who, scene.topic, Ask()).topic.hidden_reason == "Too loud."
        for who in (GUEST, scene.reads("ben")):
            with pytest.raises(NotThere):
                thread(who, scene.topic, Ask())

    def test_members_may_write_and_others_may_not(self, scene):
        stranger = community.viewer(community.person("Gil"))
        assert thread(scene.reads("ben"), scene.topic, Ask()).place.may_write
        assert not thread(stranger, scene.topic, Ask()).place.may_write
        assert not thread(GUEST, scene.topic, Ask()).place.may_write

    def test_only_a_moderator_is_told_to_be_one(self, scene):
        assert thread(scene.reads("dora"), scene.topic, Ask()).place.is_moderator
        assert not thread(scene.reads("ben"), scene.topic, Ask()).place.is_moderator


class TestAsk:
    def test_a_page_asked_for_plainly_has_a_plain_address(self):
        assert Ask().url("/t/x") == "/t/x"

    @pytest.mark.parametrize(
        ("ask", "url"),
        [
            (Ask(view=TIME), "/t/x?view=time"),
            (Ask(start="a"), "/t/x?from=a"),
            (Ask(before="a"), "/t/x?before=a"),
            (Ask(last=True), "/t/x?at=last"),
            (Ask(folded=("a", "b")), "/t/x?fold=a,b"),
            (Ask(view=TIME, start="a", folded=("b",)), "/t/x?view=time&from=a&fold=b"),
        ],
    )
    def test_an_address_says_what_is_asked_for(self, ask, url):
        assert ask.url("/t/x") == url
        assert asked_by(url) == ask

    def test_the_target_of_a_permalink_is_not_in_the_pagers_addresses(self):
        assert replace(Ask(), target="a").url("/t/x") == "/t/x"


class TestNamesakes:
    def names(self, viewer, topic: str) -> list[str]:
        return [post.byline.name for post in thread(viewer, topic, Ask()).posts]

    def test_are_called_by_their_handles_too(self, scene):
        other = community.person("Zoe")
        change_name(community.viewer(other), "ana")
        community.reply(other, scene.topic)
        community.reply(scene.ben, scene.topic)
        first, *others = self.names(GUEST, scene.topic)
        assert first == "Ana (@ana)"
        assert "Ben" in others
        assert any(re.fullmatch(r"ana \(@ana-\d+\)", name) for name in others)

    def test_alone_on_a_page_by_their_name_only(self, scene):
        community.reply(scene.ana, scene.topic)
        assert self.names(GUEST, scene.topic)[-1] == "Ana"

    def test_who_went_for_good_has_none(self, scene):
        for name in ("Cem", "Eve"):
            person = community.person(name)
            community.reply(person, scene.topic)
            close_account(person.id)
        assert self.names(GUEST, scene.topic)[-2:] == ["former member"] * 2
