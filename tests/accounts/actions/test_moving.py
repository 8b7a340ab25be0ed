"""Another address: both mailboxes must agree, and what a reset has shut stays shut."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import actions, queries
from forum.accounts.actions import (
    AddressTaken,
    AfterReset,
    AtWork,
    SameAddress,
    StaleLink,
    WrongPassword,
)
from forum.accounts.letters import CONTEXTS
from forum.core import clock
from forum.core.db import db
from forum.core.errors import TooOften
from forum.employments.actions import lock_out
from forum.models.accounts import AddressChange, AddressKind, ProofPurpose, SignIn, User
from forum.models.outbox import Letter, UpdateWish
from tests.accounts.conftest import DOMAIN, NETWORK, account_of
from tests.support import community, workplaces
from tests.support.community import PASSWORD
from tests.support.watched import rows

OTHER = "ana@elsewhere.example"
NEW, OLD = ProofPurpose.MOVE_TO, ProofPurpose.MOVE_FROM
BOTH_WAYS = pytest.mark.parametrize("first", [NEW, OLD])
PERSONAL, WORK = AddressKind.PERSONAL, AddressKind.WORK


@pytest.fixture
def ana(held_clock, app_context) -> User:
    return community.person("Ana")


@pytest.fixture
def links(mailbox):
    """The tokens in both letters."""

    def asked(person: User, address: str = OTHER, kind: AddressKind = PERSONAL):
        viewer = community.viewer(person)
        actions.ask_to_move(viewer, address, kind, PASSWORD, NETWORK, DOMAIN)
        return {NEW: mailbox.newest(NEW, address), OLD: mailbox.newest(OLD, person.address)}

    return asked


def agree(person: User, purpose: ProofPurpose, token: str) -> str | None:
    return actions.agree_to_move(community.viewer(person), purpose, token, DOMAIN)


def the_other(purpose: ProofPurpose) -> ProofPurpose:
    return OLD if purpose is NEW else NEW


def address_of(person: User) -> str | None:
    db.session.rollback()
    return db.session.execute(select(User.address).where(User.id == person.id)).scalar()


@BOTH_WAYS
def test_with_one_link_nothing_changes_with_both_it_is_done(ana, links, first):
    tokens = links(ana)
    assert agree(ana, first, tokens[first]) is None
    assert address_of(ana) == ana.address
    assert agree(ana, the_other(first), tokens[the_other(first)])
    assert address_of(ana) == OTHER
    assert account_of(OTHER).address_kind is PERSONAL


@BOTH_WAYS
def test_one_link_twice_is_not_both(ana, links, first):
    tokens = links(ana)
    agree(ana, first, tokens[first])
    with pytest.raises(StaleLink):
        agree(ana, first, tokens[first])
    assert address_of(ana) == ana.address


@BOTH_WAYS
def test_a_link_does_not_stand_for_the_other(ana, links, first):
    tokens = links(ana)
    with pytest.raises(StaleLink):
        agree(ana, first, tokens[the_other(first)])


def moved(person: User, tokens: dict[ProofPurpose, str]) -> str:
    agree(person, NEW, tokens[NEW])
    token = agree(person, OLD, tokens[OLD])
    assert token
    return token


def test_every_sign_in_ends_and_one_begins(ana, links):
    for _ in range(3):
        actions.sign_in(ana.address, PASSWORD, NETWORK)
    ben = community.person("Ben")
    actions.sign_in(ben.address, PASSWORD, NETWORK)
    moved(ana, links(ana))
    whose = [row.user_id for row in rows(SignIn)]
    assert sorted(whose) == sorted([ana.id, ben.id])


def test_the_new_address_signs_in_and_the_old_one_no_longer(ana, links):
    moved(ana, links(ana))
    assert actions.sign_in(OTHER, PASSWORD, NETWORK)
    with pytest.raises(WrongPassword):
        actions.sign_in(ana.address, PASSWORD, NETWORK)


def test_the_old_mailbox_is_told_and_not_where_to(ana, links):
    moved(ana, links(ana))
    (letter,) = [row for row in rows(Letter) if row.kind == actions.MOVED]
    told = CONTEXTS[letter.kind](letter)
    assert told.address == ana.address
    assert OTHER not in repr((letter.context, told))


def test_no_letter_or_proof_of_the_asking_is_left(ana, links, mailbox):
    moved(ana, links(ana))
    assert mailbox.proofs() == []
    assert [row.kind for row in rows(Letter)] == [actions.MOVED]
    assert rows(AddressChange) == []


def test_it_takes_the_password(ana):
    with pytest.raises(WrongPassword):
        actions.ask_to_move(community.viewer(ana), OTHER, PERSONAL, "no", NETWORK, DOMAIN)
    assert rows(AddressChange) == []


def test_not_to_the_address_it_is(ana):
    with pytest.raises(SameAddress):
        actions.ask_to_move(community.viewer(ana), ana.address, PERSONAL, PASSWORD, NETWORK, DOMAIN)


def test_an_address_at_an_employer_they_verified_is_never_personal(ana, links):
    workplaces.works_for(ana, "Elsewhere", "elsewhere.example")
    with pytest.raises(AtWork):
        links(ana)
    assert links(ana, kind=WORK)


def test_letters_about_spaces_end_where_an_employer_may_read_them(ana, links):
    community.has_mailbox(ana)
    actions.wish_for_updates(community.viewer(ana))
    moved(ana, links(ana, kind=WORK))
    assert rows(UpdateWish) == []


def test_a_known_address_is_asked_about_like_any_other_and_never_taken(ana, links):
    ben = community.person("Ben")
    tokens = links(ana, ben.address)
    (letter,) = [row for row in rows(Letter) if row.recipient == ben.address]
    assert CONTEXTS[letter.kind](letter).template == "move_known"
    agree(ana, NEW, tokens[NEW])
    with pytest.raises(AddressTaken):
        agree(ana, OLD, tokens[OLD])
    assert address_of(ana) == ana.address
    assert address_of(ben) == ben.address


def test_somebody_else_cannot_follow_the_links(ana, links):
    tokens, mallory = links(ana), community.person("Mallory")
    links(mallory, "mallory@elsewhere.example")
    for purpose, token in tokens.items():
        with pytest.raises(StaleLink):
            agree(mallory, purpose, token)
    assert address_of(mallory) == mallory.address


def test_a_second_asking_makes_the_first_links_void(ana, links):
    first = links(ana)
    second = links(ana, "ana@third.example")
    for purpose, token in first.items():
        with pytest.raises(StaleLink):
            agree(ana, purpose, token)
    moved(ana, second)
    assert address_of(ana) == "ana@third.example"


def test_it_can_be_taken_back(ana, links):
    tokens = links(ana)
    agree(ana, NEW, tokens[NEW])
    actions.stop_moving(community.viewer(ana))
    assert queries.asked_change(community.viewer(ana)) is None
    with pytest.raises(StaleLink):
        agree(ana, OLD, tokens[OLD])


def test_after_a_day_it_is_over(ana, links, held_clock):
    tokens = links(ana)
    held_clock.forward(days=1)
    assert queries.asked_change(community.viewer(ana)) is None
    with pytest.raises(StaleLink):
        agree(ana, NEW, tokens[NEW])


def test_another_password_makes_it_void(ana, links):
    """Who finds the letter and did not ask changes the password, as it says."""
    tokens = links(ana)
    actions.change_password(community.viewer(ana), PASSWORD, "nine copper kettles singing")
    with pytest.raises(StaleLink):
        agree(ana, OLD, tokens[OLD])


def test_a_reset_asked_for_at_the_old_mailbox_is_void(ana, links, mailbox):
    token = mailbox.asks_for_reset(ana.address)
    moved(ana, links(ana))
    with pytest.raises(StaleLink):
        actions.set_new_password(token, "nine copper kettles singing")


def test_too_often_is_refused(ana, links):
    for number in range(3):
        links(ana, f"ana{number}@elsewhere.example")
    with pytest.raises(TooOften):
        links(ana, "ana@fourth.example")


class TestAfterAReset:
    """Whoever came in by the mailbox must not take the account along and open what it shut."""

    def test_for_three_days_it_is_refused(self, ana, links, held_clock):
        community.shut_spaces(ana, clock.now() + timedelta(days=3))
        with pytest.raises(AfterReset):
            links(ana)

    def test_one_that_comes_between_is_too(self, ana, links, held_clock):
        tokens = links(ana)
        agree(ana, NEW, tokens[NEW])
        community.shut_spaces(ana, clock.now() + timedelta(days=3))
        with pytest.raises(AfterReset):
            agree(ana, OLD, tokens[OLD])
        assert address_of(ana) == ana.address

    @pytest.mark.parametrize("kind", list(AddressKind))
    def test_a_lock_stays_whatever_is_said_of_the_new_mailbox(self, ana, links, kind):
        lock_out(ana.id)
        moved(ana, links(ana, kind=kind))
        assert address_of(ana) == OTHER
        assert account_of(OTHER).spaces_locked
        assert community.viewer(ana).spaces_shut

    def test_nor_does_another_name_open_it(self, ana):
        lock_out(ana.id)
        actions.change_name(community.viewer(ana), "Anna")
        assert community.viewer(ana).spaces_locked
