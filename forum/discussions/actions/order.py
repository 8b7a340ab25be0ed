"""Keeping order: reports by members; closing, pinning and hiding by moderators."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, update

from forum.core import clock, ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _l
from forum.discussions.actions import counters
from forum.discussions.queries.lists import PINNED
from forum.discussions.queries.posts import TOPIC, SeenPost, post_for
from forum.models.circles import Circle
from forum.models.discussions import Post, Report, ReportReason, Topic
from forum.policy import identity, limits, visible
from forum.policy.allowed import Act, Place, require
from forum.policy.viewer import Viewer


class TooManyPins(NotAllowed):
    sentence = _l("Ten topics are pinned here already. Take the pin off another one first.")


def close(viewer: Viewer, topic_public_id: str) -> None:
    """No more replies, but by moderators."""
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
    """
    with transaction() as session:
        seen = _for_hiding(viewer, post_public_id)
        before = counters.lock(seen.topic_id)
        values = {"hidden_at": clock.now(), "hidden_reason": reason}
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
    """Ask the circle's moderators to look at a post. A second report of it replaces the first."""
    limits.spend(limits.REPORT, str(viewer.id))
    with transaction() as session:
        seen = post_for(viewer, post_public_id)
        require(viewer, Act.REPORT, seen.where)
        values = {"reason": reason, "words": words, "created_at": clock.now(), "settled_at": None}
        try:
            with savepoint():
                session.add(
                    Report(
                        id=ids.random_key(),
                        public_id=ids.public_id(),
                        post_id=seen.id,
                        **values,
                        **identity.owner(viewer).columns(),
                    )
                )
        except Conflict:
            mine = update(Report).where(Report.post_id == seen.id, Report.user_id == viewer.id)
            session.execute(mine.values(**values))
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


def _for_hiding(viewer: Viewer, post_public_id: str) -> SeenPost:
    seen = counters.locked_post(viewer, post_public_id)
    require(viewer, Act.HIDE, seen.where)
    if seen.card.mine:
        raise NotAllowed
    return seen


def _change(viewer: Viewer, topic_public_id: str, act: Act, **values: Any) -> int:
    with transaction() as session:
        row = db.session.execute(
            visible.topics(viewer, *TOPIC, Topic.circle_id, Circle.visibility).where(
                Topic.public_id == topic_public_id
            )
        ).first()
        if row is None:
            raise NotThere
        require(viewer, act, Place(row.circle_id, row.visibility))
        session.execute(update(Topic).where(Topic.id == row.t_id).values(**values))
    return int(row.circle_id)
