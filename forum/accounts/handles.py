"""A handle for a name: short, ASCII, unique. People whose name has no ASCII letters get a word."""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import timedelta

from sqlalchemy import select

from forum.core import clock, seal
from forum.core.db import db
from forum.models.accounts import LeftHandle, User

MAX_CHARS = 30
KEPT_FREE = timedelta(days=180)
"""How long nobody else gets a handle that somebody gave up."""
_RESERVED = frozenset({"admin", "moderator", "staff", "cahoots", "system", "everyone", "all", "me"})


def for_name(name: str, user_id: int | None = None) -> str:
    """A handle nobody has, or had lately but `user_id` themselves.

    A race for the same one ends at the unique constraint.
    """
    candidate = base = _base(name)
    while candidate in _RESERVED or _taken(candidate, user_id):
        candidate = f"{base}-{secrets.randbelow(10_000)}"
    return candidate


def fits(handle: str, name: str) -> bool:
    """Whether a handle could have been made for this name."""
    return re.fullmatch(rf"{re.escape(_base(name))}(-\d{{1,4}})?", handle) is not None


def give_up(handle: str, user_id: int | None) -> None:
    """Nobody but `user_id` gets this handle for KEPT_FREE. Inside the transaction that frees it."""
    free_on = clock.today() + KEPT_FREE
    left_by = None if user_id is None else _left_by(handle, user_id)
    db.session.merge(LeftHandle(digest=_digest(handle), left_by=left_by, free_on=free_on))


def _base(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_CHARS - 6] or "member"


def _taken(handle: str, user_id: int | None) -> bool:
    if db.session.execute(select(User.id).where(User.handle == handle)).first():
        return True
    kept = select(LeftHandle.left_by).where(
        LeftHandle.digest == _digest(handle), LeftHandle.free_on > clock.today()
    )
    row = db.session.execute(kept).first()
    return row is not None and (user_id is None or row.left_by != _left_by(handle, user_id))


def _digest(handle: str) -> str:
    return seal.keyed_digest("handle", handle)


def _left_by(handle: str, user_id: int) -> str:
    """Of both, so that the rows of one person don't show that they are."""
    return seal.keyed_digest("handle, left by", f"{handle} {user_id}")
