"""How much room a post's wall is given: as much, whoever wrote it (R4)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from forum.core import names, treepath
from forum.core.db import db
from forum.discussions.queries.posts import SeenPost
from forum.models.discussions import Post
from forum.models.spaces import Pseudonym
from forum.policy import walls, workplaces
from forum.policy.identity import Voice
from forum.policy.visible import Reason, unscoped


def room_for(
    voice: Voice,
    topic_id: int,
    wall: walls.Records,
    parent: SeenPost | None = None,
    mentioned: Iterable[str] = (),
) -> int:
    """For each name above, mentioned or in the wall, as much as any member of the space would need.

    Else one member whose employer belongs to a large group would be known by the length of their
    walls. So it tells how many names that are, and nothing of whose.
    """
    names_here = {voice.name_number, *map(names.number, mentioned)}
    names_here |= walls.numbers(wall) | _above(topic_id, parent)
    return len(names_here) * workplaces.most_entries(topic_id)


def _above(topic_id: int, parent: SeenPost | None) -> set[int | None]:
    """The numbers of the names in the branch that is answered."""
    if parent is None:
        return set()
    paths = [*treepath.ancestors(parent.path), parent.path]
    query = select(Pseudonym.name).join(Post, Post.pseudonym_id == Pseudonym.id)
    query = query.where(Post.topic_id == topic_id, Post.path.in_(paths)).distinct()
    found = db.session.execute(unscoped(query, Reason.WALL)).scalars()
    return {names.number(name) for name in found}
