"""Whose names a text in a space speaks: what hides them hides the text too."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from forum.core import names
from forum.core.db import db
from forum.models.discussions import Post, Topic
from forum.models.spaces import Pseudonym
from forum.policy import unsealing, visible, walls
from forum.policy.identity import Voice
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped


def of_the_mentioned(viewer: Viewer, voice: Voice, topic_id: int, source: str) -> walls.Records:
    """What hides those from whom it hides whose names here stand in the text: it is about them too.

    Only of voices the writer can see: a name that was guessed must tell nothing. Of somebody's
    posts what they put up, and what stands before all of them: who sees none must not see the name.
    """
    rows = db.session.execute(
        unscoped(
            select(Pseudonym.name, Post.id, Post.wall)
            .join(Post, Post.pseudonym_id == Pseudonym.id)
            .where(Pseudonym.topic_id == topic_id, Pseudonym.name != voice.name),
            Reason.WALL,
        )
    ).all()
    said = _plain(source)
    rows = [row for row in rows if _plain(row.name) in said]
    lens = _lens(viewer, topic_id) if rows else None
    theirs: dict[str, list[walls.Records]] = defaultdict(list)
    for row in rows:
        if lens and lens.may_see(row.id, row.wall):
            theirs[row.name].append(walls.opened(voice.key, row.id, row.wall))
    return frozenset().union(*(_common(name, found) for name, found in theirs.items()))


def _plain(words: str) -> str:
    """Letters only, so that no blank or asterisk between them hides a name."""
    return "".join(letter for letter in words.casefold() if letter.isalpha())


def _lens(viewer: Viewer, topic_id: int) -> Lens:
    query = visible.space_topics(viewer, *unsealing.SEALED_TOPIC).where(Topic.id == topic_id)
    return Lenses(viewer).of(db.session.execute(query).one())


def _common(name: str, found: list[walls.Records]) -> walls.Records:
    number = names.number(name)
    assert number is not None
    own = (walls.put_up_by(each, number) for each in found)
    return frozenset.intersection(*found).union(*own)
