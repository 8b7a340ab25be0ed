"""Topics of circles in bulk: the rows that `write_topic` and `write_reply` would make.

A test holds the two against each other.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bench.people import insert_all
from forum.core import clock, ids, treepath
from forum.core.markup import RENDER_VERSION
from forum.discussions.actions.writing import Text
from forum.models.discussions import Post, Topic


def parents(dice: random.Random, replies: int, depth: int) -> list[int]:
    """For each reply the number of the post it answers; one branch reaches the full depth."""
    depths, found = [0], []
    for number in range(1, replies + 1):
        parent = number - 1 if number <= depth else dice.randrange(number)
        while depths[parent] >= depth:
            parent = dice.randrange(number)
        found.append(parent)
        depths.append(depths[parent] + 1)
    return found


class Topics:
    """Adds topics that were opened since a moment, with one text after the other."""

    def __init__(self, dice: random.Random, since: datetime, texts: Sequence[Text]) -> None:
        self._dice, self._since, self._now = dice, since, clock.now()
        self._texts, self._next_text = texts, 0

    def add(self, circle: int, members: Sequence[int], answered: Sequence[int]) -> str:
        """A topic with its posts, written at even steps of time; its public id.

        Reply n answers post number answered[n - 1].
        """
        opened = self._now - (self._now - self._since) * self._dice.uniform(0.01, 1)
        step = (self._now - opened) * self._dice.uniform(0.1, 0.9) / (len(answered) + 1)
        topic_id = ids.time_ordered(opened)
        posts = [self._post(topic_id, self._dice.choice(members), opened)]
        for seq, parent in enumerate(answered, start=1):
            at, above = opened + step * seq, posts[parent]
            above["child_count"] += 1
            posts.append(self._post(topic_id, self._dice.choice(members), at, seq, above))
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
            "title": _title(self._dice.choice(self._texts)),
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
        text = self._texts[self._next_text % len(self._texts)]
        self._next_text += 1
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


def _title(text: Text) -> str:
    return text.source.split(".")[0][:100]
