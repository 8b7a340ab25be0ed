"""What one member left in a space, found without a row that says whose it is.

For every topic their name and their seats there are worked out and looked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, tuple_

from forum.core.db import db
from forum.core.seal import Secret, Unopenable
from forum.models.discussions import Draft, Post, Reaction, ReadMark, SubmitNonce, Topic
from forum.models.ownership import Personal
from forum.models.spaces import Pseudonym, Space, TopicKey
from forum.policy.identity import Voice, seat, space_key, topic_key
from forum.policy.visible import Reason, unscoped

_AT_ONCE = 500
_PERSONAL = (ReadMark, Draft, SubmitNonce)
"""Rows that nobody else sees. Reports and appeals stay, as somebody has to look at them yet."""


@dataclass(frozen=True, slots=True)
class LeftPost:
    """A post that still has its words."""

    id: int
    topic_id: int
    key: Secret
    is_opening: bool


@dataclass(frozen=True, slots=True)
class Leavings:
    """Who a member was, in each topic of a space that is still there, and in the space itself."""

    voices: Mapping[int, Voice]
    own: Voice
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

    def reactions(self) -> list[int]:
        """The row ids of their reactions."""
        seats = [seat(voice, Reaction) for voice in self.voices.values()]
        query = select(Reaction.id)
        return [row.id for some in _parts(seats) for row in _rows(query.where(_at(Reaction, some)))]

    def forget_personal_rows(self) -> None:
        """Delete read marks, drafts, and forms that were sent. Inside a transaction."""
        voices = [self.own, *self.voices.values()]
        for table in (ReadMark, Draft):
            _delete(table, [seat(voice, table) for voice in voices])
        _delete(SubmitNonce, self._seats_of_forms())

    def _seats_of_forms(self) -> list[str]:
        """Each form has a seat of its own; a topic's first one that of the space."""
        query = select(SubmitNonce.nonce, SubmitNonce.seat, Post.topic_id)
        query = query.join(Post, Post.id == SubmitNonce.post_id)
        query = query.where(SubmitNonce.seat.is_not(None))
        found = [
            row
            for some in _parts(list(self.voices))
            for row in _rows(query.where(Post.topic_id.in_(some)))
        ]
        return [row.seat for row in found if row.seat in self._possible(row.topic_id, row.nonce)]

    def _possible(self, topic_id: int, nonce: str) -> set[str]:
        return {seat(voice, SubmitNonce, nonce) for voice in (self.own, self.voices[topic_id])}


def left_by(space_id: int, secret: bytes, number: int) -> Leavings:
    """All that somebody left in a space. Unopenable without the space's own key."""
    wrapped = _rows(select(Space.wrapped_key).where(Space.id == space_id))[0].wrapped_key
    own = Voice(space_key(space_id, wrapped), secret, number)
    query = select(TopicKey.topic_id, TopicKey.wrapped)
    query = query.join(Topic, Topic.id == TopicKey.topic_id).where(TopicKey.space_id == space_id)
    rows = _rows(query)
    voices = {row.topic_id: own.under(key) for row in rows if (key := _opened(row))}
    return Leavings(voices, own, are_all=len(voices) == len(rows))


def _opened(row: Any) -> Secret | None:
    try:
        return topic_key(row.topic_id, row.wrapped)
    except Unopenable:
        return None


def _delete(table: type[Personal], seats: Sequence[str]) -> None:
    for some in _parts(seats):
        gone = delete(table).where(_at(table, some))
        db.session.execute(gone.execution_options(synchronize_session=False))


def _at(table: type[Personal], seats: Sequence[str]) -> Any:
    return table.seat.in_(seats)


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def _rows(query: Any) -> Sequence[Any]:
    return db.session.execute(unscoped(query, Reason.DEPARTING)).all()
