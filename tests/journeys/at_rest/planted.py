"""A small made-up copy of a database, into which a leak can be planted: attacks must find it.

As it comes it has none: all that is random in the real one is random here. What a test plants is
a function that changes the rows; only here do they know who wrote.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from forum.core import names
from forum.core.db import Base
from tests.journeys.at_rest.copies import Copy, Kept, Values

MEMBERS, TOPICS, VOICES = 20, 60, 6
FIRST = date(2026, 3, 2)
DAYS = 20
_OF_POSTS: dict[str, tuple[str, Callable[[Values], Any]]] = {
    "post": ("id", lambda post: post["id"]),
    "submit_nonce": ("post_id", lambda post: post["id"]),
    "sealed_picture": ("post_id", lambda post: post["id"]),
    "draft": ("place", lambda post: f"edit:{post['public_id']}"),
}
"""How rows of a table are known to be about a post."""
_WALL, _TEXT = 16 * 10 + 32, 512 + 28


@dataclass
class Planted:
    """The rows of each table, in the order in which they are to lie."""

    dice: Random
    tables: dict[str, list[Values]] = field(
        default_factory=lambda: {name: [] for name in Base.metadata.tables}
    )
    wrote: dict[int, int] = field(default_factory=dict)
    """Who each voice is."""
    versions: dict[int, int] = field(default_factory=dict)
    """PostgreSQL's number of a row's writing, by the row's place in memory."""
    locks: dict[int, int] = field(default_factory=dict)

    def add(self, table: str, **values: Any) -> Values:
        columns = dict.fromkeys(Base.metadata.tables[table].columns.keys())
        row = columns | values
        self.tables[table].append(row)
        return row

    def number(self) -> int:
        return self.dice.getrandbits(62)

    def address(self) -> str:
        return "".join(self.dice.choices("23456789abcdefghjkmnpqrstuvwxyz", k=12))

    def of(self, voice: Values, table: str) -> list[Values]:
        """The rows of a table about a voice."""
        posts = [row for row in self.tables["post"] if row["pseudonym_id"] == voice["id"]]
        column, known_by = _OF_POSTS[table]
        these = {known_by(post) for post in posts}
        return [row for row in self.tables[table] if row[column] in these]

    def member(self, user_id: int, table: str = "space_member") -> Values:
        key = "id" if table == "user" else "user_id"
        return next(row for row in self.tables[table] if row[key] == user_id)

    def copy(self) -> Copy:
        return Copy(
            {
                name: [
                    Kept(row, place, self.versions.get(id(row), 1_000), self.locks.get(id(row)))
                    for place, row in enumerate(rows)
                ]
                for name, rows in self.tables.items()
            }
        )


Leak = Callable[[Planted], None]


def planted(*leaks: Leak, seed: str = "planted") -> Planted:
    """A copy with these leaks."""
    world = Planted(Random(seed))
    for _each in range(MEMBERS):
        _member(world)
    more_topics(world, TOPICS)
    for rows in world.tables.values():
        world.dice.shuffle(rows)
    _picture_each_post(world)
    for leak in leaks:
        leak(world)
    return world


def more_topics(world: Planted, number: int) -> None:
    users = [row["user_id"] for row in world.tables["space_member"]]
    for _topic in range(number):
        _topic_of(world, world.dice.sample(users, VOICES))


def _picture_each_post(world: Planted) -> None:
    """Drawn apart, so that all else is as it would be without."""
    drawn = Planted(Random("pictures"))
    for post in world.tables["post"]:
        world.add(
            "sealed_picture",
            id=drawn.number(),
            public_id=drawn.address() * 2,
            post_id=post["id"],
            sealed=drawn.dice.randbytes(_TEXT),
        )
    drawn.dice.shuffle(world.tables["sealed_picture"])


def day(number: int) -> date:
    return FIRST + timedelta(days=number % DAYS)


def moment(number: int) -> datetime:
    """The midnight of a day, as a post of a space bears it."""
    return datetime.combine(day(number), datetime.min.time())


def _member(world: Planted) -> None:
    user_id, employer_id = world.number(), world.number()
    world.add("user", id=user_id, public_id=world.address(), name=world.address())
    world.add(
        "space_member",
        user_id=user_id,
        number=world.dice.randrange(1 << 16),
        secret=world.dice.randbytes(16),
        joined_on=FIRST,
    )
    world.add(
        "sign_in", id=world.number(), user_id=user_id, used_on=FIRST, public_id=world.address()
    )
    world.add("employer", id=employer_id, public_id=world.address())
    world.add("employment", id=world.number(), user_id=user_id, employer_id=employer_id)


def _topic_of(world: Planted, users: list[int]) -> None:
    topic_id, on = world.number(), world.dice.randrange(DAYS)
    world.add("topic", id=topic_id, public_id=world.address(), pseudonym_id=1)
    world.add("topic_key", topic_id=topic_id, wrapped=world.dice.randbytes(68))
    above: Values | None = None
    for seq, user_id in enumerate(users):
        name = names.name(world.dice.randrange(1 << 16))
        voice = world.add("pseudonym", id=world.number(), topic_id=topic_id, name=name)
        world.wrote[voice["id"]] = user_id
        above = world.add(
            "post",
            id=world.number(),
            public_id=world.address(),
            topic_id=topic_id,
            parent_id=above["id"] if above else None,
            pseudonym_id=voice["id"],
            seq=seq,
            sealed=world.dice.randbytes(_TEXT),
            wall=world.dice.randbytes(_WALL),
            created_at=moment(on + seq // 2),
        )
        world.add(
            "submit_nonce",
            id=world.number(),
            nonce=world.dice.randbytes(12).hex(),
            seat=world.dice.randbytes(32).hex(),
            post_id=above["id"],
        )
        world.add(
            "draft",
            id=world.number(),
            seat=world.dice.randbytes(32).hex(),
            place=f"edit:{above['public_id']}",
        )
        world.add(
            "read_mark", id=world.number(), seat=world.dice.randbytes(32).hex(), topic_id=topic_id
        )
