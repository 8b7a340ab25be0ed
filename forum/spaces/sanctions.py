"""Blind sanctions, and what is said to a handle: nobody learns, or writes down, who is behind it.

A sanction holds in the whole space, whatever name its member has in a topic, since it is worked
out anew whenever they act (`policy.bars`; access-and-privacy R10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, select, union

from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.core.seal import Unopenable
from forum.models.circles import Role
from forum.models.guarding import (
    Ability,
    Appeal,
    BreakGlass,
    Notice,
    NoticeKind,
    Sanction,
)
from forum.models.spaces import Space
from forum.policy import unsealing, visible, walls
from forum.policy.allowed import Act, require
from forum.policy.identity import Voice
from forum.policy.unsealing import Lenses, voice_of
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.aiming import CIRCLE, NOTICE, Aim, aim, opened, place, reason, sealed, tell

MOST_DAYS = 365
NOTICE_DAYS = 30
"""How long a topic's key is kept for somebody to read that their name was found out."""
_SANCTION, _APPEAL = "sanction", "appeal"


class TooFarOff(NotAllowed):
    status = 422
    sentence = _l("A sanction lasts from one to 365 days.")


class AppealedAlready(NotAllowed):
    sentence = _l("You have appealed already. A moderator will look at what you wrote.")


@dataclass(frozen=True, slots=True)
class SeenSanction:
    """A living sanction, for who is meant or for a moderator outside its wall."""

    public_id: str
    handle: str
    ability: Ability
    ends_on: date
    words: str
    appeal: str | None
    """What its member said against it."""


@dataclass(frozen=True, slots=True)
class SeenNotice:
    """What was said to one of the reader's names."""

    handle: str
    kind: NoticeKind
    told_on: date
    words: str


def bar(viewer: Viewer, post_public_id: str, ability: Ability, days: int, words: str) -> str:
    """Keep whoever wrote a post from doing something in its space for 1 to 365 days.

    Returns the sanction's public id. For moderators of the space who may see the post; NotThere,
    ForModerators, NotAllowed for one's own, TooFarOff, SayWhy.
    """
    said = reason(words)
    if not 1 <= days <= MOST_DAYS:
        raise TooFarOff
    with transaction() as session:
        aimed = aim(viewer, post_public_id)
        row_id, public_id = ids.random_key(), ids.public_id()
        session.add(
            Sanction(
                id=row_id,
                public_id=public_id,
                space_id=aimed.space_id,
                topic_id=aimed.topic_id,
                handle=aimed.handle,
                ability=ability,
                ends_on=clock.today() + timedelta(days=days),
                sealed=sealed(aimed.key, _SANCTION, row_id, said),
                wall=walls.sealed(aimed.key, row_id, aimed.wall, aimed.wall_room),
            )
        )
    return public_id


def lift(viewer: Viewer, sanction_public_id: str, words: str) -> None:
    """Take a sanction back, and say so. For moderators outside its wall whom it does not mean."""
    said = reason(words)
    with transaction() as session:
        row, voice = _to_decide(viewer, sanction_public_id)
        session.execute(delete(Sanction).where(Sanction.id == row.id))
        tell(Aim(row.space_id, row.key_topic_id, row.handle, voice.key), NoticeKind.LIFTED, said)


def warn(viewer: Viewer, post_public_id: str, words: str) -> None:
    """Warn whoever wrote a post. As `bar`."""
    with transaction():
        tell(aim(viewer, post_public_id), NoticeKind.WARNING, reason(words))


def notify(viewer: Viewer, post_public_id: str, words: str) -> None:
    """Say something to whoever wrote a post. As `bar`."""
    with transaction():
        tell(aim(viewer, post_public_id), NoticeKind.NOTICE, reason(words))


def appeal(viewer: Viewer, sanction_public_id: str, words: str) -> None:
    """Say something against a sanction, once. NotThere but for its member, AppealedAlready."""
    said = reason(words)
    with transaction() as session:
        row, voice = _mine(viewer, sanction_public_id)
        try:
            with savepoint():
                session.add(
                    Appeal(
                        sanction_id=row.id,
                        seat=voice.seat(Appeal.__tablename__),
                        made_on=clock.today(),
                        sealed=sealed(voice.key, _APPEAL, row.id, said),
                    )
                )
        except Conflict:
            raise AppealedAlready from None


def sanctions_of(viewer: Viewer, space_public_id: str) -> list[SeenSanction]:
    """Living sanctions in a space that mean the viewer, and what they appealed."""
    return [_seen(row, voice) for row, voice in _living(viewer) if _is(row, voice, space_public_id)]


def sanctions_to_judge(viewer: Viewer, space_public_id: str) -> list[SeenSanction]:
    """Living sanctions in a space that the viewer moderates, outside their walls; not their own."""
    found = _judged(viewer)
    return [_seen(row, voice) for row, voice in found if row.space_public_id == space_public_id]


def notices(viewer: Viewer, space_public_id: str) -> list[SeenNotice]:
    """What was said in a space to one of the viewer's names, newest first. One statement."""
    columns = (*unsealing.KEY, *unsealing.MEMBER, *_columns(Notice, "id", "handle", "kind"))
    query = visible.space_notices(viewer, *columns, Notice.told_on, Notice.sealed)
    query = query.where(Space.public_id == space_public_id, Notice.told_on <= clock.today())
    rows = db.session.execute(query.order_by(Notice.told_on.desc(), Notice.id)).all()
    mine = [(row, voice) for row in rows if (voice := _readable(row)) and voice.name == row.handle]
    return [
        SeenNotice(row.handle, row.kind, row.told_on, opened(voice.key, NOTICE, row.id, row.sealed))
        for row, voice in mine
    ]


def keys_still_needed() -> set[int]:
    """Topics whose keys must be kept though the text goes: sanctions and disclosures live there."""
    today = clock.today()
    sanctioned = select(Sanction.topic_id).where(Sanction.ends_on >= today)
    asked = select(BreakGlass.topic_id).where(
        BreakGlass.resolved_on.is_(None), BreakGlass.expires_at > clock.now()
    )
    told = select(Notice.topic_id).where(
        Notice.kind == NoticeKind.DISCLOSED,
        Notice.told_on > today - timedelta(days=NOTICE_DAYS),
    )
    query = unscoped(union(sanctioned, asked, told), Reason.ORDER)
    return set(db.session.execute(query).scalars())


def _columns(table: Any, *names: str) -> list[Any]:
    return [getattr(table, name) for name in names]


def _living(viewer: Viewer) -> list[tuple[Any, Voice]]:
    """Living sanctions of all the viewer's spaces, with who they are in each one's topic."""
    query = visible.space_sanctions(
        viewer,
        *unsealing.KEY,
        *unsealing.MEMBER,
        *CIRCLE,
        Space.public_id.label("space_public_id"),
        *_columns(Sanction, "id", "public_id", "handle", "ability", "ends_on", "sealed", "wall"),
        Appeal.sealed.label("appeal"),
    ).where(Sanction.ends_on >= clock.today())
    rows = db.session.execute(query.order_by(Sanction.ends_on, Sanction.id)).all()
    return [(row, voice) for row in rows if (voice := _readable(row))]


def _judged(viewer: Viewer) -> list[tuple[Any, Voice]]:
    lenses = Lenses(viewer)
    return [
        (row, voice)
        for row, voice in _living(viewer)
        if row.space_role is Role.MODERATOR
        and row.handle != voice.name
        and lenses.of(row).may_see(row.id, row.wall)
    ]


def _to_decide(viewer: Viewer, public_id: str) -> tuple[Any, Voice]:
    found = [pair for pair in _judged(viewer) if pair[0].public_id == public_id]
    if not found:
        raise NotThere
    row, voice = found[0]
    require(viewer, Act.SANCTION, place(row, voice))
    return row, voice


def _mine(viewer: Viewer, public_id: str) -> tuple[Any, Voice]:
    for row, voice in _living(viewer):
        if row.public_id == public_id and row.handle == voice.name:
            return row, voice
    raise NotThere


def _is(row: Any, voice: Voice, space_public_id: str) -> bool:
    return bool(row.space_public_id == space_public_id and row.handle == voice.name)


def _readable(row: Any) -> Voice | None:
    """Who the viewer is in a row's topic; None when its key is damaged, which hides no other."""
    try:
        return voice_of(row)
    except Unopenable:
        return None


def _seen(row: Any, voice: Voice) -> SeenSanction:
    words = opened(voice.key, _SANCTION, row.id, row.sealed)
    said = opened(voice.key, _APPEAL, row.id, row.appeal) if row.appeal else None
    return SeenSanction(row.public_id, row.handle, row.ability, row.ends_on, words, said)
