"""Opening what is sealed in a space, for one member: the wall is asked before a word is read.

Nothing else opens a text, so whoever reads without asking the wall reads noise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forum.core import names
from forum.core.seal import Secret, Unopenable
from forum.models.circles import Role
from forum.models.discussions import Post, Topic
from forum.models.spaces import SpaceMember, TopicKey
from forum.policy import walls, workplaces
from forum.policy.identity import Voice, topic_key
from forum.policy.viewer import Viewer

TITLE, TEXT, DRAFT, READ, REPORT = "title", "text", "draft", "read", "report"
PICTURE = "picture"
"""What is sealed, each under a key of its own: a topic's head, a post, a draft, …"""
TEXT_BUCKET, TITLE_BUCKET = 512, 256
"""A sealed text, or title, is filled up to a multiple of so many bytes."""
MEMBER = (
    SpaceMember.space_id.label("space_id"),
    SpaceMember.number.label("member_number"),
    SpaceMember.secret.label("member_secret"),
    SpaceMember.role.label("space_role"),
    SpaceMember.joined_on.label("member_joined_on"),
)
KEY = (
    TopicKey.topic_id.label("key_topic_id"),
    TopicKey.wrapped,
    TopicKey.opened_on,
    TopicKey.closes_on,
    TopicKey.erases_on,
)
SEALED_TOPIC = (*KEY, *MEMBER, Topic.sealed.label("t_sealed"))
"""What a row of `visible.space_topics` must hold for a lens to be made of it."""
SEALED_POST = (Post.id.label("post_id"), Post.sealed, Post.wall, Post.hidden_at)
"""What a row must hold for a lens to look through it; its names are free otherwise."""


@dataclass(frozen=True, slots=True)
class Lens:
    """One member before one topic: who they are there, and what a wall may hold against them."""

    voice: Voice
    tokens: frozenset[bytes]
    moderates: bool
    number: int
    """Of the name they have there."""

    @property
    def name(self) -> str:
        """Who they are there."""
        return names.name(self.number)

    def may_see(self, post_id: int, wall: bytes) -> bool:
        """Whether a post's wall lets them see it."""
        return not walls.stops(
            walls.opened(self.voice.key, post_id, wall), self.tokens, self.number
        )

    def may_see_hidden(self, author: str) -> bool:
        """Whether what was hidden is still there for them: whoever wrote it and moderators."""
        return self.moderates or author == self.name

    def seen(self, rows: Iterable[Any], author: str = "author_name") -> list[Any]:
        """Those of the rows they may see, in order. Rows of `visible.space_posts`."""
        return [
            row
            for row in rows
            if self.may_see(row.post_id, row.wall)
            and (row.hidden_at is None or self.may_see_hidden(getattr(row, author)))
        ]

    def text(self, row_id: int, sealed: bytes, purpose: str = TEXT) -> dict[str, Any]:
        """The words of a row. Only of rows that were `seen`."""
        return unpacked(self.voice.key.open(purpose, row_id, sealed))


class Lenses:
    """A member's lenses for several topics; where they work is asked once, and only when needed."""

    def __init__(self, viewer: Viewer) -> None:
        self._user_id = viewer.user_id
        self._entries: dict[date, Sequence[workplaces.LastingEntry]] = {}

    def of(self, row: Any) -> Lens:
        """For the topic of a row that holds KEY and MEMBER."""
        voice = voice_of(row)
        tokens = self.tokens(voice.key, row.opened_on, row.member_joined_on)
        moderates = row.space_role is Role.MODERATOR
        return Lens(voice, tokens, moderates, voice.name_number)

    def of_each(self, rows: Iterable[Any]) -> Iterator[tuple[Any, Lens]]:
        """Rows with their lenses, less those whose key does not open.

        Whom a wall stands before is not known of them, so they are there for nobody; `flask keys
        check` counts them. Without the site's own key the space itself already says so.
        """
        for row in rows:
            try:
                yield row, self.of(row)
            except Unopenable:
                continue

    def tokens(self, key: Secret, opened_on: date, joined_on: date) -> frozenset[bytes]:
        """What a wall in the topic of this key, opened on that day, may hold against them.

        `joined_on` is the day they came into its space (see `workplaces.viewer_entries`).
        """
        return frozenset(walls.token(key, entry) for entry in self._held(opened_on, joined_on))

    def _held(self, opened_on: date, joined_on: date) -> list[walls.Entry]:
        """What the member holds against walls of a topic opened on that day (R4)."""
        entries = self._entries.get(joined_on)
        if entries is None:
            entries = workplaces.viewer_entries(self._user_id, joined_on)
            self._entries[joined_on] = entries
        since = workplaces.a_year_before(opened_on)
        return [(kind, value) for kind, value, until in entries if until is None or until >= since]


def sealed_head(
    key: Secret, topic_id: int, title: str = "", wish: str = "", notes: Sequence[str] = ()
) -> bytes:
    """What a topic says before its text, as it is stored; nothing, once that was taken back."""
    words = packed({"title": title, "wish": wish, "notes": list(notes)})
    return key.seal(TITLE, topic_id, words, pad_to=TITLE_BUCKET)


def sealed_text(key: Secret, post_id: int, source: str, html: str) -> bytes:
    """A post's words as they are stored."""
    words = packed({"source": source, "html": html})
    return key.seal(TEXT, post_id, words, pad_to=TEXT_BUCKET)


def voice_of(row: Any) -> Voice:
    """Who the member of a row is in its topic. It holds KEY and MEMBER."""
    return Voice(key_of(row), row.member_secret, row.member_number)


def key_of(row: Any) -> Secret:
    """The topic's key of a row that holds KEY."""
    return topic_key(row.key_topic_id, row.wrapped)


def packed(words: Mapping[str, Any]) -> bytes:
    """Words as they are sealed."""
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def unpacked(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data) if data else {}
    return found
