"""What templates get: rows made ready for a page, without a person or a decision left in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forum.circles.queries import Byline, CirclePlace
from forum.notifications.queries import Follow
from forum.policy.identity import Voice

__all__ = [
    "Ancestor",
    "Byline",
    "CircleLink",
    "DraftRow",
    "Pager",
    "PostCard",
    "Reactions",
    "ReportRow",
    "ThreadPage",
    "TopicHead",
    "TopicRow",
]


@dataclass(frozen=True, slots=True)
class CircleLink:
    slug: str
    name: str
    hue: str


@dataclass(frozen=True, slots=True)
class TopicRow:
    public_id: str
    title: str
    url: str
    byline: Byline
    at: datetime
    last_at: datetime
    last_name: str
    reply_count: int
    new_count: int
    is_new: bool
    pinned: bool
    closed: bool
    hidden: bool
    answered: bool = False
    circle: CircleLink | None = None
    excerpt: str = ""
    muted: str = ""
    """In words, why it is folded in a list."""
    reason: str = ""
    """In words, why it is shown."""
    wish: str = ""
    """What its author said would help, a key of WISHES; told where somebody is asked to answer."""
    tags: Sequence[tuple[str, str]] = ()
    """Each with the address of the list of its topics."""
    company: str = ""
    """What kind of company it comes from, in words."""


@dataclass(frozen=True, slots=True)
class Pager:
    """`newer` is nearer the start of the list, `older` nearer its end."""

    newer_url: str | None = None
    older_url: str | None = None
    first_url: str | None = None
    last_url: str | None = None


@dataclass(frozen=True, slots=True)
class Reactions:
    """What was left at a post, in the order of the kinds that a circle, or a space, knows."""

    pressed: tuple[bool, ...]
    """Which of them the viewer left."""
    counts: tuple[int, ...]
    """How many people; in a space nothing but to the post's author."""
    may_press: bool


@dataclass(slots=True)
class PostCard:
    """One post on a page. Not frozen: fifty are made for every page, and that costs."""

    public_id: str
    url: str
    depth_class: str
    byline: Byline
    is_topic_author: bool
    at: datetime
    edited: bool
    html: Any
    is_new: bool
    mine: bool
    has_replies: bool
    can_edit: bool
    target: bool = False
    hidden_reason: str | None = None
    reply_to: Byline | None = None
    reply_to_url: str | None = None
    gap_before: bool = False
    folded: bool = False
    fold_url: str = ""
    behind_notes: bool = False
    """Folded behind the content notes of its topic."""
    muted: str = ""
    """In words, why its reader's own mutes fold it."""
    saved: bool = False
    """Whether its reader has kept it for later."""
    can_save: bool = False
    reactions: Reactions | None = None
    accepted: bool = False
    """Whether it has answered its topic."""


@dataclass(frozen=True, slots=True)
class Ancestor:
    url: str
    byline: Byline
    excerpt: str


@dataclass(frozen=True, slots=True)
class TopicHead:
    public_id: str
    title: str
    byline: Byline
    at: datetime
    reply_count: int | None
    """None in a space, where nothing is counted."""
    closed: bool
    pinned: bool
    hidden: bool
    hidden_reason: str | None
    mine: bool
    opening_gone: bool = False
    wish: str = ""
    """What its author said would help, a key of WISHES."""
    closes_on: date | None = None
    """In a space: from when it can only be read."""
    notes: str = ""
    """In a space: its content notes, in words."""
    would_fold: bool = False
    """Whether its reader wants texts behind such notes folded."""
    folded: bool = False
    """And has not unfolded them here."""
    muted_voices: tuple[str, ...] = ()
    """In a space: names whose posts its reader has folded here."""
    tags: Sequence[tuple[str, str]] = ()
    """In a circle: each with the address of the list of its topics."""
    company: str = ""
    """In a circle: what kind of company it comes from, in words."""


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """One page of a topic, in either order."""

    topic_id: int
    place: CirclePlace
    topic: TopicHead
    posts: list[PostCard]
    ancestors: list[Ancestor]
    view: str
    pager: Pager
    unread_count: int | None
    """None: some, in a space, where nothing is counted."""
    next_unread_url: str | None
    first_visit: bool
    newest_at: datetime | None = None
    """When the newest post that is there was written; None in a space, which has no clock."""
    newly_shown: list[int] = field(default_factory=list)
    """Numbers of the posts on this page that the viewer had not been shown before."""
    has_news: bool = False
    """Whether the viewer was told of something here and has not looked."""
    follow: Follow | None = None
    """How closely they follow it; None for guests and in a space."""
    voice: Voice | None = None
    """Who the viewer is here, in a space."""
    answer: Ancestor | None = None
    """The reply that has answered it."""
    may_accept: bool = False
    """Whether the viewer may say which one that is."""
    draft_body: str = ""
    draft_version: str = ""
    draft_saved_at: datetime | None = None
    """Unknown in a space."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    public_id: str
    title: str
    place_name: str
    continue_url: str | None
    discard_url: str
    at: datetime
    excerpt: str


@dataclass(frozen=True, slots=True)
class ReportRow:
    reason: str
    words: str
    at: datetime
    post: PostCard
    topic_title: str
    settle_url: str
