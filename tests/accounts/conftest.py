from dataclasses import dataclass

import pytest
from sqlalchemy import select

from forum.accounts import actions
from forum.core.db import db
from forum.models.accounts import AddressProof, ProofPurpose, User
from tests.support import community

NETWORK, DOMAIN = "192.0.2", "forum.example"


class Mailbox:
    """Asks for links, and reads them as whoever owns the mailbox would."""

    def asks_to_join(self, address: str, network: str = NETWORK) -> str:
        actions.ask_to_join(address, network, DOMAIN)
        return self.newest(ProofPurpose.JOIN, address)

    def asks_for_reset(self, address: str, network: str = NETWORK) -> str:
        actions.ask_for_reset(address, network, DOMAIN)
        return self.newest(ProofPurpose.RESET, address)

    def asks_to_claim(self, who: User, address: str) -> str:
        actions.ask_to_claim(community.viewer(who), address, NETWORK, DOMAIN)
        return self.newest(ProofPurpose.CLAIM, address)

    def newest(self, purpose: ProofPurpose, address: str) -> str:
        """The token in the newest link that was mailed."""
        found = select(AddressProof).where(
            AddressProof.purpose == purpose, AddressProof.address == address
        )
        newest = found.order_by(AddressProof.expires_at.desc(), AddressProof.used_at.is_not(None))
        return actions.proof_token(db.session.execute(newest).scalars().all()[0].public_id)


@dataclass(frozen=True)
class Imported:
    """Somebody known from an archive only, with a topic and an answer in the circle retail."""

    author: User
    address: str
    topic: str
    answer: str


@pytest.fixture
def mailbox(app_context: None) -> Mailbox:
    return Mailbox()
