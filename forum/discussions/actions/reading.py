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
    if _add_to_mark(viewer, topic_id, shown):
        return
    try:
        with savepoint() as session:
            session.add(
                ReadMark(
                    id=ids.random_key(),
                    topic_id=topic_id,
                    read=str(shown),
                    **identity.owner(viewer).columns(),
                )
            )
    except Conflict:
        _add_to_mark(viewer, topic_id, shown)


def _add_to_mark(viewer: Viewer, topic_id: int, shown: Ranges) -> bool:
    """False when there is no mark yet."""
    query = visible.own(viewer, ReadMark).where(ReadMark.topic_id == topic_id)
    mark = db.session.execute(
        query.with_for_update().execution_options(populate_existing=True)
    ).scalar()
    if mark is None:
        return False
    mark.read = str(Ranges.parse(mark.read) | shown)
    return True
