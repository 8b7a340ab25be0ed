"""What the viewer has typed and not sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func

from forum.core import links
from forum.core.db import db
from forum.core.i18n import _
from forum.discussions.cards import DraftRow
from forum.models.circles import Circle
from forum.models.discussions import Draft, Post, Topic
from forum.policy import unsealing, visible
from forum.policy.identity import Owner, Voice, owner
from forum.policy.viewer import Viewer

MAX_LISTED = 100
_OF_A_TOPIC_TO_BE = "space:"
"""Begins the place of a draft for a new topic in a space."""
_EXCERPT_CHARS = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as its window takes it up."""

    public_id: str
    title: str
    body: str
    version: str
    saved_at: datetime


def draft_for(viewer: Viewer, place: str, voice: Voice | None = None) -> Kept | None:
    """The viewer's draft at a place, e.g. "reply:<post public id>"; in a space their voice's."""
    for mine in draft_owners(viewer, place, voice):
        query = visible.own(mine, Draft).where(Draft.place == place)
        if draft := db.session.execute(query).scalar():
            title, body = draft_words(draft, voice)
            return Kept(draft.public_id, title, body, draft.version, draft.saved_at)
    return None


def draft_owner(viewer: Viewer, draft_id: int, place: str, voice: Voice | None) -> Owner:
    """Whose a draft at this place is.

    One for a new topic in a space has a seat of its own: with one seat for all that a member ever
    begins, copies of many days would tell which topics were one person's.
    """
    part = str(draft_id) if place.startswith(_OF_A_TOPIC_TO_BE) else ""
    return owner(viewer, Draft, voice, part)


def draft_owners(viewer: Viewer, place: str, voice: Voice | None) -> list[Owner]:
    """Whose the viewer's drafts at a place may be; where each has its own seat, of those there.

    Two when two windows began one at the same moment.
    """
    if voice is None or not place.startswith(_OF_A_TOPIC_TO_BE):
        return [owner(viewer, Draft, voice)]
    there = db.session.execute(visible.drafts_of_seats(place).order_by(Draft.id)).all()
    owners = ((draft_owner(viewer, row.id, place, voice), row.seat) for row in there)
    return [mine for mine, seat in owners if mine.seat == seat]


def draft_words(draft: Draft, voice: Voice | None) -> tuple[str, str]:
    """Title and body. Unopenable when a sealed draft is not of this voice's topic."""
    if draft.sealed is None or voice is None:
        return draft.title, draft.body
    words = unsealing.unpacked(voice.key.open(unsealing.DRAFT, draft.id, draft.sealed))
    return words["title"], words["body"]


def draft_count(viewer: Viewer) -> int:
    """How many texts the viewer has begun and not sent, in circles."""
    found: int = db.session.execute(_mine(viewer, func.count(Draft.id))).scalar_one()
    return found


def drafts(viewer: Viewer) -> list[DraftRow]:
    """All drafts of the viewer in circles, newest first, at most 100. Three statements.

    A draft whose place they can no longer see keeps its text and loses its link.
    """
    if not viewer.signed_in:
        return []
    found = list(
        db.session.execute(
            _mine(viewer).order_by(Draft.saved_at.desc()).limit(MAX_LISTED)
        ).scalars()
    )
    names = _post_places(viewer, found) | _circle_places(viewer, found)
    return [_row(draft, names.get(draft.place)) for draft in found]


def _mine(viewer: Viewer, *columns: Any) -> Select[Any]:
    return visible.own(owner(viewer, Draft), Draft, *columns)


def _post_places(viewer: Viewer, found: Sequence[Draft]) -> dict[str, tuple[str, str]]:
    ids = [place for kind, place in map(_split, found) if kind in ("reply", "edit")]
    rows: Sequence[Row[Any]] = db.session.execute(
        visible.posts(viewer, Post.public_id, Topic.title).where(Post.public_id.in_(ids))
    ).all()
    return {
        f"{kind}:{row.public_id}": (row.title, f"{links.post(row.public_id)}/{kind}")
        for row in rows
        for kind in ("reply", "edit")
    }


def _circle_places(viewer: Viewer, found: Sequence[Draft]) -> dict[str, tuple[str, str]]:
    slugs = [place for kind, place in map(_split, found) if kind == "topic"]
    rows = db.session.execute(
        visible.circles(viewer, Circle.slug, Circle.name).where(Circle.slug.in_(slugs))
    )
    return {f"topic:{row.slug}": (row.name, f"{links.circle(row.slug)}/new") for row in rows}


def _split(draft: Draft) -> tuple[str, str]:
    kind, _colon, place = draft.place.partition(":")
    return kind, place


def _row(draft: Draft, place: tuple[str, str] | None) -> DraftRow:
    kind, _where = _split(draft)
    name, url = place or (_("A place you can no longer see"), None)
    return DraftRow(
        public_id=draft.public_id,
        title=draft.title or (name if kind != "topic" else _("Without a title yet")),
        place_name=name,
        continue_url=url,
        discard_url=f"/drafts/{draft.public_id}/discard",
        at=draft.saved_at,
        excerpt=draft.body if url is None else draft.body[:_EXCERPT_CHARS],
    )
