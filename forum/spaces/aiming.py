"""A post of a space as order is kept about it: its handle, its key and its wall, not its writer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from forum.core import clock, ids
from forum.core.db import db
from forum.core.errors import ForumError, NotAllowed, NotThere
from forum.core.i18n import _l
from forum.core.seal import Secret
from forum.models.circles import Circle, Role, Visibility
from forum.models.discussions import Post
from forum.models.guarding import Notice, NoticeKind
from forum.models.spaces import Pseudonym
from forum.policy import unsealing, visible, walls
from forum.policy.allowed import Act, InSpace, Place, require
from forum.policy.bars import barred
from forum.policy.identity import Voice
from forum.policy.unsealing import Lenses
from forum.policy.viewer import Viewer

WORDS_CHARS = 500
NOTICE, ROUGHLY = "notice", 1_024
"""Sealed words are filled up to a multiple of so many bytes."""
CIRCLE = (Circle.id.label("circle_id"), Circle.visibility)


class SayWhy(ForumError):
    status = 422
    sentence = _l("Please say why, in up to 500 characters.")


@dataclass(frozen=True, slots=True)
class Aim:
    """A handle in a topic."""

    space_id: int
    topic_id: int
    handle: str
    key: Secret
    wall: walls.Records = field(default=frozenset(), repr=False)
    """Of the post that was aimed at."""
    wall_room: int = 0


def aim(viewer: Viewer, post_public_id: str) -> Aim:
    """At whoever wrote a post, for a moderator of its space who may see it, and did not write it.

    NotThere for whom it is not there, ForModerators for its other readers.
    """
    query = visible.space_posts(
        viewer,
        *unsealing.KEY,
        *unsealing.MEMBER,
        *unsealing.SEALED_POST,
        *CIRCLE,
        Pseudonym.name.label("author_name"),
    )
    row = db.session.execute(query.where(Post.public_id == post_public_id)).first()
    if row is None:
        raise NotThere
    lens = Lenses(viewer).of(row)
    if not lens.seen([row]):
        raise NotThere
    require(viewer, Act.SANCTION, place(row, lens.voice))
    if row.author_name == lens.voice.name:
        raise NotAllowed
    key = lens.voice.key
    wall = walls.opened(key, row.post_id, row.wall)
    room = walls.room_of(row.wall)
    return Aim(row.space_id, row.key_topic_id, row.author_name, key, wall, room)


def reason(words: str) -> str:
    """Somebody's words, which there must be, up to 500 characters; else SayWhy."""
    said = words.strip()
    if not 0 < len(said) <= WORDS_CHARS:
        raise SayWhy
    return said


def sealed(key: Secret, purpose: str, row_id: int, words: str) -> bytes:
    """Words for a row, as only its topic's key opens them."""
    return key.seal(purpose, row_id, unsealing.packed({"words": words}), pad_to=ROUGHLY)


def opened(key: Secret, purpose: str, row_id: int, sealed_words: bytes) -> str:
    """The words of a row."""
    return str(unsealing.unpacked(key.open(purpose, row_id, sealed_words))["words"])


def place(row: Any, voice: Voice) -> Place:
    """Where order is kept, of a row with CIRCLE and MEMBER."""
    moderates = row.space_role is Role.MODERATOR
    inside = InSpace(moderates, read_only=False, barred=barred(row.space_id, voice))
    return Place(row.circle_id, Visibility(row.visibility), space=inside)


def tell(aimed: Aim, kind: NoticeKind, words: str, in_days: int = 0) -> None:
    """Leave words for whoever has the handle, to be found from that day on."""
    notice_id = ids.random_key()
    session = db.session()
    session.add(
        Notice(
            id=notice_id,
            space_id=aimed.space_id,
            topic_id=aimed.topic_id,
            handle=aimed.handle,
            kind=kind,
            told_on=clock.today() + timedelta(days=in_days),
            sealed=sealed(aimed.key, NOTICE, notice_id, words),
        )
    )
    session.flush()
