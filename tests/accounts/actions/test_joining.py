import pytest
from sqlalchemy import func, select

from forum.accounts import actions, passwords
from forum.accounts.actions import AddressTaken, StaleLink
from forum.accounts.passwords import WeakPassword
from forum.core import seal
from forum.core.db import db
from forum.core.errors import TooOften
from forum.models.accounts import ProofPurpose, SignIn, User, UserState
from forum.policy.viewer import for_token
from tests.accounts.conftest import DOMAIN, NETWORK, account_of
from tests.support import community
from tests.support.together import at_once

GIL, PASSWORD = "gil@site.example", "seven grey herons wading"


def open_account(token: str, name: str = "Gil") -> str:
    return actions.open_account(token, name, PASSWORD)


def accounts() -> int:
    return db.session.execute(select(func.count()).select_from(User)).scalar_one()


class TestTheLink:
    def test_following_it_opens_an_account_and_signs_in(self, mailbox):
        arrived = for_token(seal.plain_digest(open_account(mailbox.asks_to_join(GIL))))
        assert (arrived.viewer.name, arrived.viewer.address) == ("Gil", GIL)
        assert (arrived.viewer.handle, arrived.viewer.circles) == ("gil", ())
        assert not arrived.viewer.staff_account

    def test_before_it_is_followed_there_is_no_account(self, mailbox):
        mailbox.asks_to_join(GIL)
        assert accounts() == 0

    def test_it_works_once(self, mailbox):
        token = mailbox.asks_to_join(GIL)
        open_account(token)
        with pytest.raises(StaleLink):
            open_account(token)

    def test_it_works_to_the_last_second_of_the_third_day(self, held_clock, mailbox):
        token = mailbox.asks_to_join(GIL)
        held_clock.forward(days=3, seconds=-1)
        assert open_account(token)

    def test_after_three_days_it_is_stale(self, held_clock, mailbox):
        token = mailbox.asks_to_join(GIL)
        held_clock.forward(days=3)
        with pytest.raises(StaleLink):
            open_account(token)
        assert accounts() == 0

    def test_using_one_link_uses_up_the_others_for_that_address(self, mailbox):
        first, second = mailbox.asks_to_join(GIL), mailbox.asks_to_join(GIL)
        open_account(second)
        with pytest.raises(StaleLink):
            open_account(first)

    def test_links_for_other_addresses_stay_good(self, mailbox):
        other = mailbox.asks_to_join("hana@site.example")
        open_account(mailbox.asks_to_join(GIL))
        assert open_account(other, "Hana")

    def test_a_made_up_link_is_stale(self, mailbox):
        mailbox.asks_to_join(GIL)
        with pytest.raises(StaleLink):
            open_account("x" * 43)

    def test_a_link_for_a_new_password_opens_no_account(self, mailbox):
        token = mailbox.asks_for_reset(GIL)
        with pytest.raises(StaleLink):
            open_account(token)

    def test_its_token_is_nowhere_in_the_database(self, mailbox):
        token = mailbox.asks_to_join(GIL)
        (proof,) = mailbox.proofs()
        assert token not in [getattr(proof, column.key) for column in proof.__table__.columns]
        assert proof.token_digest == seal.plain_digest(token)


class TestThePassword:
    @pytest.mark.parametrize("password", ["short", "password1234", "gil@site.example"])
    def test_a_weak_one_is_refused_and_the_link_stays_good(self, mailbox, password):
        token = mailbox.asks_to_join(GIL)
        with pytest.raises(WeakPassword):
            actions.open_account(token, "Gil", password)
        assert accounts() == 0
        assert open_account(token)

    def test_it_is_kept_as_a_hash_only(self, mailbox):
        open_account(mailbox.asks_to_join(GIL))
        stored = account_of(GIL).password_hash
        assert PASSWORD not in stored
        assert passwords.matches(stored, PASSWORD)


class TestAKnownAddress:
    def test_asking_answers_the_same(self, mailbox):
        community.person("Ana")
        assert actions.ask_to_join("ana@site.example", NETWORK, DOMAIN) is None
        assert actions.ask_to_join("nobody@site.example", NETWORK, DOMAIN) is None
        assert {proof.purpose for proof in mailbox.proofs()} == {ProofPurpose.JOIN}

    def test_a_link_cannot_take_the_account_over(self, mailbox):
        ana = community.person("Ana")
        token = mailbox.asks_to_join(ana.address)
        with pytest.raises(AddressTaken):
            actions.open_account(token, "Mallory", "other words entirely here")
        kept = account_of(ana.address)
        assert (kept.id, kept.name) == (ana.id, "Ana")
        assert passwords.matches(kept.password_hash, community.PASSWORD)

    def test_a_link_asked_for_before_the_account_was_opened_otherwise_is_refused(self, mailbox):
        token = mailbox.asks_to_join("ana@site.example")
        community.person("Ana")
        with pytest.raises(AddressTaken):
            open_account(token)


class TestPreHijacking:
    """Who asks with somebody else's address must gain nothing when that person comes later."""

    def test_asking_leaves_neither_account_nor_sign_in_nor_password(self, mailbox):
        mailbox.asks_to_join(GIL)
        assert accounts() == 0
        assert db.session.execute(select(SignIn.id)).all() == []

    def test_the_account_has_only_what_the_owner_of_the_mailbox_chose(self, mailbox):
        mailbox.asks_to_join(GIL, network="203.0.113")
        token = open_account(mailbox.asks_to_join(GIL))
        signed_in = db.session.execute(select(SignIn.token_digest)).scalars().all()
        assert signed_in == [seal.plain_digest(token)]

    def test_every_link_asked_for_earlier_is_dead_afterwards(self, mailbox):
        early = [mailbox.asks_to_join(GIL, network="203.0.113") for _ in range(2)]
        open_account(mailbox.asks_to_join(GIL))
        for token in early:
            with pytest.raises(StaleLink):
                actions.open_account(token, "Mallory", "other words entirely here")

    def test_an_imported_author_is_nobodys_until_the_address_is_proved(self, mailbox, imported):
        open_account(mailbox.asks_to_join(GIL), "Olga")
        olga = db.session.execute(select(User).where(User.id == imported.author.id)).scalar_one()
        assert olga.state is UserState.UNCLAIMED


class TestAtOnce:
    def test_one_link_followed_in_many_windows_opens_one_account(self, app, mailbox):
        token = mailbox.asks_to_join(GIL)
        answers = at_once(app, *[lambda: open_account(token)] * 6)
        opened = [answer for answer in answers if isinstance(answer, str)]
        assert len(opened) == 1
        assert {type(a) for a in answers} <= {str, StaleLink, AddressTaken}
        assert accounts() == 1

    def test_two_links_of_one_address_open_one_account(self, app, mailbox):
        tokens = [mailbox.asks_to_join(GIL) for _ in range(3)]
        answers = at_once(app, *(lambda t=token: open_account(t) for token in tokens))
        assert sum(isinstance(answer, str) for answer in answers) == 1
        assert accounts() == 1

    def test_people_of_one_name_all_get_an_account(self, app, mailbox):
        tokens = [mailbox.asks_to_join(f"gil{n}@site.example") for n in range(5)]
        answers = at_once(app, *(lambda t=token: open_account(t, "Gil") for token in tokens))
        assert [type(answer) for answer in answers] == [str] * 5
        handles = db.session.execute(select(User.handle)).scalars().all()
        assert len(set(handles)) == 5


class TestLimits:
    def test_an_address_gets_three_links_an_hour(self, held_clock, mailbox):
        for _ in range(3):
            mailbox.asks_to_join(GIL)
        with pytest.raises(TooOften) as refusal:
            mailbox.asks_to_join(GIL)
        assert (refusal.value.until - held_clock.forward()).total_seconds() == 3600
        assert len(mailbox.proofs()) == 3

    def test_after_the_hour_it_gets_another(self, held_clock, mailbox):
        for _ in range(3):
            mailbox.asks_to_join(GIL)
        held_clock.forward(hours=1)
        assert mailbox.asks_to_join(GIL)

    def test_a_stranger_elsewhere_does_not_use_up_ones_own_tries(self, mailbox):
        for _ in range(3):
            actions.ask_for_reset(GIL, "198.51.100.0/24", DOMAIN)
        with pytest.raises(TooOften):
            actions.ask_for_reset(GIL, "198.51.100.0/24", DOMAIN)
        actions.ask_for_reset(GIL, NETWORK, DOMAIN)
        assert len(mailbox.proofs()) == 4

    def test_a_known_address_has_the_same_limit(self, mailbox):
        ana = community.person("Ana")
        for _ in range(3):
            mailbox.asks_to_join(ana.address)
        with pytest.raises(TooOften):
            mailbox.asks_to_join(ana.address)

    def test_a_network_gets_twenty_links_an_hour(self, mailbox):
        for n in range(20):
            mailbox.asks_to_join(f"p{n}@site.example")
        with pytest.raises(TooOften):
            mailbox.asks_to_join("p20@site.example")
        assert mailbox.asks_to_join("p20@site.example", network="203.0.113")
