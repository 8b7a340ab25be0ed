"""A circle with a space of nine people of seven employers; and one in which order is kept."""

from dataclasses import dataclass

import pytest

from forum.core import clock
from forum.employments.actions import Workplace, declaring
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.employers import Tie
from forum.models.spaces import Space
from tests.spaces.mornings import Mornings, wishes
from tests.support import community, spaces
from tests.support.database_files import Files
from tests.support.watched import Watched, build

EMPLOYERS = {
    "Ana": "Northwind",
    "Ben": "Northwind",
    "Chidi": "Contoso",
    "Dora": "Contoso",
    "Ema": "Fabrikam",
    "Finn": "Fabrikam",
    "Gil": "Litware",
    "Hana": "Tailspin",
    "Ivo": "Wingtip",
}


@dataclass(frozen=True)
class Scene:
    circle: Circle
    space: Space
    people: dict[str, User]

    def __getitem__(self, name: str) -> User:
        return self.people[name]


@pytest.fixture
def scene(held_clock, app_context) -> Scene:
    retail = community.circle("retail")
    here = spaces.space(retail)
    people = {name: community.person(name) for name in EMPLOYERS}
    for name, employer in EMPLOYERS.items():
        works_at = Workplace(employer, Tie.WORKS_FOR)
        domain = f"{employer.lower()}.example"
        declaring.enter(people[name].id, works_at, told_on=clock.today(), verified_domain=domain)
        spaces.enter(here, people[name])
    return Scene(retail, here, people)


@pytest.fixture
def wanting(scene) -> Scene:
    """The same, and everybody wants letters."""
    for person in scene.people.values():
        wishes(person)
    return scene


@pytest.fixture
def mornings(app, held_clock) -> Mornings:
    return Mornings(app, held_clock)


@pytest.fixture
def watched(held_clock, app_context) -> Watched:
    return build()


@pytest.fixture
def files(database) -> Files:
    return Files.of(database)
