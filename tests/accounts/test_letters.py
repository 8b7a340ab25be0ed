import pytest
from sqlalchemy import select

from forum.accounts import actions
from forum.core.db import db
from forum.home.letters import carrier
from forum.mail.delivery import deliver, read
from forum.models.outbox import Letter, LetterState
from tests.support import community

PASSWORD = "seven grey herons wading"


def newest() -> Letter:
    found = select(Letter).order_by(Letter.queued_at.desc())
    return (
        db.session.execute(found, execution_options={"populate_existing": True}).scalars().all()[0]
    )


@pytest.fixture
def says(app, app_context):
    """How the only letter reads just now."""
    return lambda: read(newest(), carrier(app))


def test_who_asks_to_join_gets_the_link(mailbox, says):
    token = mailbox.asks_to_join("gil@site.example")
    letter = says()
    assert letter.address == "gil@site.example"
    assert f"http://localhost/confirm/{token}" in letter.text
    assert f"http://localhost/confirm/{token}" in letter.html


def test_to_a_known_address_the_letter_says_there_is_an_account(mailbox, says):
    token = mailbox.asks_to_join(community.person("Ana").address)
    letter = says()
    assert "already" in letter.subject
    assert "/sign-in" in letter.text
    assert token not in letter.text + letter.html


def test_who_asks_for_a_new_password_gets_the_link(mailbox, says):
    token = mailbox.asks_for_reset(community.person("Ana").address)
    assert f"http://localhost/reset/{token}" in says().text


def test_to_an_unknown_address_the_letter_says_there_is_no_account(mailbox, says):
    token = mailbox.asks_for_reset("nobody@site.example")
    letter = says()
    assert "No account" in letter.subject
    assert "http://localhost/join" in letter.text
    assert token not in letter.text + letter.html


def test_who_claims_an_archive_address_gets_the_link_there(mailbox, imported, says):
    token = mailbox.asks_to_claim(community.person("Gil"), imported.address)
    letter = says()
    assert letter.address == imported.address
    assert f"http://localhost/claim/{token}" in letter.text


def test_the_row_holds_neither_token_nor_link(mailbox):
    token = mailbox.asks_to_join("gil@site.example")
    letter = newest()
    kept = str([getattr(letter, column.key) for column in letter.__table__.columns])
    assert token not in kept
    assert "confirm" not in kept


def test_known_and_unknown_leave_the_same_kind_of_row(mailbox):
    ana = community.person("Ana")
    rows = []
    for address in (ana.address, "nobody@site.example"):
        mailbox.asks_to_join(address)
        letter = db.session.execute(select(Letter).where(Letter.recipient == address)).scalar()
        rows.append((letter.kind, letter.state, letter.user_id, sorted(letter.context)))
    assert rows[0] == rows[1]


@pytest.mark.parametrize("after", [{"days": 3}, {"days": 4}])
def test_when_its_time_is_over_a_letter_is_cancelled(app, held_clock, mailbox, says, after):
    mailbox.asks_to_join("gil@site.example")
    held_clock.forward(**after)
    assert says() is None
    deliver(newest().id, carrier(app))
    assert newest().state is LetterState.CANCELLED


def test_when_its_link_was_used_a_letter_is_cancelled(app, mailbox):
    token = mailbox.asks_to_join("gil@site.example")
    actions.open_account(token, "Gil", PASSWORD)
    deliver(newest().id, carrier(app))
    assert newest().state is LetterState.CANCELLED


def test_when_another_link_for_the_address_was_used_it_is_cancelled_too(app, mailbox):
    mailbox.asks_to_join("gil@site.example")
    first = newest().id
    actions.open_account(mailbox.asks_to_join("gil@site.example"), "Gil", PASSWORD)
    deliver(first, carrier(app))
    assert db.session.get(Letter, first).state is LetterState.CANCELLED


def test_two_requests_are_two_letters(mailbox):
    mailbox.asks_to_join("gil@site.example")
    mailbox.asks_to_join("gil@site.example")
    assert len(db.session.execute(select(Letter.id)).all()) == 2
