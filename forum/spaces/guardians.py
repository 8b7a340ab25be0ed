"""The few named people who are asked where no moderator of a space may be, and what they see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import delete, select

from forum.core import clock, treepath
from forum.core.db import db, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.core.seal import Secret
from forum.files.queries import with_pictures_inside
from forum.models.accounts import User
from forum.models.circles import Role
from forum.models.discussions import Post, Topic
from forum.models.guarding import Guardian
from forum.models.spaces import Pseudonym, SpaceMember
from forum.policy import unsealing, viewer, walls, workplaces
from forum.policy.identity import Voice
from forum.policy.unsealing import Lenses
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.actions import present

LEAST = 4
"""With fewer, nothing is opened to guardians: whom an author is walled off from would show."""

_WITH_ALL_WE_KNOW = date.max
"""As if they came last: of who belongs together by now nothing is left out."""


class TooFewGuardians(NotAllowed):
    sentence = _l("There are not enough guardians who could look at this.")


class Colleagues(NotAllowed):
    sentence = _l("Guardians must come from different employers, so that one is always outside.")


@dataclass(frozen=True, slots=True)
class OpenedPost:
    """A post with its words, under the name it was written under."""

    handle: str
    html: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A post with what it answers, from the top down; the last one is the post itself."""

    title: str
    posts: tuple[OpenedPost, ...]


def name_guardian(user_id: int) -> None:
    """Make somebody a guardian. Colleagues when they work where another one does."""
    today = clock.today()
    with transaction() as session:
        named = _named()
        if user_id in named:
            return
        if any(workplaces.are_colleagues(user_id, other, today) for other in named):
            raise Colleagues
        session.add(Guardian(user_id=user_id, named_on=today))


def dismiss_guardian(user_id: int) -> None:
    """Somebody is no guardian any more."""
    with transaction() as session:
        session.execute(delete(Guardian).where(Guardian.user_id == user_id))


def guardians() -> list[Viewer]:
    """All guardians who can act now."""
    found = (viewer.for_user(user_id) for user_id in _named())
    return [one for one in found if one and not (one.suspended or one.spaces_shut)]


def come_apart() -> bool:
    """Whether all guardians still come from different employers, as when they were named."""
    today = clock.today()
    return not any(workplaces.are_colleagues(*two, today) for two in combinations(_named(), 2))


def require_guardian(who: Viewer) -> None:
    """NotThere for everybody else; TooFewGuardians while there are fewer than four."""
    if not is_guardian(who):
        raise NotThere
    if len(guardians()) < LEAST:
        raise TooFewGuardians


def is_guardian(who: Viewer) -> bool:
    """Whether somebody is one, and can act now."""
    can_act = who.signed_in and not (who.suspended or who.spaces_shut)
    return can_act and who.user_id in _named()


def outside(who: Viewer, row: Any, seats: Sequence[str | None] = ()) -> bool:
    """Whether a guardian may look at a post: no wall holds them off, and they had no part in it.

    The row holds KEY, SEALED_POST, `space_id` and `author_name`; `seats` are of who reported it.
    """
    key = unsealing.key_of(row)
    tokens = Lenses(who).tokens(key, row.opened_on, _WITH_ALL_WE_KNOW)
    if walls.stops_outsider(walls.opened(key, row.post_id, row.wall), tokens):
        return False
    voice = _voice(who, row.space_id, key)
    return voice is None or (voice.name != row.author_name and voice.seat("report") not in seats)


def moderator_ids(space_id: int) -> list[int]:
    """Who moderates a space."""
    query = present(SpaceMember.user_id).where(
        SpaceMember.space_id == space_id, SpaceMember.role == Role.MODERATOR
    )
    return list(db.session.execute(unscoped(query, Reason.ORDER)).scalars())


def open_post(key: Secret, topic_id: int, path: str) -> Opened:
    """A post and its ancestors, with their pictures, for whoever may look.

    Two statements, and one for each of the posts that carries pictures.
    """
    head = unscoped(select(Topic.sealed).where(Topic.id == topic_id), Reason.ORDER)
    sealed = db.session.execute(head).scalar_one() or b""
    title = unsealing.unpacked(key.open(unsealing.TITLE, topic_id, sealed))["title"]
    query = (
        select(Post.id, Post.sealed, Pseudonym.name)
        .join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
        .where(Post.topic_id == topic_id, Post.removed_at.is_(None))
        .where(Post.path.in_([*treepath.ancestors(path), path]))
        .order_by(Post.path)
    )
    rows = db.session.execute(unscoped(query, Reason.ORDER)).all()
    return Opened(title, tuple(OpenedPost(row.name, _html(key, row)) for row in rows))


def _html(key: Secret, row: Any) -> str:
    words = unsealing.unpacked(key.open(unsealing.TEXT, row.id, row.sealed))
    return with_pictures_inside(key, row.id, words["html"])


def _voice(who: Viewer, space_id: int, key: Secret) -> Voice | None:
    """Who a guardian is, or was, in a space they are in."""
    query = select(SpaceMember.secret, SpaceMember.number).where(
        SpaceMember.space_id == space_id, SpaceMember.user_id == who.user_id
    )
    row = db.session.execute(unscoped(query, Reason.ORDER)).first()
    return Voice(key, row.secret, row.number) if row else None


def _named() -> list[int]:
    query = select(Guardian.user_id).join(User, User.id == Guardian.user_id)
    query = query.order_by(User.name, User.id)
    return list(db.session.execute(unscoped(query, Reason.ORDER)).scalars())
