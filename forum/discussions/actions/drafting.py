"""Keeping what is being typed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func

from forum.core import clock, ids
from forum.core.db import Conflict, db, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.discussions.queries.posts import post_for
from forum.models.circles import Circle
from forum.models.discussions import Draft, SubmitNonce
from forum.policy import identity, visible
from forum.policy.viewer import Viewer

MAX_DRAFTS = 100
MAX_TITLE_CHARS = 1_000
MAX_BODY_CHARS = 40_000
"""Twice what can be posted: a text that must still be cut is worth keeping too."""


class DraftElsewhere(ForumError):
    """Another window saved a newer text for the same place; nothing was overwritten."""

    status = 409
    sentence = _l("You have been writing this in another window too.")

    def __init__(self, body: str, saved_at: datetime) -> None:
        super().__init__()
        self.body, self.saved_at = body, saved_at


class TooManyDrafts(ForumError):
    status = 422
    sentence = _l("You have 100 drafts. Send or discard some first.")


class DraftTooLong(ForumError):
    status = 422
    sentence = _l("This draft is over 40,000 characters and can't be kept here.")


def save_draft(
    viewer: Viewer,
    place: str,
    title: str,
    body: str,
    known: datetime | None,
    nonce: str = "",
) -> datetime | None:
    """Keep a draft for "topic:<slug>", "reply:<post>" or "edit:<post>"; returns when it was saved.

    `known` is when the window last saved or loaded it: a newer and different text makes
    DraftElsewhere. An empty text deletes the draft and returns None, and so does a text whose form,
    known by its `nonce`, was posted while this was on its way. NotThere for a place the
    viewer cannot see.
    """
    try:
        return _save(viewer, place, title, body, known, nonce)
    except Conflict:
        return _save(viewer, place, title, body, known, nonce)


def _save(
    viewer: Viewer, place: str, title: str, body: str, known: datetime | None, nonce: str
) -> datetime | None:
    if len(body) > MAX_BODY_CHARS or len(title) > MAX_TITLE_CHARS:
        raise DraftTooLong
    with transaction() as session:
        if _was_posted(viewer, nonce):
            return None
        draft = _draft(viewer, place)
        if (
            draft is not None
            and _newer(draft, known)
            and (draft.title, draft.body) != (title, body)
        ):
            raise DraftElsewhere(draft.body, draft.saved_at)
        if not (title.strip() or body.strip()):
            if draft is not None:
                session.delete(draft)
            return None
        if draft is None:
            _check_place(viewer, place)
            _check_room(viewer)
            draft = Draft(
                id=ids.random_key(),
                public_id=ids.public_id(),
                place=place,
                **identity.owner(viewer).columns(),
            )
            session.add(draft)
        draft.title, draft.body, draft.saved_at = title, body, clock.now()
        return draft.saved_at


def discard_draft(viewer: Viewer, public_id: str) -> None:
    """Throw one of the viewer's drafts away. NotThere when it isn't theirs."""
    with transaction() as session:
        gone = session.execute(
            delete(Draft).where(Draft.user_id == viewer.id, Draft.public_id == public_id)
        )
        if not gone.rowcount:  # type: ignore[attr-defined]
            raise NotThere


def _draft(viewer: Viewer, place: str) -> Draft | None:
    query = visible.own(viewer, Draft).where(Draft.place == place).with_for_update()
    return db.session.execute(query.execution_options(populate_existing=True)).scalar()


def _was_posted(viewer: Viewer, nonce: str) -> bool:
    used = visible.own(viewer, SubmitNonce, SubmitNonce.id).where(SubmitNonce.nonce == nonce)
    return bool(nonce) and db.session.execute(used).first() is not None


def _newer(draft: Draft, known: datetime | None) -> bool:
    return known is None or draft.saved_at > known


def _check_place(viewer: Viewer, place: str) -> None:
    kind, _colon, name = place.partition(":")
    if kind in ("reply", "edit"):
        post_for(viewer, name)
    elif kind == "topic":
        found = visible.circles(viewer, Circle.id).where(Circle.slug == name)
        if db.session.execute(found).first() is None:
            raise NotThere
    else:
        raise NotThere


def _check_room(viewer: Viewer) -> None:
    if db.session.execute(visible.own(viewer, Draft, func.count())).scalar_one() >= MAX_DRAFTS:
        raise TooManyDrafts
