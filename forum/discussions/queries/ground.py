"""What a topic stands on: a circle, where SQL says all there is to say; or a private space.

There every statement brings sealed rows, and the ground's lens opens those the viewer may see. The
rows of both have the same names from then on, so that the pages need not know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import Row, literal, null

from forum.circles.queries import (
    CARD,
    Byline,
    CirclePlace,
    SpaceHere,
    card,
    known_as,
    place_of,
)
from forum.core import avatar, clock, links
from forum.core.errors import NotThere
from forum.core.markup import as_markup
from forum.discussions.queries.apart import less_apart
from forum.models.accounts import User, UserState
from forum.models.circles import Visibility
from forum.models.discussions import Post, Topic
from forum.models.spaces import Pseudonym, Space
from forum.policy import unsealing
from forum.policy.allowed import InSpace, Place
from forum.policy.bars import barred
from forum.policy.identity import Voice
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer
from forum.spaces.queries import audience

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
    User.state.label("author_state"),
    User.handle.label("author_handle"),
)
SEALED_POST = (
    *unsealing.SEALED_POST,
    Post.public_id.label("post_public_id"),
    Post.topic_id,
    Post.seq,
    Post.path,
    Post.child_count,
    Post.html,
    Post.format,
    Pseudonym.name.label("author_id"),
    Post.created_at.label("post_created_at"),
    Post.edited_at,
    Post.hidden_reason.label("post_hidden_reason"),
    Pseudonym.name.label("author_name"),
    *(null().label(name) for name in ("author_public_id", "author_state", "parent_public_id")),
)
"""The same names; who wrote is a name that is nobody's elsewhere."""
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
    Topic.company_size,
    Topic.company_market,
    Topic.company_regulated,
)
SPACE = (
    Space.public_id.label("space_public_id"),
    Space.read_only_from,
    literal(True).label("in_space"),
)
SEALED_TOPIC = (
    *(each for each in TOPIC if each.name != "t_author_id"),
    *unsealing.SEALED_TOPIC,
    *SPACE,
    *CARD,
)


_HAS_PAGE = (UserState.ACTIVE, UserState.SUSPENDED)
"""Members, who have a page for each other; not whoever was imported and never came, or has gone."""


@dataclass(frozen=True, slots=True)
class CircleGround:
    """A topic of a circle."""

    viewer: Viewer
    row: Any

    voice = None
    in_space = False

    @property
    def me(self) -> int | None:
        """What `author_id` is in rows of the viewer's own."""
        return self.viewer.id

    def seen(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Those of the rows they may see: here all, as the statement saw to it."""
        return rows

    def opened(self, row: Any) -> Any:
        """A row with its words."""
        return row

    def face(self, row: Any) -> Byline:
        """Who wrote a row's post."""
        state, public_id = row.author_state, row.author_public_id
        note = "imported" if state is UserState.UNCLAIMED else ""
        person = public_id if self.viewer.signed_in and state in _HAS_PAGE else ""
        name = row.author_name
        return Byline(known_as(name), links.face(public_id, name), note, None, person)

    def starter(self) -> Byline:
        """Who opened the topic."""
        row = self.row
        public_id = getattr(row, "t_author_public_id", None) or ""
        has_page = self.viewer.signed_in and getattr(row, "t_author_state", None) in _HAS_PAGE
        name, page = getattr(row, "t_author_name", None), public_id if has_page else ""
        return Byline(known_as(name), links.face(public_id, name), "", None, page)

    def on(self, row: Any) -> Any:
        """When a row's post was written, as finely as may be told."""
        return row.post_created_at

    def place(self) -> CirclePlace:
        """The page's place."""
        return place_of(self.viewer, card(self.viewer, self.row))

    def where(self, *, mine: bool) -> Place:
        """What `policy.allowed` needs to know of a post here, the viewer's own or not."""
        row = self.row
        return Place(
            circle_id=row.id,
            visibility=Visibility(row.visibility),
            topic_closed=row.closed_at is not None,
            topic_hidden=row.t_hidden_at is not None,
            mine=mine,
            author_gone=getattr(row, "t_author_state", UserState.ACTIVE) not in _HAS_PAGE,
        )


@dataclass(frozen=True, slots=True)
class SpaceGround(CircleGround):
    """A topic of a private space, seen through its viewer's lens."""

    lens: Lens

    in_space = True

    @property
    def voice(self) -> Voice:  # type: ignore[override]
        return self.lens.voice

    @property
    def me(self) -> str:  # type: ignore[override]
        return self.lens.name

    def seen(self, rows: Sequence[Any]) -> Sequence[Any]:
        """Those that no wall stands before; still sealed."""
        return self.lens.seen(rows)

    def opened(self, row: Any) -> Any:
        words = self.lens.text(row.post_id, row.sealed)
        if row.hidden_at:  # why is said to whoever wrote it, in a notice to that name (R10)
            words["post_hidden_reason"] = ""
        return row._replace(**{name: words[name] for name in words if name in row._fields})

    def face(self, row: Any) -> Byline:
        return drawn(row.author_name)

    def starter(self) -> Byline:
        return drawn(getattr(self.row, "t_author_name", None) or self.row.author_name)

    def on(self, row: Any) -> Any:
        return row.post_created_at.date()

    def place(self) -> CirclePlace:
        here = SpaceHere(
            links.space(self.row.space_public_id),
            cache(partial(audience, self.viewer)),
            drawn(self.lens.name),
        )
        place = place_of(self.viewer, card(self.viewer, self.row))
        writes = place.may_write and not (self._read_only() or self.row.t_hidden_at)
        return CirclePlace(place.circle, writes, False, self.lens.moderates, here)

    def where(self, *, mine: bool) -> Place:
        row = self.row
        return Place(
            circle_id=row.id,
            visibility=Visibility(row.visibility),
            topic_closed=row.closed_at is not None or row.closes_on <= clock.today(),
            topic_hidden=row.t_hidden_at is not None,
            mine=mine,
            space=InSpace(
                self.lens.moderates, self._read_only(), barred(row.space_id, self.lens.voice)
            ),
        )

    def _read_only(self) -> bool:
        since = self.row.read_only_from
        return since is not None and since <= clock.today()


def ground(viewer: Viewer, row: Row[Any]) -> CircleGround:
    """Of a row with the columns of TOPIC and CARD, or of SEALED_TOPIC.

    NotThere in a space whose topic's key does not open.
    """
    if not getattr(row, "in_space", False):
        return CircleGround(viewer, less_apart(row))
    for _row, lens in Lenses(viewer).of_each([row]):
        return SpaceGround(viewer, row, lens)
    raise NotThere


@lru_cache(1_024)
def drawn(name: str) -> Byline:
    """A name with its face, in a space."""
    return Byline(name, None, "", as_markup(avatar.svg(name)))
