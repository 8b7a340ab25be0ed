"""Pictures and PDFs that members add to what they write."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.core.ids import FILE_LENGTH
from forum.models.accounts import enum

NAME_CHARS = 120
MOST_IN_POST = 10
MOST_IN_SEALED_POST = 5


class FileKind(StrEnum):
    """As it is kept: every picture is made new, as WebP."""

    WEBP = "webp"
    PDF = "pdf"


class StoredFile(Base):
    """A file of a circle; its bytes are in the storage, under its public id."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("(width IS NULL) = (height IS NULL)", name="both_sides"),
        CheckConstraint("(kind = 'webp') = (width IS NOT NULL)", name="pictures_have_sides"),
        CheckConstraint("(kind = 'pdf') = (name <> '')", name="documents_have_names"),
        CheckConstraint("size_bytes > 0", name="not_empty"),
        Index("ix_stored_file_user", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(FILE_LENGTH), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    kind: Mapped[FileKind] = mapped_column(enum(FileKind))
    size_bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    name: Mapped[str] = mapped_column(String(NAME_CHARS))
    """Of a PDF. What a picture was called is nobody's business."""
    created_at: Mapped[datetime]


class PostFile(Base):
    """A post carries a file: whoever may see one of the posts that do may see the file."""

    __tablename__ = "post_file"
    __table_args__ = (Index("ix_post_file_file", "file_id"),)

    post_id: Mapped[int] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    file_id: Mapped[int] = mapped_column(
        ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )


class WaitingPicture(Base):
    """A picture for a private space that no post carries yet, under the space's key.

    Each has a seat of its own, so that one person's cannot be told to be one person's; nor is it
    known for which conversation it was added. Posted, it becomes a `SealedPicture` with another id
    and address, and nothing says which of those that went it was.
    """

    __tablename__ = "waiting_picture"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(FILE_LENGTH), unique=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), index=True)
    seat: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    kept_on: Mapped[date] = mapped_column(index=True)


class SealedPicture(Base):
    """A picture of a post of a private space, under its topic's key; it goes with the post (R9)."""

    __tablename__ = "sealed_picture"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    public_id: Mapped[str] = mapped_column(String(FILE_LENGTH), unique=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
