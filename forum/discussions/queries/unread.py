"""How much of a topic somebody has not been shown yet, worked out from two strings of ranges."""

from __future__ import annotations

from functools import lru_cache

from forum.core.ranges import Ranges


@lru_cache(maxsize=4096)
def parsed(text: str) -> Ranges:
    """Ranges as stored; pages of the same topic ask for the same few."""
    return Ranges.parse(text)


def unread(read: str, gone: str, last_seq: int) -> Ranges:
    """Numbers of the posts that are there and have not been shown."""
    return (parsed(read) | parsed(gone)).missing(last_seq)


def unread_count(read: str, gone: str, last_seq: int) -> int:
    if not gone:
        return max(0, last_seq + 1 - len(parsed(read)))
    return len(unread(read, gone, last_seq))
