from dataclasses import dataclass

import pytest
from sqlalchemy import select

from forum.accounts import actions, addresses
from forum.core import clock, ids
from forum.core.db import db, transaction
from forum.models.accounts import AddressProof, ProofPurpose, User, UserState
from tests.support import community

NETWORK, DOMAIN = "192.0.2", "forum.example"


class Mailbox:
    """Asks for links, and reads them as whoever owns the mailbox would."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def asks_to_join(self, address: str, network: str = NETWORK) -> str:
        actions.ask_to_join(address, network, DOMAIN)
        return self.newest(ProofPurpose.JOIN, address)

    def asks_for_reset(self, address: str, network: str = NETWORK) -> str:
        actions.ask_for_reset(address, network, DOMAIN)
        return self.newest(ProofPurpose.RESET, address)

    def asks_to_claim(self, who: User, address: str) -> str:
        actions.ask_to_claim(community.viewer(who), address, NETWORK, DOMAIN)
        return self.newest(ProofPurpose.CLAIM, address)

    def proofs(self) -> list[AddressProof]:
        return list(db.session.execute(select(AddressProof)).scalars())

    def newest(self, purpose: ProofPurpose, address: str) -> str:
        """The token in the newest link that was mailed."""
        found = [p for p in self.proofs() if (p.purpose, p.address) == (purpose, address)]
        fresh = [p for p in found if p.public_id not in self._seen]
        self._seen.update(p.public_id for p in fresh)
        (proof,) = fresh
        return actions.proof_token(proof.public_id)


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


@pytest.fixture
def imported(app_context: None) -> Imported:
    address = "olga@archive.example"
    with transaction() as session:
        author = User(
            id=ids.random_key(),
            public_id=ids.public_id(),
            name="Olga",
            claim_digest=addresses.claim_digest(address),
            state=UserState.UNCLAIMED,
            created_at=clock.now(),
        )
        session.add(author)
    retail = community.circle("retail")
    topic = community.topic(author, retail, "From the list")
    return Imported(author, address, topic, community.reply(author, topic))


def account_of(address: str) -> User | None:
    """The account as it is now, whoever changed it."""
    db.session.rollback()
    return db.session.execute(
        select(User).where(User.address == address), execution_options={"populate_existing": True}
    ).scalar()
