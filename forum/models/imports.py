"""What archives have brought: so that a second run of an import adds only what is new."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base


class ImportedMessage(Base):
    """One message of an archive that became a post of a circle."""

    __tablename__ = "imported_message"
    __table_args__ = (Index("ix_imported_message_post", "post_id"),)

    circle_id: Mapped[int] = mapped_column(
        ForeignKey("circle.id", ondelete="CASCADE"), primary_key=True
    )
    message_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    """keyed_digest("message-id", its Message-ID): an id often holds its writer's address."""
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id", ondelete="SET NULL"))
    """None once the post is deleted for good: the message does not come back with the next run."""
    imported_at: Mapped[datetime]
