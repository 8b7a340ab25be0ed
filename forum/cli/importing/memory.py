"""What a circle already has of an archive, and of its authors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from forum.accounts.addresses import claim_digest
from forum.cli.importing.reading.messages import Entry
from forum.cli.importing.words import shown_name
from forum.core import clock, ids
from forum.core.db import db
from forum.core.seal import keyed_digest
from forum.discussions.actions.writing import Parent
from forum.mailbox.reading.subjects import take_apart
from forum.models.accounts import NAME_CHARS, User, UserState
from forum.models.circles import Circle
from forum.models.discussions import Post, Topic
from forum.models.imports import ImportedMessage
from forum.policy.visible import Reason, unscoped

CHUNK = 500
MAX_SOURCES = 300
FORGOTTEN = "digest:"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Target:
    """The circle an archive goes into."""

    id: int
    name: str


def find_circle(slug: str) -> Target | None:
    query = select(Circle.id, Circle.name).where(Circle.slug == slug)
    row = db.session.execute(unscoped(query, Reason.IMPORT)).first()
    return Target(row.id, row.name) if row else None


def all_slugs() -> list[str]:
    query = unscoped(select(Circle.slug).order_by(Circle.slug), Reason.IMPORT)
    return list(db.session.execute(query).scalars())


class Memory:
    """Knows which messages became which posts, and which addresses which accounts."""

    def __init__(self, circle: Target) -> None:
        self.circle = circle
        self.posts: dict[str, Parent | None] = {}
        self.authors: dict[str, int] = {}

    def recall(self, entries: Sequence[Entry]) -> None:
        """Look up all messages of an archive, those they refer to, and their authors."""
        named = {one for entry in entries for one in (entry.message_id, *entry.references)}
        for chunk in chunks(map(digest, named)):
            query = (
                select(ImportedMessage.message_digest, Post.id, Post.topic_id, Post.path)
                .join(Post, Post.id == ImportedMessage.post_id, isouter=True)
                .where(ImportedMessage.circle_id == self.circle.id)
                .where(ImportedMessage.message_digest.in_(chunk))
            )
            for row in db.session.execute(unscoped(query, Reason.IMPORT)):
                found = Parent(row.id, row.topic_id, row.path) if row.id is not None else None
                self.posts[row.message_digest] = found
        for chunk in chunks({self.claim(entry) for entry in entries}):
            authors = select(User.claim_digest, User.id).where(User.claim_digest.in_(chunk))
            self.authors |= {str(claim): found for claim, found in db.session.execute(authors)}

    def has(self, message_id: str) -> bool:
        """Whether an earlier run brought this message, even if its post is deleted since."""
        return digest(message_id) in self.posts

    def post(self, message_id: str) -> Parent | None:
        """The post a message became, or None."""
        known = message_id.removeprefix(FORGOTTEN)
        return self.posts.get(known if known != message_id else digest(message_id))

    def known_ids(self, entries: Sequence[Entry]) -> list[str]:
        """The ids that messages refer to and earlier runs brought."""
        named = {one for entry in entries for one in entry.references}
        return [one for one in named if self.post(one) is not None]

    def known_subjects(self, entries: Sequence[Entry]) -> dict[str, tuple[str, datetime]]:
        """Subjects of imported topics that are not in this archive: an id and the last time."""
        here = {digest(entry.message_id) for entry in entries}
        query = (
            select(
                ImportedMessage.message_digest,
                *(Post.id, Post.topic_id, Post.path),
                *(Topic.title, Topic.last_post_at),
            )
            .join(Post, Post.id == ImportedMessage.post_id)
            .join(Topic, Topic.id == Post.topic_id)
            .where(ImportedMessage.circle_id == self.circle.id, Post.seq == 0)
        )
        subjects = {}
        for row in db.session.execute(unscoped(query, Reason.IMPORT)):
            key = take_apart(row.title).key
            if key and row.message_digest not in here:
                self.posts[row.message_digest] = Parent(row.id, row.topic_id, row.path)
                subjects[key] = (FORGOTTEN + row.message_digest, row.last_post_at)
        return subjects

    def sources(self, topic_id: int) -> list[str]:
        """The texts a topic holds, up to 300."""
        query = select(Post.source).where(Post.topic_id == topic_id).limit(MAX_SOURCES)
        return list(db.session.execute(unscoped(query, Reason.IMPORT)).scalars())

    def claim(self, entry: Entry) -> str:
        """What the author's account is known by: the address, else the name in this circle."""
        nobody = f"no address, circle {self.circle.id}, {entry.sender.name.casefold()}"
        return claim_digest(entry.sender.address or nobody)

    def author(self, entry: Entry) -> int:
        """The author's account, unclaimed if it is new. Inside a transaction."""
        claim = self.claim(entry)
        if claim not in self.authors:
            at = entry.sent.at or clock.now()
            user = User(
                id=ids.time_ordered(at),
                public_id=ids.public_id(),
                name=shown_name(entry, self.circle.name, NAME_CHARS),
                claim_digest=claim,
                state=UserState.UNCLAIMED,
                created_at=at,
            )
            db.session.add(user)
            db.session.flush()
            self.authors[claim] = user.id
        return self.authors[claim]

    def remember(self, message_id: str, parent: Parent) -> None:
        """Note that a message is now a post. Inside a transaction."""
        self.posts[digest(message_id)] = parent
        db.session.add(
            ImportedMessage(
                circle_id=self.circle.id,
                message_digest=digest(message_id),
                post_id=parent.id,
                imported_at=clock.now(),
            )
        )


def digest(message_id: str) -> str:
    return keyed_digest("message-id", message_id)


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
