"""What one member left in a space, found without a row that says whose it is.

For every topic their name and their seats there are worked out and looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, tuple_

from forum.core.db import db
from forum.core.seal import Secret, Unopenable
from forum.models.discussions import Draft, Post, Reaction, ReadMark, Topic
from forum.models.spaces import Pseudonym, Space, TopicKey
from forum.policy.identity import Voice, seat, space_key, topic_key
from forum.policy.visible import Reason, unscoped

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class LeftPost:
    """A post that still has its words."""

    id: int
    topic_id: int
    key: Secret
    is_opening: bool


@dataclass(frozen=True, slots=True)
class LeftRow:
    """Something else of theirs, by its table and row id."""

    table: type[ReadMark | Draft | Reaction]
    id: int


@dataclass(frozen=True, slots=True)
class Leavings:
    """Who a member was, in each topic of a space that is still there, and in the space itself."""

    voices: Mapping[int, Voice]
    own: Voice
    place_of_topics: str
    """Where drafts of new topics are kept."""
    are_all: bool
    """Whether every topic's key opened; else something of theirs may be left unseen."""

    def posts(self) -> list[LeftPost]:
        """Their posts, less those that were removed before."""
        names = [(topic_id, voice.name) for topic_id, voice in self.voices.items()]
        columns = (Post.id, Post.topic_id, Post.seq)
        query = select(*columns).join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
        query = query.where(Post.removed_at.is_(None))
        place = tuple_(Pseudonym.topic_id, Pseudonym.name)
        return [
            LeftPost(row.id, row.topic_id, self.voices[row.topic_id].key, row.seq == 0)
            for some in _parts(names)
            for row in _rows(query.where(place.in_(some)))
        ]

    def rows(self) -> list[LeftRow]:
        """Read marks, drafts and reactions. Reports and appeals stay: somebody has yet to look."""
        voices = [self.own, *self.voices.values()]
        found = [
            LeftRow(table, row.id)
            for table in (ReadMark, Draft, Reaction)
            for some in _parts([seat(voice, table) for voice in voices])
            for row in _rows(select(table.id).where(table.seat.in_(some)))
        ]
        return [*found, *self._drafts_of_topics_to_be()]

    def _drafts_of_topics_to_be(self) -> list[LeftRow]:
        """Each has a seat of its own."""
        query = select(Draft.id, Draft.seat).where(Draft.place == self.place_of_topics)
        there = _rows(query.where(Draft.seat.is_not(None)))
        return [
            LeftRow(Draft, row.id)
            for row in there
            if row.seat == seat(self.own, Draft, str(row.id))
        ]


def left_by(space_id: int, secret: bytes, number: int) -> Leavings:
    """All that somebody left in a space. Unopenable without the space's own key."""
    found = select(Space.wrapped_key, Space.public_id).where(Space.id == space_id)
    space = _rows(found)[0]
    own = Voice(space_key(space_id, space.wrapped_key), secret, number)
    query = select(TopicKey.topic_id, TopicKey.wrapped)
    query = query.join(Topic, Topic.id == TopicKey.topic_id).where(TopicKey.space_id == space_id)
    rows = _rows(query)
    voices = {row.topic_id: own.under(key) for row in rows if (key := _opened(row))}
    place = f"space:{space.public_id}"
    return Leavings(voices, own, place, are_all=len(voices) == len(rows))


def _opened(row: Any) -> Secret | None:
    try:
        return topic_key(row.topic_id, row.wrapped)
    except Unopenable:
        return None


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _rows(query: Any) -> Sequence[Any]:
    return db.session.execute(unscoped(query, Reason.DEPARTING)).all()
