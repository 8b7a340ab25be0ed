"""Asking two guardians, drawn at random, to find out whose a handle is."""

from __future__ import annotations

from datetime import timedelta
from secrets import SystemRandom
from typing import Any

from sqlalchemy import Select, select, update

from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.core.seal import Secret
from forum.models.discussions import Post
from forum.models.guarding import BreakGlass, GlassKey, Grounds, Step
from forum.models.spaces import Pseudonym, TopicKey
from forum.policy import unsealing
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces import log
from forum.spaces.aiming import aim, reason, sealed
from forum.spaces.break_glass.rows import WHY, mark_of
from forum.spaces.guardians import (
    LEAST,
    TooFewGuardians,
    guardians,
    is_guardian,
    moderator_ids,
    outside,
)

TIME_TO_AGREE = timedelta(hours=24)
DRAWN = 2
_POST: tuple[Any, ...] = (
    *unsealing.KEY,
    *unsealing.SEALED_POST,
    TopicKey.space_id,
    Pseudonym.name.label("author_name"),
)


class AskedAlready(NotAllowed):
    sentence = _l("Two guardians have been asked about this already.")


def ask(viewer: Viewer, post_public_id: str, grounds: Grounds, words: str) -> str:
    """Ask two guardians to find out who wrote a post; the request's public id.

    For the space's moderators who may see it, and for guardians outside its wall. They are drawn
    at random; not who asks, the author, or a moderator of the space. NotThere, ForModerators,
    SayWhy, TooFewGuardians; AskedAlready while the same handle is being asked about.
    """
    why = reason(words)
    note_expired()
    with transaction() as session:
        row = _post_to_ask_about(viewer, post_public_id)
        key, request_id, public_id = unsealing.key_of(row), ids.random_key(), ids.public_id()
        drawn = _drawn(viewer, row)
        request = BreakGlass(
            id=request_id,
            public_id=public_id,
            space_id=row.space_id,
            topic_id=row.key_topic_id,
            post_public_id=post_public_id,
            handle=row.author_name,
            grounds=grounds,
            sealed=sealed(key, WHY, request_id, why),
            expires_at=clock.now() + TIME_TO_AGREE,
        )
        try:
            with savepoint():
                session.add(request)
        except Conflict:
            raise AskedAlready from None
        asking = mark_of(viewer, key, request_id)
        log.append(Step.REQUESTED, public_id, grounds=grounds, mark=asking, key=key, words=why)
        _write_down(drawn, key, request)
    return public_id


def note_expired() -> int:
    """Close requests whose time is over, with nothing opened; how many."""
    with transaction() as session:
        over = select(BreakGlass.id, BreakGlass.public_id).where(
            BreakGlass.resolved_on.is_(None),
            BreakGlass.expired_on.is_(None),
            BreakGlass.expires_at <= clock.now(),
        )
        query = unscoped(over.order_by(BreakGlass.id).with_for_update(), Reason.ORDER)
        rows = session.execute(query).all()
        for row in rows:
            closed = update(BreakGlass).where(BreakGlass.id == row.id)
            session.execute(closed.values(expired_on=clock.today()))
            log.append(Step.EXPIRED, row.public_id)
    return len(rows)


def _post_to_ask_about(viewer: Viewer, public_id: str) -> Any:
    guarding = is_guardian(viewer)
    if not guarding:
        aim(viewer, public_id)
    row = db.session.execute(_post(public_id)).first()
    if row is None or (guarding and not outside(viewer, row)):
        raise NotThere
    return row


def _post(public_id: str) -> Select[Any]:
    query: Select[Any] = (
        select(*_POST)
        .select_from(Post)
        .join(TopicKey, TopicKey.topic_id == Post.topic_id)
        .join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
        .where(Post.public_id == public_id, Post.removed_at.is_(None))
    )
    return unscoped(query, Reason.ORDER)


def _drawn(asking: Viewer, row: Any) -> list[Viewer]:
    """Two guardians at random who are outside the wall and have no other part in this."""
    named = guardians()
    apart = {asking.user_id, *moderator_ids(row.space_id)}
    free = [one for one in named if one.user_id not in apart and outside(one, row)]
    if len(named) < LEAST or len(free) < DRAWN:
        raise TooFewGuardians
    return SystemRandom().sample(free, DRAWN)


def _write_down(drawn: list[Viewer], key: Secret, request: BreakGlass) -> None:
    session = db.session()
    for guardian in drawn:
        mark = mark_of(guardian, key, request.id)
        session.add(GlassKey(request_id=request.id, mark=mark))
        log.append(Step.DRAWN, request.public_id, mark=mark)
