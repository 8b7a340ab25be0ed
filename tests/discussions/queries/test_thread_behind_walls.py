"""Of what a wall hides in a private space there is no trace, in whatever way one asks."""

from dataclasses import asdict, dataclass, replace
from datetime import timedelta

import pytest

from forum.core import clock
from forum.discussions import queries
from forum.discussions.queries.thread import TIME, TREE, Ask
from forum.employments import actions as employments
from forum.models.accounts import User
from tests.discussions.asking import no_trace, shown
from tests.support import community, spaces, workplaces
from tests.support.workplaces import STAFF, employer_id, group, worked_for, works_for

VIEWS = pytest.mark.parametrize("view", [TREE, TIME])


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
