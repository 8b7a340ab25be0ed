from dataclasses import dataclass

import pytest

from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.policy.viewer import Viewer
from tests.support import community


@dataclass(frozen=True)
class Scene:
    """Ana, Ben and Cleo are in the open circle retail, Dora moderates it; Ana opened a topic."""

    retail: Circle
    ana: User
    ben: User
    cleo: User
    dora: User
    topic: str

    def reads(self, name: str) -> Viewer:
        """How the policy knows the person just now."""
        return community.viewer(getattr(self, name))


@pytest.fixture
def scene(app_context: None) -> Scene:
    retail = community.circle("retail")
    ana, ben, cleo, dora = (community.person(name) for name in ("Ana", "Ben", "Cleo", "Dora"))
    for who in (ana, ben, cleo):
        community.join(who, retail)
    community.join(dora, retail, Role.MODERATOR)
    topic = community.topic(ana, retail, "Pilots that never end", "How do yours end?")
    return Scene(retail, ana, ben, cleo, dora, topic)
