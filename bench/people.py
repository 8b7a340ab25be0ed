"""The synthetic members: accounts, who is in which circle, what they have read, their sign-ins."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Row, Table, insert

from forum.core import clock, ids, seal
from forum.core.db import Base, db
from forum.models.accounts import SignIn, User, UserState
from forum.models.circles import Membership, MembershipState, Role
from forum.models.discussions import ReadMark
from forum.policy.viewer import SIGN_IN_LASTS

OTHER_CIRCLES = 3
READ_TOPICS = 100
BATCH = 2_000
_FIRST = "Ada Bela Carla Dilip Ewa Femi Gita Hugo Ines Jonas".split()
_LAST = "Akande Berg Costa Diaz Endo Fischer Gupta Horvat Ito Jansen".split()


def add_members(count: int, since: datetime) -> list[int]:
    """Accounts that cannot sign in by password."""
    rows = [
        {
            "id": ids.time_ordered(since),
            "public_id": ids.public_id(),
            "name": f"{_FIRST[number % 10]} {_LAST[number // 10 % 10]}",
            "handle": f"member-{number}",
            "address": f"member-{number}@bench.example",
            "state": UserState.ACTIVE,
            "is_staff": False,
            "created_at": since,
        }
        for number in range(count)
    ]
    insert_all(User, rows)
    return [int(str(row["id"])) for row in rows]


def spread(
    users: Sequence[int], home: int, others: Sequence[int], since: datetime, dice: random.Random
) -> dict[int, list[int]]:
    """Put everybody in one circle and in three of the others; the members of each."""
    members: dict[int, list[int]] = {circle: [] for circle in (home, *others)}
    for user in users:
        for circle in (home, *dice.sample(others, OTHER_CIRCLES)):
            members[circle].append(user)
    common = {"role": Role.MEMBER, "state": MembershipState.ACTIVE, "joined_at": since}
    pairs = [(circle, user) for circle, them in members.items() for user in them]
    insert_all(Membership, [{"circle_id": c, "user_id": u, **common} for c, u in pairs])
    return members


def mark_read(users: Sequence[int], topics: Sequence[Row[Any]], dice: random.Random) -> None:
    """Everybody has read some of these topics (id, last_seq) to the end."""
    rows = [
        {"id": ids.random_key(), "user_id": user, "topic_id": row.id, "read": f"0-{row.last_seq}"}
        for user in users
        for row in dice.sample(topics, min(READ_TOPICS, len(topics)))
    ]
    insert_all(ReadMark, rows)


def sign_in(users: Sequence[int]) -> list[str]:
    """A sign-in for each, begun today; the tokens."""
    tokens, week = [secrets.token_urlsafe(32) for _ in users], clock.this_week()
    rows = [
        {
            "id": ids.random_key(),
            "public_id": ids.public_id(),
            "token_digest": seal.plain_digest(token),
            "user_id": user,
            "started_on": week,
            "used_on": week,
            "expires_on": week + SIGN_IN_LASTS,
        }
        for user, token in zip(users, tokens, strict=True)
    ]
    insert_all(SignIn, rows)
    return tokens


def insert_all(model: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows as they are, in batches, without an object for each."""
    table, waiting = model.__table__, iter(rows)
    assert isinstance(table, Table)
    while batch := list(islice(waiting, BATCH)):
        db.session.execute(insert(table), batch)
