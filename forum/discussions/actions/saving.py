"""Keeping a post of a circle for later. Nobody else is shown that, or how often, it was kept.

Not in private spaces. To find there what somebody kept, in topic after topic, each row would have
to lie under a seat of its own; but how many rows a post has would be in the database, and with them
how many want to come back to it, which tells of people whom a wall hides (R6).
"""

from __future__ import annotations

from sqlalchemy import delete, update

from forum.core import clock, ids
from forum.core.db import Conflict, savepoint, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.saved import saved_post
from forum.models.quiet import BOOKMARK_NOTE_CHARS, Bookmark
from forum.policy.allowed import Act, require
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer


class TooLongANote(ForumError):
    status = 422
    sentence = _l("A note has up to %(most)s characters.", most=BOOKMARK_NOTE_CHARS)


def save(viewer: Viewer, post_public_id: str, note: str = "") -> SeenPost:
    """Keep a post, or with its opening post a topic, and perhaps a word why. Twice is once.

    NotThere, TooLongANote, and NotInSpaces.
    """
    if len(note) > BOOKMARK_NOTE_CHARS:
        raise TooLongANote
    seen = post_for(viewer, post_public_id)
    require(viewer, Act.SAVE, seen.where)
    with transaction() as session:
        not_closed(viewer.user_id)
        try:
            with savepoint():
                session.add(
                    Bookmark(
                        id=ids.time_ordered(clock.now()),
                        user_id=viewer.user_id,
                        topic_id=seen.topic_id,
                        post_id=seen.id,
                        note=note,
                    )
                )
        except Conflict:
            pass  # the same click twice
    return seen


def end_save(viewer: Viewer, post_public_id: str) -> SeenPost:
    """Keep it no more. NotThere; NotInSpaces; nothing happens to what was not kept."""
    seen = post_for(viewer, post_public_id)
    require(viewer, Act.SAVE, seen.where)
    with transaction() as session:
        session.execute(
            delete(Bookmark).where(Bookmark.user_id == viewer.user_id, Bookmark.post_id == seen.id)
        )
    return seen


def note_why(viewer: Viewer, post_public_id: str, note: str) -> None:
    """Write down why it was kept, for oneself. NotThere, TooLongANote."""
    if len(note) > BOOKMARK_NOTE_CHARS:
        raise TooLongANote
    saved_post(viewer, post_public_id)
    seen = post_for(viewer, post_public_id)
    with transaction() as session:
        session.execute(
            update(Bookmark)
            .where(Bookmark.user_id == viewer.user_id, Bookmark.post_id == seen.id)
            .values(note=note)
            .execution_options(synchronize_session=False)
        )
