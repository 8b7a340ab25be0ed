"""Private spaces. Only what discussions refer to: a space, and a name somebody has in one topic.

Keys are random, never ordered (access-and-privacy R2).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.db import Base


class Space(Base):
    __tablename__ = "space"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    circle_id: Mapped[int] = mapped_column(ForeignKey("circle.id"), unique=True)
    opened_on: Mapped[date]


class Pseudonym(Base):
    """Who wrote, inside one topic of a space. Holds nothing that leads to a person."""

    __tablename__ = "pseudonym"
    __table_args__ = (UniqueConstraint("topic_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
