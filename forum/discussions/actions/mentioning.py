"""Whom a text of a space speaks of: voices of its topic by name, and posts of it by their address.

It is about them too, so it is hidden from those from whom they are (R4).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from forum.core import ids, names
from forum.core.db import db
from forum.models.discussions import Post, Topic
from forum.models.spaces import Pseudonym
from forum.policy import unsealing, visible, walls
from forum.policy.identity import Voice
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

_WORD = re.compile(r"@?[^\W\d_]+")
_ADDRESS = re.compile(rf"(?=([{ids.PUBLIC_ALPHABET}]{{{ids.PUBLIC_LENGTH}}}))")


def of_the_mentioned(viewer: Viewer, voice: Voice, topic_id: int, source: str) -> walls.Records:
    """What hides those who, or whose posts, stand in the text.

    Only of posts the writer can see: a name that was guessed must tell nothing. Of somebody's
    posts what they put up, and what stands before all of them: who sees none must not see the name.
    Of a post by its address all that stands before it.
    """
    addresses, said = set(_ADDRESS.findall(source)), _Said(source)
    posts = _posts(topic_id)
    linked = {row.id for row in posts if row.public_id in addresses}
    named = {row.id for row in posts if row.name != voice.name and said.names(row.name)}
    seen = _seen(viewer, topic_id, linked | named)
    theirs: dict[str, list[walls.Records]] = defaultdict(list)
    for row in seen:
        if row.id in named:
            theirs[row.name].append(walls.opened(voice.key, row.id, row.wall))
    before = [walls.opened(voice.key, row.id, row.wall) for row in seen if row.id in linked]
    return frozenset().union(*before, *(_common(name, found) for name, found in theirs.items()))


class _Said:
    """The words of a text, as somebody may be called by them."""

    def __init__(self, source: str) -> None:
        self._letters = _letters(source)
        words = _WORD.findall(source)
        self._words = {word.lstrip("@").casefold() for word in words}
        self._called = {word.lstrip("@").casefold() for word in words if word[0].isupper()}
        self._called |= {word[1:].casefold() for word in words if word[0] == "@"}

    def names(self, name: str) -> bool:
        """Whether it names somebody: with the whole name, however it is written; with the animal
        of it; or with its other word, like "just", written as a name is.
        """
        first, _blank, second = name.casefold().partition(" ")
        whole = _letters(name) in self._letters
        return whole or second in self._words or first in self._called


def _letters(words: str) -> str:
    """Letters only, so that no blank or asterisk between them hides a name."""
    return "".join(letter for letter in words.casefold() if letter.isalpha())


def _posts(topic_id: int) -> Sequence[Any]:
    query = select(Pseudonym.name, Post.id, Post.public_id)
    query = query.join(Post, Post.pseudonym_id == Pseudonym.id)
    here = query.where(Pseudonym.topic_id == topic_id)
    return db.session.execute(unscoped(here, Reason.WALL)).all()


def _seen(viewer: Viewer, topic_id: int, post_ids: Iterable[int]) -> list[Any]:
    """Those of the posts that the writer may see, with their names and walls."""
    wanted = list(post_ids)
    if not wanted:
        return []
    lens = _lens(viewer, topic_id)
    query = select(Pseudonym.name, Post.id, Post.wall)
    query = query.join(Post, Post.pseudonym_id == Pseudonym.id).where(Post.id.in_(wanted))
    rows = db.session.execute(unscoped(query, Reason.WALL)).all()
    return [row for row in rows if lens.may_see(row.id, row.wall)]


def _lens(viewer: Viewer, topic_id: int) -> Lens:
    query = visible.space_topics(viewer, *unsealing.SEALED_TOPIC).where(Topic.id == topic_id)
    return Lenses(viewer).of(db.session.execute(query).one())


def _common(name: str, found: list[walls.Records]) -> walls.Records:
    number = names.number(name)
    assert number is not None
    own = (walls.put_up_by(each, number) for each in found)
    return frozenset.intersection(*found).union(*own)
