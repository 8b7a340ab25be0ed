"""Scopes of files: nobody sees one but through the posts that carry it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from forum.models.circles import Circle, Membership
from forum.models.discussions import Post, Topic
from forum.models.files import PostFile, StoredFile
from forum.models.quiet import Block
from forum.policy.guard import scoped
from forum.policy.seer import NOBODY, Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules

_READ = (StoredFile, PostFile, Post, Topic, Circle, Membership, Block)


def files(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Files the viewer may see: those of posts they may read, and their own that no post carries.

    Of a post that was removed or hidden, or whose circle they left, not even their own.
    """
    seer = Seer.of(viewer)
    carried = exists().where(PostFile.file_id == StoredFile.id)
    alone = and_(StoredFile.user_id == _id(seer), ~carried)
    query = select(*(columns or (StoredFile,))).select_from(StoredFile)
    return scoped(query.where(or_(alone, _in_a_post(seer))), *_READ)


def files_for_text(viewer: Viewer, beside: str | None, *columns: Any) -> Select[Any]:
    """Files the viewer may lay into a text: their own, and those of the topic it is part of.

    `beside` is the public id of a post there. Elsewhere nobody passes on what others have shown.
    """
    seer = Seer.of(viewer)
    own: ColumnElement[bool] = StoredFile.user_id == _id(seer)
    if beside is not None:
        there = aliased(Post)
        topic = select(there.topic_id).where(there.public_id == beside).scalar_subquery()
        own = or_(own, _in_a_post(seer, Post.topic_id == topic))
    query = select(*(columns or (StoredFile,))).select_from(StoredFile)
    return scoped(query.where(own), *_READ)


def _in_a_post(seer: Seer, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a post carries it that the seer may read."""
    carrying = (
        select(PostFile.post_id)
        .join(Post, Post.id == PostFile.post_id)
        .join(Topic, Topic.id == Post.topic_id)
        .join(Circle, Circle.id == Topic.circle_id)
        .where(PostFile.file_id == StoredFile.id, *more)
        .where(rules.topic_rule(seer), rules.post_rule(seer))
    )
    return carrying.exists()


def _id(seer: Seer) -> Any:
    return NOBODY if seer.id is None else seer.id
