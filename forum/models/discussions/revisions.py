"""Earlier texts of posts in circles. In a private space there is no second version (R9)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base
from forum.models.discussions.topics import TITLE_CHARS


class Revision(Base):
    """What stood in a post before one of its edits. It goes when the post is removed."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("post_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    number: Mapped[int]
    """From 1, the text first posted, on."""
    title: Mapped[str | None] = mapped_column(String(TITLE_CHARS))
    """Of an opening post: what its topic was called."""
    source: Mapped[str] = mapped_column(Text)
    edited_at: Mapped[datetime]
    """When another text took its place."""
