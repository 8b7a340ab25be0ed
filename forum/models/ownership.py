"""Whose a row is: a person's in a circle, in a space nobody's who could be named."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

# A row somebody wrote: a person, or in a space a pseudonym, never both (R1).
ONE_WRITER = "(author_id IS NULL) <> (pseudonym_id IS NULL)"


class Personal:
    """Ties a person to a topic: a user id in a circle, a seat in a space, never both (R1)."""

    @declared_attr
    def user_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("user.id", ondelete="CASCADE"))

    @declared_attr
    def seat(cls) -> Mapped[str | None]:
        return mapped_column(String(64))


ONE_OWNER = "(user_id IS NULL) <> (seat IS NULL)"


def sealed_where(column: str, empty: str) -> tuple[CheckConstraint, CheckConstraint]:
    """In a space, where `column` is set, words are sealed, and what would hold them is empty."""
    return (
        CheckConstraint(f"({column} IS NULL) = (sealed IS NULL)", name="sealed_in_space"),
        CheckConstraint(f"{column} IS NULL OR ({empty})", name="no_plain_text_in_space"),
    )
