from datetime import date

from sqlalchemy import select

from forum.accounts import actions, queries
from forum.core import seal
from forum.core.db import db
from forum.models.accounts import ProofPurpose, SignIn
from forum.policy.viewer import for_token
from tests.accounts.conftest import NETWORK
from tests.support import community


def sign_in(user) -> int:
    """The row of a new sign-in."""
    token = actions.sign_in(user.address, community.PASSWORD, NETWORK)
    return for_token(seal.plain_digest(token)).sign_in_id


class TestSessions:
    def test_one_sees_where_one_is_signed_in_and_which_is_here(self, held_clock, app_context):
        ana = community.person("Ana")
        sign_in(ana)
        held_clock.forward(days=9)
        here = sign_in(ana)
        found = queries.sessions(community.viewer(ana), here)
        assert [(s.started_on, s.is_this) for s in found] == [
            (date(2026, 3, 9), True),
            (date(2026, 3, 2), False),
        ]

    def test_other_peoples_are_not_among_them(self, app_context):
        sign_in(community.person("Ben"))
        assert queries.sessions(community.viewer(community.person("Ana")), None) == []

    def test_those_past_their_time_are_not_shown(self, held_clock, app_context):
        ana = community.person("Ana")
        sign_in(ana)
        held_clock.forward(days=20)
        assert len(queries.sessions(community.viewer(ana), None)) == 1
        held_clock.forward(days=1)
        assert queries.sessions(community.viewer(ana), None) == []

    def test_they_are_named_by_random_ids(self, app_context):
        ana = community.person("Ana")
        sign_in(ana)
        (found,) = queries.sessions(community.viewer(ana), None)
        assert db.session.execute(select(SignIn.public_id)).scalar() == found.public_id


class TestProofs:
    def test_a_live_link_is_found_by_its_token_and_purpose(self, mailbox):
        token = mailbox.asks_to_join("gil@site.example")
        assert queries.live_proof(ProofPurpose.JOIN, token).address == "gil@site.example"
        assert queries.live_proof(ProofPurpose.RESET, token) is None

    def test_a_used_one_is_not(self, mailbox):
        token = mailbox.asks_to_join("gil@site.example")
        actions.open_account(token, "Gil", "seven grey herons wading")
        assert queries.live_proof(ProofPurpose.JOIN, token) is None
