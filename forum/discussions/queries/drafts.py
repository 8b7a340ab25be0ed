"""What the viewer has typed and not sent."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import Row, Select, func

from forum.core import links
from forum.core.db import db
from forum.core.i18n import _
from forum.core.titles import called
from forum.discussions.cards import DraftRow
from forum.models.circles import Circle
from forum.models.discussions import Draft, Post, Topic
from forum.policy import unsealing, visible
from forum.policy.identity import Owner, Voice, owner
from forum.policy.viewer import Viewer

MAX_LISTED = 100
_EXCERPT_CHARS = 200


class Said(NamedTuple):
    """What is said of a circle's topic besides its text, as the form's fields hold it."""

    tags: str = ""
    wish: str = ""
    company_size: str = ""
    company_market: str = ""
    company_regulated: str = ""


class Chosen(TypedDict, total=False):
    """What is kept beside a draft's title and body, as in `DraftWords`."""

    wish: str
    notes: tuple[str, ...]
    said: Said | None


class DraftWords(NamedTuple):
    """What somebody typed or ticked."""

    title: str
    body: str
    wish: str = ""
    notes: tuple[str, ...] = ()
    """These two only for a topic of a space, as in its `Head`."""
    said: Said | None = None
    """Only for a topic of a circle."""

    def __bool__(self) -> bool:
        typed = self.title.strip() or self.body.strip() or self.wish or self.notes
        return bool(typed or any(self.said or ()))


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as its window takes it up."""

    public_id: str
    title: str
    body: str
    version: str
    saved_at: datetime
    wish: str
    notes: tuple[str, ...]
    said: Said | None


def draft_for(viewer: Viewer, place: str, voice: Voice | None = None) -> Kept | None:
    """The viewer's draft at a place, e.g. "reply:<post public id>"; in a space their voice's."""
    draft = db.session.execute(own_draft(viewer, place, voice)).scalar()
    if draft is None:
        return None
    title, body, wish, notes, said = draft_words(draft, voice)
    return Kept(draft.public_id, title, body, draft.version, draft.saved_at, wish, notes, said)


def own_draft(viewer: Viewer, place: str, voice: Voice | None) -> Select[Any]:
    """The statement that finds the viewer's draft at a place."""
    if not (voice and _has_no_topic_yet(place)):
        query = visible.own(owner(viewer, Draft, voice), Draft)
    else:
        rows = db.session.execute(visible.seats_of_drafts(place)).all()
        mine = [draft_owner(viewer, row.id, place, voice).seat for row in rows]
        query = visible.of_seats(Draft, [row.seat for row in rows if row.seat in mine])
    return query.where(Draft.place == place).order_by(Draft.id)


def draft_owner(viewer: Viewer, draft_id: int, place: str, voice: Voice | None) -> Owner:
    """Whose a draft is. Of a topic that is not there yet each is a part, with a seat of its own:
    one seat for all would tie a member's topics, by the days on which its drafts went.
    """
    part = str(draft_id) if voice and _has_no_topic_yet(place) else ""
    return owner(viewer, Draft, voice, part)


def _has_no_topic_yet(place: str) -> bool:
    return place.startswith("space:")


def draft_words(draft: Draft, voice: Voice | None) -> DraftWords:
    """What it holds. Unopenable when a sealed draft is not of this voice's topic."""
    if draft.sealed is None or voice is None:
        said = Said(*json.loads(draft.said)) if draft.said else None
        return DraftWords(draft.title, draft.body, said=said)
    words = unsealing.unpacked(voice.key.open(unsealing.DRAFT, draft.id, draft.sealed))
    notes = tuple(words.get("notes", ()))
    return DraftWords(words["title"], words["body"], words.get("wish", ""), notes)


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
        f"{kind}:{row.public_id}": (called(row.title), f"{links.post(row.public_id)}/{kind}")
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
