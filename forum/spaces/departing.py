"""Going for good: what somebody wrote in spaces is erased post by post, at random, in a week (R11).

The row of their membership, which names them, goes at once. In its place stands one that names
nobody, with what is needed to find what they wrote. Every post has its night: else all that goes in
one night would be one person's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import SystemRandom
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, select, update

from forum.core import clock, ids
from forum.core.db import Base, db, transaction
from forum.core.seal import Unopenable
from forum.models.discussions import Draft, Reaction, ReadMark, SubmitNonce
from forum.models.spaces import DepartedMember, SpaceMember
from forum.policy.visible import Reason, unscoped
from forum.spaces.erasing import erase_words
from forum.spaces.leavings import LeftPost, LeftRow, left_by

NIGHTS = 7
_AT_ONCE = 500
_dice = SystemRandom()
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Share:
    """What goes this night of what one member left."""

    departed_id: int
    posts: list[LeftPost]
    rows: list[LeftRow]
    is_last: bool


def depart(user_id: int) -> None:
    """Take somebody out of all spaces they are or were in, for good.

    For whoever closes an account, in the same transaction. What was decided about their names stays
    with the names (R10); whoever comes back is somebody new. Whose a name was can't be found out
    any more, not by two guardians either.
    """
    with transaction() as session:
        mine = select(SpaceMember).where(SpaceMember.user_id == user_id)
        for member in session.execute(unscoped(mine, Reason.DEPARTING)).scalars().all():
            session.add(
                DepartedMember(
                    id=ids.random_key(),
                    space_id=member.space_id,
                    number=member.number,
                    secret=member.secret,
                    ends_on=clock.today() + timedelta(days=NIGHTS),
                )
            )
        session.execute(delete(SpaceMember).where(SpaceMember.user_id == user_id))


def erase_some() -> int:
    """Erase this night's share of what the departed wrote; how many posts.

    All of it in one short transaction and in no order, so it can be stopped and begun again. The
    shuffle, which comes next, clears away what the database keeps of it.
    """
    shares = [share for row in _departed() if (share := _share(row)) is not None]
    if not shares:
        return 0
    posts = [post for share in shares for post in share.posts]
    _dice.shuffle(posts)
    with transaction():
        for post in posts:
            erase_words(post.key, post.topic_id, post.id, is_opening=post.is_opening)
        _forget_forms(posts)
        _forget_rows([row for share in shares for row in share.rows])
        _forget([share.departed_id for share in shares if share.is_last])
    return len(posts)


def _departed() -> Sequence[Any]:
    query = select(DepartedMember).where(DepartedMember.ends_on.is_not(None))
    rows = db.session.execute(unscoped(query, Reason.DEPARTING)).scalars().all()
    db.session.expunge_all()
    return rows


def _share(row: DepartedMember) -> _Share | None:
    assert row.secret is not None
    assert row.ends_on is not None
    try:
        left = left_by(row.space_id, row.secret, row.number)
    except Unopenable:  # a space that opens to nobody; it is tried again each night
        return None
    nights = _nights_until(row.ends_on)
    return _Share(
        row.id,
        _some(left.posts(), nights),
        _some(left.rows(), nights),
        is_last=nights == 1 and left.are_all,
    )


def _nights_until(day: date) -> int:
    """How many nights there are to go, this one included."""
    return max((day - clock.today()).days + 1, 1)


def _some(things: Sequence[T], nights: int) -> list[T]:
    """Each with one chance in so many nights: then every night is as likely as any other."""
    return [each for each in things if _dice.randrange(nights) == 0]


def _forget_forms(posts: Sequence[LeftPost]) -> None:
    """The forms that were sent go with what they made: all at once they would tie it together."""
    for some in _parts([post.id for post in posts]):
        _delete(SubmitNonce, SubmitNonce.post_id.in_(some))


def _forget_rows(rows: Sequence[LeftRow]) -> None:
    for table in (ReadMark, Draft, Reaction):
        for some in _parts([row.id for row in rows if row.table is table]):
            _delete(table, table.id.in_(some))


def _delete(table: type[Base], which: ColumnElement[bool]) -> None:
    gone = delete(table).where(which)
    db.session.execute(gone.execution_options(synchronize_session=False))


def _parts(row_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(row_ids), _AT_ONCE):
        yield row_ids[start : start + _AT_ONCE]


def _forget(departed_ids: list[int]) -> None:
    """Nothing of them is left but the number, which nobody is to get again."""
    done = update(DepartedMember).where(DepartedMember.id.in_(departed_ids))
    done = done.values(secret=None, ends_on=None)
    db.session.execute(done.execution_options(synchronize_session=False))
