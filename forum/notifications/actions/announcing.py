"""Telling people of a new post: one statement, whatever their number.

Told are those who watch its topic or circle, whose post it answers, and whom it names; of these
only who may read it, never its author, and nobody who muted the place. Of a private space nobody
is: its topics have no readers by these rules (access-and-privacy R3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, false, insert, literal, or_

from forum.core import clock, ids, markup
from forum.core.db import db, transaction
from forum.models.accounts import User
from forum.models.notifications import Kind, Level, Mention, Notification
from forum.policy import visible
from forum.policy.viewer import Viewer


@dataclass(frozen=True, slots=True)
class News:
    """A post of a circle, as it was just written."""

    post_id: int
    topic_id: int
    circle_id: int
    author_id: int
    html: str
    parent_id: int | None = None
    """What it answers; None: it opens its topic."""


def announce(news: News, *, at: datetime | None = None) -> None:
    """Tell of a new post, in its transaction. `at`: when it was written.

    One statement, and one more when it names somebody. At most ten are named.
    """
    handles = markup.mentions(news.html)
    told = _readers(news, _Concerns(news, handles))
    _tell(told, news.post_id, news.topic_id, news.post_id, at or clock.now())
    _keep_mentions(news, handles)


def announce_edit(news: News) -> None:
    """Tell those whom a changed post names for the first time, unless they were told of it."""
    handles = markup.mentions(news.html)
    if not handles:
        return
    now = clock.now()
    told = _readers(news, _Concerns(news, handles, only_named=True))
    for known in (visible.mentioned_in(news.post_id), visible.told_of(news.post_id)):
        told = visible.within(told.where(User.id.not_in(known)), known)
    _tell(told, ids.time_ordered(now), news.topic_id, news.post_id, now)
    _keep_mentions(news, handles)


def tell_accepted(viewer: Viewer, topic_id: int, post_id: int) -> None:
    """Tell whoever wrote a reply that the viewer says it has answered the topic.

    In place of what was told of another reply. As ever not who cannot read it, or muted it.
    """
    forget_accepted(topic_id)
    now, author = clock.now(), visible.author_of(post_id)
    readers = visible.with_readers_levels(visible.readers_of(topic_id, viewer.user_id))
    readers = readers.add_columns(literal(Kind.ACCEPTED, Notification.kind.type))
    readers = readers.where(User.id.in_(author), visible.NOT_MUTED)
    told = visible.within(readers, author)
    _tell(told, ids.time_ordered(now), topic_id, post_id, now)


def forget_accepted(topic_id: int) -> None:
    """Nobody was told that a reply has answered a topic, as none has. In a transaction."""
    told = delete(Notification).where(
        Notification.topic_id == topic_id, Notification.kind == Kind.ACCEPTED
    )
    db.session.execute(told.execution_options(synchronize_session=False))


class _Concerns:
    """Why a post concerns a reader, as expressions over `with_readers_levels`."""

    def __init__(self, news: News, handles: tuple[str, ...], *, only_named: bool = False) -> None:
        self.parent_id = None if only_named else news.parent_id
        self.handles = handles
        self.answered: ColumnElement[bool] = false()
        self.answered_by: Select[Any] | None = None
        if self.parent_id is not None:
            self.answered_by = visible.author_of(self.parent_id)
            self.answered = User.id == self.answered_by.scalar_subquery()
        self.named: ColumnElement[bool] = User.handle.in_(handles) if handles else false()
        watches = visible.LEVEL == Level.WATCHING
        self.at_all = self.named if only_named else or_(self.answered, self.named, watches)

    def kind(self) -> ColumnElement[Any]:
        """The strongest reason."""
        said = {kind: literal(kind, Notification.kind.type) for kind in Kind}
        return case(
            (self.answered, said[Kind.REPLY]),
            (self.named, said[Kind.MENTION]),
            (visible.OfTopic.level == Level.WATCHING, said[Kind.TOPIC]),
            else_=said[Kind.CIRCLE],
        )


def _readers(news: News, concerns: _Concerns) -> Select[Any]:
    """Whom a post concerns, of those who may read it and have not muted the place; and why."""
    readers = visible.readers_of(news.topic_id, news.author_id)
    query = visible.with_readers_levels(readers).add_columns(concerns.kind())
    few = visible.concerned(news.topic_id, news.circle_id, concerns.parent_id, concerns.handles)
    query = query.where(User.id.in_(few), concerns.at_all, visible.NOT_MUTED)
    if concerns.answered_by is not None:
        query = visible.within(query, concerns.answered_by)
    return visible.within(query, few)


def _tell(told: Select[Any], event_id: int, topic_id: int, post_id: int, at: datetime) -> None:
    names = ["user_id", "kind", "id", "topic_id", "post_id", "created_at"]
    columns = Notification.__table__.c
    values = (event_id, topic_id, post_id, at)
    rows = told.add_columns(
        *(literal(v, columns[n].type) for n, v in zip(names[2:], values, strict=True))
    )
    statement = insert(Notification).from_select(names, rows)
    with transaction() as session:
        session.execute(visible.within(statement, rows))


def _keep_mentions(news: News, handles: tuple[str, ...]) -> None:
    """Remember whom a post has named, of those who may read it."""
    if not handles:
        return
    before = visible.mentioned_in(news.post_id)
    readers = visible.readers_of(news.topic_id, news.author_id)
    readers = readers.where(User.handle.in_(handles), User.id.not_in(before))
    readers = readers.add_columns(literal(news.post_id, Mention.post_id.type))
    rows = visible.within(readers, before)
    with transaction() as session:
        statement = insert(Mention).from_select(["user_id", "post_id"], rows)
        session.execute(visible.within(statement, rows))
