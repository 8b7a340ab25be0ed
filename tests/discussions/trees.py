"""Topics of any shape and size, made quickly, and what is true of them by plain recursion."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from forum.core import clock, ids, treepath
from forum.core.db import db, transaction
from forum.core.markup import RENDER_VERSION, Format
from forum.discussions import actions
from forum.models.accounts import User
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.policy.visible import Reason, unscoped

WORDS = actions.Text("Words.", "<p>Words.</p>")


@dataclass
class Tree:
    """A topic and the public ids of its posts by number; `parents[n]` is whom post n answers."""

    topic: str
    parents: list[int] = field(default_factory=lambda: [-1])
    posts: list[str] = field(default_factory=list)

    def children(self, number: int) -> list[int]:
        return [n for n, parent in enumerate(self.parents) if parent == number]

    def reading_order(self, top: int = 0) -> list[int]:
        """Each post, then all that hangs below it, earlier answers first."""
        below = [n for child in self.children(top) for n in self.reading_order(child)]
        return [top, *below]

    def above(self, number: int) -> list[int]:
        """The posts above one, from the opening post down."""
        parent = self.parents[number]
        return [] if parent < 0 else [*self.above(parent), parent]


def shapes(max_replies: int = 25) -> st.SearchStrategy[list[int]]:
    """For each reply in turn, whom it answers: a number below its own."""
    draws = st.lists(st.integers(0, 10_000), max_size=max_replies)
    return draws.map(lambda found: [draw % (n + 1) for n, draw in enumerate(found)])


def planted(authors: list[User], place: Circle, answers: list[int]) -> Tree:
    """Write a tree with the verbs that pages use, in one transaction: the authors take turns."""
    with transaction():
        first = actions.write_topic(authors[0].id, place.id, "A question", WORDS)
        tree, parents = Tree(first.public_id, [-1, *answers]), [first.parent]
        tree.posts.append(first.public_id)
        for number, parent in enumerate(answers, start=1):
            author = authors[number % len(authors)]
            written = actions.write_reply(author.id, parents[parent], WORDS)
            parents.append(written.parent)
            tree.posts.append(written.public_id)
    return tree


def grown(authors: list[User], place: Circle, answers: list[int]) -> Tree:
    """The same tree in a few statements, where only its shape matters."""
    topic, replies = _bulk_topic(authors, place, answers)
    return Tree(topic, [-1, *answers], [topic, *replies])


def take_away(hidden: list[str], removed: list[str]) -> None:
    """Hide and remove posts in two statements, without the counters."""
    for posts, fate in ((hidden, "hidden_at"), (removed, "removed_at")):
        with transaction() as session:
            gone = update(Post).where(Post.public_id.in_(posts)).values({fate: clock.now()})
            session.execute(gone)


def set_gone(topic: str, gone: str) -> None:
    """What the counters note of posts that were taken away."""
    with transaction() as session:
        session.execute(update(Topic).where(Topic.public_id == topic).values(gone=gone))


def long_topic(author: User, place: Circle, replies: int) -> str:
    """A topic of any length in one statement: each third reply answers the opening post."""
    answers = [0 if seq % 3 == 1 else seq - 1 for seq in range(1, replies + 1)]
    return _bulk_topic([author], place, answers)[0]


def deep_topic(author: User, place: Circle, levels: int) -> tuple[str, list[str]]:
    """A topic in which each post answers the one before; and all its posts."""
    topic, replies = _bulk_topic([author], place, list(range(levels)))
    return topic, [topic, *replies]


def many_topics(author: User, place: Circle, count: int) -> None:
    """Topics of one post each, a minute apart, in two statements."""
    topics, posts = [], []
    for number in range(count):
        at = clock.now() - timedelta(minutes=number)
        row_id, public_id = ids.time_ordered(at), ids.public_id()
        topics.append(
            {
                "id": row_id,
                "public_id": public_id,
                "circle_id": place.id,
                "author_id": author.id,
                "title": f"Topic {number}",
                "created_at": at,
                "last_post_at": at,
                "last_author_id": author.id,
            }
        )
        posts.append(_post_row(author.id, row_id, public_id=public_id, at=at))
    with transaction() as session:
        session.execute(insert(Topic), topics)
        session.execute(insert(Post), posts)


def _bulk_topic(authors: list[User], place: Circle, answers: list[int]) -> tuple[str, list[str]]:
    children = Counter(answers)
    with transaction() as session:
        first = actions.write_topic(authors[0].id, place.id, "A question", WORDS)
        top = first.parent
        rows: list[dict] = [{"id": top.id, "path": "", "public_id": first.public_id}]
        for seq, parent in enumerate(answers, start=1):
            above = rows[parent]
            path = treepath.child(above["path"], seq)
            author = authors[seq % len(authors)]
            more = {"seq": seq, "path": path, "parent_id": above["id"]}
            more["child_count"] = children[seq]
            rows.append(_post_row(author.id, top.topic_id, **more))
        if answers:
            session.execute(insert(Post), rows[1:])
        counts = {"last_seq": len(answers), "reply_count": len(answers)}
        session.execute(update(Topic).where(Topic.id == top.topic_id).values(**counts))
    return first.public_id, [row["public_id"] for row in rows[1:]]


def _post_row(author_id: int, topic_id: int, **changes: object) -> dict:
    at = changes.pop("at", None) or clock.now()
    return {
        "id": ids.time_ordered(at),
        "public_id": ids.public_id(),
        "topic_id": topic_id,
        "author_id": author_id,
        "parent_id": None,
        "seq": 0,
        "path": "",
        "child_count": 0,
        "source": "Words.",
        "format": Format.MARKDOWN,
        "html": "<p>Words.</p>",
        "render_version": RENDER_VERSION,
        "created_at": at,
    } | changes


def replies_of(topic: str) -> list[str]:
    """Public ids of a topic's replies by number."""
    query = select(Post.public_id).join(Topic, Topic.id == Post.topic_id)
    query = query.where(Topic.public_id == topic, Post.seq > 0).order_by(Post.seq)
    return list(db.session.execute(unscoped(query, Reason.COUNTERS)).scalars())
