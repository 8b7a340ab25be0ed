"""What was on somebody's screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from forum.core import ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotAllowed
from forum.core.ranges import Ranges
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.discussions import ReadMark
from forum.notifications.actions import mark_topic_read
from forum.policy import identity, unsealing, visible
from forum.policy.identity import Owner, Voice
from forum.policy.viewer import Viewer

_ROUGHLY = 128
"""What a sealed mark is filled up to a multiple of, in bytes."""


def record_shown(
    viewer: Viewer,
    topic_id: int,
    seqs: Collection[int],
    voice: Voice | None = None,
    *,
    had_news: bool = False,
) -> None:
    """Note the numbers of posts a page shows. Its own short transaction.

    With `had_news` what they were told of the topic is read, too: never in a space.
    """
    with transaction():
        if seqs:
            mark_read(viewer, topic_id, seqs, voice)
        if had_news and voice is None:
            mark_topic_read(viewer, topic_id)


def mark_read(
    viewer: Viewer, topic_id: int, seqs: Iterable[int], voice: Voice | None = None
) -> None:
    """The same, inside a transaction that writes something else too."""
    _keep(viewer, topic_id, voice, Ranges.of(seqs))


def set_unfolded(viewer: Viewer, topic_public_id: str, *, unfolded: bool) -> None:
    """Show this reader the texts of a space's topic with content notes from now on, or not so.

    Kept with what they have read there, sealed and by their seat: nothing tells who did (R1).
    NotThere, and NotAllowed in a circle, where nothing is folded.
    """
    topic = topic_ground(viewer, topic_public_id)
    if topic.voice is None:
        raise NotAllowed
    with transaction():
        _keep(viewer, topic.row.t_id, topic.voice, Ranges.of(()), unfolded=unfolded)


def _keep(
    viewer: Viewer,
    topic_id: int,
    voice: Voice | None,
    shown: Ranges,
    *,
    unfolded: bool | None = None,
) -> None:
    mine = identity.owner(viewer, ReadMark, voice)
    if _add_to_mark(mine, topic_id, voice, shown, unfolded):
        return
    try:
        with savepoint() as session:
            mark = ReadMark(id=ids.random_key(), topic_id=topic_id, **mine.columns())
            _write(mark, voice, shown, unfolded=bool(unfolded))
            session.add(mark)
    except Conflict:
        _add_to_mark(mine, topic_id, voice, shown, unfolded)


def _add_to_mark(
    mine: Owner, topic_id: int, voice: Voice | None, shown: Ranges, unfolded: bool | None
) -> bool:
    """False when there is no mark yet."""
    query = visible.own(mine, ReadMark).where(ReadMark.topic_id == topic_id)
    mark = db.session.execute(
        query.with_for_update().execution_options(populate_existing=True)
    ).scalar()
    if mark is None:
        return False
    read, was_unfolded = _read(mark, voice)
    _write(mark, voice, read | shown, unfolded=was_unfolded if unfolded is None else unfolded)
    return True


def _read(mark: ReadMark, voice: Voice | None) -> tuple[Ranges, bool]:
    """What they were shown, and whether they have unfolded the topic."""
    if voice is None or mark.sealed is None:
        return Ranges.parse(mark.read), False
    words = unsealing.unpacked(voice.key.open(unsealing.READ, mark.id, mark.sealed))
    return Ranges.parse(words["read"]), bool(words.get("unfolded"))


def _write(mark: ReadMark, voice: Voice | None, read: Ranges, *, unfolded: bool) -> None:
    if voice is None:
        mark.read = str(read)
        return
    words = {"read": str(read)} | ({"unfolded": True} if unfolded else {})
    packed = unsealing.packed(words)
    mark.read, mark.sealed = "", voice.key.seal(unsealing.READ, mark.id, packed, pad_to=_ROUGHLY)
