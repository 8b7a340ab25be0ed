"""Filling the private spaces of the demo, by the same verbs as the pages, on the days it was told.

Everything goes in order of time: how much a member may write in a while is held here too.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from forum.cli.demo.community import PrivateSpace, Reply, Topic
from forum.core import clock
from forum.discussions import actions as discussions
from forum.discussions import queries
from forum.discussions.actions import Head
from forum.discussions.queries.thread import Ask
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer
from forum.spaces import actions as spaces

OPENED_BEFORE = timedelta(days=200)


@dataclass(slots=True)
class Telling:
    """One space; `people` leads from handles to user ids."""

    space: PrivateSpace
    circle_id: int
    people: Mapping[str, int]
    now: datetime
    _public_id: str = ""
    _viewers: dict[str, Viewer] = field(default_factory=dict)
    _posts: dict[tuple[str, int], str] = field(default_factory=dict)
    """Public ids by the topic's title and the number of the reply, 0 for the opening post."""

    def run(self) -> None:
        with clock.freeze(self.now - OPENED_BEFORE):
            self._let_in()
        for at, topic, number in sorted(self._events(), key=lambda event: event[0]):
            with clock.freeze(at):
                if number:
                    self._answer(topic, topic.replies[number - 1], number)
                else:
                    self._tell(topic)

    def _let_in(self) -> None:
        spaces.found_space(self.circle_id)
        for handle in self.space.members:
            viewer = viewers.for_user(self.people[handle])
            assert viewer is not None
            self._viewers[handle] = viewer
            self._public_id = spaces.enter(viewer, self.circle_id)
        for handle in self.space.moderators:
            spaces.appoint(self.people[handle], self.circle_id)

    def _events(self) -> Iterator[tuple[datetime, Topic, int]]:
        for topic in self.space.topics:
            opened = self.now - topic.ago
            yield opened, topic, 0
            for number, _reply, since in topic.by_time():
                yield opened + since, topic, number

    def _tell(self, topic: Topic) -> None:
        author = self._viewers[topic.author]
        head = Head(topic.title, topic.wish, topic.notes)
        posted = discussions.post_topic_in_space(
            author, self._public_id, head, topic.body, _nonce()
        )
        self._posts[topic.title, 0] = posted.public_id

    def _answer(self, topic: Topic, reply: Reply, number: int) -> None:
        """They read what they can see of it, then write."""
        author = self._viewers[reply.author]
        page = queries.thread(author, self._posts[topic.title, 0], Ask())
        discussions.record_shown(author, page.topic_id, page.newly_shown, page.voice)
        parent = self._posts[topic.title, reply.parent]
        posted = discussions.post_reply(author, parent, reply.body, _nonce())
        self._posts[topic.title, number] = posted.public_id


def _nonce() -> str:
    return secrets.token_urlsafe(16)
