"""How well somebody's profile fits a topic that nobody has answered: worked out as they look.

Of whoever opened it only what they show in the directory is asked.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select, union
from sqlalchemy.orm import aliased

from forum.models.discussions import Post, Topic
from forum.models.notifications import Mention
from forum.models.profiles import Barrier, Profile, ProfileBarrier
from forum.models.quiet import Bookmark
from forum.policy.guard import scoped
from forum.policy.seer import Seer
from forum.policy.viewer import Viewer
from forum.policy.visible.circles import posts


def with_fit(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Add to a query of topics what tells how they fit the viewer.

    The `barrier` that holds up whoever opened one, and that the viewer has broken through; and of
    the viewer's own profile `my_size`, `my_market`, `my_regulated` and `my_industry`.
    """
    me, mine = Seer.of(viewer).me, aliased(Profile)
    query = query.add_columns(
        _broken_barrier(me).label("barrier"),
        mine.company_size.label("my_size"),
        mine.company_market.label("my_market"),
        mine.company_regulated.label("my_regulated"),
        mine.industry.label("my_industry"),
    )
    return scoped(query.outerjoin(mine, mine.user_id == me), Profile, ProfileBarrier)


def taken_part_in(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Only topics of a query that the viewer has written in, or kept something of."""
    me = Seer.of(viewer).me
    wrote = select(Post.topic_id).where(Post.author_id == me)
    kept = select(Bookmark.topic_id).where(Bookmark.user_id == me)
    return scoped(query.where(Topic.id.in_(union(wrote, kept))), Post, Bookmark)


def of_replies_to_me(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Only posts of a query that answer one by the viewer."""
    me, mine = Seer.of(viewer).me, aliased(Post)
    return scoped(query.join(mine, and_(mine.id == Post.parent_id, mine.author_id == me)), Post)


def that_name_me(query: Select[Any], viewer: Viewer) -> Select[Any]:
    """Only posts of a query that named the viewer when they were written, or were edited."""
    me = Seer.of(viewer).me
    on = and_(Mention.post_id == Post.id, Mention.user_id == me)
    return scoped(query.join(Mention, on), Mention)


def by_another(viewer: Viewer) -> ColumnElement[bool]:
    """Whether a post is not the viewer's own."""
    return Post.author_id != Seer.of(viewer).me


def newest_seqs(viewer: Viewer) -> Select[Any]:
    """Of each topic the number of the newest post the viewer may see."""
    newest = func.max(Post.seq).label("seq")
    return posts(viewer, Topic.id.label("topic_id"), newest).group_by(Topic.id)


def _broken_barrier(me: ColumnElement[int]) -> ColumnElement[Any]:
    """What the author is held up by and the viewer is not any more; of several the first."""
    theirs, mine, shown = aliased(ProfileBarrier), aliased(ProfileBarrier), aliased(Profile)
    listed = exists().where(shown.user_id == theirs.user_id, shown.listed.is_(True))
    found = select(func.min(theirs.barrier)).join(mine, mine.barrier == theirs.barrier)
    found = found.where(mine.user_id == me, mine.broken.is_(True))
    found = found.where(theirs.user_id == Topic.author_id, theirs.broken.is_(False), listed)
    return found.where(theirs.barrier != Barrier.OTHER).scalar_subquery()
