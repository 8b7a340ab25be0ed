"""One post with its place, for the pages that act on a post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select, null
from sqlalchemy.orm import aliased

from forum.circles.queries import CARD, CirclePlace
from forum.core import links
from forum.core.errors import NotThere
from forum.core.markup import Format, as_markup
from forum.core.titles import called
from forum.discussions.about import (
    NO_FACTS,
    CompanyKind,
    TopicFacts,
    from_company,
    tags_of,
)
from forum.discussions.cards import PostCard, TopicHead
from forum.discussions.queries.folding import is_folded, notes_of, would_fold
from forum.discussions.queries.ground import (
    POST,
    SEALED_POST,
    SEALED_TOPIC,
    TOPIC,
    CircleGround,
    SpaceGround,
    ground,
)
from forum.discussions.queries.titles import headline
from forum.models.accounts import User
from forum.models.discussions import Post, Topic, Wish
from forum.models.spaces import Pseudonym
from forum.policy import unsealing, visible
from forum.policy.allowed import Act, Place, may
from forum.policy.identity import Voice
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer
from forum.spaces.notes import in_words

_Opening, _Starter = aliased(Post), aliased(Pseudonym)


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
    voice: Voice | None
    """Who the viewer is there, in a space."""
    wall: bytes | None
    """In a space: who must not see it, sealed."""
    sealed: bytes | None
    """In a space: source and HTML as they are stored."""
    author_public_id: str = ""
    """In a circle: whose it is; empty for a former member's."""
    head: Mapping[str, Any] = field(default_factory=dict)
    """In a space: what the topic says before its text: title, wish, notes."""
    facts: TopicFacts = NO_FACTS
    """In a circle: what else the topic says of itself."""

    @property
    def is_opening(self) -> bool:
        return self.seq == 0


def post_for(viewer: Viewer, public_id: str) -> SeenPost:
    """A post by its public id. NotThere when absent or not theirs to see.

    One statement in a circle, at most four in a space.
    """
    row = _post_of(viewer).first(public_id=public_id)
    if row is not None:
        return _seen(ground(viewer, row), row)
    if not viewer.signed_in:
        raise NotThere
    return _seen_in_space(viewer, _sealed_post_of(viewer).first(public_id=public_id))


def _seen(topic: CircleGround, row: Any) -> SeenPost:
    mine = topic.me is not None and row.author_id == topic.me
    where = topic.where(mine=mine)
    return SeenPost(
        id=row.post_id,
        topic_id=row.topic_id,
        path=row.path,
        seq=row.seq,
        source=row.source,
        format=row.format,
        card=lone_card(topic, row, can_edit=may(topic.viewer, Act.EDIT, where)),
        topic=topic_head(topic),
        place=topic.place(),
        where=where,
        voice=topic.voice,
        wall=getattr(row, "wall", None),
        author_public_id=row.author_public_id or "",
        sealed=getattr(row, "sealed", None),
        facts=_facts(topic.row),
    )


def _seen_in_space(viewer: Viewer, row: Any) -> SeenPost:
    if row is None:
        raise NotThere
    topic = ground(viewer, row)
    assert isinstance(topic, SpaceGround)
    hidden = row.t_hidden_at and not topic.lens.may_see_hidden(row.t_author_id)
    if hidden or not topic.seen([row]):
        raise NotThere
    if row.t_hidden_at and not (topic.lens.moderates or row.t_author_id == topic.me):
        raise NotThere
    words = topic.lens.text(row.t_id, row.t_sealed, unsealing.TITLE)
    head = {"title": headline(words), "wish": words["wish"], "notes": words["notes"]}
    opened = topic.opened(row)._replace(**head)
    return replace(_seen(replace(topic, row=opened), opened), head=words)


@Prepared
def _post_of(viewer: Viewer) -> Select[Any]:
    tags, apart = visible.tags_of_topic().label("tags"), visible.apart_seqs(viewer)
    query = visible.posts(viewer, *POST, *TOPIC, *CARD, Post.source, Topic.wish, tags, apart)
    query = query.outerjoin(User, User.id == Post.author_id)
    return query.where(Post.public_id == value("public_id"))


@Prepared
def _sealed_post_of(viewer: Viewer) -> Select[Any]:
    starter = (_Starter.name.label(label) for label in ("t_author_id", "t_author_name"))
    more = (Post.source, *starter, *(null().label(n) for n in ("wish", "notes", "unfolded")))
    query = visible.space_posts(viewer, *SEALED_POST, *SEALED_TOPIC, *more)
    query = visible.with_sealed_opening(query, _Opening, _Starter)
    return query.where(Post.public_id == value("public_id"))


def topic_head(topic: CircleGround) -> TopicHead:
    row = topic.row
    facts = _facts(row)
    return TopicHead(
        public_id=row.t_public_id,
        title=called(row.title),
        byline=topic.starter(),
        at=row.t_created_at.date() if topic.in_space else row.t_created_at,
        reply_count=None if topic.in_space else row.reply_count,
        closed=topic.where(mine=False).topic_closed,
        pinned=row.pinned_at is not None,
        hidden=row.t_hidden_at is not None,
        hidden_reason=row.t_hidden_reason,
        mine=topic.me is not None and row.t_author_id == topic.me,
        opening_gone=_opening_gone(row),
        wish=getattr(row, "wish", None) or "",
        closes_on=getattr(row, "closes_on", None),
        notes=in_words(notes_of(topic)),
        would_fold=would_fold(topic),
        folded=is_folded(topic),
        muted_voices=tuple(getattr(row, "muted", None) or ()),
        tags=[(tag, links.tag(row.slug, tag)) for tag in facts.tags],
        company=from_company(facts.company),
    )


def _facts(row: Any) -> TopicFacts:
    """What a topic says of itself; nothing in a space."""
    company = CompanyKind(row.company_size, row.company_market, row.company_regulated)
    wish = None if getattr(row, "in_space", False) else getattr(row, "wish", None)
    return TopicFacts(tags_of(getattr(row, "tags", None)), company, Wish(wish) if wish else None)


def _opening_gone(row: Any) -> bool:
    """In a circle as its counters say, which rest in a space."""
    gone = row.gone.split(",")[0].split("-")[0] == "0"
    return gone or getattr(row, "opening_removed_at", None) is not None


def lone_card(topic: CircleGround, row: Any, *, can_edit: bool = False) -> PostCard:
    """A post on a page of its own. There it is folded anew, whatever was unfolded elsewhere."""
    mine = topic.me is not None and row.author_id == topic.me
    return PostCard(
        public_id=row.post_public_id,
        url=links.post(row.post_public_id),
        depth_class="d0",
        byline=topic.face(row),
        is_topic_author=row.author_id is not None and row.author_id == row.t_author_id,
        at=topic.on(row),
        edited=row.edited_at is not None,
        html=as_markup(row.html),
        is_new=False,
        mine=mine,
        has_replies=row.child_count > 0,
        can_edit=can_edit,
        hidden_reason=row.post_hidden_reason,
        behind_notes=not mine and would_fold(topic),
    )
