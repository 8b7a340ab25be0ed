"""A handle for a name: short, ASCII, unique. People whose name has no ASCII letters get a word."""

from __future__ import annotations

import re
import secrets
import unicodedata

from sqlalchemy import select

from forum.core.db import db
from forum.models.accounts import User

MAX_CHARS = 30
_RESERVED = frozenset({"admin", "moderator", "staff", "cahoots", "system", "everyone", "all", "me"})


def for_name(name: str) -> str:
    """A handle nobody has yet. A race for the same one ends at the unique constraint."""
    candidate = base = _base(name)
    while candidate in _RESERVED or _taken(candidate):
        candidate = f"{base}-{secrets.randbelow(10_000)}"
    return candidate


def fits(handle: str, name: str) -> bool:
    """Whether a handle could have been made for this name."""
    return re.fullmatch(rf"{re.escape(_base(name))}(-\d{{1,4}})?", handle) is not None


def _base(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_CHARS - 6] or "member"


def _taken(handle: str) -> bool:
    return db.session.execute(select(User.id).where(User.handle == handle)).first() is not None
