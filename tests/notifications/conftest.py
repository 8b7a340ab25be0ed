from dataclasses import dataclass
from itertools import count

import pytest
from sqlalchemy import select

from forum.core.db import db
from forum.discussions import actions
from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.models.discussions import Post
from forum.models.notifications import Kind, Level, Mention, Notification, Watch
from forum.notifications.queries import NoticeList, notices
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from tests.support import community

_nonces = count(1)


@dataclass(frozen=True)
class Scene:
    """Ana, Ben and Cem are in the open circle retail, which Dora moderates."""

    retail: Circle
    ana: User
    ben: User
    cem: User
    dora: User

    def reads(self, name: str) -> Viewer:
        return community.viewer(getattr(self, name))

    def opens(self, name: str, text: str = "What now?", slug: str = "retail") -> str:
        """Open a topic as the page does; its public id."""
        posted = actions.post_topic(self.reads(name), slug, "A question", text, nonce())
        return posted.public_id

    def answers(self, name: str, to: str, text: str = "An answer.") -> str:
        return actions.post_reply(self.reads(name), to, text, nonce()).public_id

    def edits(self, name: str, post: str, text: str) -> None:
        actions.edit_post(self.reads(name), post, text)

    def follows(self, name: str, topic: str, level: Level | None) -> Level | None:
        return actions.follow_topic(self.reads(name), topic, level)

    def follows_circle(self, name: str, level: Level | None, slug: str = "retail") -> None:
        actions.follow_circle(self.reads(name), slug, level)

    def told(self, name: str) -> list[tuple[str, Kind]]:
        """Of which posts somebody has a row, and why; also those they may see no more."""
        query = select(Post.public_id, Notification.kind)
        query = query.join(Notification, Notification.post_id == Post.id)
        query = query.where(Notification.user_id == getattr(self, name).id)
        return [tuple(row) for row in rows(query.order_by(Notification.id))]

    def unread(self, name: str) -> int:
        query = select(Notification.id).where(Notification.user_id == getattr(self, name).id)
        return len(rows(query.where(Notification.read_at.is_(None))))

    def list(self, name: str, after: str | None = None) -> NoticeList:
        return notices(self.reads(name), after)

    def level(self, name: str, topic: str) -> Level | None:
        """Of its own, of a topic."""
        query = select(Watch.level).join(Post, Post.topic_id == Watch.topic_id)
        query = query.where(Watch.user_id == getattr(self, name).id, Post.public_id == topic)
        found = rows(query)
        return found[0].level if found else None


@pytest.fixture
def scene(app_context: None) -> Scene:
    retail = community.circle("retail")
    people = [community.person(name) for name in ("Ana", "Ben", "Cem", "Dora")]
    for one in people:
        community.join(one, retail, Role.MODERATOR if one.name == "Dora" else Role.MEMBER)
    return Scene(retail, *people)


def nonce() -> str:
    return f"{next(_nonces):022}"


def rows(query) -> list:
    db.session.rollback()
    return list(db.session.execute(unscoped(query, Reason.SET_UP)).all())


def how_many_rows() -> int:
    """In all three tables of following together."""
    return sum(len(rows(select(table.user_id))) for table in (Watch, Mention, Notification))
