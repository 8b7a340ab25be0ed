"""What the demo's people leave at posts of circles, by the same verbs as the pages."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from forum.cli.demo.community import Community, Topic
from forum.discussions import actions as discussions
from forum.models.discussions import ReactionKind
from forum.policy import viewer as viewers
from forum.policy.viewer import Viewer

_POSTS = 8
"""So many of each topic are reacted to, the first in its file."""
_HOW_MANY = (0, 0, 1, 1, 2, 3, 5)
_KINDS = (ReactionKind.THANKS, ReactionKind.THANKS, ReactionKind.BEEN_THERE, ReactionKind.INSIGHT)


@dataclass(slots=True)
class Reacting:
    """`people` leads from handles to user ids."""

    community: Community
    people: Mapping[str, int]
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def at(self, topic: Topic, posts: Mapping[int, str]) -> None:
        """React to a topic's posts, add to it, mark what answered it; the same every time.

        `posts` are public ids by number.
        """
        dice = random.Random(topic.title)  # nosec B311
        readers = self.community.members_of(topic.circle)
        authors = [topic.author, *(reply.author for reply in topic.replies)]
        for number in range(min(len(posts), _POSTS)):
            others = [handle for handle in readers if handle != authors[number]]
            for handle in dice.sample(others, min(dice.choice(_HOW_MANY), len(others))):
                discussions.react(self._viewer(handle), posts[number], dice.choice(_KINDS))
        if topic.postscript:
            text = f"{topic.body}\n\n{topic.postscript}"
            discussions.edit_post(self._viewer(topic.author), posts[0], text)
        if topic.answer:
            discussions.accept_answer(self._viewer(topic.author), posts[0], posts[topic.answer])

    def _viewer(self, handle: str) -> Viewer:
        if handle not in self._viewers:
            found = viewers.for_user(self.people[handle])
            assert found is not None
            self._viewers[handle] = found
        return self._viewers[handle]
