"""Passwords: argon2id (RFC 9106), at most two at work at once, nothing told by timing."""

from __future__ import annotations

import re
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
_READ_AS_LETTERS = frozenset("4@8({[<3691!|70$5+%2")
_MAX_READ_AS_LETTERS = 8

_at_work = threading.BoundedSemaphore(2)


class _Hashing:
    """The hasher in use, and a hash nobody's password matches."""

    def __init__(self, rounds: int, memory_kib: int) -> None:
        self.hasher = PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)
        self._nobody = ""

    @property
    def nobody(self) -> str:
        self._nobody = self._nobody or self.hasher.hash("nobody has this password")
        return self._nobody


_in_use = [_Hashing(ROUNDS, MEMORY_KIB)]


class WeakPassword(ForumError):
    status = 422


def configure(*, rounds: int = ROUNDS, memory_kib: int = MEMORY_KIB) -> None:
    """Set the cost; only tests lower it."""
    _in_use[0] = _Hashing(rounds, memory_kib)


def judge(password: str, *about: str) -> None:
    """Raise WeakPassword unless it is 12 to 128 characters and not easily guessed.

    `about` holds the person's own name and address, the first things a guesser tries.
    """
    if len(password) < MIN_CHARS:
        raise WeakPassword(_l("Use at least 12 characters; a short sentence is good."))
    if len(password) > MAX_CHARS:
        raise WeakPassword(_l("Use at most 128 characters."))
    judged = zxcvbn(_legible(password[:_JUDGED_CHARS]), user_inputs=[*_words(about), "cahoots"])
    if judged["guesses"] < MIN_GUESSES:
        raise WeakPassword(_l("That one is among the first a guesser tries. Add unrelated words."))


def _words(about: tuple[str, ...]) -> list[str]:
    """Each text whole, and each word of it: Ana.Lima@firm.example may use "limafirm"."""
    return [*about, *(word for text in about for word in re.split(r"[\W_]+", text) if word)]


def _legible(password: str) -> str:
    """With at most eight kinds of signs that are read as letters, too.

    zxcvbn tries every reading of "4", "@", "3"…: 24 kinds take it five seconds, eight 0.07.
    """
    kinds = list(dict.fromkeys(sign for sign in password if sign in _READ_AS_LETTERS))
    return password.translate(dict.fromkeys(map(ord, kinds[_MAX_READ_AS_LETTERS:]), "~"))


def digest(password: str) -> str:
    with _at_work:
        return _in_use[0].hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password. With nothing stored it takes as long, and is False."""
    with _at_work:
        try:
            _in_use[0].hasher.verify(stored or _in_use[0].nobody, password)
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made at another cost and should be made again."""
    return _in_use[0].hasher.check_needs_rehash(stored)
