"""Files of circles: what a text may name, what may be fetched, how much somebody keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select

from forum.core import markup
from forum.core.db import db
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.models.discussions import Post
from forum.models.files import MOST_IN_POST, FileKind, PostFile, StoredFile
from forum.policy import visible
from forum.policy.prepared import Prepared, value
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

_SIZED = (StoredFile.public_id, StoredFile.width, StoredFile.height)


class TooManyFiles(ForumError):
    status = 422
    sentence = _l("A post can carry at most 10 files. Please split it in two.")


@dataclass(frozen=True, slots=True)
class Named:
    """The files that a text names and may: how they are laid out, and the writer's own of them."""

    files: markup.Files = field(default_factory=dict)
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A file that somebody may have."""

    public_id: str
    kind: FileKind
    size_bytes: int
    name: str


def file_for(viewer: Viewer, public_id: str) -> Found:
    """A file the viewer may see. One statement. NotThere when absent or not for them."""
    row = _file(viewer).first(public_id=public_id)
    if row is None:
        raise NotThere
    return Found(row.public_id, FileKind(row.kind), row.size_bytes, row.name)


def named_in(viewer: Viewer, source: str, beside: str | None = None) -> Named:
    """The files that a member's text names and may show. One statement, none when it names none.

    Their own, and with `beside`, a post's public id, those shown in its topic: so that quoting
    works, and nobody passes on elsewhere what others have shown. TooManyFiles.
    """
    names = markup.files_named(source)
    if not names:
        return Named()
    if len(names) > MOST_IN_POST:
        raise TooManyFiles
    query = visible.files_for_text(viewer, beside, *_SIZED, StoredFile.user_id)
    rows = db.session.execute(query.where(StoredFile.public_id.in_(names))).all()
    own = tuple(row.public_id for row in rows if row.user_id == viewer.id)
    return Named(_laid_out(rows), own)


def named_in_topic(source: str, topic_id: int) -> markup.Files:
    """What a text that stands in a topic may show: for rendering it anew, whoever wrote it."""
    names = markup.files_named(source)
    if not names:
        return markup.NO_FILES
    query = select(*_SIZED).join(PostFile, PostFile.file_id == StoredFile.id)
    query = query.join(Post, Post.id == PostFile.post_id).where(Post.topic_id == topic_id)
    query = query.where(StoredFile.public_id.in_(names))
    return _laid_out(db.session.execute(unscoped(query, Reason.REBUILD)).all())


def kept_bytes(user_id: int) -> int:
    """How much of the storage is one member's."""
    query = select(func.coalesce(func.sum(StoredFile.size_bytes), 0))
    query = query.where(StoredFile.user_id == user_id)
    return int(db.session.execute(unscoped(query, Reason.FILES)).scalar_one())


def _laid_out(rows: Any) -> markup.Files:
    return {row.public_id: row.width and (row.width, row.height) for row in rows}


@Prepared
def _file(viewer: Viewer) -> Select[Any]:
    columns = (StoredFile.public_id, StoredFile.kind, StoredFile.size_bytes, StoredFile.name)
    return visible.files(viewer, *columns).where(StoredFile.public_id == value("public_id"))
