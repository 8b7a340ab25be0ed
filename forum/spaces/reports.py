"""Reports in spaces: each is opened to one person who may see it, and nobody else learns of it.

A moderator behind the author's wall, or who had a part in it, is never asked. Where that leaves no
moderator, guardians are. Who is given a report is decided when they ask for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, or_, select, update

from forum.core import clock
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotThere
from forum.core.seal import Secret, Unopenable
from forum.models.discussions import Post, Report, ReportReason, Topic
from forum.models.guarding import ReportCase, Step
from forum.models.spaces import Pseudonym, Space, TopicKey
from forum.policy import identity, unsealing, visible
from forum.policy.allowed import Act, require
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer, for_user
from forum.policy.visible import Reason, unscoped
from forum.spaces import log
from forum.spaces.aiming import opened
from forum.spaces.guardians import Opened, moderator_ids, open_post, outside, require_guardian
from forum.spaces.hours import is_moderated_now
from forum.spaces.queries import space_for

HIDES = 3
"""So many seats that reported a post hide it outside moderated hours, until somebody looks."""
KEPT_DAYS = 1
"""So many days after it was opened to somebody a report may be opened to somebody else."""
_CASE = ReportCase.__tablename__
_REPORTED: tuple[Any, ...] = (
    *unsealing.KEY,
    *unsealing.SEALED_POST,
    Post.public_id,
    Post.path,
    Post.seq,
    Pseudonym.name.label("author_name"),
    Report.id.label("report_id"),
    Report.seat,
    Report.reason,
    Report.sealed.label("report_sealed"),
)


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A reported post with what it answers, and what was said about it; never by whom."""

    post_public_id: str
    opened: Opened
    said: tuple[tuple[ReportReason, str], ...]


def take(viewer: Viewer, space_public_id: str) -> OpenedReport | None:
    """The next report for a moderator of a space; None when there is none for them.

    ForModerators, or NotThere when it is not their space. The same one until it is settled.
    """
    space = space_for(viewer, space_public_id)
    require(viewer, Act.READ_REPORTS, space.where)
    with transaction():
        return _first_taken(viewer, _for_moderator(viewer, space.id))


def take_as_guardian(viewer: Viewer) -> OpenedReport | None:
    """The next report for a guardian: one that none of its space's moderators may look at.

    NotThere for others, TooFewGuardians.
    """
    require_guardian(viewer)
    with transaction():
        cases = [rows for rows in _without_moderator() if _is_outside(viewer, rows)]
        return _first_taken(viewer, cases)


def settle(viewer: Viewer, post_public_id: str, *, hide: bool) -> None:
    """Decide about a report that was opened to the viewer: the post is hidden, or shown for good.

    NotThere for everybody else. Its other reports are settled with it.
    """
    with transaction() as session:
        row, key = _case(post_public_id)
        mine = identity.mark(key, viewer.user_id, _CASE)
        reviewed = {"mark": None, "reviewed_on": clock.today()}
        this = (ReportCase.post_id == row.post_id, ReportCase.mark == mine)
        if not _changed(update(ReportCase).where(*this).values(**reviewed)):
            raise NotThere
        _set_hidden(row.post_id, row.topic_id, is_opening=row.seq == 0, hidden=hide)
        settled = update(Report).where(Report.post_id == row.post_id)
        session.execute(settled.values(settled_at=clock.midnight()))
        log.append(Step.REPORT_SETTLED, post_public_id, mark=mine)


def hide_if_reported(post_id: int) -> None:
    """After a report: hide a post that enough seats reported, unless somebody has looked at it."""
    reported = select(func.count()).select_from(Report).where(_is_open(), Report.post_id == post_id)
    if db.session.execute(unscoped(reported, Reason.ORDER)).scalar_one() < HIDES:
        return
    query = (
        select(Post.topic_id, Post.seq, Topic.space_id, ReportCase.reviewed_on)
        .join(Topic, Topic.id == Post.topic_id)
        .outerjoin(ReportCase, ReportCase.post_id == Post.id)
        .where(Post.id == post_id)
    )
    row = db.session.execute(unscoped(query, Reason.ORDER)).one()
    if row.reviewed_on is None and not is_moderated_now(row.space_id):
        _set_hidden(post_id, row.topic_id, is_opening=row.seq == 0, hidden=True)


def _for_moderator(viewer: Viewer, space_id: int) -> list[list[Any]]:
    """Reports of a space that this moderator may look at, those of one post together."""
    if viewer.suspended:
        return []
    query = visible.space_reports(viewer, *_REPORTED, *unsealing.MEMBER)
    lenses, found = Lenses(viewer), []
    for rows in _by_post(query.where(Space.id == space_id)):
        for _row, lens in lenses.of_each(rows[:1]):
            if _may_look(lens, rows):
                found.append(rows)
    return found


def _may_look(lens: Lens, rows: Sequence[Any]) -> bool:
    """Whether a moderator sees a reported post and had no part in it. Nobody sees a damaged one."""
    seats = {row.seat for row in rows}
    had_part = rows[0].author_name == lens.voice.name or lens.voice.seat("report") in seats
    try:
        return bool(lens.seen(rows[:1])) and not had_part
    except Unopenable:
        return False


def _is_outside(viewer: Viewer, rows: Sequence[Any]) -> bool:
    """The same for a guardian."""
    try:
        return outside(viewer, rows[0], [row.seat for row in rows])
    except Unopenable:
        return False


def _without_moderator() -> list[list[Any]]:
    """Reports of all spaces that no moderator of theirs may look at."""
    query: Select[Any] = (
        select(*_REPORTED, TopicKey.space_id)
        .select_from(Report)
        .join(Post, Post.id == Report.post_id)
        .join(Pseudonym, Pseudonym.id == Post.pseudonym_id)
        .join(TopicKey, TopicKey.topic_id == Post.topic_id)
        .where(_is_open(), Post.removed_at.is_(None), TopicKey.erases_on > clock.today())
    )
    cases = _by_post(unscoped(query, Reason.ORDER))
    taken = {
        rows[0].post_id
        for space_id in {rows[0].space_id for rows in cases}
        for user_id in moderator_ids(space_id)
        if (moderator := for_user(user_id))
        for rows in _for_moderator(moderator, space_id)
    }
    return [rows for rows in cases if rows[0].post_id not in taken]


def _by_post(query: Select[Any]) -> list[list[Any]]:
    ordered = query.order_by(Report.created_at, Report.post_id, Report.id)
    rows = db.session.execute(ordered).all()
    first = {row.post_id: place for place, row in reversed(list(enumerate(rows)))}
    rows = sorted(rows, key=lambda row: first[row.post_id])
    return [list(group) for _post, group in groupby(rows, lambda row: row.post_id)]


def _is_open() -> Any:
    return Report.settled_at.is_(None) & Report.seat.is_not(None)


def _first_taken(viewer: Viewer, cases: Iterable[Sequence[Any]]) -> OpenedReport | None:
    """What cannot be opened is passed over: it must not stand before the others."""
    for rows in cases:
        try:
            with savepoint():
                if found := _taken(viewer, rows):
                    return found
        except Unopenable:
            continue
    return None


def _taken(viewer: Viewer, rows: Sequence[Any]) -> OpenedReport | None:
    key = unsealing.key_of(rows[0])
    mark = identity.mark(key, viewer.user_id, _CASE)
    return _open(key, mark, rows) if _claim(rows[0].post_id, mark) else None


def _claim(post_id: int, mark: str) -> bool:
    """Give a report to somebody, unless somebody else has it."""
    today = clock.today()
    try:
        with savepoint() as session:
            session.add(ReportCase(post_id=post_id, mark=mark, opened_on=today))
    except Conflict:
        free = or_(
            ReportCase.mark.is_(None),
            ReportCase.mark == mark,
            ReportCase.opened_on < today - timedelta(days=KEPT_DAYS),
        )
        given = update(ReportCase).where(ReportCase.post_id == post_id, free)
        return _changed(given.values(mark=mark, opened_on=today))
    return True


def _open(key: Secret, mark: str, rows: Sequence[Any]) -> OpenedReport:
    first = rows[0]
    log.append(Step.REPORT_OPENED, first.public_id, mark=mark)
    said = tuple(
        (row.reason, opened(key, unsealing.REPORT, row.report_id, row.report_sealed))
        for row in rows
    )
    return OpenedReport(first.public_id, open_post(key, first.key_topic_id, first.path), said)


def _case(post_public_id: str) -> tuple[Any, Secret]:
    query = (
        select(*unsealing.KEY, Post.id.label("post_id"), Post.topic_id, Post.seq)
        .select_from(Post)
        .join(TopicKey, TopicKey.topic_id == Post.topic_id)
        .where(Post.public_id == post_public_id)
    )
    row = db.session.execute(unscoped(query, Reason.ORDER)).first()
    if row is None:
        raise NotThere
    return row, unsealing.key_of(row)


def _set_hidden(post_id: int, topic_id: int, *, is_opening: bool, hidden: bool) -> None:
    at = clock.midnight() if hidden else None
    table, key = (Topic, topic_id) if is_opening else (Post, post_id)
    _changed(update(table).where(table.id == key).values(hidden_at=at))


def _changed(statement: Any) -> bool:
    here = statement.execution_options(synchronize_session=False)
    return bool(db.session.execute(here).rowcount)  # type: ignore[attr-defined]
