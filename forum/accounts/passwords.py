"""Passwords: argon2id (RFC 9106), at most two at work at once, nothing told by timing."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from forum.core.errors import ForumError
from forum.core.i18n import _l

MIN_CHARS = 12
MAX_CHARS = 128
MEMORY_KIB = 65_536
ROUNDS = 3
MIN_GUESSES = 10**8
"""Below this a password falls to guessing with common words and names (zxcvbn's estimate)."""
_JUDGED_CHARS = 72

_at_work = threading.BoundedSemaphore(2)
_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=1)
_nobody: list[str] = []


class WeakPassword(ForumError):
    status = 422


def configure(*, rounds: int = ROUNDS, memory_kib: int = MEMORY_KIB) -> None:
    """Set the cost; only tests lower it."""
    global _hasher
    _hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
    _nobody.clear()


def judge(password: str, *about: str) -> None:
    """Raise WeakPassword unless it is 12 to 128 characters and not easily guessed.

    `about` holds the person's own name and address, the first things a guesser tries.
    """
    if len(password) < MIN_CHARS:
        raise WeakPassword(_l("Use at least 12 characters; a short sentence is good."))
    if len(password) > MAX_CHARS:
        raise WeakPassword(_l("Use at most 128 characters."))
    judged = zxcvbn(password[:_JUDGED_CHARS], user_inputs=[*about, "cahoots"])
    if judged["guesses"] < MIN_GUESSES:
        raise WeakPassword(_l("That one is among the first a guesser tries. Add unrelated words."))


def digest(password: str) -> str:
    with _at_work:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. With nothing stored it takes as long, and is False."""
    with _at_work:
        try:
            return _hasher.verify(stored or _dummy(), password[:MAX_CHARS]) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(stored: str) -> bool:
    """Whether the hash was made at another cost and should be made again."""
    return _hasher.check_needs_rehash(stored)


def _dummy() -> str:
    if not _nobody:
        _nobody.append(_hasher.hash("nobody has this password"))
    return _nobody[0]
