"""A circle and its private space of one size: as many members, topics and posts in each.

The space is written by the verbs that pages call: what is sealed cannot be made up in bulk.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bench import people
from bench.community import count
from bench.texts import distinct_texts
from bench.topics import Topics, parents
from forum.core import clock
from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.discussions import queries
from forum.discussions.actions import Head, Text, record_shown, sealing
from forum.discussions.queries.posts import post_for
from forum.discussions.queries.space_list import topics_of_space
from forum.discussions.queries.thread import Ask
from forum.employments import actions as employments
from forum.employments.actions import Workplace
from forum.models.circles import Circle
from forum.models.discussions import Topic
from forum.models.employers import Tie
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces import actions as spaces
from forum.spaces.queries import space_for

PLACE = "software-it"
"""The circle, which nobody else is measured in."""
LIFE = timedelta(days=100)
"""Topics were opened since then; none is erased yet."""
EMPLOYERS = 40
DEPTH = 6
FIRST_MEMBER = 100_000


@dataclass(frozen=True)
class SpaceSizes:
    """How much of everything, in the circle and again in its space."""

    members: int = 500
    topics: int = 2_000
    posts: int = 3
    page: int = 50
    readers: int = 4
    """Who have read the long topic, and half of what a list shows first."""
    read: int = 15


@dataclass(frozen=True)
class Twins:
    """What the measuring needs to know: paths, and who may ask for them."""

    tokens: list[str]
    circle: str
    circle_topic: str
    space: str
    space_topic: str


def load(sizes: SpaceSizes, seed: int = 2) -> Twins:
    """Fill the circle PLACE, where `community.load` has been before, and found its space."""
    with transaction():
        return _Loading(sizes, random.Random(seed)).run()


class _Loading:
    def __init__(self, sizes: SpaceSizes, dice: random.Random) -> None:
        self.sizes, self.dice, self.now = sizes, dice, clock.now()
        self.texts = distinct_texts(100, dice)
        self.answers = [parents(dice, sizes.posts - 1, DEPTH) for _ in range(sizes.topics - 1)]
        self.answers.append(parents(dice, sizes.page - 1, DEPTH))

    def run(self) -> Twins:
        found = select(Circle.id).where(Circle.slug == PLACE)
        circle = db.session.execute(unscoped(found, Reason.SET_UP)).scalar_one()
        users = people.add_members(self.sizes.members, self.now - LIFE, FIRST_MEMBER)
        people.join(circle, users, self.now - LIFE)
        readers = users[: self.sizes.readers]
        in_circle = self._in_circle(circle, users, readers)
        space, in_space = self._in_space(circle, users)
        tokens = people.sign_in(readers)
        return Twins(tokens, f"/c/{PLACE}", f"/t/{in_circle}", f"/s/{space}", f"/t/{in_space}")

    def _in_circle(self, circle: int, users: Sequence[int], readers: Sequence[int]) -> str:
        topics = Topics(self.dice, self.now - LIFE, self.texts)
        made = [topics.add(circle, users, answered) for answered in self.answers]
        count([circle])
        newest = select(Topic.id, Topic.last_seq).where(Topic.circle_id == circle)
        newest = newest.order_by(Topic.last_post_at.desc()).limit(2 * self.sizes.read)
        page = select(Topic.id, Topic.last_seq).where(Topic.public_id == made[-1])
        read = [*self._rows(newest)[::2], *self._rows(page)]
        people.mark_read(readers, list({row.id: row for row in read}.values()), self.dice)
        return made[-1]

    def _in_space(self, circle: int, users: Sequence[int]) -> tuple[str, str]:
        members, public_id = self._let_in(circle, users)
        strangers = [each for number, each in enumerate(members) if not self._is_near(number)]
        for answered in self.answers[:-1]:
            self._tell(public_id, members, answered, self._day())
        page = self._tell(public_id, strangers, self.answers[-1], self.now)
        for reader in members[: self.sizes.readers]:
            listed = topics_of_space(reader, space_for(reader, public_id)).rows
            for path in [each.url for each in listed[::2]] + [f"/t/{page}"]:
                shown = queries.thread(reader, path.removeprefix("/t/"), Ask())
                record_shown(reader, shown.topic_id, shown.newly_shown, shown.voice)
        return public_id, page

    def _is_near(self, number: int) -> bool:
        """Whether this member works where a reader does, who then misses what they wrote."""
        return number % EMPLOYERS < self.sizes.readers

    def _day(self) -> datetime:
        return self.now - timedelta(days=self.dice.randrange(1, LIFE.days))

    def _let_in(self, circle: int, users: Sequence[int]) -> tuple[list[Viewer], str]:
        """Everybody works somewhere and enters the space, which opens once two moderate it."""
        spaces.found_space(circle)
        members, public_id = [], ""
        with clock.freeze(self.now - LIFE):
            for number, user in enumerate(users):
                employer = f"employer-{number % EMPLOYERS}"
                employments.enter(
                    user,
                    Workplace(employer, Tie.WORKS_FOR),
                    told_on=clock.today(),
                    verified_domain=f"{employer}.example",
                )
                viewer = viewers.for_user(user)
                assert viewer is not None
                members.append(viewer)
                public_id = spaces.enter(viewer, circle)
            for user in users[-2:]:
                spaces.appoint(user, circle)
        return members, public_id

    def _tell(
        self, space: str, members: Sequence[Viewer], answered: Sequence[int], at: datetime
    ) -> str:
        """A topic and its replies, all of one day, each by somebody who may see what it answers."""
        with clock.freeze(at):
            author = self.dice.choice(members)
            head = Head(" ".join(self._text().source.split()[:9]))
            here = space_for(author, space)
            made = [sealing.write_sealed_topic(author, here, head, self._text()).public_id]
            for parent in answered:
                made.append(self._answer(members, made[parent]))
        return made[0]

    def _answer(self, members: Sequence[Viewer], to: str) -> str:
        while True:
            author = self.dice.choice(members)
            try:
                parent = post_for(author, to)
            except NotThere:  # a wall stands before it
                continue
            return sealing.write_sealed_reply(author, parent, self._text()).public_id

    def _text(self) -> Text:
        return self.dice.choice(self.texts)

    def _rows(self, query: Any) -> Sequence[Any]:
        return db.session.execute(unscoped(query, Reason.SET_UP)).all()
