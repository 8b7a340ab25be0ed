"""What somebody wants folded in private spaces: a choice about content notes, not about topics."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import update

from forum.core.db import transaction
from forum.models.accounts import User
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer
from forum.spaces.notes import NOTES, checked


def fold_behind(viewer: Viewer, keys: Iterable[str]) -> None:
    """Fold texts behind these content notes and no others. NoSuchNote.

    What is not to be folded is kept, so that a note which is added one day is folded for everybody.
    """
    folded = checked(keys)
    unfolded = ",".join(key for key in NOTES if key not in folded)
    with transaction() as session:
        not_closed(viewer.user_id)
        mine = update(User).where(User.id == viewer.user_id)
        session.execute(mine.values(unfolded_notes=unfolded))
