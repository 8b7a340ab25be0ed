"""Where a post stands in its topic's tree, as a string that sorts in reading order.

Every level adds four base-36 characters, the post's number in the topic. The opening post has the
empty path; a branch is a prefix; conversation order is plain byte order.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STEP = 4
MAX_SEQ = 36**STEP - 1
"""1,679,615 replies in one topic."""
MAX_LEVELS = 400
"""Deeper replies keep their true parent, but stand beside it: a B-tree row of PostgreSQL ends at
about 2,700 bytes."""
ABOVE_ALL = "~"
"""Sorts after every digit, so `path + ABOVE_ALL` ends a branch."""


def step(seq: int) -> str:
    """A post's number as four characters. ValueError past MAX_SEQ."""
    if not 0 < seq <= MAX_SEQ:
        raise ValueError(f"no path for post number {seq}")
    digits = []
    for _ in range(STEP):
        seq, rest = divmod(seq, 36)
        digits.append(DIGITS[rest])
    return "".join(reversed(digits))


def child(parent_path: str, seq: int) -> str:
    """The path of reply number `seq` to the post at `parent_path`."""
    return parent_path[: (MAX_LEVELS - 1) * STEP] + step(seq)


def depth(path: str) -> int:
    """0 for the opening post, 1 for a reply to it, and so on."""
    return len(path) // STEP


def parent(path: str) -> str:
    """The path of the post above; of the opening post its own."""
    return path[:-STEP]


def ancestors(path: str) -> list[str]:
    """Paths of the posts above, from the opening post down, without the post itself."""
    return [path[:end] for end in range(0, len(path), STEP)]
