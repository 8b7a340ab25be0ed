"""What was on somebody's screen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import insert, literal

from forum.core import ids
from forum.core.db import Conflict, db, savepoint, transaction
from forum.core.errors import NotAllowed
from forum.core.ranges import Ranges
from forum.discussions.actions.reacting import OwnPost
from forum.discussions.queries.catching_up import read_until
from forum.discussions.queries.posts import SeenPost, post_for
from forum.discussions.queries.thread.fetching import topic_ground
from forum.models.discussions import ReadMark
from forum.notifications.actions import mark_posts_read, mark_topics_read
from forum.policy import identity, unsealing, visible
from forum.policy.identity import Owner, Voice
from forum.policy.turns import unless_closed
from forum.policy.viewer import Viewer

_ROUGHLY = 128
"""What a sealed mark is filled up to a multiple of, in bytes."""
MOST_CAUGHT_UP = 40
MOST_VOICES = 20
"""Names that one reader can mute in one topic of a space."""
Kept: TypeAlias = Mapping[str, Any]
"""What somebody chose at a topic of a space, sealed with their read mark."""
Choice: TypeAlias = Callable[[Kept], Kept]


def record_shown(
    viewer: Viewer,
    topic_id: int,
    seqs: Collection[int],
    voice: Voice | None = None,
    *,
    with_notices: Collection[str] = (),
) -> None:
    """Note the numbers of posts a page shows. Its own short transaction.

    What they were told of the posts `with_notices`, by public id, is read too: never in a space.
    """
    with transaction():
        if seqs:
            mark_read(viewer, topic_id, seqs, voice)
        if with_notices and voice is None:
            mark_posts_read(viewer, topic_id, with_notices)


def mark_read(
    viewer: Viewer, topic_id: int, seqs: Iterable[int], voice: Voice | None = None
) -> None:
    """The same, inside a transaction that writes something else too."""
    _keep(viewer, topic_id, voice, Ranges.of(seqs))


def caught_up(viewer: Viewer, topic_public_ids: Sequence[str], at: datetime) -> None:
    """Note all that these topics held at a moment as shown, and notices of it as read.

    Circles only; others are passed over. At most 40 topics; a few statements for all of them.
    """
    with transaction():
        rows = read_until(viewer, topic_public_ids[:MOST_CAUGHT_UP], at)
        shown = {row.topic_id: Ranges.of(range(row.seq + 1)) for row in rows}
        if shown:
            _keep_all(viewer, shown)
            mark_topics_read(viewer, list(shown), at)


def _keep_all(viewer: Viewer, shown: Mapping[int, Ranges]) -> None:
    """Of topics of circles at once."""
    mine = identity.owner(viewer, ReadMark, None)
    query = visible.own(mine, ReadMark).where(ReadMark.topic_id.in_(shown))
    query = query.order_by(ReadMark.topic_id).with_for_update()
    marks = db.session.execute(query.execution_options(populate_existing=True)).scalars().all()
    for mark in marks:
        mark.read = str(Ranges.parse(mark.read) | shown[mark.topic_id])
    left = shown.keys() - {mark.topic_id for mark in marks}
    try:
        with savepoint() as session:
            for topic_id in left:
                mark = ReadMark(id=ids.random_key(), topic_id=topic_id, **mine.columns())
                mark.read = str(shown[topic_id])
                session.add(mark)
    except Conflict:  # another window was first with one of them
        for topic_id in left:
            _keep(viewer, topic_id, None, shown[topic_id])


def set_unfolded(viewer: Viewer, topic_public_id: str, *, unfolded: bool) -> None:
    """Show this reader the texts of a space's topic with content notes from now on, or not so.

    Kept with what they have read there, sealed and by their seat: nothing tells who did (R1).
    NotThere, and NotAllowed in a circle, where nothing is folded.
    """
    _choose(viewer, topic_public_id, lambda kept: {**kept, "unfolded": unfolded})


def mute_voice(viewer: Viewer, post_public_id: str) -> SeenPost:
    """Fold for this reader what the name of a space's post writes in its topic. Kept likewise.

    NotThere; OwnPost; NotAllowed in a circle, and past twenty names.
    """
    seen = post_for(viewer, post_public_id)
    if seen.voice is None:
        raise NotAllowed
    if seen.card.mine:
        raise OwnPost

    def with_one_more(kept: Kept) -> Kept:
        names = sorted({*(kept.get("muted") or ()), seen.card.byline.name})
        if len(names) > MOST_VOICES:
            raise NotAllowed
        return {**kept, "muted": names}

    _choose(viewer, seen.topic.public_id, with_one_more)
    return seen


def end_mutes_here(viewer: Viewer, topic_public_id: str) -> None:
    """Show all names of a space's topic again. As `set_unfolded`."""
    _choose(viewer, topic_public_id, lambda kept: {**kept, "muted": None})


def _choose(viewer: Viewer, topic_public_id: str, choice: Choice) -> None:
    topic = topic_ground(viewer, topic_public_id)
    if topic.voice is None:
        raise NotAllowed
    with transaction():
        _keep(viewer, topic.row.t_id, topic.voice, Ranges.of(()), choice)


def _as_it_is(kept: Kept) -> Kept:
    return kept


def _keep(
    viewer: Viewer,
    topic_id: int,
    voice: Voice | None,
    shown: Ranges,
    choice: Choice = _as_it_is,
) -> None:
    mine = identity.owner(viewer, ReadMark, voice)
    if _add_to_mark(mine, topic_id, voice, shown, choice):
        return
    try:
        with savepoint() as session:
            if voice is None:
                _begin_mark(viewer.user_id, topic_id, shown)
                return
            mark = ReadMark(id=ids.random_key(), topic_id=topic_id, **mine.columns())
            _write(mark, voice, shown, choice({}))
            session.add(mark)
    except Conflict:
        _add_to_mark(mine, topic_id, voice, shown, choice)


def _begin_mark(user_id: int, topic_id: int, shown: Ranges) -> None:
    """Unless their account is closed: in one statement, as a first visit is what costs most."""
    row = {"id": ids.random_key(), "topic_id": topic_id, "read": str(shown), "user_id": user_id}
    values = (literal(value, ReadMark.__table__.c[name].type) for name, value in row.items())
    mark = insert(ReadMark).from_select(list(row), unless_closed(user_id, *values))
    db.session.execute(mark)


def _add_to_mark(
    mine: Owner, topic_id: int, voice: Voice | None, shown: Ranges, choice: Choice
) -> bool:
    """False when there is no mark yet."""
    query = visible.own(mine, ReadMark).where(ReadMark.topic_id == topic_id)
    mark = db.session.execute(
        query.with_for_update().execution_options(populate_existing=True)
    ).scalar()
    if mark is None:
        return False
    read, kept = _read(mark, voice)
    _write(mark, voice, read | shown, choice(kept))
    return True


def _read(mark: ReadMark, voice: Voice | None) -> tuple[Ranges, Kept]:
    """What they were shown, and what they have chosen there."""
    if voice is None or mark.sealed is None:
        return Ranges.parse(mark.read), {}
    words = unsealing.unpacked(voice.key.open(unsealing.READ, mark.id, mark.sealed))
    return Ranges.parse(words.pop("read")), words


def _write(mark: ReadMark, voice: Voice | None, read: Ranges, kept: Kept) -> None:
    if voice is None:
        mark.read = str(read)
        return
    words = {"read": str(read), **{name: chosen for name, chosen in kept.items() if chosen}}
    packed = unsealing.packed(words)
    mark.read, mark.sealed = "", voice.key.seal(unsealing.READ, mark.id, packed, pad_to=_ROUGHLY)
