"""How a post of a circle read before, for whoever may see the post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from forum.core.db import db
from forum.core.errors import NotThere
from forum.discussions.differences import Piece, differences
from forum.discussions.queries.posts import SeenPost, post_for
from forum.models.discussions import Post, Revision
from forum.policy import visible
from forum.policy.allowed import NotInSpaces
from forum.policy.viewer import Viewer

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit of a post: what number it has, and when it was."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class History:
    """The edits of a post, newest first; and what one of them changed."""

    post: SeenPost
    edits: list[Edit]
    chosen: Edit | None
    title: list[Piece]
    text: list[Piece]


def history(viewer: Viewer, post_public_id: str, number: int | None = None) -> History:
    """What edit `number` of a post changed, or the newest one; the newest 100 can be chosen.

    NotThere when the post is absent, removed or not theirs to see, and for a number that no edit
    has. NotInSpaces. At most three statements.
    """
    seen = post_for(viewer, post_public_id)
    if seen.voice:
        raise NotInSpaces
    here = Post.id == seen.id
    listed = visible.revisions(viewer, Revision.number, Revision.edited_at).where(here)
    listed = listed.order_by(Revision.number.desc()).limit(MOST_LISTED)
    edits = [Edit(row.number, row.edited_at) for row in db.session.execute(listed)]
    chosen = _chosen(edits, number)
    if chosen is None:
        return History(seen, edits, None, [], [])
    before, after = _around(viewer, seen, chosen.number)
    titles = (before[0] or "", after[0] or "")
    title = differences(*titles) if titles[0] != titles[1] else []
    return History(seen, edits, chosen, title, differences(before[1], after[1]))


def _chosen(edits: list[Edit], number: int | None) -> Edit | None:
    if number is None:
        return next(iter(edits), None)
    for edit in edits:
        if edit.number == number:
            return edit
    raise NotThere


def _around(viewer: Viewer, seen: SeenPost, number: int) -> list[tuple[str | None, str]]:
    """Title and text before an edit and after it: the next earlier text, or what stands there."""
    rows = db.session.execute(_texts(viewer, seen, number)).all()
    title = seen.topic.title if seen.is_opening else None
    texts = [(row.title, row.source) for row in rows] + [(title, seen.source)]
    return texts[:2]


def _texts(viewer: Viewer, seen: SeenPost, number: int) -> Select[Any]:
    query = visible.revisions(viewer, Revision.title, Revision.source)
    query = query.where(Post.id == seen.id, Revision.number.between(number, number + 1))
    return query.order_by(Revision.number)
