"""From a page's rows to what its template gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from forum.circles.queries import known_as
from forum.core import links, treepath
from forum.core.errors import NotThere
from forum.core.markup import as_markup, excerpt
from forum.core.ranges import Ranges
from forum.discussions.cards import Ancestor, Byline, Pager, PostCard, ThreadPage
from forum.discussions.queries.answers import accepted_answer, may_accept
from forum.discussions.queries.folding import is_folded
from forum.discussions.queries.ground import CircleGround
from forum.discussions.queries.posts import topic_head
from forum.discussions.queries.reactions import tell_reactions
from forum.discussions.queries.thread import fetching
from forum.discussions.queries.thread.asking import MAX_FOLDS, TIME, Ask
from forum.discussions.queries.thread.namesakes import tell_apart
from forum.discussions.queries.unread import parsed, unread_count
from forum.notifications.queries import Follow, of_topic
from forum.policy.allowed import Act, may
from forum.policy.muting import muting

SHOWN_ANCESTORS = 6
DEEPEST_CLASS = 8


class Thread:
    """The making of one page."""

    def __init__(self, topic: CircleGround, ask: Ask) -> None:
        self.topic, self.row, self.ask = topic, topic.row, ask
        self.viewer, self.place, self.me = topic.viewer, topic.place(), topic.me
        row = self.row
        self.base = links.topic(row.t_public_id)
        self.by_time = ask.view == TIME
        one_more = (*ask.folded, "")[-MAX_FOLDS:]
        self.fold_url = ask.url(self.base, folded=one_more)
        """Folds one more branch, whose post's public id comes at its end."""
        self.read = Ranges.parse(row.read or "") if topic.in_space else parsed(row.read or "")
        self.all_read = not (topic.in_space or row.gone) and len(self.read) > row.last_seq
        self.some_unread = row.read is not None and not self.all_read
        self.folded = is_folded(topic)
        self.muting = muting(self.viewer, (row.muted or ()) if topic.in_space else None)
        kept = None if topic.in_space else row.kept
        self.may_save = self.viewer.signed_in and not topic.in_space
        self.kept = frozenset(map(int, kept.split())) if kept else frozenset()
        self.accepted = getattr(row, "accepted_public_id", None)
        self.may_edit = may(self.viewer, Act.EDIT, topic.where(mine=True))

    def page(self) -> ThreadPage:
        ask, topic = self.ask, self.topic
        rows, earlier, later = fetching.posts(topic, ask)
        if not rows and (ask.start or ask.before):
            raise NotThere
        above = fetching.ancestors(topic, ask, rows)
        posts = self._cards(rows, above)
        tell_reactions(topic, rows, posts)
        last = rows[-1].post_public_id if rows else None
        row, left = self.row, self._unread_count(posts, earlier or later is not None)
        return ThreadPage(
            topic_id=row.t_id,
            place=self.place,
            topic=topic_head(topic),
            posts=posts,
            ancestors=[self._ancestor(a) for a in above[-SHOWN_ANCESTORS:] if a.path],
            view=ask.view,
            pager=self._pager(rows, earlier, later),
            unread_count=left,
            next_unread_url=f"{self.base}/next-unread?after={last}" if left != 0 and last else None,
            first_visit=row.read is None,
            newest_at=None if topic.in_space else row.last_post_at,
            newly_shown=self._newly_shown(rows),
            has_news=not topic.in_space and bool(row.has_news),
            follow=self._follow(),
            voice=topic.voice,
            answer=accepted_answer(topic),
            may_accept=may_accept(topic),
            draft_body=row.draft_body or "",
            draft_version=row.draft_version or "",
            draft_saved_at=row.draft_saved_at,
        )

    def _follow(self) -> Follow | None:
        row = self.row
        if self.topic.in_space or not self.viewer.signed_in:
            return None
        return of_topic(row.t_public_id, row.topic_level, row.topic_why, row.circle_level)

    def _cards(self, rows: Sequence[Row[Any]], above: Sequence[Row[Any]]) -> list[PostCard]:
        known = {a.path: a for a in above}
        told: set[str] = set()
        cards: list[PostCard] = []
        for row in rows:
            made, parent = self._card(row), treepath.parent(row.path)
            if parent and parent in known:
                if self.by_time or len(row.path) // treepath.STEP > DEEPEST_CLASS:
                    self._says_to_whom(made, known[parent])
            elif parent and not self.by_time and parent not in told:
                made.gap_before = True
                told.add(parent)
            if not self.by_time or self.topic.in_space:
                known[row.path] = row
            cards.append(made)
        if self.topic.in_space and not self.by_time:
            self._tell_branches(rows, cards)
        elif not self.topic.in_space:
            starter = (self.row.t_author_name, self.row.t_author_id)
            tell_apart(rows, cards, [starter])
        return cards

    def _says_to_whom(self, made: PostCard, parent: Any) -> None:
        made.reply_to = Byline(known_as(parent.author_name), None)
        made.reply_to_url = links.post(parent.post_public_id)

    def _tell_branches(self, rows: Sequence[Row[Any]], cards: Sequence[PostCard]) -> None:
        """In a space nothing is counted (R6): a branch is what the next post goes on with."""
        following = [*(treepath.parent(row.path) for row in rows[1:]), None]
        for row, made, next_parent in zip(rows, cards, following, strict=False):
            if row.seq and (next_parent == row.path or made.public_id in self.ask.folded):
                made.has_replies = True
                self._fold(made)

    def _card(self, row: Row[Any]) -> PostCard:
        public_id, topic = row.post_public_id, self.topic
        mine = self.me is not None and row.author_id == self.me
        depth = min(len(row.path) // treepath.STEP, 1 if self.by_time else DEEPEST_CLASS)
        made = PostCard(
            public_id,
            f"/p/{public_id}",
            f"d{depth}",
            topic.face(row),
            row.author_id is not None and row.author_id == self.row.t_author_id and row.seq > 0,
            topic.on(row),
            row.edited_at is not None,
            as_markup(row.html),
            self.some_unread and not mine and row.seq not in self.read,
            mine,
            row.child_count > 0 and row.seq > 0 and not self.by_time,
            mine and self.may_edit and row.format != "plain",
        )
        made.target = public_id == self.ask.target
        made.accepted = public_id == self.accepted
        made.behind_notes = self.folded and not mine
        if self.muting and not mine:
            made.muted = self.muting.why(row.author_id, row.html, made.byline.name)
        made.saved = row.post_id in self.kept
        made.can_save = self.may_save
        made.hidden_reason = row.post_hidden_reason
        if made.has_replies:
            self._fold(made)
        if self.by_time and row.parent_public_id and row.seq:
            made.reply_to = Byline(known_as(row.parent_name), None)
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

    def _unread_count(self, posts: Sequence[PostCard], goes_on: bool) -> int | None:
        """How many posts are left to read; None for some, as a space has no totals (R6)."""
        row = self.row
        if row.read is None:
            return 0
        if self.topic.in_space:
            return None if goes_on or any(post.is_new for post in posts) else 0
        return unread_count(row.read, row.gone, row.last_seq)

    def _newly_shown(self, rows: Sequence[Row[Any]]) -> list[int]:
        if not self.viewer.signed_in or self.all_read:
            return []
        return [r.seq for r in rows if r.seq not in self.read]

    def _ancestor(self, row: Row[Any]) -> Ancestor:
        name = Byline(known_as(row.author_name), None)
        folded = self.folded and row.author_id != self.me
        if self.muting and self.muting.why(row.author_id, row.html, ""):
            folded = True
        return Ancestor(
            links.post(row.post_public_id), name, "" if folded else excerpt(row.html, 140)
        )
