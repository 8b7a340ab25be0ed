"""The synthetic community. The same seed gives the same one, public ids aside."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from bench import people
from bench.texts import distinct_texts
from bench.topics import Topics, parents
from forum.circles import actions as circles
from forum.cli.circles import new_circle
from forum.cli.standard_circles import standard_circles
from forum.core import clock
from forum.core.db import db, transaction
from forum.models.circles import Circle, Membership
from forum.models.discussions import Topic
from forum.policy.visible import Reason, unscoped

HOME = "retail"
"""Everybody is in this circle; the measured topics stand there."""
OLDEST = timedelta(days=400)
ORDINARY_DEPTH = 6


@dataclass(frozen=True)
class Sizes:
    """How much of everything. `posts` of an ordinary topic is an average."""

    users: int = 200
    topics: int = 1_000
    posts: int = 20
    page: int = 50
    replies: int = 10_000
    depth: int = 30
    texts: int = 300


@dataclass(frozen=True)
class Community:
    """What the measuring needs to know: public ids, and a sign-in token of every user."""

    tokens: list[str]
    page_topic: str
    long_topic: str
    other_topics: list[str]
    """Ordinary topics of the circle HOME; each is also the public id of its opening post."""


def load(sizes: Sizes, seed: int = 1) -> Community:
    """Fill an empty, migrated database."""
    with transaction():
        return _Loading(sizes, random.Random(seed), clock.now()).run()


class _Loading:
    def __init__(self, sizes: Sizes, dice: random.Random, now: datetime) -> None:
        self.sizes, self.dice, self.now = sizes, dice, now
        self.topics = Topics(dice, now - OLDEST, distinct_texts(sizes.texts, dice))

    def run(self) -> Community:
        places = _circles()
        home, others = places[HOME], [each for slug, each in places.items() if slug != HOME]
        users = people.add_members(self.sizes.users, self.now - OLDEST)
        members = people.spread(users, home, others, self.now - OLDEST, self.dice)
        page = self._topic(home, members, self.sizes.page - 1, ORDINARY_DEPTH)
        long = self._topic(home, members, self.sizes.replies, self.sizes.depth)
        ordinary = [self._ordinary(members, [home, *others], n) for n in range(self._how_many())]
        count(places.values())
        people.mark_read(users, _topics_below(self.sizes.page), self.dice)
        at_home = [public_id for circle, public_id in ordinary if circle == home]
        return Community(people.sign_in(users), page, long, at_home)

    def _how_many(self) -> int:
        return self.sizes.topics - 2

    def _ordinary(
        self, members: Mapping[int, list[int]], places: Sequence[int], number: int
    ) -> tuple[int, str]:
        """A topic of more or less the average size, in one circle after the other."""
        circle, average = places[number % len(places)], self.sizes.posts
        replies = self.dice.randint(average // 2, average * 3 // 2) - 1
        return circle, self._topic(circle, members, replies, ORDINARY_DEPTH)

    def _topic(
        self, circle: int, members: Mapping[int, list[int]], replies: int, depth: int
    ) -> str:
        return self.topics.add(circle, members[circle], parents(self.dice, replies, depth))


def _circles() -> dict[str, int]:
    """Set up the circles every new site has; the row id of each slug."""
    for circle in standard_circles():
        circles.found(new_circle(circle))
    rows = db.session.execute(unscoped(select(Circle.slug, Circle.id), Reason.SET_UP))
    return {row.slug: row.id for row in rows}


def count(places: Iterable[int]) -> None:
    """Write down how many topics and members circles have."""
    for model, column in ((Topic, Circle.topic_count), (Membership, Circle.member_count)):
        for place in places:
            query = select(func.count()).select_from(model).where(model.circle_id == place)
            found = db.session.execute(unscoped(query, Reason.COUNTERS)).scalar_one()
            db.session.execute(update(Circle).where(Circle.id == place).values({column: found}))


def _topics_below(posts: int) -> Sequence[Any]:
    query = select(Topic.id, Topic.last_seq).where(Topic.last_seq < posts - 1).order_by(Topic.id)
    return db.session.execute(unscoped(query, Reason.SET_UP)).all()
