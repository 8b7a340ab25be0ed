"""Closing an account: nothing names its person any more, and what they wrote in circles stays."""

import pytest
from sqlalchemy import select

from forum.accounts import actions
from forum.accounts.actions import WrongPassword, close_account
from forum.core.db import Base, db
from forum.core.errors import NotThere
from forum.discussions import actions as discussions
from forum.employments import actions as employments
from forum.mail.outbox import queue_letter
from forum.models.accounts import AddressKind, User, UserState
from forum.models.circles import Role
from forum.models.discussions import Post, Reaction, ReactionKind, Report, Revision, Topic
from forum.models.employers import Vouch
from forum.models.guarding import Guardian
from forum.models.outbox import Letter, UpdateWish
from forum.models.profiles import Barrier
from forum.models.spaces import SpaceMember
from forum.policy import viewer as viewers
from forum.policy import workplaces as rules
from forum.policy.visible import Reason, unscoped
from forum.quiet import actions as quiet
from forum.spaces.guardians import name_guardian
from tests.support import community, spaces, workplaces
from tests.support.community import PASSWORD
from tests.support.watched import rows

STAYS = {"user", "topic", "post", "report", "vouch"}
"""Tables in which a closed account's row id may still stand."""


@pytest.fixture
def retail(held_clock, app_context):
    return community.circle("retail")


@pytest.fixture
def ben(retail) -> User:
    ben = community.person("Ben")
    community.join(ben, retail)
    workplaces.works_for(ben, "Contoso", "contoso.example")
    return ben


@pytest.fixture
def ana(retail, ben, mailbox) -> User:
    """She has left something in every table there is."""
    ana = community.person("Ana", staff=True)
    spaces.enter(spaces.space(retail), ana, Role.MODERATOR, employer="Northwind")
    told = workplaces.works_for(ana, "Litware")
    workplaces.verify(ana, told, "ana@litware.example")
    workplaces.ask(ana, workplaces.works_for(ana, "Wingtip"), "ana@wingtip.example")
    workplaces.vouched_for(ana, retail, by=(ben,))
    workplaces.vouched_for(ben, retail, by=(ana,))
    employments.allow_change(workplaces.STAFF, ana.address)
    name_guardian(ana.id)
    mine = community.topic(ana, retail, "Her own")
    theirs = community.topic(ben, retail, "His")
    community.report(ana, theirs)
    viewer = community.viewer(ana)
    discussions.save_draft(viewer, "topic:retail", "", "Half", "")
    answer = discussions.post_reply(viewer, theirs, "Words.", "n" * 22).public_id
    discussions.post_reply(community.viewer(ben), mine, "See, @ana.", "b" * 22)
    community.reply(ben, answer)
    discussions.edit_post(viewer, answer, "Other words.")
    discussions.react(viewer, theirs, ReactionKind.THANKS)
    discussions.mark_read(viewer, spaces.topic_row_id(mine), [0])
    told = actions.Told(trying="Lids", broke_through="Slowly", met=(Barrier.LEGAL,))
    actions.save_profile(viewer, told)
    domain, network = "forum.example", "192.0.2"
    moving = ("ana@elsewhere.example", AddressKind.WORK, PASSWORD, network, domain)
    actions.ask_to_move(viewer, *moving)
    discussions.save(viewer, theirs)
    quiet.mute_word(viewer, "budget")
    for one, other in ((ana, ben), (ben, ana)):
        quiet.mute(community.viewer(one), other.public_id)
        quiet.block(community.viewer(one), other.public_id)
    community.has_mailbox(ana)
    actions.wish_for_updates(community.viewer(ana))
    mailbox.asks_for_reset(ana.address)
    mailbox.asks_to_claim(ana, "old@archive.example")
    queue_letter("digest", event="d:1", recipient=ana.public_id, domain="x", user_id=ana.id)
    actions.sign_in(ana.address, PASSWORD, "192.0.2")
    return ana


def tables_naming(person: User, *more: str) -> set[str]:
    """In which tables the row id, public id or an address of somebody stands."""
    db.session.rollback()
    names = {str(person.id), person.public_id, person.address, *more}
    return {
        table.name
        for table in Base.metadata.sorted_tables
        for row in db.session.execute(unscoped(select(table), Reason.SET_UP))
        if names & {str(value) for value in row}
    }


def test_nothing_names_them_but_what_stays(ana):
    others = ("ana@wingtip.example", "old@archive.example", "ana@elsewhere.example")
    found = tables_naming(ana, *others)
    assert len(found) > 18, "the test must find her first"
    assert found >= {"watch", "mention", "notification"}
    close_account(ana.id)
    assert tables_naming(ana, *others) <= STAYS


def test_what_is_left_of_the_account_says_nothing(ana):
    close_account(ana.id)
    (left,) = [user for user in rows(User) if user.id == ana.id]
    assert (left.state, left.name) == (UserState.DELETED, "")
    said = (left.handle, left.address, left.password_hash, left.claim_digest)
    assert said == (None,) * 4
    assert not left.is_staff


def test_nobody_can_sign_in_nor_reset_the_password(ana, mailbox):
    close_account(ana.id)
    assert viewers.for_user(ana.id) is None
    with pytest.raises(WrongPassword):
        actions.sign_in(ana.address, PASSWORD, "192.0.2")
    with pytest.raises(actions.StaleLink):
        actions.set_new_password(mailbox.asks_for_reset(ana.address), "nine copper kettles")


def test_the_address_is_free_again(ana, mailbox):
    close_account(ana.id)
    token = mailbox.asks_to_join(ana.address)
    assert actions.open_account(token, "Ana again", "nine copper kettles singing")


def test_posts_in_circles_stay_by_a_former_member(ana, client):
    answer = [post for post in rows(Post) if post.author_id == ana.id]
    close_account(ana.id)
    for post in answer:
        page = client.get(f"/p/{post.public_id}").text
        assert "former member" in page
        assert "Ana" not in page


def test_how_their_posts_read_before_goes_and_nobody_elses(ana, ben, client):
    (answer,) = [each.post_id for each in rows(Revision)]
    asked = community.reply(ben, community.topic(ben, community.find("retail"), "Another"))
    community.reply(ben, asked)
    discussions.edit_post(community.viewer(ben), asked, "Otherwise.")
    close_account(ana.id)
    (kept,) = [each.post_id for each in rows(Revision)]
    assert kept != answer
    edited = next(post for post in rows(Post) if post.id == answer)
    page = client.get(f"/p/{edited.public_id}/history")
    assert (page.status_code, "No earlier text is kept" in page.text) == (200, True)


def test_their_reactions_go(ana):
    assert len(rows(Reaction)) == 1
    close_account(ana.id)
    assert rows(Reaction) == []


def test_lists_say_so_too(ana, client):
    close_account(ana.id)
    page = client.get("/c/retail").text
    assert "Her own" in page
    assert "former member" in page
    assert "Ana" not in page


def test_the_circle_counts_one_member_less(ana, retail):
    before = community.find("retail").member_count
    close_account(ana.id)
    assert community.find("retail").member_count == before - 1


def test_their_word_for_others_counts_on(ana, ben, retail):
    close_account(ana.id)
    assert rules.vouch_count(ben.id, retail.id) == 1
    assert [vouch.user_id for vouch in rows(Vouch)] == [ben.id]


def test_what_they_reported_is_still_to_be_looked_at(ana):
    close_account(ana.id)
    assert len(rows(Report)) == 1


def test_others_keep_all_they_have_but_that_they_wanted_less_of_whoever_is_gone(ana, ben):
    before = tables_naming(ben)
    close_account(ana.id)
    assert tables_naming(ben) == before - {"mute", "block"}
    assert len(rows(Topic)) == 2


def test_they_are_in_no_space_and_no_guardian(ana):
    close_account(ana.id)
    assert rows(SpaceMember) == rows(Guardian) == rows(UpdateWish) == []
    assert ana.id not in {letter.user_id for letter in rows(Letter)}


def test_a_suspended_account_can_be_closed(ana):
    community.suspend(ana)
    close_account(ana.id)
    assert viewers.for_user(ana.id) is None


def test_twice_is_refused(ana):
    close_account(ana.id)
    with pytest.raises(NotThere):
        close_account(ana.id)


def test_when_something_fails_nothing_is_done(ana, monkeypatch):
    before = tables_naming(ana)

    def fails(_user_id: int) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions.closing, "_blank", fails)
    with pytest.raises(RuntimeError):
        close_account(ana.id)
    assert tables_naming(ana) == before
