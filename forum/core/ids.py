"""Row ids and public ids.

Rows get their id here, never from the database: a database sequence counts across every circle and
space, and so would tell how much is written where one may not look.
"""

from __future__ import annotations

import re
import secrets
import threading
from datetime import UTC, datetime

PUBLIC_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLIC_LENGTH = 12
"""31 ** 12 is a little over 59 bits."""
FILE_LENGTH = 2 * PUBLIC_LENGTH

_RANDOM_BITS = 21
_PUBLIC = re.compile(f"[{PUBLIC_ALPHABET}]{{{PUBLIC_LENGTH}}}")
_lock = threading.Lock()
_last: dict[int, int] = {}


def public_id() -> str:
    """Twelve random characters for a URL, without look-alikes (no 0 o 1 l i)."""
    return "".join(secrets.choice(PUBLIC_ALPHABET) for _ in range(PUBLIC_LENGTH))


def file_id() -> str:
    """Twenty-four such characters, 118 bits, for what is handed out by its address alone."""
    return public_id() + public_id()


def is_public_id(text: str) -> bool:
    """Whether a text has the form of one."""
    return bool(_PUBLIC.fullmatch(text))


def time_ordered(at: datetime) -> int:
    """A positive 63-bit row id that sorts by `at` (milliseconds), then randomly upward.

    42 bits of milliseconds since 1970 reach the year 2109; earlier moments count as 1970. Ids given
    for one millisecond by one process rise, so a bulk load of one moment keeps its order.
    """
    stamp = _milliseconds(at)
    with _lock:
        low = _last.get(stamp)
        low = secrets.randbits(_RANDOM_BITS - 1) if low is None else low + 1 + secrets.randbits(4)
        if len(_last) > 512:
            _last.clear()
        _last[stamp] = low
    return (stamp << _RANDOM_BITS) + low


def earliest(at: datetime) -> int:
    """The least row id that sorts by the millisecond of `at`."""
    return _milliseconds(at) << _RANDOM_BITS


def random_key() -> int:
    """A positive random 63-bit row id that tells nothing about order or time."""
    return secrets.randbits(63) or 1


def _milliseconds(at: datetime) -> int:
    return max(0, int(at.astimezone(UTC).timestamp() * 1000))
