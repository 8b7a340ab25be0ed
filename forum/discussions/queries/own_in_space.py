"""What somebody has written in a space: their own words only, also where they see nothing any more.

Nothing in the database says which posts are theirs. For every topic their name there is worked out
anew and looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.markup import as_markup
from forum.core.seal import Unopenable
from forum.models.discussions import Post
from forum.models.spaces import Pseudonym, TopicKey
from forum.policy import unsealing, visible
from forum.policy.identity import Voice, topic_key
from forum.policy.viewer import Viewer
from forum.spaces.queries import SeenSpace

_AT_ONCE = 500
"""Ids in one statement; PostgreSQL and SQLite both take more."""


@dataclass(frozen=True, slots=True)
class OwnPost:
    """One's own text in a space, without anything around it."""

    id: int
    public_id: str
    name: str
    on: date
    source: str
    html: Any
    voice: Voice
    topic_id: int
    is_opening: bool


def own_posts(viewer: Viewer, space: SeenSpace) -> list[OwnPost]:
    """All that the viewer wrote there and has not removed, the latest days first."""
    voices = dict(_voices(space, _keys(viewer, space)))
    mine = _own_pseudonyms(viewer, space, voices)
    found = list(_owned(_posts(viewer, list(mine)), voices))
    return sorted(found, key=lambda post: (post.on, post.public_id), reverse=True)


def own_post(viewer: Viewer, space: SeenSpace, public_id: str) -> OwnPost:
    """One of them. NotThere for what is not the viewer's own."""
    query = visible.all_posts_of_spaces(viewer, *_OWN).where(Post.public_id == public_id)
    row = db.session.execute(query).first()
    keys = _keys(viewer, space, row.topic_id) if row else []
    if not keys:
        raise NotThere
    voice = _voice(space, keys[0])
    if row is None or row.name != voice.name:
        raise NotThere
    return _own(row, voice)


_OWN = (
    Post.id,
    Post.public_id,
    Post.topic_id,
    Post.seq,
    Post.created_at,
    Post.sealed,
    Pseudonym.name,
)


def _keys(viewer: Viewer, space: SeenSpace, topic_id: int | None = None) -> Sequence[Any]:
    query = visible.space_keys(viewer, TopicKey.topic_id, TopicKey.wrapped)
    query = query.where(TopicKey.space_id == space.id)
    if topic_id is not None:
        query = query.where(TopicKey.topic_id == topic_id)
    return db.session.execute(query).all()


def _voice(space: SeenSpace, row: Any) -> Voice:
    key = topic_key(row.topic_id, row.wrapped)
    return Voice(key, space.voice.secret, space.voice.number)


def _voices(space: SeenSpace, rows: Sequence[Any]) -> Iterator[tuple[int, Voice]]:
    """Who the member is in each topic, less those whose key is damaged: one must not hide all."""
    for row in rows:
        try:
            yield row.topic_id, _voice(space, row)
        except Unopenable:
            continue


def _owned(rows: Iterable[Any], voices: Mapping[int, Voice]) -> Iterator[OwnPost]:
    for row in rows:
        try:
            yield _own(row, voices[row.topic_id])
        except Unopenable:
            continue


def _own_pseudonyms(viewer: Viewer, space: SeenSpace, voices: dict[int, Voice]) -> Iterator[int]:
    names = {topic_id: voice.name for topic_id, voice in voices.items()}
    query = visible.pseudonyms_of_spaces(viewer, Pseudonym.id, Pseudonym.topic_id, Pseudonym.name)
    query = query.where(TopicKey.space_id == space.id)
    for row in db.session.execute(query):
        if names.get(row.topic_id) == row.name:
            yield row.id


def _posts(viewer: Viewer, pseudonym_ids: list[int]) -> Iterator[Any]:
    for start in range(0, len(pseudonym_ids), _AT_ONCE):
        some = pseudonym_ids[start : start + _AT_ONCE]
        query = visible.all_posts_of_spaces(viewer, *_OWN)
        yield from db.session.execute(query.where(Post.pseudonym_id.in_(some)))


def _own(row: Any, voice: Voice) -> OwnPost:
    words = unsealing.unpacked(voice.key.open(unsealing.TEXT, row.id, row.sealed))
    return OwnPost(
        id=row.id,
        public_id=row.public_id,
        name=row.name,
        on=row.created_at.date(),
        source=words["source"],
        html=as_markup(words["html"]),
        voice=voice,
        topic_id=row.topic_id,
        is_opening=row.seq == 0,
    )
