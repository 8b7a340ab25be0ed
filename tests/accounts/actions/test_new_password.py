import pytest
from sqlalchemy import select

from forum.accounts import actions
from forum.accounts.actions import StaleLink, WrongPassword
from forum.accounts.passwords import WeakPassword
from forum.core import clock, seal
from forum.core.db import db
from forum.core.errors import TooOften
from forum.models.accounts import User
from forum.policy.viewer import for_token
from tests.accounts.conftest import NETWORK
from tests.support import community
from tests.support.community import PASSWORD
from tests.support.together import at_once

NEW = "nine copper kettles singing"


@pytest.fixture
def ana(app_context: None) -> User:
    return community.person("Ana")


def sign_in(user: User, password: str) -> str:
    return actions.sign_in(user.address, password, NETWORK)


def arrived(token: str):
    return for_token(seal.plain_digest(token))


class TestByLink:
    def test_the_new_password_works_and_the_old_does_not(self, mailbox, ana):
        actions.set_new_password(mailbox.asks_for_reset(ana.address), NEW)
        assert sign_in(ana, NEW)
        with pytest.raises(WrongPassword):
            sign_in(ana, PASSWORD)

    def test_it_signs_in_there_and_ends_every_other_sign_in(self, mailbox, ana):
        earlier = [sign_in(ana, PASSWORD) for _ in range(2)]
        token = actions.set_new_password(mailbox.asks_for_reset(ana.address), NEW)
        assert arrived(token).viewer.id == ana.id
        assert [arrived(old) for old in earlier] == [None, None]

    def test_other_peoples_sign_ins_go_on(self, mailbox, ana):
        others = sign_in(community.person("Ben"), PASSWORD)
        actions.set_new_password(mailbox.asks_for_reset(ana.address), NEW)
        assert arrived(others)

    def test_the_link_works_once(self, mailbox, ana):
        token = mailbox.asks_for_reset(ana.address)
        actions.set_new_password(token, NEW)
        with pytest.raises(StaleLink):
            actions.set_new_password(token, "other words entirely here")
        assert sign_in(ana, NEW)

    def test_the_link_works_for_thirty_minutes(self, held_clock, mailbox, ana):
        token = mailbox.asks_for_reset(ana.address)
        held_clock.forward(minutes=29, seconds=59)
        assert actions.set_new_password(token, NEW)

    def test_after_thirty_minutes_it_is_stale(self, held_clock, mailbox, ana):
        token = mailbox.asks_for_reset(ana.address)
        held_clock.forward(minutes=30)
        with pytest.raises(StaleLink):
            actions.set_new_password(token, NEW)
        assert sign_in(ana, PASSWORD)

    def test_using_one_link_uses_up_the_others(self, mailbox, ana):
        first, second = (mailbox.asks_for_reset(ana.address) for _ in range(2))
        actions.set_new_password(second, NEW)
        with pytest.raises(StaleLink):
            actions.set_new_password(first, "other words entirely here")

    def test_a_weak_password_is_refused_and_the_link_stays_good(self, mailbox, ana):
        token = mailbox.asks_for_reset(ana.address)
        for weak in ("short", "password1234", "ana@site.example"):
            with pytest.raises(WeakPassword):
                actions.set_new_password(token, weak)
        assert actions.set_new_password(token, NEW)

    def test_a_link_to_join_sets_no_password(self, mailbox, ana):
        token = mailbox.asks_to_join(ana.address)
        with pytest.raises(StaleLink):
            actions.set_new_password(token, NEW)

    def test_for_an_unknown_address_there_is_nothing_to_set(self, mailbox):
        token = mailbox.asks_for_reset("nobody@site.example")
        with pytest.raises(StaleLink):
            actions.set_new_password(token, NEW)
        assert db.session.execute(select(User.id)).all() == []

    def test_an_imported_author_gets_no_account_by_it(self, mailbox, imported):
        token = mailbox.asks_for_reset(imported.address)
        with pytest.raises(StaleLink):
            actions.set_new_password(token, NEW)

    def test_followed_in_many_windows_it_works_once(self, app, mailbox, ana):
        token = mailbox.asks_for_reset(ana.address)
        answers = at_once(
            app, *(lambda n=n: actions.set_new_password(token, f"{NEW} {n}") for n in range(5))
        )
        assert sorted(type(answer).__name__ for answer in answers) == ["StaleLink"] * 4 + ["str"]

    def test_a_new_password_does_not_lift_a_suspension(self, mailbox):
        gil = community.person("Gil", suspended=True)
        token = actions.set_new_password(mailbox.asks_for_reset(gil.address), NEW)
        assert arrived(token).viewer.suspended


class TestByTheOldOne:
    def test_the_new_password_works_and_the_old_does_not(self, ana):
        actions.change_password(community.viewer(ana), PASSWORD, NEW)
        assert sign_in(ana, NEW)
        with pytest.raises(WrongPassword):
            sign_in(ana, PASSWORD)

    def test_it_ends_every_sign_in_and_begins_one(self, ana):
        earlier = sign_in(ana, PASSWORD)
        token = actions.change_password(community.viewer(ana), PASSWORD, NEW)
        assert arrived(earlier) is None
        assert arrived(token).viewer.id == ana.id

    def test_without_the_old_one_nothing_changes(self, ana):
        earlier = sign_in(ana, PASSWORD)
        with pytest.raises(WrongPassword):
            actions.change_password(community.viewer(ana), "a guess at it", NEW)
        assert arrived(earlier)
        assert sign_in(ana, PASSWORD)

    def test_a_weak_one_is_refused(self, ana):
        with pytest.raises(WeakPassword):
            actions.change_password(community.viewer(ana), PASSWORD, "password1234")
        assert sign_in(ana, PASSWORD)

    def test_after_ten_wrong_guesses_there_is_a_minutes_wait(self, held_clock, ana):
        viewer = community.viewer(ana)
        for _ in range(10):
            with pytest.raises(WrongPassword):
                actions.change_password(viewer, "a guess at it", NEW)
        with pytest.raises(TooOften) as refusal:
            actions.change_password(viewer, PASSWORD, NEW)
        assert (refusal.value.until - clock.now()).total_seconds() == 60
        held_clock.forward(minutes=1)
        assert actions.change_password(viewer, PASSWORD, NEW)
