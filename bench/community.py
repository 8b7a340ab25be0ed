"""The synthetic community: the rows that `write_topic` and `write_reply` would make, in bulk.

A test holds the two against each other. The same seed gives the same community, public ids aside.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from bench import people
from bench.people import insert_all
from bench.texts import distinct_texts
from forum.circles import actions as circles
from forum.cli.circles import new_circle
from forum.cli.standard_circles import standard_circles
from forum.core import clock, ids, treepath
from forum.core.db import db, transaction
from forum.core.markup import RENDER_VERSION
from forum.discussions.actions.writing import Text
from forum.models.circles import Circle, Membership
from forum.models.discussions import Post, Topic
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
        self.texts = distinct_texts(sizes.texts, dice)
        self.next_text = 0

    def run(self) -> Community:
        places = _circles()
        home, others = places[HOME], [each for slug, each in places.items() if slug != HOME]
        users = people.add_members(self.sizes.users, self.now - OLDEST)
        members = people.spread(users, home, others, self.now - OLDEST, self.dice)
        page = self._topic(home, members[home], self._parents(self.sizes.page - 1, ORDINARY_DEPTH))
        long = self._topic(home, members[home], self._parents(self.sizes.replies, self.sizes.depth))
        ordinary = [self._ordinary(members, [home, *others], n) for n in range(self._how_many())]
        _count(places.values())
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
        return circle, self._topic(circle, members[circle], self._parents(replies, ORDINARY_DEPTH))

    def _parents(self, replies: int, depth: int) -> list[int]:
        """For each reply the number of the post it answers; one branch reaches the full depth."""
        depths, parents = [0], []
        for number in range(1, replies + 1):
            parent = number - 1 if number <= depth else self.dice.randrange(number)
            while depths[parent] >= depth:
                parent = self.dice.randrange(number)
            parents.append(parent)
            depths.append(depths[parent] + 1)
        return parents

    def _topic(self, circle: int, members: Sequence[int], parents: Sequence[int]) -> str:
        """A topic with its posts, written at even steps of time; its public id."""
        opened = self.now - OLDEST * self.dice.uniform(0.01, 1)
        step = (self.now - opened) * self.dice.uniform(0.1, 0.9) / (len(parents) + 1)
        topic_id = ids.time_ordered(opened)
        posts = [self._post(topic_id, self.dice.choice(members), opened)]
        for seq, parent in enumerate(parents, start=1):
            at, above = opened + step * seq, posts[parent]
            above["child_count"] += 1
            posts.append(self._post(topic_id, self.dice.choice(members), at, seq, above))
        insert_all(Topic, [self._topic_row(circle, topic_id, posts)])
        insert_all(Post, posts)
        return str(posts[0]["public_id"])

    def _topic_row(
        self, circle: int, topic_id: int, posts: Sequence[Mapping[str, Any]]
    ) -> dict[str, Any]:
        first, last = posts[0], posts[-1]
        return {
            "id": topic_id,
            "public_id": first["public_id"],
            "circle_id": circle,
            "author_id": first["author_id"],
            "title": _title(self.dice.choice(self.texts)),
            "created_at": first["created_at"],
            "last_post_at": last["created_at"],
            "last_author_id": last["author_id"],
            "last_seq": last["seq"],
            "reply_count": len(posts) - 1,
            "gone": "",
        }

    def _post(
        self,
        topic_id: int,
        author: int,
        at: datetime,
        seq: int = 0,
        above: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        text = self.texts[self.next_text % len(self.texts)]
        self.next_text += 1
        return {
            "id": ids.time_ordered(at),
            "public_id": ids.public_id(),
            "topic_id": topic_id,
            "parent_id": above["id"] if above else None,
            "author_id": author,
            "seq": seq,
            "path": treepath.child(above["path"], seq) if above else "",
            "child_count": 0,
            "source": text.source,
            "format": text.format,
            "html": text.html,
            "render_version": RENDER_VERSION,
            "created_at": at,
        }


def _circles() -> dict[str, int]:
    """Set up the circles every new site has; the row id of each slug."""
    for circle in standard_circles():
        circles.found(new_circle(circle))
    rows = db.session.execute(unscoped(select(Circle.slug, Circle.id), Reason.SET_UP))
    return {row.slug: row.id for row in rows}


def _count(places: Iterable[int]) -> None:
    for model, column in ((Topic, Circle.topic_count), (Membership, Circle.member_count)):
        for place in places:
            query = select(func.count()).select_from(model).where(model.circle_id == place)
            found = db.session.execute(unscoped(query, Reason.COUNTERS)).scalar_one()
            db.session.execute(update(Circle).where(Circle.id == place).values({column: found}))


def _topics_below(posts: int) -> Sequence[Any]:
    query = select(Topic.id, Topic.last_seq).where(Topic.last_seq < posts - 1).order_by(Topic.id)
    return db.session.execute(unscoped(query, Reason.SET_UP)).all()


def _title(text: Text) -> str:
    return text.source.split(".")[0][:100]
