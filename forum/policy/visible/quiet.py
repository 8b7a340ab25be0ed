"""Scopes of what somebody keeps for later and wants less of; and whom they may say so of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, String, and_, cast, exists, or_, select

from forum.core.db import InLines
from forum.models.accounts import User, UserState
from forum.models.circles import Circle, Membership, MembershipState
from forum.models.discussions import Post, Topic
from forum.models.quiet import Block, Bookmark, Mute, MutedWord, SpaceBlock
from forum.policy.guard import covered_too, scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules
from forum.policy.visible.circles import posts

_STILL_SOMEBODY = or_(
    User.state == UserState.ACTIVE,
    User.state == UserState.SUSPENDED,
    User.state == UserState.UNCLAIMED,
)


def people_met(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Others whom the viewer meets in circles: as members where they may read, or by a post.

    Also those whom a block keeps apart, as long as they are members there.
    """
    seer = Seer.of(viewer)
    written = posts(viewer, Post.id).where(Post.author_id == User.id).correlate(User)
    member = (
        select(Membership.user_id)
        .join(Circle, Circle.id == Membership.circle_id)
        .where(Membership.user_id == User.id, Membership.state == MembershipState.ACTIVE)
        .where(rules.circle_rule(seer))
        .correlate(User)
    )
    query = select(*(columns or (User,))).select_from(User)
    query = query.where(_STILL_SOMEBODY, User.id != seer.me)
    query = query.where(or_(member.exists(), written.exists()))
    return scoped(covered_too(query, written), Circle, Membership)


def muted(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Whom the viewer has muted."""
    query = select(*columns).select_from(Mute).join(User, User.id == Mute.muted_id)
    return scoped(query.where(Mute.user_id == Seer.of(viewer).me), Mute)


def muted_words(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Which words the viewer has muted."""
    query = select(*columns).select_from(MutedWord)
    return scoped(query.where(MutedWord.user_id == Seer.of(viewer).me), MutedWord)


def blocked(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Whom the viewer has blocked, and whether `in_spaces` too; never who has blocked them."""
    holds = exists().where(
        SpaceBlock.user_id == Block.user_id,
        SpaceBlock.blocked_id == Block.blocked_id,
        SpaceBlock.ended_on.is_(None),
    )
    query = select(*columns, holds.label("in_spaces")).select_from(Block)
    query = query.join(User, User.id == Block.blocked_id)
    return scoped(query.where(Block.user_id == Seer.of(viewer).me), Block, SpaceBlock)


def blocks_in_spaces(viewer: Viewer, *columns: Any) -> Select[Any]:
    """The viewer's blocks that hold in conversations of private spaces opened from tomorrow on."""
    mine = SpaceBlock.user_id == Seer.of(viewer).me
    return scoped(select(*columns).where(mine, SpaceBlock.ended_on.is_(None)), SpaceBlock)


def bookmarks(viewer: Viewer, *columns: Any) -> Select[Any]:
    """What the viewer has kept and may still read, with post, topic and circle."""
    mine = and_(Bookmark.post_id == Post.id, Bookmark.user_id == Seer.of(viewer).me)
    return scoped(posts(viewer, *columns).join(Bookmark, mine), Bookmark)


def kept_here(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Add to a query of topics the row ids of the posts that the viewer has kept, one a line."""
    kept = select(InLines(cast(Bookmark.post_id, String(20))))
    kept = kept.where(Bookmark.user_id == Seer.of(viewer).me, Bookmark.topic_id == Topic.id)
    return scoped(query.add_columns(kept.scalar_subquery().label("kept")), Bookmark)
