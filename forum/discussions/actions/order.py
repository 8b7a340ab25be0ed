"""Keeping order: reports by members; closing, pinning and hiding by moderators."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, update

from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.discussions.actions import counters
from forum.discussions.queries.lists import PINNED
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.circles import Circle
from forum.models.discussions import Post, Report, ReportReason, Topic
from forum.models.guarding import NoticeKind
from forum.policy import identity, limits, unsealing, visible
from forum.policy.allowed import Act, Place, require
from forum.policy.identity import Owner
from forum.policy.viewer import Viewer
from forum.spaces.aiming import aim, tell
from forum.spaces.aiming import reason as said_why
from forum.spaces.reports import hide_if_reported

_ROUGHLY = 1_024
"""What a sealed report is filled up to a multiple of, in bytes."""


class TooManyPins(NotAllowed):
    sentence = _l("Ten topics are pinned here already. Take the pin off another one first.")


def close(viewer: Viewer, topic_public_id: str) -> None:
    """No more replies, but by moderators; in a space by nobody."""
    _change(viewer, topic_public_id, Act.CLOSE, closed_at=clock.now())


def reopen(viewer: Viewer, topic_public_id: str) -> None:
    """Members can reply again."""
    _change(viewer, topic_public_id, Act.CLOSE, closed_at=None)


def pin(viewer: Viewer, topic_public_id: str) -> None:
    """On top of the circle's lists; TooManyPins past ten, since only so many stand there."""
    with transaction():
        circle_id = _change(viewer, topic_public_id, Act.PIN, pinned_at=clock.now())
        pinned = visible.topics(viewer, func.count()).where(
            Topic.circle_id == circle_id, Topic.pinned_at.is_not(None)
        )
        if db.session.execute(pinned).scalar_one() > PINNED:
            raise TooManyPins


def unpin(viewer: Viewer, topic_public_id: str) -> None:
    """Back among the others."""
    _change(viewer, topic_public_id, Act.PIN, pinned_at=None)


def hide(viewer: Viewer, post_public_id: str, reason: str) -> SeenPost:
    """Take a post, or with its opening post a whole topic, out of sight; can be undone.

    Its author and the moderators still see it, with the reason (to 500 characters). Not one's own.
    In a space the reason is a notice to the name it was written under.
    """
    with transaction() as session:
        seen = _for_hiding(viewer, post_public_id)
        if seen.voice:
            if seen.card.hidden_reason is None:
                tell(aim(viewer, post_public_id), NoticeKind.HIDDEN, said_why(reason))
            _hide_sealed(seen, clock.midnight())
            return seen
        before = counters.lock(seen.topic_id)
        values: dict[str, Any] = {"hidden_at": clock.now(), "hidden_reason": reason}
        if seen.is_opening:
            if before.hidden_at is None:
                counters.count_topics(seen.where.circle_id, -1)
            session.execute(update(Topic).where(Topic.id == seen.topic_id).values(**values))
        else:
            session.execute(update(Post).where(Post.id == seen.id).values(**values))
            counters.take_away(seen.topic_id, seen.seq)
    return seen


def unhide(viewer: Viewer, post_public_id: str) -> SeenPost:
    """Show again what was hidden."""
    with transaction() as session:
        seen = _for_hiding(viewer, post_public_id)
        if seen.voice:
            _hide_sealed(seen, None)
            return seen
        before = counters.lock(seen.topic_id)
        values = {"hidden_at": None, "hidden_reason": None}
        if seen.is_opening:
            if before.hidden_at is not None:
                counters.count_topics(seen.where.circle_id, 1)
            session.execute(update(Topic).where(Topic.id == seen.topic_id).values(**values))
        else:
            session.execute(update(Post).where(Post.id == seen.id).values(**values))
            counters.bring_back(seen.topic_id, seen.seq)
    return seen


def report(viewer: Viewer, post_public_id: str, reason: ReportReason, words: str) -> SeenPost:
    """Ask the circle's moderators to look at a post. A second report of it replaces the first.

    In a space the third member who reports a post hides it, until somebody has looked at it.
    """
    limits.spend(limits.REPORT, viewer, post_for(viewer, post_public_id).voice)
    with transaction() as session:
        seen = post_for(viewer, post_public_id)
        require(viewer, Act.REPORT, seen.where)
        mine = identity.owner(viewer, Report, seen.voice)
        # Looked for first: PostgreSQL notes a conflict in its log, with the seat and the time.
        if not _said_again(mine, seen, reason, words):
            try:
                with savepoint():
                    session.add(_new_report(mine, seen, reason, words))
            except Conflict:  # the same click twice
                _said_again(mine, seen, reason, words)
        if seen.voice:
            hide_if_reported(seen.id)
    return seen


def settle_report(viewer: Viewer, public_id: str) -> str:
    """Take a report off the list; returns the circle's slug. NotThere unless they moderate it."""
    with transaction() as session:
        query = visible.reports(
            viewer, Report.id, Circle.id.label("circle_id"), Circle.slug, Circle.visibility
        )
        row = db.session.execute(query.where(Report.public_id == public_id)).first()
        if row is None:
            raise NotThere
        require(viewer, Act.READ_REPORTS, Place(row.circle_id, row.visibility))
        session.execute(update(Report).where(Report.id == row.id).values(settled_at=clock.now()))
    return str(row.slug)


def _hide_sealed(seen: SeenPost, at: datetime | None) -> None:
    """Hide a post of a space, with its opening post the topic; None shows it again."""
    table, key = (Topic, seen.topic_id) if seen.is_opening else (Post, seen.id)
    db.session.execute(update(table).where(table.id == key).values(hidden_at=at))


def _new_report(mine: Owner, seen: SeenPost, reason: ReportReason, words: str) -> Report:
    new_id = ids.random_key()
    values = _said(seen, new_id, reason, words) | mine.columns()
    return Report(id=new_id, public_id=ids.public_id(), post_id=seen.id, **values)


def _said_again(mine: Owner, seen: SeenPost, reason: ReportReason, words: str) -> bool:
    """Put a second report in the place of the first. False when there is none yet."""
    here = visible.own(mine, Report, Report.id).where(Report.post_id == seen.id)
    old_id = db.session.execute(here).scalar()
    if old_id is None:
        return False
    values = _said(seen, old_id, reason, words)
    db.session.execute(update(Report).where(Report.id == old_id).values(**values))
    return True


def _said(seen: SeenPost, report_id: int, reason: ReportReason, words: str) -> dict[str, Any]:
    """The columns of a report; in a space its words are sealed and its time is a day."""
    said: dict[str, Any] = {"reason": reason, "settled_at": None}
    if seen.voice is None:
        return said | {"words": words, "created_at": clock.now()}
    packed = unsealing.packed({"words": words})
    sealed = seen.voice.key.seal(unsealing.REPORT, report_id, packed, pad_to=_ROUGHLY)
    return said | {"words": "", "sealed": sealed, "created_at": clock.midnight()}


def _for_hiding(viewer: Viewer, post_public_id: str) -> SeenPost:
    seen = counters.locked_post(viewer, post_public_id)
    require(viewer, Act.HIDE, seen.where)
    if seen.card.mine:
        raise NotAllowed
    return seen


def _change(viewer: Viewer, topic_public_id: str, act: Act, **values: Any) -> int:
    """Change a topic's own columns; its opening post says what may be done to it."""
    with transaction() as session:
        topic = topic_ground(viewer, topic_public_id)
        if topic.in_space:
            values = {name: at and clock.midnight() for name, at in values.items()}
        require(viewer, act, topic.where(mine=False))
        session.execute(update(Topic).where(Topic.id == topic.row.t_id).values(**values))
    return int(topic.row.id)
