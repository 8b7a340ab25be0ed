"""Two guardians, each for themselves: only when both agree is it worked out whose a handle is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.core.seal import Secret
from forum.models.accounts import User
from forum.models.discussions import Post
from forum.models.guarding import BreakGlass, GlassKey, Grounds, NoticeKind, Step
from forum.models.spaces import SpaceMember
from forum.policy import unsealing
from forum.policy.identity import Voice
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces import log
from forum.spaces.aiming import Aim, opened, reason, tell
from forum.spaces.break_glass.rows import WHY, keys_of, mark_of, requested
from forum.spaces.guardians import Opened, is_guardian, open_post

TOLD_WITHIN_DAYS = 7


class AgreedAlready(NotAllowed):
    sentence = _l("You have agreed already.")


class TooLate(NotAllowed):
    sentence = _l("The time to agree is over, and nothing was opened.")


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """A request, as one of the guardians drawn for it sees it."""

    public_id: str
    grounds: Grounds
    words: str
    handle: str
    opened: Opened | None
    """The post and what it answers; None once it is gone."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Disclosed:
    """Whose a handle is. Told once, kept nowhere; empty when the account is gone."""

    handle: str
    name: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    public_id: str = field(default="", repr=False)


def requests(viewer: Viewer) -> list[SeenRequest]:
    """What a guardian was drawn for and has not answered. NotThere for everybody else."""
    if not is_guardian(viewer):
        raise NotThere
    waiting = (BreakGlass.resolved_on.is_(None), BreakGlass.expires_at > clock.now())
    query = requested(*waiting).order_by(BreakGlass.expires_at, BreakGlass.id)
    found = []
    for row in db.session.execute(query).all():
        key = unsealing.key_of(row)
        mine = keys_of(row.request_id).get(mark_of(viewer, key, row.request_id))
        if mine and mine.turned_on is None:
            found.append(_seen(row, key))
    return found


def agree(
    viewer: Viewer, public_id: str, words: str, *, bar_telling: bool = False
) -> Disclosed | None:
    """A drawn guardian agrees, with a reason. Who the author is, if the other one has; else None.

    The author is told in a week, unless both say they must not be. NotThere for all but the two,
    AgreedAlready, TooLate, SayWhy.
    """
    why = reason(words)
    if not is_guardian(viewer):
        raise NotThere
    with transaction():
        row, key = _waited_for(public_id)
        mark, keys = mark_of(viewer, key, row.request_id), keys_of(row.request_id)
        if mark not in keys:
            raise NotThere
        if keys[mark].turned_on is not None:
            raise AgreedAlready
        if row.expires_at <= clock.now():
            raise TooLate
        _turn(row.request_id, mark, bar_telling=bar_telling)
        log.append(Step.AGREED, public_id, mark=mark, key=key, words=why)
        (other,) = [each for name, each in keys.items() if name != mark]
        if other.turned_on is None:
            return None
        return _resolve(row, key, telling_barred=bar_telling and other.bars_telling)


def _waited_for(public_id: str) -> tuple[Any, Secret]:
    """A request nobody else is agreeing to at this moment: so one of two at once is the second."""
    query = requested(BreakGlass.public_id == public_id).with_for_update(of=BreakGlass)
    row = db.session.execute(query).first()
    if row is None:
        raise NotThere
    return row, unsealing.key_of(row)


def _turn(request_id: int, mark: str, *, bar_telling: bool) -> None:
    mine = (GlassKey.request_id == request_id, GlassKey.mark == mark)
    turned = {"turned_on": clock.today(), "bars_telling": bar_telling}
    db.session.execute(update(GlassKey).where(*mine).values(**turned))


def _seen(row: Any, key: Secret) -> SeenRequest:
    there = select(Post.path).where(Post.public_id == row.post_public_id, Post.removed_at.is_(None))
    path = db.session.execute(unscoped(there, Reason.ORDER)).scalar()
    return SeenRequest(
        row.public_id,
        row.grounds,
        opened(key, WHY, row.request_id, row.sealed),
        row.handle,
        None if path is None else open_post(key, row.topic_id, path),
        row.expires_at,
    )


def _resolve(row: Any, key: Secret, *, telling_barred: bool) -> Disclosed:
    """Work out whose the handle is, over everybody who is or was in the space."""
    done = update(BreakGlass).where(BreakGlass.id == row.request_id)
    db.session.execute(done.values(resolved_on=clock.today()))
    log.append(Step.RESOLVED, row.public_id, grounds=row.grounds)
    if telling_barred:
        log.append(Step.TELLING_BARRED, row.public_id)
    else:
        aimed = Aim(row.space_id, row.topic_id, row.handle, key)
        tell(aimed, NoticeKind.DISCLOSED, Grounds(row.grounds).value, in_days=TOLD_WITHIN_DAYS)
        log.append(Step.TELLING, row.public_id)
    return _whose(row.space_id, key, row.handle)


def _whose(space_id: int, key: Secret, handle: str) -> Disclosed:
    members = select(SpaceMember.secret, SpaceMember.number, User.name, User.address).add_columns(
        User.public_id
    )
    members = members.join(User, User.id == SpaceMember.user_id)
    query = unscoped(members.where(SpaceMember.space_id == space_id), Reason.ORDER)
    for row in db.session.execute(query):
        if Voice(key, row.secret, row.number).name == handle:
            return Disclosed(handle, row.name, row.address or "", row.public_id)
    return Disclosed(handle)
