"""`flask posts render`: stored texts rendered again after the renderer has changed."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy import func, select, update

from forum.core.db import db, transaction
from forum.core.errors import ForumError
from forum.core.markup import RENDER_VERSION, render
from forum.models.discussions import Post
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
            kept += sum(_render(row.id, row.source, row.format) for row in batch)
            after = batch[-1].id
            bar.update(len(batch))
    click.echo(f"{count - kept} rendered, {kept} left as they were (too complex today).")


def _batch(after: int) -> list[Post]:
    query = (
        select(Post.id, Post.source, Post.format)
        .where(Post.id > after, Post.render_version < RENDER_VERSION, Post.removed_at.is_(None))
        .order_by(Post.id)
        .limit(BATCH)
    )
    return list(db.session.execute(unscoped(query, Reason.REBUILD)))  # type: ignore[arg-type]


def _render(post_id: int, source: str, form: object) -> int:
    """Returns 1 when the text is refused today and its old HTML stays."""
    try:
        html = render(source, form).html  # type: ignore[arg-type]
    except ForumError:
        return 1
    with transaction() as session:
        session.execute(
            update(Post)
            .where(Post.id == post_id, Post.source == source, Post.removed_at.is_(None))
            .values(html=html, render_version=RENDER_VERSION)
            .execution_options(synchronize_session=False)
        )
    return 0
