"""What happens to files of circles: taken in, carried by a post, let go of."""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO

from sqlalchemy import delete, exists, insert, literal, select

from forum.core import clock, ids
from forum.core.db import db, stop_reading, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.files import naming, pictures
from forum.files.queries.stored import Named, kept_bytes
from forum.files.sniffing import HEAD_BYTES, MAX_FILE_BYTES, Found, TooLarge, sniffed
from forum.files.storage import storage
from forum.models.discussions import Draft, Post
from forum.models.files import FileKind, PostFile, StoredFile
from forum.policy import limits
from forum.policy.turns import own_turn
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

_log = logging.getLogger(__name__)
MEMBER_BYTES = 100_000_000
ALONE_LIFE = timedelta(days=2)
"""How long a file stays that no post carries."""
DRAFTED_LIFE = timedelta(days=60)
"""How long when a draft of its owner names it."""
_SETTLED = timedelta(hours=6)
"""By then a file that was put down has its row, or never gets one."""
_AT_ONCE = 500
_COPIED_BYTES = 1 << 16


class NoRoom(ForumError):
    status = 422
    sentence = _l(
        "You have 100 MB of files here, which is all there is for one member. Remove posts with"
        " files you no longer need; their room is free again the next day."
    )


class NotKept(ForumError):
    status = 503
    sentence = _l("The file could not be kept: nothing was added. Please try again later.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was taken in."""

    public_id: str
    kind: FileKind
    name: str
    width: int | None
    height: int | None


def keep(viewer: Viewer, source: BinaryIO, given_name: str) -> Kept:
    """Take in a picture, made new, or a PDF, as it is; only its uploader sees it for now.

    Up to 10 MB each and 100 MB a member. Raises TooOften, NotThisKind, TooLarge, Empty, NoRoom,
    NotKept, OneAtATime and what `pictures.cleaned` does; then nothing of it is left.
    """
    limits.spend(limits.UPLOAD, viewer)
    if kept_bytes(viewer.user_id) >= MEMBER_BYTES:
        raise NoRoom
    stop_reading()  # the file comes, and is looked at
    with tempfile.TemporaryFile() as file:
        kind = sniffed(copied(source, file))
        if kind is Found.PDF:
            name = naming.pdf_name(given_name)
            size_bytes = file.seek(0, io.SEEK_END)
            document = Kept(ids.file_id(), FileKind.PDF, name, None, None)
            return _keep(viewer, file, document, size_bytes)
        with pictures.only_one_of(viewer.user_id):
            made = pictures.cleaned(file)
    picture = Kept(ids.file_id(), FileKind.WEBP, "", made.width, made.height)
    return _keep(viewer, io.BytesIO(made.content), picture, len(made.content))


def copied(source: BinaryIO, file: BinaryIO) -> bytes:
    """Copy what was sent into a file of the system; its first bytes. TooLarge over 10 MB."""
    left = MAX_FILE_BYTES
    while piece := source.read(min(_COPIED_BYTES, left + 1)):
        left -= len(piece)
        if left < 0:
            raise TooLarge
        file.write(piece)
    file.flush()
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def carry(viewer: Viewer, post_id: int, named: Named) -> None:
    """A new post of the viewer carries those of their files that its text names.

    Inside the transaction that writes the post; nothing is done for a text that names none.
    """
    if not named.own:
        return
    there = select(PostFile.file_id).where(PostFile.post_id == post_id)
    more = select(literal(post_id), StoredFile.id).where(
        StoredFile.public_id.in_(named.own),
        StoredFile.user_id == viewer.user_id,
        StoredFile.id.not_in(there),
    )
    put = insert(PostFile).from_select(["post_id", "file_id"], more)
    db.session.execute(unscoped(put, Reason.FILES))


def carry_instead(viewer: Viewer, post_id: int, named: Named) -> None:
    """The same for a post that is written anew: it carries no others any more."""
    stays = select(StoredFile.id).where(StoredFile.public_id.in_(named.own))
    others = delete(PostFile).where(PostFile.post_id == post_id)
    if named.own:
        others = others.where(PostFile.file_id.not_in(stays))
    others = others.execution_options(synchronize_session=False)
    db.session.execute(unscoped(others, Reason.FILES))
    carry(viewer, post_id, named)


def let_go(post_id: int) -> list[str]:
    """Forget the files that this post alone carries; their names, to be `erased` once that stands.

    Inside the transaction that takes the post away.
    """
    elsewhere = exists().where(PostFile.file_id == StoredFile.id, PostFile.post_id != post_id)
    carried = select(PostFile.file_id).where(PostFile.post_id == post_id)
    query = select(StoredFile.id, StoredFile.public_id)
    query = query.where(StoredFile.id.in_(carried), ~elsewhere)
    rows = db.session.execute(unscoped(query, Reason.FILES)).all()
    _delete_rows([row.id for row in rows])
    return [row.public_id for row in rows]


def let_go_of_all(user_id: int) -> list[str]:
    """The same for files of somebody who closes their account, but what posts that stay carry."""
    carried = exists().where(
        PostFile.file_id == StoredFile.id, PostFile.post_id == Post.id, Post.removed_at.is_(None)
    )
    query = select(StoredFile.id, StoredFile.public_id)
    query = query.where(StoredFile.user_id == user_id, ~carried)
    rows = db.session.execute(unscoped(query, Reason.FILES)).all()
    _delete_rows([row.id for row in rows])
    return [row.public_id for row in rows]


def erase(names: Iterable[str]) -> None:
    """Take the bytes of files away that have no row any more; what fails, the night does again."""
    for name in names:
        try:
            storage().delete(name)
        except OSError as error:
            _log.error("a file could not be deleted: %s", type(error).__name__)


def sweep() -> int:
    """Take away files that nobody needs: of removed posts, never posted, without a row; how many.

    Rows without a file are only counted in the log: the storage may be away just now.
    """
    for stale in _stale():
        with transaction():
            _delete_rows(stale)
    known = set(db.session.execute(unscoped(select(StoredFile.public_id), Reason.FILES)).scalars())
    stop_reading()
    gone, settled = 0, clock.now() - _SETTLED
    for name, written in storage().walk():
        if name in known:
            known.discard(name)
        elif written < settled:
            erase([name])
            gone += 1
    if known:
        _log.error("%s files have no bytes in the storage", len(known))
    return gone


def _keep(viewer: Viewer, content: BinaryIO, kept: Kept, size_bytes: int) -> Kept:
    content.seek(0)
    try:
        storage().put(kept.public_id, content)
    except OSError as error:
        _log.error("a file could not be kept: %s", type(error).__name__)
        raise NotKept from None
    try:
        _note(viewer, kept, size_bytes)
    except BaseException:
        erase([kept.public_id])
        raise
    return kept


def _note(viewer: Viewer, kept: Kept, size_bytes: int) -> None:
    """The row, unless their room is used up. Uploads of one member wait for each other here."""
    now = clock.now()
    with transaction() as session:
        own_turn(viewer.user_id)
        if kept_bytes(viewer.user_id) + size_bytes > MEMBER_BYTES:
            raise NoRoom
        session.add(
            StoredFile(
                id=ids.time_ordered(now),
                public_id=kept.public_id,
                user_id=viewer.user_id,
                kind=kept.kind,
                size_bytes=size_bytes,
                width=kept.width,
                height=kept.height,
                name=kept.name,
                created_at=now,
            )
        )


def _stale() -> Sequence[Sequence[int]]:
    """Row ids of files that only removed posts carry, or none, and that no new draft names."""
    now = clock.now()
    carried = exists().where(PostFile.file_id == StoredFile.id)
    living = exists().where(
        PostFile.file_id == StoredFile.id, Post.id == PostFile.post_id, Post.removed_at.is_(None)
    )
    drafted = exists().where(
        Draft.user_id == StoredFile.user_id, Draft.body.contains(StoredFile.public_id)
    )
    alone = ~carried & (StoredFile.created_at < now - ALONE_LIFE)
    kept_for = drafted & (StoredFile.created_at >= now - DRAFTED_LIFE)
    query = select(StoredFile.id).where((carried & ~living) | (alone & ~kept_for))
    found = list(db.session.execute(unscoped(query, Reason.FILES)).scalars())
    return [found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)]


def _delete_rows(row_ids: Sequence[int]) -> None:
    if row_ids:
        gone = delete(StoredFile).where(StoredFile.id.in_(row_ids))
        db.session.execute(gone.execution_options(synchronize_session=False))
