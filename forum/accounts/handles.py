"""A handle for a name: short, ASCII, unique.

A name in another script than the Latin one gets a word that can be said: always the same for the
same name, so that a handle tells nothing of a name its owner gave up.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from datetime import timedelta
from hashlib import blake2b

from sqlalchemy import select

from forum.core import clock, seal
from forum.core.db import db
from forum.models.accounts import LeftHandle, User

MAX_CHARS = 30
_SPELT = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
    }
)
"""Latin letters that are no letter with a mark."""
_SYLLABLES = [f"{first}{then}" for first in "bdklmnrstv" for then in "aeio"]
_SAID = 3
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
    spelt = unicodedata.normalize("NFKD", name.lower().translate(_SPELT))
    plain = spelt.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: MAX_CHARS - 6] or _word(name)


def _word(name: str) -> str:
    known = unicodedata.normalize("NFKC", name).casefold().encode("utf-8", "surrogatepass")
    die = blake2b(known, digest_size=_SAID, person=b"handle").digest()
    return "".join(_SYLLABLES[number % len(_SYLLABLES)] for number in die)


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
