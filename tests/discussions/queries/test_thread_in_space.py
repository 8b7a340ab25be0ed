"""A topic of a private space, as each of its members sees it: there is no trace of what isn't."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from hypothesis import HealthCheck, given, settings

from forum.core import clock
from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.queries.thread import TIME, TREE, Ask
from forum.employments import actions as employments
from forum.models.accounts import User
from forum.policy.viewer import GUEST, Viewer
from tests.discussions import trees
from tests.discussions.walking import backwards, forwards
from tests.support import community, spaces, workplaces
from tests.support.workplaces import STAFF, employer_id, group, worked_for, works_for

few = settings(max_examples=6, suppress_health_check=list(HealthCheck), derandomize=True)
VIEWS = pytest.mark.parametrize("view", [TREE, TIME])
NO_SUCH = "zzzzzzzzzzzz"


@pytest.fixture
def small_pages(monkeypatch):
    """Three posts a page, so that a small tree has several."""
    monkeypatch.setattr(import_module("forum.discussions.queries.thread.fetching"), "PAGE", 3)


def shown(viewer: Viewer, topic: str, **ask) -> list[str]:
    return [post.public_id for post in queries.thread(viewer, topic, Ask(**ask)).posts]


def every_way_to(viewer: Viewer, topic: str, post: str, space_public_id: str) -> dict[str, object]:
    """What each way to ask for a post answers; a refusal as the name of its error."""
    ways = {
        "topic": lambda: queries.thread(viewer, post, Ask()),
        "permalink": lambda: queries.thread_at(viewer, post, Ask()),
        "permalink by time": lambda: queries.thread_at(viewer, post, Ask(view=TIME)),
        "next unread of": lambda: queries.next_unread(viewer, post, None),
        "next unread": lambda: queries.next_unread(viewer, topic, post),
        "from": lambda: shown(viewer, topic, start=post),
        "from, by time": lambda: shown(viewer, topic, start=post, view=TIME),
        "before": lambda: shown(viewer, topic, before=post),
        "before, by time": lambda: shown(viewer, topic, before=post, view=TIME),
        "fold": lambda: shown(viewer, topic, folded=(post,)),
        "post": lambda: queries.post_for(viewer, post),
        "reply": lambda: actions.post_reply(viewer, post, "Words.", "n" * 22),
        "edit": lambda: actions.edit_post(viewer, post, "Words."),
        "remove": lambda: actions.remove_post(viewer, post),
        "report": lambda: actions.report(viewer, post, "other", "Words."),
        "hide": lambda: actions.hide(viewer, post, "Words."),
        "close": lambda: actions.close(viewer, post),
        "draft": lambda: actions.save_draft(viewer, f"reply:{post}", "", "Words.", ""),
        "list from": lambda: queries.topics_of_space(viewer, seen(viewer, space_public_id), post),
    }
    return {name: _answer(way) for name, way in ways.items()}


def seen(viewer: Viewer, space_public_id: str):
    return spaces.space_for(viewer, space_public_id)


def _answer(way) -> object:
    try:
        return way()
    except Exception as error:  # noqa: BLE001 - the test compares what each raises
        return repr(error)


def no_trace(viewer: Viewer, topic: str, post: str, space_public_id: str) -> None:
    """Asked for in any way, a post answers as one that never was."""
    there = every_way_to(viewer, topic, post, space_public_id)
    nowhere = every_way_to(viewer, topic, NO_SUCH, space_public_id)
    assert there == nowhere


@dataclass(frozen=True)
class Two:
    """Somebody who has written in a space, and somebody else who is in it."""

    writer: User
    other: User


@pytest.fixture
def two(app_context) -> Two:
    return Two(community.person("Writer"), community.person("Other"))


def _same_employer(two: Two) -> None:
    works_for(two.writer, "Northwind")
    works_for(two.other, "NORTHWIND Inc.")


def _same_group(two: Two) -> None:
    works_for(two.writer, "Northwind")
    works_for(two.other, "Southwind")
    group("The Winds", "Northwind", "Southwind")


def _alias(two: Two) -> None:
    works_for(two.writer, "NW Trading")
    works_for(two.other, "Northwind")
    employments.merge(STAFF, employer_id("NW Trading"), "Northwind")


def _verified_domain(two: Two) -> None:
    works_for(two.writer, "The firm", "northwind.example")
    works_for(two.other, "Somewhere", "northwind.example")


def _writer_left_lately(two: Two) -> None:
    worked_for(two.writer, "Northwind", until=clock.today() - timedelta(days=364))
    works_for(two.other, "Northwind")


def _other_left_lately(two: Two) -> None:
    works_for(two.writer, "Northwind")
    worked_for(two.other, "Northwind", until=clock.today() - timedelta(days=365))


def _on_their_site(two: Two) -> None:
    works_for(two.writer, "Northwind", tie=workplaces.Tie.WORKS_AT)
    works_for(two.other, "Northwind")


def _elsewhere(two: Two) -> None:
    works_for(two.writer, "Northwind", "northwind.example")
    works_for(two.other, "Contoso", "contoso.example")


def _nowhere(_two: Two) -> None:
    """They have told of nothing."""


def _left_long_ago(two: Two) -> None:
    works_for(two.writer, "Northwind")
    worked_for(two.other, "Northwind", until=clock.today() - timedelta(days=366))


COLLEAGUES = [
    *(_same_employer, _same_group, _alias, _verified_domain),
    *(_writer_left_lately, _other_left_lately, _on_their_site),
]
STRANGERS = [_elsewhere, _nowhere, _left_long_ago]


def settled(two: Two) -> tuple[str, str, spaces.Space]:
    """Both in a space; a topic of somebody else's there, and the writer's answer to it."""
    here = spaces.space(community.circle("retail"))
    host = community.person("Host")
    for who in (host, two.writer, two.other):
        spaces.enter(here, who)
    topic = spaces.sealed_topic(host, here)
    return topic, spaces.sealed_reply(two.writer, topic), here


class TestColleagues:
    @pytest.mark.parametrize("how", COLLEAGUES)
    def test_see_no_trace_of_a_topic_being(self, held_clock, two, how):
        how(two)
        topic, _answer, here = settled(two)
        theirs = spaces.sealed_topic(two.writer, here)
        viewer = community.viewer(two.other)
        no_trace(viewer, topic, theirs, here.public_id)
        assert spaces.listed(two.other, here) == [topic]

    @pytest.mark.parametrize("how", COLLEAGUES)
    def test_see_no_trace_of_an_answer_being(self, held_clock, two, how):
        how(two)
        topic, answer, here = settled(two)
        viewer = community.viewer(two.other)
        no_trace(viewer, topic, answer, here.public_id)
        assert shown(viewer, topic) == [topic]
        assert shown(viewer, topic, view=TIME) == [topic]

    @pytest.mark.parametrize("how", STRANGERS)
    def test_are_not_those_who_are(self, held_clock, two, how):
        how(two)
        topic, answer, here = settled(two)
        theirs = spaces.sealed_topic(two.writer, here)
        viewer = community.viewer(two.other)
        assert shown(viewer, topic) == [topic, answer]
        assert shown(viewer, theirs) == [theirs]
        assert set(spaces.listed(two.other, here)) == {topic, theirs}

    def test_see_nothing_that_hangs_below_a_walled_answer(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        walled = spaces.sealed_reply(inside.ana, asked)
        below = spaces.sealed_reply(inside.ben, walled)
        deeper = spaces.sealed_reply(inside.dora, below)
        cleo = inside.reads("cleo")
        assert shown(cleo, asked) == [asked]
        for post in (walled, below, deeper):
            no_trace(cleo, asked, post, inside.here.public_id)

    def test_see_what_stands_beside_it(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        spaces.sealed_reply(inside.ana, asked)
        beside = spaces.sealed_reply(inside.dora, asked)
        assert shown(inside.reads("cleo"), asked) == [asked, beside]

    def test_cannot_tell_from_the_page_that_something_is_missing(self, inside):
        """The page of a topic with a walled answer is the page of one without it."""
        asked = spaces.sealed_topic(inside.ben, inside.here)
        spaces.sealed_reply(inside.dora, asked)
        before = queries.thread(inside.reads("cleo"), asked, Ask())
        walled = spaces.sealed_reply(inside.ana, asked)
        spaces.sealed_reply(inside.ben, walled)
        after = queries.thread(inside.reads("cleo"), asked, Ask())
        assert list(map(asdict, after.posts)) == list(map(asdict, before.posts))
        rest = {"posts": [], "place": None, "voice": None}
        assert replace(after, **rest) == replace(before, **rest)

    def test_see_neither_who_answered_a_walled_answer_by_time(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        walled = spaces.sealed_reply(inside.ana, asked)
        spaces.sealed_reply(inside.dora, walled)
        assert shown(inside.reads("cleo"), asked, view=TIME) == [asked]


class TestTheAuthor:
    def test_sees_their_own_posts_and_the_answers_to_them(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        mine = spaces.sealed_reply(inside.ana, asked)
        below = spaces.sealed_reply(inside.ben, mine)
        own = spaces.sealed_reply(inside.ana, below)
        assert shown(inside.reads("ana"), asked) == [asked, mine, below, own]
        page = queries.thread(inside.reads("ana"), asked, Ask())
        assert [post.mine for post in page.posts] == [False, True, False, True]

    def test_is_still_held_back_by_a_colleague_who_wrote_before(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        cleos = spaces.sealed_reply(inside.cleo, asked)
        anas = spaces.sealed_reply(inside.ana, asked)
        assert shown(inside.reads("ana"), asked) == [asked, anas]
        assert shown(inside.reads("cleo"), asked) == [asked, cleos]


class TestTheMentioned:
    def test_see_what_is_said_to_them_and_their_colleagues_do_not(self, inside):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        mine = spaces.sealed_reply(inside.ana, asked)
        name = spaces.name_in(inside.ana, asked)
        naming = spaces.sealed_reply(inside.dora, asked, f"I am with {name} there.")
        assert shown(inside.reads("ana"), asked) == [asked, mine, naming]
        assert shown(inside.reads("cleo"), asked) == [asked]
        no_trace(inside.reads("cleo"), asked, naming, inside.here.public_id)


class TestDoors:
    def outside(self, inside, viewer: Viewer) -> None:
        for ask in (Ask(), Ask(view=TIME)):
            with pytest.raises(NotThere):
                queries.thread(viewer, inside.topic, ask)
            with pytest.raises(NotThere):
                queries.thread_at(viewer, inside.topic, ask)
        with pytest.raises(NotThere):
            queries.post_for(viewer, inside.topic)
        with pytest.raises(NotThere):
            spaces.space_for(viewer, inside.here.public_id)

    def test_a_guest_is_outside(self, inside):
        self.outside(inside, GUEST)

    def test_a_member_of_the_circle_alone_is_outside(self, inside):
        gil = community.person("Gil")
        community.join(gil, inside.retail)
        self.outside(inside, community.viewer(gil))

    def test_staff_and_the_circles_moderators_are_outside(self, inside):
        boss, mo = community.person("Boss", staff=True), community.person("Mo")
        community.join(mo, inside.retail, spaces.Role.MODERATOR)
        self.outside(inside, community.viewer(boss, staff_proved=True))
        self.outside(inside, community.viewer(mo))

    def test_a_member_of_another_space_is_outside(self, inside):
        gil = community.person("Gil")
        spaces.enter(spaces.space(community.circle("energy")), gil)
        self.outside(inside, community.viewer(gil))

    def test_whoever_left_the_space_is_outside(self, inside):
        spaces.leave(inside.here, inside.ben)
        self.outside(inside, inside.reads("ben"))

    def test_even_who_wrote_there(self, inside):
        spaces.leave(inside.here, inside.ana)
        self.outside(inside, inside.reads("ana"))

    def test_whoever_left_the_circle_is_outside(self, inside):
        community.leave(inside.ben, inside.retail)
        self.outside(inside, inside.reads("ben"))

    def test_whoever_was_sent_away_from_the_circle_is_outside(self, inside):
        community.send_away(inside.ben, inside.retail)
        self.outside(inside, inside.reads("ben"))

    def test_after_a_password_reset_all_is_shut_for_a_while(self, inside):
        ben = inside.reads("ben")
        assert shown(ben, inside.topic) == [inside.topic]
        self.outside(inside, replace(ben, spaces_shut=True))

    def test_of_topics_before_a_change_of_employers_there_is_nothing(self, held_clock, inside):
        spaces.change_employers(inside.ben)
        held_clock.forward(days=1)
        later = spaces.sealed_topic(inside.dora, inside.here)
        no_trace(inside.reads("ben"), later, inside.topic, inside.here.public_id)
        assert spaces.listed(inside.ben, inside.here) == [later]
        assert shown(inside.reads("ben"), later) == [later]


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
