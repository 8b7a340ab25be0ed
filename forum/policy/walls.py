"""Wall lists: who must not see a post, as digests that only its topic's key can make (R4).

A list is made when a post is written and never changed. Its entries are employers, mail domains,
those who belong together, and people, each with the number of whoever put it there: nobody is
walled off by what stands there on account of their own words.
"""

from __future__ import annotations

from collections.abc import Iterable

from forum.core.seal import Secret
from forum.policy import blocks, workplaces

Entry = tuple[str, str]
"""Kind and value: ("employer", "7"), ("domain", "corp.example"), ("kin", "3"), ("person", "12")."""
Records = frozenset[bytes]
_PURPOSE = "wall"
_BY_BYTES = 2
_TOKEN_BYTES = 8
_RECORD_BYTES = _BY_BYTES + _TOKEN_BYTES
_LENGTH_BYTES, _AROUND_BYTES = 4, 28
ROOM = workplaces.MOST_EMPLOYMENTS * workplaces.ENTRIES_EACH + blocks.IN_SPACES
"""As many entries as somebody can put up at most."""


def token(key: Secret, entry: Entry) -> bytes:
    """An entry as eight bytes that mean nothing without the topic's key."""
    kind, value = entry
    return key.digest(_PURPOSE, f"{kind}:{value}".encode())[:_TOKEN_BYTES]


def records(key: Secret, by: int, entries: Iterable[Entry]) -> Records:
    """Entries put up on account of one name, which has this 16-bit number."""
    first = by.to_bytes(_BY_BYTES, "big")
    return frozenset(first + token(key, entry) for entry in entries)


def sealed(key: Secret, post_id: int, wall: Records, names: int) -> bytes:
    """A list as it is stored, with ROOM for each of so many names: who they are tells nothing.

    They are those of the post and of what it answers, which every row shows. Only a list that also
    has more of the mentioned than fits there is longer, by as much again.
    """
    room = names * ROOM
    while room < len(wall):
        room *= 2
    return key.seal(_PURPOSE, post_id, _packed(wall), pad_to=room * _RECORD_BYTES + _LENGTH_BYTES)


def sealed_like(key: Secret, row_id: int, wall: Records, other: bytes) -> bytes:
    """A list that was stored, for another row and as long as it was."""
    return key.seal(_PURPOSE, row_id, _packed(wall), pad_to=len(other) - _AROUND_BYTES)


def opened(key: Secret, post_id: int, wall: bytes) -> Records:
    """The records of a stored list. Unopenable when it is not of this topic and post."""
    data = key.open(_PURPOSE, post_id, wall)
    return frozenset(
        data[start : start + _RECORD_BYTES] for start in range(0, len(data), _RECORD_BYTES)
    )


def stops(wall: Records, tokens: frozenset[bytes], by: int) -> bool:
    """Whether a list holds back somebody with these tokens, whose own name has the number `by`."""
    own = by.to_bytes(_BY_BYTES, "big")
    return any(each[_BY_BYTES:] in tokens and not each.startswith(own) for each in wall)


def stops_outsider(wall: Records, tokens: frozenset[bytes]) -> bool:
    """The same for somebody who has no name there."""
    return any(each[_BY_BYTES:] in tokens for each in wall)


def put_up_by(wall: Records, by: int) -> Records:
    """What stands in a list on account of one name."""
    own = by.to_bytes(_BY_BYTES, "big")
    return frozenset(each for each in wall if each.startswith(own))


def _packed(wall: Records) -> bytes:
    return b"".join(sorted(wall))
