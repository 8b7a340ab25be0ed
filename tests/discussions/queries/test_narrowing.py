from itertools import product

import pytest

from forum.circles.queries import place
from forum.core.db import db
from forum.discussions import actions, queries
from forum.discussions.about import CompanyKind, TopicFacts
from forum.discussions.queries import Narrow, lists
from forum.models.companies import Market, SizeBand
from forum.policy.viewer import GUEST
from tests.discussions.walking import cursors
from tests.support import community
from tests.support.statements import counted_statements

SMALL, MEDIUM, LARGE = SizeBand.SMALL, SizeBand.MEDIUM, SizeBand.LARGE
KINDS = [
    CompanyKind(*kind) for kind in product([None, *SizeBand], [None, *Market], [None, False, True])
]


def listed(narrow: Narrow, viewer=GUEST, tab="active", **cursor):
    circle = place(viewer, "retail").circle
    after, before = cursor.get("after"), cursor.get("before")
    return queries.topics_of_circle(viewer, circle, tab, after, before, narrow)


def ids(found) -> set[str]:
    return {row.public_id for row in found.rows}


def kind_of(scene, kind: CompanyKind) -> str:
    return community.topic(scene.ana, scene.retail, facts=TopicFacts(company=kind))


def is_like(mine: CompanyKind, theirs: CompanyKind) -> bool:
    """The rule written a second time."""
    bands, both = list(SizeBand), Market.BOTH
    sized = mine.size is None or (
        theirs.size is not None and abs(bands.index(mine.size) - bands.index(theirs.size)) <= 1
    )
    sells = mine.market is None or (
        theirs.market is not None
        and (both in (mine.market, theirs.market) or mine.market is theirs.market)
    )
    return mine.said and sized and sells and mine.regulated in (None, theirs.regulated)


class TestLikeMine:
    def test_it_is_what_the_rule_says_of_every_pair(self, scene, monkeypatch):
        monkeypatch.setattr(lists, "PAGE", 200)
        made = {kind_of(scene, kind): kind for kind in KINDS}
        for mine in KINDS[::3] + KINDS[1::7]:
            found = ids(listed(Narrow(company=mine, like_mine=True)))
            assert found == {topic for topic, kind in made.items() if is_like(mine, kind)}, mine

    def test_what_is_mine_is_what_my_profile_says(self, scene):
        assert not queries.own_company(scene.reads("ana")).said
        told = {"company_size": LARGE, "company_market": Market.B2B}
        community.has_profile(scene.ana, company_regulated=True, **told)
        assert queries.own_company(scene.reads("ana")) == CompanyKind(LARGE, Market.B2B, True)

    def test_who_said_nothing_finds_nothing(self, scene):
        kind_of(scene, CompanyKind(LARGE))
        assert listed(Narrow(like_mine=True)).rows == []


class TestByKind:
    @pytest.mark.parametrize(
        ("asked", "there"),
        [
            (CompanyKind(LARGE), True),
            (CompanyKind(MEDIUM), False),
            (CompanyKind(market=Market.B2B), True),
            (CompanyKind(market=Market.B2C), True),
            (CompanyKind(market=Market.BOTH), True),
            (CompanyKind(regulated=True), True),
            (CompanyKind(regulated=False), False),
            (CompanyKind(LARGE, Market.B2B, True), True),
        ],
    )
    def test_a_large_regulated_company_that_sells_to_both(self, scene, asked, there):
        topic = kind_of(scene, CompanyKind(LARGE, Market.BOTH, True))
        assert (topic in ids(listed(Narrow(company=asked)))) is there

    def test_what_says_nothing_is_left_out(self, scene):
        for asked in (CompanyKind(LARGE), CompanyKind(regulated=False)):
            assert scene.topic not in ids(listed(Narrow(company=asked)))


class TestByTag:
    def test_topics_with_the_tag(self, scene):
        topic = community.topic(scene.ana, scene.retail, facts=community.tagged("reuse", "pilots"))
        community.topic(scene.ana, scene.retail, facts=community.tagged("reuse-it"))
        assert ids(listed(Narrow("reuse"))) == {topic}

    def test_together_with_a_kind_of_company(self, scene):
        facts = TopicFacts(("reuse",), CompanyKind(LARGE))
        topic = community.topic(scene.ana, scene.retail, facts=facts)
        assert ids(listed(Narrow("reuse", CompanyKind(LARGE)))) == {topic}
        assert ids(listed(Narrow("reuse", CompanyKind(SMALL)))) == set()

    def test_a_pinned_one_stands_among_them(self, scene):
        topic = community.topic(scene.ana, scene.retail, facts=community.tagged("reuse"))
        actions.pin(scene.reads("dora"), topic)
        assert ids(listed(Narrow("reuse"))) == {topic}

    @pytest.mark.parametrize("tab", lists.TABS)
    def test_page_after_page_meets_each_once(self, held_clock, scene, monkeypatch, tab):
        monkeypatch.setattr(lists, "PAGE", 3)
        made = set()
        for number in range(8):
            held_clock.forward(minutes=1)
            tags = ("reuse",) if number % 2 else ("reuse", "other")
            made.add(community.topic(scene.ana, scene.retail, facts=TopicFacts(tags)))
            community.topic(scene.ana, scene.retail)
        narrow = Narrow("reuse")
        pages = [listed(narrow, tab=tab)]
        while pages[-1].pager.older_url:
            assert "tag=reuse" in pages[-1].pager.older_url
            pages.append(listed(narrow, tab=tab, **cursors(pages[-1].pager.older_url)))
        assert [len(page.rows) for page in pages] == [3, 3, 2]
        assert set().union(*map(ids, pages)) == made


class TestTagsOfACircle:
    def test_the_most_used_first(self, scene):
        for tags in (("reuse", "pilots"), ("reuse",)):
            community.topic(scene.ana, scene.retail, facts=TopicFacts(tags))
        assert queries.tags_of_circle(GUEST, scene.retail.id) == [("reuse", 2), ("pilots", 1)]

    def test_a_tag_of_hidden_topics_is_only_for_those_who_see_them(self, scene):
        topic = community.topic(scene.ana, scene.retail, facts=community.tagged("reuse"))
        community.hide(topic)
        for who in (GUEST, scene.reads("ben")):
            assert queries.tags_of_circle(who, scene.retail.id) == []
            assert listed(Narrow("reuse"), who).rows == []
        assert queries.tags_of_circle(scene.reads("ana"), scene.retail.id) == [("reuse", 1)]

    def test_it_is_one_statement(self, app, scene):
        community.topic(scene.ana, scene.retail, facts=community.tagged("reuse", "pilots"))
        with counted_statements(app) as said:
            queries.tags_of_circle(GUEST, scene.retail.id)
        assert len(said) == 1


class TestChangingThem:
    def test_an_edit_puts_others_in_their_place(self, scene):
        ana = scene.reads("ana")
        for facts in (
            TopicFacts(("pilots", "reuse"), CompanyKind(LARGE)),
            TopicFacts(("pilots", "shops"), CompanyKind(regulated=False)),
            TopicFacts(),
        ):
            actions.edit_post(ana, scene.topic, "Words.", "A title", facts=facts)
            assert queries.post_for(ana, scene.topic).facts == facts
            db.session.rollback()

    def test_an_edit_without_them_leaves_them(self, scene):
        ana, facts = scene.reads("ana"), TopicFacts(("reuse",), CompanyKind(LARGE))
        actions.edit_post(ana, scene.topic, "Words.", "A title", facts=facts)
        actions.edit_post(ana, scene.topic, "Others.", "A title")
        assert queries.post_for(ana, scene.topic).facts == facts

    def test_a_reply_says_nothing_of_its_topic(self, scene):
        answer = community.reply(scene.ben, scene.topic)
        facts = community.tagged("mine")
        actions.edit_post(scene.reads("ben"), answer, "Words.", facts=facts)
        assert queries.post_for(scene.reads("ana"), scene.topic).facts == TopicFacts()

    def test_they_go_with_the_opening_post(self, scene):
        ana, facts = scene.reads("ana"), TopicFacts(("reuse",), CompanyKind(LARGE))
        actions.edit_post(ana, scene.topic, "Words.", "A title", facts=facts)
        answer = community.reply(scene.ben, scene.topic)
        community.remove(scene.topic)
        assert queries.tags_of_circle(GUEST, scene.retail.id) == []
        assert queries.post_for(ana, answer).facts == TopicFacts()
