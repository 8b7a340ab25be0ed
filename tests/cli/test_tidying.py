"""Each row is kept to its last moment, and gone a moment later."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import actions as accounts
from forum.cli import tidying
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import TooOften
from forum.discussions import actions
from forum.mail.outbox import queue_letter
from forum.models.accounts import AddressProof, LeftHandle, SignIn, Throttle, User
from forum.models.discussions import Draft, Post, ReadMark, Report, SubmitNonce, Topic
from forum.models.employers import VouchLink, WorkCode
from forum.models.notifications import Notification, Watch
from forum.models.outbox import Letter, LetterState
from forum.notifications.actions import mark_all_read
from forum.policy.visible import Reason, unscoped
from tests.support import community, workplaces


def left(table) -> int:
    """How many rows stay after tidying up."""
    tidying.tidy()
    db.session.rollback()
    key = next(iter(table.__table__.primary_key.columns))
    return len(db.session.execute(unscoped(select(key), Reason.TIDY)).all())


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana")


def test_a_sign_in_goes_on_the_day_after_it_ends(held_clock, ana):
    accounts.sign_in(ana.address, community.PASSWORD, "192.0.2")
    held_clock.forward(days=20)  # from the Monday of that week
    assert left(SignIn) == 1
    held_clock.forward(days=1)
    assert left(SignIn) == 0


def test_a_link_goes_when_its_time_is_over(held_clock, app_context):
    accounts.ask_to_join("gil@site.example", "192.0.2", "forum.example")
    held_clock.forward(days=3)
    assert left(AddressProof) == 1
    held_clock.forward(seconds=1)
    assert left(AddressProof) == 0


def test_its_letter_goes_after_a_week(held_clock, app_context):
    accounts.ask_to_join("gil@site.example", "192.0.2", "forum.example")
    held_clock.forward(days=7)
    assert left(Letter) == 1
    held_clock.forward(seconds=1)
    assert left(Letter) == 0


@pytest.mark.parametrize("state", list(LetterState))
def test_whether_it_was_sent_or_not(held_clock, app_context, state):
    """An address that never became an account's is forgotten."""
    accounts.ask_to_join("gil@site.example", "192.0.2", "forum.example")
    with transaction() as session:
        session.execute(select(Letter)).scalar_one().state = state
    held_clock.forward(days=8)
    assert left(Letter) == 0


def test_letters_of_other_kinds_stay(held_clock, app_context):
    queue_letter("digest", event="digest:1", recipient="abc", domain="forum.example")
    held_clock.forward(days=400)
    assert left(Letter) == 1


def test_a_handle_that_is_free_again_is_forgotten(held_clock, ana):
    accounts.change_name(community.viewer(ana), "Zinaida Dobson")
    held_clock.forward(days=179)
    assert left(LeftHandle) == 1
    held_clock.forward(days=1)
    assert left(LeftHandle) == 0


def test_a_throttle_goes_when_it_is_spent(held_clock, ana):
    with pytest.raises(accounts.WrongPassword):
        accounts.sign_in(ana.address, "x", "192.0.2")
    held_clock.forward(minutes=15)
    assert left(Throttle) == 2
    held_clock.forward(seconds=1)
    assert left(Throttle) == 0


def test_a_throttle_that_still_blocks_stays(held_clock, ana):
    for _ in range(10):
        with pytest.raises(accounts.WrongPassword):
            accounts.sign_in(ana.address, "x", "192.0.2")
    held_clock.forward(seconds=59)
    left(Throttle)
    with pytest.raises(TooOften):
        accounts.sign_in(ana.address, community.PASSWORD, "192.0.2")


class TestWhatStays:
    @pytest.fixture(autouse=True)
    def _scene(self, held_clock, ana):
        retail = community.circle("retail")
        community.join(ana, retail)
        viewer = community.viewer(ana)
        topic = actions.post_topic(viewer, "retail", "Why?", "Words.", "n" * 22)
        actions.save_draft(viewer, "topic:retail", "", "Half", None)
        community.report(community.person("Ben"), topic.public_id)

    def test_a_forms_nonce_goes_after_two_weeks(self, held_clock):
        held_clock.forward(days=14)
        assert left(SubmitNonce) == 1
        held_clock.forward(days=1)
        assert left(SubmitNonce) == 0

    @pytest.mark.parametrize(
        ("table", "count"),
        [(Topic, 1), (Post, 1), (ReadMark, 1), (Draft, 1), (Report, 1), (User, 2)],
    )
    def test_nothing_anybody_wrote_or_read_ever_goes(self, held_clock, table, count):
        held_clock.forward(days=2_000)
        assert left(table) == count


class TestNotices:
    @pytest.fixture(autouse=True)
    def _told(self, held_clock, ana):
        retail, ben = community.circle("retail"), community.person("Ben")
        for one in (ana, ben):
            community.join(one, retail)
        topic = actions.post_topic(community.viewer(ana), "retail", "Why?", "Words.", "n" * 22)
        actions.post_reply(community.viewer(ben), topic.public_id, "So.", "m" * 22)

    def test_a_read_one_goes_after_ninety_days(self, held_clock, ana):
        mark_all_read(community.viewer(ana))
        held_clock.forward(days=90)
        assert left(Notification) == 1
        held_clock.forward(seconds=1)
        assert left(Notification) == 0

    def test_an_unread_one_stays(self, held_clock):
        held_clock.forward(days=2_000)
        assert left(Notification) == 1

    def test_what_somebody_follows_stays(self, held_clock):
        held_clock.forward(days=2_000)
        assert left(Watch) == 2


def test_what_is_due_goes_whatever_else_there_is(held_clock, ana):
    for days in (0, 10, 20):
        held_clock.set(clock.now() + timedelta(days=days))
        accounts.sign_in(ana.address, community.PASSWORD, "192.0.2")
    assert left(SignIn) == 1


def test_a_code_to_a_work_address_goes_after_an_hour_and_its_letter_too(held_clock, ana):
    workplaces.ask(ana, workplaces.works_for(ana, "Northwind"), "ana@northwind.example")
    held_clock.forward(hours=1)
    assert (left(WorkCode), left(Letter)) == (1, 1)
    held_clock.forward(seconds=1)
    assert (left(WorkCode), left(Letter)) == (0, 0)


def test_a_link_to_vouch_goes_the_day_after_its_last(held_clock, ana):
    retail = community.circle("retail")
    community.join(ana, retail)
    workplaces.works_for(ana, "Northwind")
    workplaces.link(ana, retail)
    held_clock.forward(days=14)
    assert left(VouchLink) == 1
    held_clock.forward(days=1)
    assert left(VouchLink) == 0
