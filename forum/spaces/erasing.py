"""Taking a post's words out of the database: by whoever wrote them, or for them."""

from __future__ import annotations

from sqlalchemy import delete, update

from forum.core.db import db
from forum.core.seal import Secret
from forum.models.discussions import Post, Topic
from forum.models.files import SealedPicture
from forum.policy import unsealing


def erase_words(key: Secret, topic_id: int, post_id: int, *, is_opening: bool) -> None:
    """Leave nothing of a post's words and pictures; of an opening post not of the title either.

    Inside a transaction. When it was done isn't written down: what went on one day would belong
    together. A removed post bears the day of its writing.
    """
    if is_opening:
        head = update(Topic).where(Topic.id == topic_id)
        db.session.execute(head.values(sealed=unsealing.sealed_head(key, topic_id)))
    db.session.execute(delete(SealedPicture).where(SealedPicture.post_id == post_id))
    gone = {"sealed": b"", "removed_at": Post.created_at, "hidden_at": None}
    there = update(Post).where(Post.id == post_id, Post.removed_at.is_(None))
    db.session.execute(there.values(**gone).execution_options(synchronize_session=False))
