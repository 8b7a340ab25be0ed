from dataclasses import dataclass

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.models.accounts import User
from forum.models.circles import Circle, Membership, Role, Visibility
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from tests.support import community


@dataclass(frozen=True)
class Scene:
    """Circles of every visibility, each with Dora as its moderator; Ana is in none."""

    ana: User
    dora: User
    circles: dict[Visibility, Circle]

    def reads(self, name: str) -> Viewer:
        return community.viewer(getattr(self, name))


@pytest.fixture
def scene(app_context: None) -> Scene:
    ana, dora = community.person("Ana"), community.person("Dora")
    circles = {kind: community.circle(f"{kind}-circle", kind) for kind in Visibility}
    for circle in circles.values():
        community.join(dora, circle, Role.MODERATOR)
    return Scene(ana, dora, circles)


def member_count(slug: str) -> int:
    db.session.rollback()
    query = unscoped(select(Circle.member_count).where(Circle.slug == slug), Reason.COUNTERS)
    return int(db.session.execute(query).scalar_one())


def membership(user: User, circle: Circle) -> Membership | None:
    db.session.rollback()
    query = select(Membership).where(
        Membership.user_id == user.id, Membership.circle_id == circle.id
    )
    query = unscoped(query, Reason.COUNTERS).execution_options(populate_existing=True)
    return db.session.execute(query).scalar()
