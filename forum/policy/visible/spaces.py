"""Scopes of private spaces, as far as SQL can tell: walls are sealed, and asked by `unsealing`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select

from forum.models.circles import Circle, Membership
from forum.models.discussions import Post, Topic
from forum.models.employers import Employment
from forum.models.spaces import Pseudonym, Space, SpaceMember, TopicKey
from forum.policy.guard import scoped
from forum.policy.seer import TODAY, Seer
from forum.policy.viewer import Viewer
from forum.policy.visible import rules

_MEMBER = (Space, SpaceMember, Circle, Membership)


def spaces(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Spaces the viewer is in, with their own membership, joined to the circle."""
    query = select(*(columns or (Space, SpaceMember))).select_from(Space)
    return scoped(_as_member(query, Seer.of(viewer)), Space, SpaceMember, Circle, Membership)


def space_doors(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Spaces of the circles the viewer is an active member of: that they are there, no more."""
    query = select(*columns).select_from(Space).join(Circle, Circle.id == Space.circle_id)
    return scoped(query.where(rules.membership(Seer.of(viewer))), Space, Circle, Membership)


def space_topics(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Topics of the viewer's spaces, with key, space, own membership and circle.

    As far as SQL can tell: whose wall stands before the viewer is sealed. So are all words, and
    `unsealing`, which opens them, drops what they must not see. From its last day on a topic is
    gone, whether or not it has been erased yet.
    """
    query = (
        select(*(columns or (Topic,)))
        .select_from(Topic)
        .join(TopicKey, TopicKey.topic_id == Topic.id)
        .join(Space, Space.id == Topic.space_id)
    )
    query = _as_member(query, Seer.of(viewer))
    query = query.where(~_changed_employers_since(), TopicKey.erases_on > TODAY)
    return scoped(query, Topic, TopicKey, Space, SpaceMember, Employment, Circle, Membership)


def space_posts(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Posts of those topics with their pseudonyms, sealed likewise; removed ones for nobody."""
    query = space_topics(viewer, *(columns or (Post,)))
    query = query.join(Post, Post.topic_id == Topic.id)
    query = query.join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
    return scoped(query.where(Post.removed_at.is_(None)), Post, Pseudonym)


def _changed_employers_since() -> ColumnElement[bool]:
    """Whether the member told of, verified or ended an employment since the topic was opened (R5).

    On the day of its opening too: what was there when they changed is not for them any more. An
    end before they came is none; a new employer is only marked when they may have been in (see
    `Employment.changed_on`).
    """
    ended = and_(
        Employment.ended_on >= TopicKey.opened_on, Employment.ended_on >= SpaceMember.joined_on
    )
    return exists().where(
        Employment.user_id == SpaceMember.user_id,
        or_(Employment.changed_on >= TopicKey.opened_on, ended),
    )


def _as_member(query: Select[Any], seer: Seer) -> Select[Any]:
    """Only with the seer's own membership, of the space and of its circle."""
    if seer.id is None:
        return query.join(SpaceMember, false()).join(Circle, Circle.id == Space.circle_id)
    mine = and_(
        SpaceMember.space_id == Space.id,
        SpaceMember.user_id == seer.in_spaces,
        SpaceMember.left_on.is_(None),
    )
    query = query.join(SpaceMember, mine).join(Circle, Circle.id == Space.circle_id)
    return query.where(rules.membership(seer))


def space_keys(viewer: Viewer, *columns: Any) -> Select[Any]:
    """Keys of all topics of the viewer's spaces, seen or not: to find what they wrote."""
    query = select(*columns).select_from(TopicKey).join(Space, Space.id == TopicKey.space_id)
    return scoped(_as_member(query, Seer.of(viewer)), TopicKey, *_MEMBER)


def pseudonyms_of_spaces(viewer: Viewer, *columns: Any) -> Select[Any]:
    """All names in the viewer's spaces, to find their own among them."""
    query = space_keys(viewer, *columns)
    return scoped(query.join(Pseudonym, Pseudonym.topic_id == TopicKey.topic_id), Pseudonym)


def all_posts_of_spaces(viewer: Viewer, *columns: Any) -> Select[Any]:
    """All posts there, sealed, to find their own: never opened but by `own_in_space`."""
    query = pseudonyms_of_spaces(viewer, *columns)
    query = query.join(Post, Post.pseudonym_id == Pseudonym.id)
    return scoped(query.where(Post.removed_at.is_(None), TopicKey.erases_on > TODAY), Post)


def posts_behind_walls(topic_ids: Sequence[int], *columns: Any) -> Select[Any]:
    """Posts of a space's topics that the viewer's lenses were made for, sealed as ever."""
    query = select(*columns).select_from(Post).join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
    query = query.where(Post.topic_id.in_(topic_ids), Post.removed_at.is_(None))
    return scoped(query, Post, Pseudonym)


def with_sealed_opening(
    query: Select[Any], opening: type[Post], pseudonym: type[Pseudonym]
) -> Select[Any]:
    """Join a topic's opening post, whose wall is the topic's, to a query of `space_topics`.

    Also a removed one: its wall stands for as long as the topic.
    """
    query = query.join(opening, and_(opening.topic_id == Topic.id, opening.seq == 0))
    query = query.join(pseudonym, pseudonym.id == opening.pseudonym_id)
    return scoped(query, Post, Pseudonym)
