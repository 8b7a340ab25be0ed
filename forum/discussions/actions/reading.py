"""What was on somebody's screen."""

from __future__ import annotations

from collections.abc import Iterable

from forum.core import ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.ranges import Ranges
from forum.models.discussions import ReadMark
from forum.policy import identity, visible
from forum.policy.viewer import Viewer


def record_shown(viewer: Viewer, topic_id: int, seqs: Iterable[int]) -> None:
    """Note the numbers of posts a page has just shown. Its own short transaction."""
    with transaction():
        mark_read(viewer, topic_id, seqs)


def mark_read(viewer: Viewer, topic_id: int, seqs: Iterable[int]) -> None:
    """The same, inside a transaction that writes something else too."""
    shown = Ranges.of(seqs)
    try:
        with savepoint() as session:
            mark = _mark(viewer, topic_id)
            if mark is None:
                session.add(
                    ReadMark(
                        id=ids.random_key(),
                        topic_id=topic_id,
                        read=str(shown),
                        **identity.owner(viewer).columns(),
                    )
                )
            else:
                mark.read = str(Ranges.parse(mark.read) | shown)
    except Conflict:
        mark = _mark(viewer, topic_id)
        if mark is not None:
            mark.read = str(Ranges.parse(mark.read) | shown)


def _mark(viewer: Viewer, topic_id: int) -> ReadMark | None:
    query = visible.own(viewer, ReadMark).where(ReadMark.topic_id == topic_id)
    return db.session.execute(
        query.with_for_update().execution_options(populate_existing=True)
    ).scalar()
