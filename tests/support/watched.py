"""A space in which order has to be kept: who is in it, who moderates it, who guards it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from forum.core.db import db
from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.models.spaces import Space
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.guardians import name_guardian
from tests.support import community, spaces, workplaces


@dataclass(frozen=True)
class Watched:
    """The space of the circle retail, in which Ana, of Northwind, has opened a topic.

    Ben (Contoso), Cara (Litware) and Finn (Tailspin) read it. Dora (Fabrikam) moderates the space,
    and so does Eli, of Northwind like Ana. Gus, Hal, Ida and Jo are guardians, each of another
    employer; Jo of Northwind.
    """

    retail: Circle
    here: Space
    people: dict[str, User]
    topic: str

    def __getattr__(self, name: str) -> User:
        return self.people[name]

    def reads(self, name: str) -> Viewer:
        """How the policy knows the person just now."""
        return community.viewer(self.people[name])


EMPLOYERS = {
    "ana": "Northwind",
    "ben": "Contoso",
    "cara": "Litware",
    "finn": "Tailspin",
    "dora": "Fabrikam",
    "eli": "Northwind",
}
GUARDIANS = {"gus": "Adatum", "hal": "Proseware", "ida": "Wingtip", "jo": "Northwind"}


def build() -> Watched:
    """Needs an application context."""
    retail = community.circle("retail")
    here = spaces.space(retail)
    people = {name: community.person(name.title()) for name in (*EMPLOYERS, *GUARDIANS)}
    for name, employer in EMPLOYERS.items():
        role = Role.MODERATOR if name in {"dora", "eli"} else Role.MEMBER
        spaces.enter(here, people[name], role, employer=employer)
    for name, employer in GUARDIANS.items():
        workplaces.works_for(people[name], employer)
        name_guardian(people[name].id)
    topic = spaces.sealed_topic(people["ana"], here, "It failed", "Badly.")
    return Watched(retail, here, people, topic)


def rows(table: Any) -> list[Any]:
    """All rows of a table, as they are now."""
    db.session.rollback()
    ordered = select(table).order_by(*table.__table__.primary_key.columns)
    query = unscoped(ordered, Reason.SET_UP).execution_options(populate_existing=True)
    found = list(db.session.execute(query).scalars())
    db.session.expunge_all()
    return found
