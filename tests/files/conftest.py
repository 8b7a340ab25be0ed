"""A storage of the test's own, and people who add files."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from forum.files import storage
from forum.files.actions import Kept, keep
from forum.models.accounts import User
from forum.models.circles import Circle, Visibility
from forum.policy import limits
from tests.files import hostile
from tests.files.sealed import EMPLOYERS, Sealed
from tests.support import community
from tests.support.space_people import Space


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, app) -> Iterator[Path]:
    place = tmp_path / "files"
    before = storage.use(storage.Folder(place))
    yield place
    assert before is not None
    storage.use(before)


@dataclass(frozen=True)
class Scene:
    """Ana and Ben are in the secret circle lab; Cleo is not."""

    lab: Circle
    ana: User
    ben: User
    cleo: User


@pytest.fixture
def scene(app_context: None) -> Scene:
    lab = community.circle("lab", Visibility.SECRET)
    ana, ben, cleo = (community.person(name) for name in ("Ana", "Ben", "Cleo"))
    community.join(ana, lab)
    community.join(ben, lab)
    return Scene(lab, ana, ben, cleo)


@pytest.fixture
def adds(scene: Scene) -> Callable[..., Kept]:
    """adds(ana) is a small picture of hers; adds(ana, content, name) any file."""

    def add(who: User, content: bytes = b"", name: str = "a.png") -> Kept:
        return keep(community.viewer(who), BytesIO(content or hostile.picture()), name)

    return add


@pytest.fixture
def sealed(app, held_clock) -> Sealed:
    limits._in_memory.clear()
    return Sealed(Space.founded(app, EMPLOYERS))


def bytes_in(folder: Path) -> int:
    """How many files are kept in a folder, whole or in parts."""
    return sum(1 for each in folder.rglob("*") if each.is_file())
