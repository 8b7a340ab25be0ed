"""Pictures of private spaces: taken in, carried by a post, let go of. Always sealed (R8).

They are in the database and not in the storage, so that the nightly shuffle and the deletion of a
key hold for them too. Nothing of one is written to a disk before it is sealed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import ColumnElement, delete

from forum.core import clock, ids
from forum.core.db import db, stop_reading, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.core.seal import Secret
from forum.files import child, pictures, sniffing
from forum.files.actions.keeping import Kept, copied
from forum.files.queries.sealed import Taken, seat_of
from forum.models.files import FileKind, SealedPicture, WaitingPicture
from forum.policy import limits
from forum.policy.identity import Voice
from forum.policy.unsealing import PICTURE
from forum.policy.viewer import Viewer

WAITING_DAYS = 2
_SIZES = (64 * 1024, 128 * 1024, 256 * 1024)
"""A sealed picture is filled up to the next of these, in bytes: its size tells little."""


class PicturesOnly(ForumError):
    status = 415
    sentence = _l(
        "In a private space only pictures can be added: JPEG, PNG or WebP. A PDF can carry its"
        " author's name."
    )


class PictureGone(ForumError):
    status = 422
    sentence = _l(
        "A picture in your text is not here: it was added more than two days ago, or for another"
        " post. Please add it anew, or take it out."
    )


def keep_sealed(viewer: Viewer, space_id: int, voice: Voice, source: BinaryIO) -> Kept:
    """Take in a picture for a space, made new and small; only its uploader sees it for now.

    `voice` is who they are in the space itself. At most 262 kB of it are kept, whatever was sent.
    Raises TooOften, PicturesOnly and what `keep` does for a picture.
    """
    limits.spend(limits.UPLOAD, viewer, voice)
    stop_reading()  # it comes, and is looked at
    with pictures.in_memory() as file:
        if sniffing.sniffed(copied(source, file)) is sniffing.Found.PDF:
            raise PicturesOnly
        with pictures.only_one_of(viewer.user_id):
            made = pictures.cleaned(file, child.SMALL)
    limits.spend(limits.PICTURE, viewer, voice)
    row_id, public_id = ids.random_key(), ids.file_id()
    with transaction() as session:
        session.add(
            WaitingPicture(
                id=row_id,
                public_id=public_id,
                space_id=space_id,
                seat=seat_of(voice, row_id),
                sealed=_sealed(voice.key, row_id, made.content),
                kept_on=clock.today(),
            )
        )
    return Kept(public_id, FileKind.WEBP, "", made.width, made.height)


def carry_sealed(key: Secret, post_id: int, taken: Taken) -> None:
    """A new post carries the pictures of its text, under its topic's key.

    Inside the transaction that writes the post, and not before: a form that is sent a second time
    names pictures that its post has taken by now. PictureGone.
    """
    if not taken.is_whole:
        raise PictureGone
    for each in taken.new:
        row_id = ids.random_key()
        db.session.add(
            SealedPicture(
                id=row_id,
                public_id=each.public_id,
                post_id=post_id,
                sealed=_sealed(key, row_id, each.picture.content),
            )
        )
    db.session.flush()
    if taken.new:
        waited = WaitingPicture.id.in_([each.waiting_id for each in taken.new])
        _delete(WaitingPicture, waited)


def carry_sealed_instead(key: Secret, post_id: int, taken: Taken) -> None:
    """The same for a post that is written anew: what its text does not show is erased (R9)."""
    stays = SealedPicture.public_id.in_(taken.stays)
    _delete(SealedPicture, (SealedPicture.post_id == post_id) & ~stays)
    carry_sealed(key, post_id, taken)


def forget_waiting() -> int:
    """Erase what was added more than two days ago and never posted; how many."""
    last = clock.today() - timedelta(days=WAITING_DAYS)
    with transaction():
        return _delete(WaitingPicture, WaitingPicture.kept_on < last)


def _delete(table: type[WaitingPicture | SealedPicture], which: ColumnElement[bool]) -> int:
    gone = delete(table).where(which).execution_options(synchronize_session=False)
    return int(db.session.execute(gone).rowcount)  # type: ignore[attr-defined]


def _sealed(key: Secret, row_id: int, content: bytes) -> bytes:
    size = next(size for size in _SIZES if len(content) + 4 <= size)
    return key.seal(PICTURE, row_id, content, pad_to=size)
