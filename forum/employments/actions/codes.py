"""Forgetting codes to work addresses."""

from __future__ import annotations

from sqlalchemy import delete

from forum.core.db import transaction
from forum.mail.outbox import forget_letters
from forum.models.employers import WorkCode
from forum.policy import visible
from forum.policy.viewer import Viewer


def forget_codes(viewer: Viewer, employment_id: int | None = None) -> None:
    """Leave nothing of the viewer's codes, all or those for one employment, nor of their letters.

    The letter's row is the only one that holds the address.
    """
    with transaction() as session:
        mine = visible.about_oneself(viewer, WorkCode, WorkCode.id, WorkCode.public_id)
        if employment_id is not None:
            mine = mine.where(WorkCode.employment_id == employment_id)
        for row in session.execute(mine).all():
            forget_letters(letter_event(row.public_id))
            session.execute(delete(WorkCode).where(WorkCode.id == row.id))


def letter_event(public_id: str) -> str:
    """What the letter with this code is about."""
    return f"work:{public_id}"
