from datetime import timedelta

import pytest
from sqlalchemy import select, update

from forum.accounts import actions, passwords
from forum.accounts.actions import WrongPassword
from forum.core import clock, seal
from forum.core.db import db, transaction
from forum.core.errors import TooOften
from forum.models.accounts import SignIn, Throttle, User, UserState
from forum.policy.viewer import for_token
from tests.accounts.conftest import NETWORK, account_of
from tests.support import community
from tests.support.community import PASSWORD

ELSEWHERE = "203.0.113"


@pytest.fixture
def ana(app_context: None) -> User:
    return community.person("Ana")


def sign_in(user: User, password: str = PASSWORD, network: str = NETWORK) -> str:
    return actions.sign_in(user.address, password, network)


def arrived(token: str):
    return for_token(seal.plain_digest(token))


def fail(user: User, times: int, network: str = NETWORK) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassword):
            sign_in(user, "not the password", network)


def blocked_for(user: User, network: str = NETWORK) -> timedelta:
    with pytest.raises(TooOften) as refusal:
        sign_in(user, PASSWORD, network)
    return refusal.value.until - clock.now()


class TestSigningIn:
    def test_the_right_password_brings_the_person(self, ana):
        assert arrived(sign_in(ana)).viewer.id == ana.id

    def test_a_wrong_password_does_not(self, ana):
        with pytest.raises(WrongPassword):
            sign_in(ana, PASSWORD + " ")
        assert db.session.execute(select(SignIn.id)).all() == []

    def test_an_unknown_address_is_refused_with_the_same_words(self, ana, app):
        said = []
        for address in (ana.address, "nobody@site.example"):
            with pytest.raises(WrongPassword) as refusal:
                actions.sign_in(address, "not the password", NETWORK)
            said.append((refusal.value.status, str(refusal.value)))
        assert said[0] == said[1]

    def test_an_unknown_address_costs_a_hash_too(self, ana, monkeypatch):
        asked = []
        monkeypatch.setattr(passwords, "matches", lambda stored, _: asked.append(stored))
        for address in (ana.address, "nobody@site.example"):
            with pytest.raises(WrongPassword):
                actions.sign_in(address, "not the password", NETWORK)
        assert len(asked) == 2

    def test_an_imported_author_cannot_sign_in(self, imported):
        with pytest.raises(WrongPassword):
            actions.sign_in(imported.address, "", NETWORK)

    def test_an_account_without_a_password_cannot_sign_in(self, app_context):
        actions.add_user("new@site.example", "New", None, staff=True)
        with pytest.raises(WrongPassword):
            actions.sign_in("new@site.example", "", NETWORK)

    def test_a_suspended_member_may_sign_in_to_read(self, app_context):
        gil = community.person("Gil", suspended=True)
        assert arrived(sign_in(gil)).viewer.suspended

    def test_each_sign_in_has_a_token_of_256_bits_of_its_own(self, ana):
        first, second = sign_in(ana), sign_in(ana)
        assert first != second
        assert len(first) == 43

    def test_the_token_is_kept_as_a_digest_only(self, ana):
        token = sign_in(ana)
        row = db.session.execute(select(SignIn)).scalar_one()
        assert token not in [getattr(row, column.key) for column in row.__table__.columns]

    def test_a_hash_made_at_another_cost_is_made_again(self, ana, monkeypatch):
        before = account_of(ana.address).password_hash
        monkeypatch.setattr(passwords, "_in_use", [passwords._Hashing(2, 64)])
        sign_in(ana)
        after = account_of(ana.address).password_hash
        assert before != after
        assert not passwords.outdated(after)
        assert sign_in(ana)

    def test_a_hash_of_todays_cost_stays(self, ana):
        before = account_of(ana.address).password_hash
        sign_in(ana)
        assert account_of(ana.address).password_hash == before


class TestHowLongItLasts:
    @pytest.mark.parametrize("weekday", range(7))
    def test_it_holds_on_the_fourteenth_day(self, held_clock, ana, weekday):
        held_clock.forward(days=weekday)
        token = sign_in(ana)
        held_clock.forward(days=14)
        assert arrived(token)

    @pytest.mark.parametrize("weekday", range(7))
    def test_it_is_over_after_three_weeks(self, held_clock, ana, weekday):
        held_clock.forward(days=weekday)
        token = sign_in(ana)
        held_clock.forward(days=21)
        assert arrived(token) is None

    def test_it_begins_on_the_monday_of_its_week(self, held_clock, ana):
        held_clock.forward(days=3)
        sign_in(ana)
        row = db.session.execute(select(SignIn)).scalar_one()
        assert {str(row.started_on), str(row.used_on)} == {"2026-03-02"}

    def test_it_is_over_when_the_account_is_deleted(self, ana):
        token = sign_in(ana)
        with transaction() as session:
            gone = {"state": UserState.DELETED, "address": None}
            session.execute(update(User).where(User.id == ana.id).values(**gone))
        assert arrived(token) is None

    def test_a_made_up_token_brings_nobody(self, ana):
        sign_in(ana)
        assert arrived("x" * 43) is None


class TestEnding:
    def test_signing_out_ends_this_browser_only(self, ana):
        here, there = sign_in(ana), sign_in(ana)
        actions.sign_out(arrived(here).sign_in_id)
        assert arrived(here) is None
        assert arrived(there)

    def test_one_can_end_another_of_ones_own(self, ana):
        token = sign_in(ana)
        row = db.session.execute(select(SignIn)).scalar_one()
        actions.end_sign_in(community.viewer(ana), row.public_id)
        assert arrived(token) is None

    def test_nobody_can_end_somebody_elses(self, ana):
        token = sign_in(ana)
        row = db.session.execute(select(SignIn)).scalar_one()
        actions.end_sign_in(community.viewer(community.person("Ben")), row.public_id)
        assert arrived(token)


class TestThrottles:
    """security.md D4: at most 10 failures in 15 minutes for one account from one network."""

    def test_after_ten_failures_there_is_a_minutes_wait(self, held_clock, ana):
        fail(ana, 10)
        assert blocked_for(ana) == timedelta(minutes=1)

    def test_nine_failures_block_nothing(self, held_clock, ana):
        fail(ana, 9)
        assert sign_in(ana)

    def test_when_the_wait_is_over_the_right_password_works(self, held_clock, ana):
        fail(ana, 10)
        held_clock.forward(minutes=1)
        assert sign_in(ana)

    def test_the_wait_doubles_with_each_further_failure(self, held_clock, ana):
        fail(ana, 10)
        waits = []
        for _ in range(3):
            waits.append(blocked_for(ana))
            held_clock.set(clock.now() + waits[-1])
            fail(ana, 1)
        waits.append(blocked_for(ana))
        assert [wait.total_seconds() / 60 for wait in waits] == [1, 2, 4, 8]

    def test_what_is_refused_does_not_lengthen_the_wait(self, held_clock, ana):
        fail(ana, 10)
        for _ in range(5):
            assert blocked_for(ana) == timedelta(minutes=1)

    def test_the_right_password_wipes_the_slate(self, held_clock, ana):
        fail(ana, 9)
        sign_in(ana)
        fail(ana, 9)
        assert sign_in(ana)

    def test_after_a_quiet_quarter_of_an_hour_counting_begins_anew(self, held_clock, ana):
        fail(ana, 9)
        held_clock.forward(minutes=15)
        fail(ana, 9)
        assert sign_in(ana)

    def test_a_stranger_cannot_lock_the_owner_out(self, held_clock, ana):
        fail(ana, 10, network=ELSEWHERE)
        assert blocked_for(ana, network=ELSEWHERE)
        assert sign_in(ana)

    def test_an_unknown_address_is_throttled_alike(self, held_clock, ana):
        for _ in range(10):
            with pytest.raises(WrongPassword):
                actions.sign_in("nobody@site.example", "x", NETWORK)
        with pytest.raises(TooOften):
            actions.sign_in("nobody@site.example", "x", NETWORK)

    def test_a_network_that_fails_a_hundred_times_has_to_wait(self, held_clock, ana):
        for n in range(100):
            with pytest.raises(WrongPassword):
                actions.sign_in(f"p{n}@site.example", "x", NETWORK)
        assert blocked_for(ana) == timedelta(minutes=1)
        assert sign_in(ana, network=ELSEWHERE)

    def test_an_office_that_signs_in_rightly_is_never_blocked(self, held_clock, ana):
        for _ in range(110):
            sign_in(ana)
        assert sign_in(ana)

    def test_neither_address_nor_network_is_in_what_is_counted(self, ana):
        fail(ana, 1)
        kept = db.session.execute(select(Throttle.key)).scalars().all()
        assert len(kept) == 2
        assert not any("ana" in key or NETWORK in key for key in kept)


class TestStaff:
    @pytest.fixture
    def sam(self, app_context: None) -> User:
        return community.person("Sam", staff=True)

    def test_a_fresh_password_lets_them_act_as_staff(self, sam):
        assert arrived(sign_in(sam)).viewer.is_staff

    def test_for_one_hour(self, held_clock, sam):
        token = sign_in(sam)
        held_clock.forward(minutes=59, seconds=59)
        assert arrived(token).viewer.is_staff
        held_clock.forward(seconds=1)
        assert not arrived(token).viewer.is_staff
        assert arrived(token).viewer.staff_account

    def test_giving_the_password_again_gives_another_hour(self, held_clock, sam):
        token = sign_in(sam)
        held_clock.forward(hours=2)
        actions.prove_password(community.viewer(sam), PASSWORD, arrived(token).sign_in_id)
        assert arrived(token).viewer.is_staff

    def test_a_wrong_one_gives_nothing(self, held_clock, sam):
        token = sign_in(sam)
        held_clock.forward(hours=2)
        with pytest.raises(WrongPassword):
            actions.prove_password(community.viewer(sam), "x", arrived(token).sign_in_id)
        assert not arrived(token).viewer.is_staff

    def test_a_member_proves_nothing_by_it(self, ana):
        token = sign_in(ana)
        actions.prove_password(community.viewer(ana), PASSWORD, arrived(token).sign_in_id)
        assert not arrived(token).viewer.is_staff
