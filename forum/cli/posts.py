"""`flask posts render`: stored texts rendered again after the renderer has changed."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import ColumnElement, func, select, update

from forum.core.db import db, transaction
from forum.core.errors import ForumError
from forum.core.markup import RENDER_VERSION, render
from forum.files.queries import named_in_topic, pictures_of_post, sizes_of
from forum.models.discussions import Post
from forum.models.spaces import TopicKey
from forum.policy import unsealing
from forum.policy.identity import topic_key
from forum.policy.visible import Reason, unscoped

group = AppGroup("posts", help="Look after stored posts.")
BATCH = 200


@group.command("render")
def render_again() -> None:
    """Render every post that an older renderer made; can be stopped and started again."""
    old = select(func.count(Post.id)).where(
        Post.render_version < RENDER_VERSION, Post.removed_at.is_(None)
    )
    count = db.session.execute(unscoped(old, Reason.REBUILD)).scalar_one()
    kept = 0
    with click.progressbar(length=count, label="Rendering") as bar:
        after = 0
        while batch := _batch(after):
            kept += sum(_render_sealed(row) if row.sealed else _render(row) for row in batch)
            after = batch[-1].id
            bar.update(len(batch))
    click.echo(f"{count - kept} rendered, {kept} left as they were (too complex today).")


def _batch(after: int) -> list[Any]:
    query = (
        select(Post.id, Post.source, Post.format, Post.topic_id, Post.sealed, TopicKey.wrapped)
        .outerjoin(TopicKey, TopicKey.topic_id == Post.topic_id)
        .where(Post.id > after, Post.render_version < RENDER_VERSION, Post.removed_at.is_(None))
        .order_by(Post.id)
        .limit(BATCH)
    )
    return list(db.session.execute(unscoped(query, Reason.REBUILD)))


def _render(row: Any) -> int:
    """Returns 1 when the text is refused today and its old HTML stays."""
    try:
        named = named_in_topic(row.source, row.topic_id)
        html = render(row.source, row.format, named).html
    except ForumError:
        return 1
    _store(row.id, Post.source == row.source, html=html)
    return 0


def _render_sealed(row: Any) -> int:
    """The same in a space: opened, rendered and sealed again, unseen."""
    try:
        key = topic_key(row.topic_id, row.wrapped)
        words = unsealing.unpacked(key.open(unsealing.TEXT, row.id, row.sealed))
        files = sizes_of(pictures_of_post(key, row.id, Reason.REBUILD))
        words["html"] = render(words["source"], row.format, files).html
    except ForumError:
        return 1
    sealed = unsealing.sealed_text(key, row.id, words["source"], words["html"])
    _store(row.id, Post.sealed == row.sealed, sealed=sealed)
    return 0


def _store(post_id: int, unchanged: ColumnElement[bool], **values: Any) -> None:
    """Unless the post was edited or removed meanwhile."""
    with transaction() as session:
        session.execute(
            update(Post)
            .where(Post.id == post_id, unchanged, Post.removed_at.is_(None))
            .values(**values, render_version=RENDER_VERSION)
            .execution_options(synchronize_session=False)
        )
