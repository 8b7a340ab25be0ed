import pytest
from sqlalchemy import select

from forum.accounts import actions, queries
from forum.accounts.actions import StaleLink
from forum.core.db import db
from forum.core.errors import TooOften
from forum.discussions import queries as discussions
from forum.discussions.queries import Ask
from forum.models.accounts import User
from forum.policy.viewer import GUEST
from tests.support import community
from tests.support.together import at_once


@pytest.fixture
def gil(app_context: None) -> User:
    return community.person("Gil")


def writers(topic: str) -> list[str]:
    return [post.byline.name for post in discussions.thread(GUEST, topic, Ask()).posts]


def claim(who: User, token: str) -> int:
    return actions.claim_by_link(community.viewer(who), token)


def test_until_then_imported_posts_carry_their_name_and_say_so(imported):
    posts = discussions.thread(GUEST, imported.topic, Ask()).posts
    assert [(p.byline.name, p.byline.note) for p in posts] == [("Olga", "imported")] * 2


def test_who_proves_the_address_gets_its_posts(mailbox, imported, gil):
    assert claim(gil, mailbox.asks_to_claim(gil, imported.address)) == 2
    posts = discussions.thread(GUEST, imported.topic, Ask()).posts
    assert [(p.byline.name, p.byline.note) for p in posts] == [("Gil", "")] * 2


def test_the_topic_is_theirs_in_lists_too(mailbox, imported, gil):
    claim(gil, mailbox.asks_to_claim(gil, imported.address))
    (row,) = discussions.living_topics(GUEST)
    assert (row.byline.name, row.last_name) == ("Gil", "Gil")


def test_the_imported_author_is_no_more(mailbox, imported, gil):
    claim(gil, mailbox.asks_to_claim(gil, imported.address))
    assert db.session.execute(select(User.id)).scalars().all() == [gil.id]


def test_other_peoples_posts_stay_theirs(mailbox, imported, gil):
    ben = community.person("Ben")
    community.reply(ben, imported.topic)
    claim(gil, mailbox.asks_to_claim(gil, imported.address))
    assert writers(imported.topic) == ["Gil", "Gil", "Ben"]


def test_ones_own_address_needs_no_link(imported):
    olga = actions.add_user(imported.address, "Olga Petrova", None)
    assert actions.claim(community.viewer(olga), imported.address) == 2
    assert writers(imported.topic) == ["Olga Petrova"] * 2


def test_asking_alone_moves_nothing(mailbox, imported, gil):
    mailbox.asks_to_claim(gil, imported.address)
    assert writers(imported.topic) == ["Olga", "Olga"]


def test_the_link_is_good_for_who_asked_only(mailbox, imported, gil):
    token = mailbox.asks_to_claim(gil, imported.address)
    with pytest.raises(StaleLink):
        claim(community.person("Mallory"), token)
    assert writers(imported.topic) == ["Olga", "Olga"]
    assert claim(gil, token) == 2


def test_a_stranger_who_asks_gains_nothing_when_the_owner_opens_the_link(mailbox, imported):
    """The letter goes to the owner; opened by them it must not give their posts to the asker."""
    mallory, olga = community.person("Mallory"), community.person("Olga")
    token = mailbox.asks_to_claim(mallory, imported.address)
    with pytest.raises(StaleLink):
        claim(olga, token)
    assert writers(imported.topic) == ["Olga", "Olga"]


def test_the_link_works_once(mailbox, imported, gil):
    token = mailbox.asks_to_claim(gil, imported.address)
    claim(gil, token)
    with pytest.raises(StaleLink):
        claim(gil, token)


def test_after_three_days_the_link_is_stale(held_clock, mailbox, imported, gil):
    token = mailbox.asks_to_claim(gil, imported.address)
    held_clock.forward(days=3)
    with pytest.raises(StaleLink):
        claim(gil, token)


def test_a_link_to_join_claims_nothing(mailbox, imported, gil):
    token = mailbox.asks_to_join(imported.address)
    with pytest.raises(StaleLink):
        claim(gil, token)


def test_an_address_without_imported_posts_moves_nothing(mailbox, gil):
    assert claim(gil, mailbox.asks_to_claim(gil, "nobody@archive.example")) == 0


def test_the_address_of_an_account_is_not_to_be_claimed(mailbox, gil):
    ana = community.person("Ana")
    topic = community.topic(ana, community.circle("finance"))
    assert claim(gil, mailbox.asks_to_claim(gil, ana.address)) == 0
    assert writers(topic) == ["Ana"]


def test_three_links_an_hour_go_to_an_address(mailbox, imported, gil):
    for _ in range(3):
        mailbox.asks_to_claim(gil, imported.address)
    with pytest.raises(TooOften):
        mailbox.asks_to_claim(gil, imported.address)


def test_claimed_twice_at_once_the_posts_move_once(app, imported):
    olga = community.viewer(actions.add_user(imported.address, "Olga Petrova", None))
    answers = at_once(app, *[lambda: actions.claim(olga, imported.address)] * 5)
    assert sorted(answers) == [0, 0, 0, 0, 2]


class TestWhatCanBeClaimed:
    def test_the_page_says_how_many_posts_wait_under_ones_address(self, imported, gil):
        found = queries.claimable(community.viewer(gil), imported.address)
        assert (found.name, found.post_count) == ("Olga", 2)

    def test_posts_one_may_not_see_are_not_counted(self, imported, gil):
        community.hide(imported.answer)
        found = queries.claimable(community.viewer(gil), imported.address)
        assert found.post_count == 1

    def test_where_nothing_waits_there_is_nothing_to_say(self, imported, gil):
        assert queries.claimable(community.viewer(gil), gil.address) is None
