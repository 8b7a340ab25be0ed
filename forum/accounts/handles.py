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
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_CHARS - 6] or "member"
    candidate = base
    while candidate in _RESERVED or _taken(candidate):
        candidate = f"{base}-{secrets.randbelow(10_000)}"
    return candidate


def _taken(handle: str) -> bool:
    return db.session.execute(select(User.id).where(User.handle == handle)).first() is not None
