"""A form that is sent twice counts once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete

from forum.core import clock, ids
from forum.core.db import Conflict, db, transaction
from forum.discussions.actions.drafting import nonce_owner
from forum.discussions.actions.reading import mark_read
from forum.discussions.actions.writing import Written
from forum.discussions.queries.drafts import own_draft
from forum.models.discussions import Draft, Post, SubmitNonce, Topic
from forum.notifications.actions import count_named
from forum.policy import limits, visible
from forum.policy.identity import Voice
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer

_MOST_TRIES = 10
"""In a space, where no row is locked for the next number, as a lock leaves a trace of when (R2)."""


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a new post is to be found."""

    public_id: str
    topic_public_id: str


def once(
    viewer: Viewer,
    nonce: str,
    draft_place: str,
    write: Callable[[], Written],
    voice: Voice | None = None,
    *,
    html: str = "",
) -> Posted:
    """Write, unless this form was sent before; then answer with what it made.

    Of what is written in a circle `html` is the text, for whom it names.
    """
    if earlier := _made_with(viewer, nonce, voice):
        return earlier
    limits.spend(limits.POST, viewer, voice)
    count_named(viewer, html)
    for tries_left in reversed(range(_MOST_TRIES)):
        try:
            return _write_once(viewer, nonce, draft_place, write, voice)
        except Conflict:
            if earlier := _made_with(viewer, nonce, voice):
                return earlier
            if not (voice and tries_left):
                raise
    raise AssertionError


def _write_once(
    viewer: Viewer, nonce: str, draft_place: str, write: Callable[[], Written], voice: Voice | None
) -> Posted:
    with transaction() as session:
        if voice is None:
            not_closed(viewer.user_id)
        if earlier := _made_with(viewer, nonce, voice, forget_if_gone=True):
            return earlier
        written = write()
        session.add(_nonce_row(viewer, nonce, written, voice))
        session.flush()
        mark_read(viewer, written.parent.topic_id, [written.seq], written.voice)
        drop_draft(viewer, draft_place, voice)
    return Posted(written.public_id, written.topic_public_id)


def _nonce_row(viewer: Viewer, nonce: str, written: Written, voice: Voice | None) -> SubmitNonce:
    return SubmitNonce(
        id=ids.random_key(),
        nonce=nonce,
        post_id=written.parent.id,
        used_on=clock.today(),
        **nonce_owner(viewer, nonce, voice).columns(),
    )


def _made_with(
    viewer: Viewer, nonce: str, voice: Voice | None, *, forget_if_gone: bool = False
) -> Posted | None:
    """What a form made when it was sent before. What was removed since may be written again."""
    mine = nonce_owner(viewer, nonce, voice)
    used = visible.own(mine, SubmitNonce, SubmitNonce.post_id).where(SubmitNonce.nonce == nonce)
    post_id = db.session.execute(used).scalar()
    if post_id is None:
        return None
    scope = visible.space_posts if voice else visible.posts
    row = db.session.execute(
        scope(viewer, Post.public_id, Topic.public_id.label("topic_public_id")).where(
            Post.id == post_id
        )
    ).first()
    if row is None and forget_if_gone:
        used_up = delete(SubmitNonce).where(mine.owns(SubmitNonce), SubmitNonce.post_id == post_id)
        db.session.execute(used_up)
    return Posted(row.public_id, row.topic_public_id) if row else None


def drop_draft(viewer: Viewer, place: str, voice: Voice | None = None) -> None:
    found = own_draft(viewer, place, voice).with_only_columns(Draft.id)
    for draft_id in db.session.execute(found).scalars().all():
        db.session.execute(delete(Draft).where(Draft.id == draft_id))
