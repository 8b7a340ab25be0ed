"""One post with its place, for the pages that act on a post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select

from forum.circles.queries import CARD, CircleCard, CirclePlace, card, place_of
from forum.core import links
from forum.core.errors import NotThere
from forum.core.markup import Format, as_markup
from forum.discussions.cards import Byline, PostCard, TopicHead
from forum.models.accounts import User
from forum.models.circles import Visibility
from forum.models.discussions import Post, Topic
from forum.policy import visible
from forum.policy.allowed import Act, Place, may
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer

POST = (
    Post.id.label("post_id"),
    Post.public_id.label("post_public_id"),
    Post.topic_id,
    Post.seq,
    Post.path,
    Post.child_count,
    Post.html,
    Post.format,
    Post.author_id,
    Post.created_at.label("post_created_at"),
    Post.edited_at,
    Post.hidden_reason.label("post_hidden_reason"),
    User.name.label("author_name"),
    User.public_id.label("author_public_id"),
)
TOPIC = (
    Topic.id.label("t_id"),
    Topic.public_id.label("t_public_id"),
    Topic.title,
    Topic.author_id.label("t_author_id"),
    Topic.created_at.label("t_created_at"),
    Topic.last_seq,
    Topic.reply_count,
    Topic.gone,
    Topic.pinned_at,
    Topic.closed_at,
    Topic.hidden_at.label("t_hidden_at"),
    Topic.hidden_reason.label("t_hidden_reason"),
)


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post the viewer may see, where it stands, and its source."""

    id: int
    topic_id: int
    path: str
    seq: int
    source: str
    format: Format
    card: PostCard
    topic: TopicHead
    place: CirclePlace
    where: Place
    was_answered: bool
    """Whether the topic ever had a reply, also one that is hidden or removed now."""

    @property
    def is_opening(self) -> bool:
        return self.seq == 0


def post_for(viewer: Viewer, public_id: str) -> SeenPost:
    """A post by its public id. NotThere when absent or not theirs to see. One statement."""
    row = _post_of(viewer).first(public_id=public_id)
    if row is None:
        raise NotThere
    place = place_of(viewer, card(viewer, row))
    where = where_of(place.circle, row)
    return SeenPost(
        id=row.post_id,
        topic_id=row.topic_id,
        path=row.path,
        seq=row.seq,
        source=row.source,
        format=row.format,
        card=lone_card(viewer, row, can_edit=may(viewer, Act.EDIT, where)),
        topic=topic_head(viewer, row),
        place=place,
        where=where,
        was_answered=row.last_seq > 0,
    )


@Prepared
def _post_of(viewer: Viewer) -> Select[Any]:
    query = visible.posts(viewer, *POST, *TOPIC, *CARD, Post.source)
    query = query.outerjoin(User, User.id == Post.author_id)
    return query.where(Post.public_id == value("public_id"))


def where_of(circle: CircleCard, row: Row[Any]) -> Place:
    """What `policy.allowed` needs to know of a post, or of a topic when the row holds no post."""
    return Place(
        circle_id=circle.id,
        visibility=Visibility(circle.visibility),
        topic_closed=row.closed_at is not None,
        topic_hidden=row.t_hidden_at is not None,
        author_id=getattr(row, "author_id", row.t_author_id),
    )


def topic_head(viewer: Viewer, row: Row[Any], byline: Byline | None = None) -> TopicHead:
    return TopicHead(
        public_id=row.t_public_id,
        title=row.title,
        byline=byline or Byline("", None),
        at=row.t_created_at,
        reply_count=row.reply_count,
        closed=row.closed_at is not None,
        pinned=row.pinned_at is not None,
        hidden=row.t_hidden_at is not None,
        hidden_reason=row.t_hidden_reason,
        mine=viewer.id is not None and row.t_author_id == viewer.id,
        opening_gone=bool(row.gone) and row.gone.split(",")[0].split("-")[0] == "0",
    )


def lone_card(viewer: Viewer, row: Row[Any], *, can_edit: bool = False) -> PostCard:
    """A post on a page of its own."""
    return PostCard(
        public_id=row.post_public_id,
        url=links.post(row.post_public_id),
        depth_class="d0",
        byline=Byline(row.author_name or "", links.avatar(row.author_public_id or "")),
        is_topic_author=row.author_id is not None and row.author_id == row.t_author_id,
        at=row.post_created_at,
        edited=row.edited_at is not None,
        html=as_markup(row.html),
        is_new=False,
        mine=viewer.id is not None and row.author_id == viewer.id,
        has_replies=row.child_count > 0,
        can_edit=can_edit,
        hidden_reason=row.post_hidden_reason,
    )
