from dataclasses import dataclass
from importlib import import_module

import pytest

from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.models.spaces import Space
from forum.policy.viewer import Viewer
from tests.support import community, spaces


@dataclass(frozen=True)
class Scene:
    """Ana and Ben are in the open circle retail, Dora moderates it; Ana has opened a topic."""

    retail: Circle
    ana: User
    ben: User
    dora: User
    topic: str

    def reads(self, name: str) -> Viewer:
        """How the policy knows the person just now."""
        return community.viewer(getattr(self, name))


@pytest.fixture
def scene(app_context: None) -> Scene:
    retail = community.circle("retail")
    ana, ben, dora = (community.person(name) for name in ("Ana", "Ben", "Dora"))
    community.join(ana, retail)
    community.join(ben, retail)
    community.join(dora, retail, Role.MODERATOR)
    topic = community.topic(ana, retail, "Pilots that never end", "How do yours end?")
    return Scene(retail, ana, ben, dora, topic)


@dataclass(frozen=True)
class Inside:
    """The space of the circle retail, in which Ana has opened a topic.

    Ana and Cleo work for Northwind, Ben for Contoso; Dora, of Fabrikam, moderates the space.
    """

    retail: Circle
    here: Space
    ana: User
    ben: User
    cleo: User
    dora: User
    topic: str

    def reads(self, name: str) -> Viewer:
        """How the policy knows the person just now."""
        return community.viewer(getattr(self, name))


@pytest.fixture
def inside(app_context: None) -> Inside:
    retail = community.circle("retail")
    here = spaces.space(retail)
    ana, ben, cleo, dora = (community.person(name) for name in ("Ana", "Ben", "Cleo", "Dora"))
    spaces.enter(here, ana, employer="Northwind")
    spaces.enter(here, ben, employer="Contoso")
    spaces.enter(here, cleo, employer="Northwind Ltd")
    spaces.enter(here, dora, Role.MODERATOR, employer="Fabrikam")
    topic = spaces.sealed_topic(ana, here, "Pilots that never end", "Ours failed.")
    return Inside(retail, here, ana, ben, cleo, dora, topic)


ASKED, ANSWER, OWN = "It began on a Monday.", "Mine began too.", "I read cookery books."


@dataclass(frozen=True)
class Noted:
    """Public ids of Ana's topic with a content note, of Dora's answer, and of Ben's below that."""

    topic: str
    answer: str
    own: str


@pytest.fixture
def noted(inside: Inside) -> Noted:
    topic = spaces.sealed_topic(inside.ana, inside.here, "Used up", ASKED, notes=("illness",))
    answer = spaces.sealed_reply(inside.dora, topic, ANSWER)
    return Noted(topic, answer, spaces.sealed_reply(inside.ben, answer, OWN))


@pytest.fixture
def more_than_a_page(monkeypatch):
    """As if every topic had more posts than fit a page."""
    fetching = import_module("forum.discussions.queries.thread.fetching")
    monkeypatch.setattr(fetching, "fits_a_page", lambda topic: False)
