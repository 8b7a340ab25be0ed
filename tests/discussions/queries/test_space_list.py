"""The topics of a private space: by day, shuffled within it, and never counted."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from forum.core import clock
from forum.core.db import db
from forum.core.errors import NotThere
from forum.discussions import actions, queries
from forum.discussions.queries import space_list
from forum.models.accounts import User
from tests.discussions import rows
from tests.support import community, spaces
from tests.support.statements import counted_statements


@pytest.fixture
def small_pages(monkeypatch):
    """Four topics a page."""
    monkeypatch.setattr(space_list, "PAGE", 4)


def pages(who: User, here: spaces.Space) -> list[list[str]]:
    """All pages, as somebody sees them who only clicks the pager's link."""
    found, after = [], None
    while True:
        page = queries.topics_of_space(community.viewer(who), spaces.seen(who, here), after)
        found.append([row.url.removeprefix("/t/") for row in page.rows])
        assert len(found) < 30, "the pager goes round in circles"
        if not page.pager.older_url:
            return found
        (after,) = parse_qs(urlsplit(page.pager.older_url).query)["after"]


def listed(inside, name: str) -> dict[str, space_list.SealedTopicRow]:
    who = getattr(inside, name)
    page = queries.topics_of_space(community.viewer(who), spaces.seen(who, inside.here))
    return {row.url.removeprefix("/t/"): row for row in page.rows}


def show(who: User, topic: str) -> None:
    """What opening a topic leaves behind."""
    page = queries.thread(community.viewer(who), topic, queries.Ask())
    actions.record_shown(community.viewer(who), page.topic_id, page.newly_shown, page.voice)


class TestOrder:
    def test_is_by_the_day_of_opening_the_newest_first(self, held_clock, inside):
        days = [{inside.topic}]
        for _day in range(3):
            held_clock.forward(days=1)
            days.append(set(spaces.many_topics([inside.ana, inside.ben], inside.here, 4)))
        found = spaces.listed(inside.dora, inside.here)
        assert [set(found[start : start + 4]) for start in (0, 4, 8)] == days[:0:-1]
        assert found[12:] == [inside.topic]

    def test_within_a_day_is_random_and_stays(self, held_clock, inside):
        made = [inside.topic]
        for _hour in range(12):
            held_clock.forward(hours=1)
            made += spaces.many_topics([inside.ben], inside.here, 1)
        found = spaces.listed(inside.dora, inside.here)
        assert found == sorted(made, key=lambda topic: rows.topic(topic).id, reverse=True)
        assert found not in (made, made[::-1])
        assert spaces.listed(inside.dora, inside.here) == found

    def test_does_not_change_when_a_topic_is_answered(self, inside):
        spaces.many_topics([inside.ben], inside.here, 6)
        before = spaces.listed(inside.dora, inside.here)
        spaces.sealed_reply(inside.ben, before[-1])
        assert spaces.listed(inside.dora, inside.here) == before


class TestPages:
    """Ana and Cleo are colleagues; of what they, Ben and Dora open each misses a quarter."""

    @pytest.fixture
    def wrote(self, held_clock, inside) -> dict[str, int]:
        """Who opened each of 25 topics of five days, one day all Ana's."""
        people = [inside.ana, inside.ben, inside.cleo, inside.dora]
        found = {inside.topic: inside.ana.id}
        for day in range(4):
            held_clock.forward(days=1)
            authors = [inside.ana] if day == 2 else people
            made = spaces.many_topics(authors, inside.here, 6)
            found |= {topic: authors[n % len(authors)].id for n, topic in enumerate(made)}
        return found

    @pytest.mark.parametrize(
        ("name", "colleague"), [("ana", "cleo"), ("cleo", "ana"), ("ben", ""), ("dora", "")]
    )
    def test_neither_skip_nor_repeat_around_walls(
        self, inside, small_pages, wrote, name, colleague
    ):
        theirs = getattr(inside, colleague).id if colleague else None
        met = [topic for page in pages(getattr(inside, name), inside.here) for topic in page]
        expected = {topic for topic, author in wrote.items() if author != theirs}
        assert len(met) == len(set(met))
        assert set(met) == expected

    @pytest.mark.parametrize("name", ["ana", "cleo", "ben"])
    def test_are_all_full_but_the_last(self, inside, small_pages, wrote, name):
        """A short one would tell that something stands behind a wall there."""
        *full, last = pages(getattr(inside, name), inside.here)
        assert len(full) >= 2
        assert {len(page) for page in full} == {4}
        assert 0 < len(last) <= 4

    def test_go_on_the_same_whoever_cannot_see_the_topics_between(self, inside, small_pages, wrote):
        met = [topic for page in pages(inside.cleo, inside.here) for topic in page]
        all_of_it = [topic for page in pages(inside.dora, inside.here) for topic in page]
        assert met == [topic for topic in all_of_it if wrote[topic] != inside.ana.id]

    def test_tell_no_total(self, inside, small_pages, wrote):
        page = queries.topics_of_space(inside.reads("ben"), spaces.seen(inside.ben, inside.here))
        assert "last" not in str(page.pager.older_url)
        assert page.pager.last_url is None

    def test_an_empty_one_is_one_page(self, inside, small_pages):
        assert pages(inside.cleo, inside.here) == [[]]

    def test_a_cursor_to_a_walled_topic_answers_as_one_to_none(self, inside):
        for after in (inside.topic, "zzzzzzzzzzzz"):
            with pytest.raises(NotThere):
                spaces.listed(inside.cleo, inside.here, after)

    def test_a_cursor_to_a_topic_of_another_space_answers_so_too(self, inside):
        other = spaces.space(community.circle("energy"))
        spaces.enter(other, inside.ben)
        elsewhere = spaces.sealed_topic(inside.ben, other)
        with pytest.raises(NotThere):
            spaces.listed(inside.ben, inside.here, elsewhere)

    def test_cost_the_same_however_many_topics(self, app, inside, small_pages, wrote):
        here = spaces.seen(inside.ben, inside.here)
        with counted_statements(app) as said:
            queries.topics_of_space(inside.reads("ben"), here)
        few = len(said)
        spaces.many_topics([inside.ben], inside.here, 10)
        with counted_statements(app) as said:
            queries.topics_of_space(inside.reads("ben"), here)
        assert len(said) == few


class TestALine:
    def test_has_the_words_of_a_topic(self, held_clock, inside):
        head = {"wish": "listen", "notes": ("death", "illness")}
        topic = spaces.sealed_topic(inside.ben, inside.here, "Why?", **head)
        row = listed(inside, "dora")[topic]
        assert (row.title, row.wish) == ("Why?", "listen")
        assert row.notes == "Illness or burn-out · Death and grief"
        assert row.on == clock.today()
        assert row.byline.name == spaces.name_in(inside.ben, topic)
        assert row.byline.avatar_url is None

    def test_says_whether_one_has_opened_it(self, inside):
        assert listed(inside, "ben")[inside.topic].unseen
        show(inside.ben, inside.topic)
        assert not listed(inside, "ben")[inside.topic].unseen
        assert listed(inside, "dora")[inside.topic].unseen

    def test_whoever_wrote_it_has(self, inside):
        assert not listed(inside, "ana")[inside.topic].unseen

    def test_says_whether_something_has_been_written_since(self, inside):
        show(inside.ben, inside.topic)
        assert not listed(inside, "ben")[inside.topic].moved
        spaces.sealed_reply(inside.dora, inside.topic)
        assert listed(inside, "ben")[inside.topic].moved
        show(inside.ben, inside.topic)
        assert not listed(inside, "ben")[inside.topic].moved

    def test_of_a_topic_never_opened_nothing_has_moved(self, inside):
        spaces.sealed_reply(inside.dora, inside.topic)
        assert not listed(inside, "ben")[inside.topic].moved

    @pytest.mark.parametrize("replies", [1, 3, 7])
    def test_does_not_move_for_what_stands_behind_a_wall(self, inside, replies):
        asked = spaces.sealed_topic(inside.ben, inside.here)
        show(inside.cleo, asked)
        spaces.many_replies([inside.ana], asked, [0] * replies)
        assert not listed(inside, "cleo")[asked].moved
        spaces.many_replies([inside.dora], asked, [0])
        spaces.many_replies([inside.ana], asked, [0] * replies)
        assert listed(inside, "cleo")[asked].moved

    def test_is_closed_from_its_60th_day_on(self, held_clock, inside):
        held_clock.forward(days=59)
        assert not listed(inside, "ben")[inside.topic].closed
        held_clock.forward(days=1)
        assert listed(inside, "ben")[inside.topic].closed

    def test_says_that_moderators_hid_it_to_those_who_still_see_it(self, inside):
        actions.hide(inside.reads("dora"), inside.topic, "Too loud.")
        assert listed(inside, "ana")[inside.topic].hidden
        assert inside.topic not in listed(inside, "ben")

    def test_has_words_for_a_title_that_was_taken_back(self, inside):
        """Else its link would have nothing to be clicked at."""
        spaces.sealed_reply(inside.ben, inside.topic)
        actions.remove_post(inside.reads("ana"), inside.topic)
        found = listed(inside, "ben")
        assert found[inside.topic].title == "Taken back by who opened it"


class TestWhoSeesIt:
    def test_colleagues_see_nothing_of_each_other(self, inside):
        cleos = spaces.sealed_topic(inside.cleo, inside.here)
        bens = spaces.sealed_topic(inside.ben, inside.here)
        assert set(listed(inside, "ana")) == {inside.topic, bens}
        assert set(listed(inside, "cleo")) == {cleos, bens}
        assert set(listed(inside, "dora")) == {inside.topic, cleos, bens}

    def test_a_colleague_who_told_later_sees_it_no_more(self, inside):
        spaces.workplaces.works_for(inside.ben, "Northwind")
        assert listed(inside, "ben") == {}

    def test_a_colleague_who_came_over_two_years_after_another_left_does(self, held_clock, inside):
        """For a topic opened then: Ana's employer of before is nobody's wall by now."""
        spaces.workplaces.works_for(inside.ben, "Initech")
        spaces.workplaces.worked_for(
            inside.ana, "Initech", until=clock.today() - timedelta(days=366)
        )
        topic = spaces.sealed_topic(inside.ana, inside.here)
        assert topic in listed(inside, "ben")

    def test_topics_before_a_change_of_employers_are_not_there(self, held_clock, inside):
        spaces.change_employers(inside.ben)
        held_clock.forward(days=1)
        topic = spaces.sealed_topic(inside.dora, inside.here)
        assert set(listed(inside, "ben")) == {topic}

    def test_topics_of_another_space_are_not(self, inside):
        other = spaces.space(community.circle("energy"))
        spaces.enter(other, inside.ben)
        spaces.sealed_topic(inside.ben, other)
        assert set(listed(inside, "ben")) == {inside.topic}


class TestCost:
    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    def test_a_page_is_read_along_an_index(self, app, inside):
        """A scan or a sort would cost more with every topic the site has."""
        with counted_statements(app) as said:
            spaces.listed(inside.dora, inside.here)
        (listing,) = [each for each in said if "ORDER BY topic_key.opened_on DESC" in each]
        driver = db.engine.raw_connection()
        found = driver.execute(f"EXPLAIN QUERY PLAN {listing}", [None] * listing.count("?"))
        steps = [step for *_rest, step in found]
        driver.close()
        assert any("topic_key USING INDEX ix_topic_key_list" in step for step in steps), steps
        assert not [step for step in steps if step.startswith(("SCAN", "USE TEMP"))], steps
