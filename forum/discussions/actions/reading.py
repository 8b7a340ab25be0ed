"""What was on somebody's screen."""

from __future__ import annotations

from collections.abc import Iterable

from forum.core import ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.ranges import Ranges
from forum.models.discussions import ReadMark
from forum.policy import identity, unsealing, visible
from forum.policy.identity import Owner, Voice
from forum.policy.viewer import Viewer

_ROUGHLY = 128
"""What a sealed mark is filled up to a multiple of, in bytes."""


def record_shown(
    viewer: Viewer, topic_id: int, seqs: Iterable[int], voice: Voice | None = None
) -> None:
    """Note the numbers of posts a page has just shown. Its own short transaction."""
    with transaction():
        mark_read(viewer, topic_id, seqs, voice)


def mark_read(
    viewer: Viewer, topic_id: int, seqs: Iterable[int], voice: Voice | None = None
) -> None:
    """The same, inside a transaction that writes something else too."""
    shown, mine = Ranges.of(seqs), identity.owner(viewer, ReadMark, voice)
    if _add_to_mark(mine, topic_id, shown, voice):
        return
    try:
        with savepoint() as session:
            mark = ReadMark(id=ids.random_key(), topic_id=topic_id, **mine.columns())
            _write(mark, shown, voice)
            session.add(mark)
    except Conflict:
        _add_to_mark(mine, topic_id, shown, voice)


def _add_to_mark(mine: Owner, topic_id: int, shown: Ranges, voice: Voice | None) -> bool:
    """False when there is no mark yet."""
    query = visible.own(mine, ReadMark).where(ReadMark.topic_id == topic_id)
    mark = db.session.execute(
        query.with_for_update().execution_options(populate_existing=True)
    ).scalar()
    if mark is None:
        return False
    _write(mark, _read(mark, voice) | shown, voice)
    return True


def _read(mark: ReadMark, voice: Voice | None) -> Ranges:
    if voice is None or mark.sealed is None:
        return Ranges.parse(mark.read)
    words = unsealing.unpacked(voice.key.open(unsealing.READ, mark.id, mark.sealed))
    return Ranges.parse(words["read"])


def _write(mark: ReadMark, read: Ranges, voice: Voice | None) -> None:
    if voice is None:
        mark.read = str(read)
        return
    mark.read, words = "", unsealing.packed({"read": str(read)})
    mark.sealed = voice.key.seal(unsealing.READ, mark.id, words, pad_to=_ROUGHLY)
