"""From a page's rows to what its template gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from forum.circles.queries import card, place_of
from forum.core import links, treepath
from forum.core.errors import NotThere
from forum.core.markup import as_markup, excerpt
from forum.discussions.cards import Ancestor, Byline, Pager, PostCard, ThreadPage
from forum.discussions.queries.posts import topic_head, where_of
from forum.discussions.queries.thread import fetching
from forum.discussions.queries.thread.asking import MAX_FOLDS, TIME, Ask
from forum.discussions.queries.unread import parsed, unread_count
from forum.models.accounts import UserState
from forum.policy.allowed import Act, may
from forum.policy.viewer import Viewer

SHOWN_ANCESTORS = 6
DEEPEST_CLASS = 8


class Thread:
    """The making of one page."""

    def __init__(self, viewer: Viewer, row: Row[Any], ask: Ask) -> None:
        self.viewer, self.row, self.ask = viewer, row, ask
        self.place = place_of(viewer, card(viewer, row))
        self.base = links.topic(row.t_public_id)
        self.by_time = ask.view == TIME
        one_more = (*ask.folded, "")[-MAX_FOLDS:]
        self.fold_url = ask.url(self.base, folded=one_more)
        """Folds one more branch, whose post's public id comes at its end."""
        self.read = parsed(row.read or "")
        self.all_read = not row.gone and len(self.read) > row.last_seq
        self.some_unread = row.read is not None and not self.all_read
        self.may_edit = may(
            viewer, Act.EDIT, replace(where_of(self.place.circle, row), author_id=viewer.id)
        )

    def page(self) -> ThreadPage:
        rows, earlier, later = fetching.posts(self.viewer, self.row, self.ask)
        if not rows and (self.ask.start or self.ask.before):
            raise NotThere
        above = fetching.ancestors(self.viewer, self.row, self.ask, rows)
        posts = self._cards(rows, above)
        last = rows[-1].post_public_id if rows else None
        row, left = self.row, self._unread_count()
        return ThreadPage(
            topic_id=row.t_id,
            place=self.place,
            topic=topic_head(
                self.viewer,
                row,
                Byline(row.t_author_name or "", links.avatar(row.t_author_public_id or "")),
            ),
            posts=posts,
            ancestors=[_ancestor(a) for a in above[-SHOWN_ANCESTORS:] if a.path],
            view=self.ask.view,
            pager=self._pager(rows, earlier, later),
            unread_count=left,
            next_unread_url=f"{self.base}/next-unread?after={last}" if left and last else None,
            first_visit=row.read is None,
            newly_shown=self._newly_shown(rows),
            draft_body=row.draft_body or "",
            draft_saved_at=row.draft_saved_at,
        )

    def _cards(self, rows: Sequence[Row[Any]], above: Sequence[Row[Any]]) -> list[PostCard]:
        known = {a.path: a for a in above}
        told: set[str] = set()
        cards = []
        for row in rows:
            made = self._card(row)
            if not self.by_time and row.seq:
                parent = treepath.parent(row.path)
                if parent and parent not in known and parent not in told:
                    made.gap_before = True
                    told.add(parent)
                elif len(row.path) // treepath.STEP > DEEPEST_CLASS and parent in known:
                    made.reply_to = Byline(known[parent].author_name or "", None)
                    made.reply_to_url = links.post(known[parent].post_public_id)
                known[row.path] = row
            cards.append(made)
        return cards

    def _card(self, row: Row[Any]) -> PostCard:
        public_id, viewer_id = row.post_public_id, self.viewer.id
        mine = viewer_id is not None and row.author_id == viewer_id
        depth = min(len(row.path) // treepath.STEP, 1 if self.by_time else DEEPEST_CLASS)
        made = PostCard(
            public_id,
            f"/p/{public_id}",
            f"d{depth}",
            Byline(
                row.author_name or "",
                f"/avatars/{row.author_public_id}.svg",
                "imported" if row.author_state is UserState.UNCLAIMED else "",
            ),
            row.author_id is not None and row.author_id == self.row.t_author_id and row.seq > 0,
            row.post_created_at,
            row.edited_at is not None,
            as_markup(row.html),
            self.some_unread and not mine and row.seq not in self.read,
            mine,
            row.child_count > 0 and row.seq > 0 and not self.by_time,
            mine and self.may_edit and row.format != "plain",
        )
        made.target = public_id == self.ask.target
        made.hidden_reason = row.post_hidden_reason
        if made.has_replies:
            self._fold(made)
        if self.by_time and row.parent_public_id and row.seq:
            made.reply_to = Byline(row.parent_name or "", None)
            made.reply_to_url = links.post(row.parent_public_id)
        return made

    def _fold(self, made: PostCard) -> None:
        public_id, folded = made.public_id, self.ask.folded
        made.folded = public_id in folded
        if made.folded:
            others = tuple(fold for fold in folded if fold != public_id)
            made.fold_url = f"{self.ask.url(self.base, folded=others)}#p-{public_id}"
        else:
            made.fold_url = f"{self.fold_url}{public_id}#p-{public_id}"

    def _pager(self, rows: Sequence[Row[Any]], earlier: bool, later: str | None) -> Pager:
        if not rows:
            return Pager()
        url, ask = self.base, replace(self.ask, start=None, before=None, last=False, target=None)
        return Pager(
            newer_url=ask.url(url, before=rows[0].post_public_id) if earlier else None,
            older_url=ask.url(url, start=later) if later else None,
            first_url=ask.url(url) if earlier else None,
            last_url=ask.url(url, last=True) if later else None,
        )

    def _unread_count(self) -> int:
        row = self.row
        return 0 if row.read is None else unread_count(row.read, row.gone, row.last_seq)

    def _newly_shown(self, rows: Sequence[Row[Any]]) -> list[int]:
        if not self.viewer.signed_in or self.all_read:
            return []
        return [r.seq for r in rows if r.seq not in self.read]


def _ancestor(row: Row[Any]) -> Ancestor:
    return Ancestor(
        links.post(row.post_public_id), Byline(row.author_name or "", None), excerpt(row.html, 140)
    )
