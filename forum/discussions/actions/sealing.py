"""Putting a topic or a reply into a private space: sealed, under a pseudonym, behind a wall.

Inside a transaction; who may is decided by the caller. Nothing written here says who, when on a
day, or how many (access-and-privacy R1, R2, R4, R6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update

from forum.core import clock, ids, treepath
from forum.core.db import db, transaction
from forum.core.errors import EditedMeanwhile, ForumError
from forum.core.i18n import _l
from forum.core.markup import RENDER_VERSION
from forum.core.seal import Secret, wrap
from forum.discussions.actions.mentioning import of_the_mentioned
from forum.discussions.actions.writing import Parent, Text, Written
from forum.discussions.queries.own_in_space import OwnPost
from forum.discussions.queries.posts import SeenPost
from forum.models.discussions import Post, Topic
from forum.models.spaces import AFTERLIFE_DAYS, Pseudonym, TopicKey
from forum.policy import blocks, unsealing, walls, workplaces
from forum.policy.identity import Voice
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.erasing import erase_words
from forum.spaces.notes import checked, known
from forum.spaces.queries import SeenSpace


class NamesAnother(ForumError):
    status = 422
    sentence = _l(
        "Your change names somebody who was not named here before, or has written more since."
        " Please write that as an answer of its own."
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What a topic says before its text."""

    title: str
    wish: str = ""
    notes: tuple[str, ...] = ()
    """Keys of spaces.notes."""


def write_sealed_topic(viewer: Viewer, space: SeenSpace, head: Head, text: Text) -> Written:
    """A new topic with its opening post, under a key of its own, in a space the viewer is in."""
    today, key, public_id = clock.today(), Secret.new(), ids.public_id()
    topic_id = ids.random_key()
    voice = Voice(key, space.voice.secret, space.voice.number)
    closes_on = today + timedelta(days=space.life_days)
    with transaction() as session:
        session.add(
            TopicKey(
                topic_id=topic_id,
                space_id=space.id,
                wrapped=wrap(key.raw, f"topic:{topic_id}"),
                opened_on=today,
                closes_on=closes_on,
                erases_on=closes_on + timedelta(days=AFTERLIFE_DAYS),
            )
        )
        pseudonym_id = ids.random_key()
        session.add(
            Topic(
                id=topic_id,
                public_id=public_id,
                circle_id=space.place.circle.id,
                space_id=space.id,
                pseudonym_id=pseudonym_id,
                title="",
                sealed=_sealed_head(voice, topic_id, head),
                created_at=clock.midnight(),
                last_post_at=clock.midnight(),
            )
        )
        session.flush()
        session.add(Pseudonym(id=pseudonym_id, topic_id=topic_id, name=voice.name))
        session.flush()
        wall = _own_entries(viewer, voice, topic_id)
        post = _add_sealed(voice, topic_id, pseudonym_id, text, wall, None, public_id)
    return Written(public_id, public_id, Parent(post.id, topic_id, ""), 0, voice)


def write_sealed_reply(viewer: Viewer, parent: SeenPost, text: Text) -> Written:
    """A reply to a post of a space. Conflict when somebody took the same place at the same time."""
    voice, topic_id = parent.voice, parent.topic_id
    assert voice is not None
    assert parent.wall is not None
    with transaction():
        wall = _own_entries(viewer, voice, topic_id)
        wall |= walls.opened(voice.key, parent.id, parent.wall)
        wall |= of_the_mentioned(viewer, voice, topic_id, text.source)
        pseudonym_id = _pseudonym(voice, topic_id)
        post = _add_sealed(voice, topic_id, pseudonym_id, text, wall, parent)
    here = Parent(post.id, topic_id, post.path)
    return Written(post.public_id, parent.topic.public_id, here, post.seq, voice)


def overwrite(
    viewer: Viewer,
    seen: SeenPost,
    text: Text,
    title: str | None,
    notes: Iterable[str] | None = None,
) -> None:
    """Put another text in place of one's own. There is no second version (R9).

    EditedMeanwhile when somebody changed it since it was read, as no row is locked here. And
    NamesAnother when it newly names a voice whose wall would have to stand here: a wall is written
    once, so it cannot.
    """
    assert seen.voice is not None
    assert seen.wall is not None
    named = of_the_mentioned(viewer, seen.voice, seen.topic_id, f"{title or ''}\n{text.source}")
    if not named <= walls.opened(seen.voice.key, seen.id, seen.wall):
        raise NamesAnother
    if seen.is_opening:
        there = known(seen.head["notes"]) if notes is None else checked(notes)
        _seal_head(seen, Head(title or seen.head["title"], seen.head["wish"], there))
    values = {"sealed": _sealed_text(seen.voice, seen.id, text), "render_version": RENDER_VERSION}
    as_it_was = (Post.id == seen.id, Post.sealed == seen.sealed)
    changed = db.session.execute(update(Post).where(*as_it_was).values(**values))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise EditedMeanwhile


def erase(seen: SeenPost | OwnPost) -> None:
    """Take one's own words out of the database for good; of an opening post all its `Head` too."""
    assert seen.voice is not None
    erase_words(seen.voice.key, seen.topic_id, seen.id, is_opening=seen.is_opening)


def _add_sealed(
    voice: Voice,
    topic_id: int,
    pseudonym_id: int,
    text: Text,
    wall: walls.Records,
    parent: SeenPost | None,
    public_id: str | None = None,
) -> Post:
    post_id, seq = ids.random_key(), _next_seq(topic_id) if parent else 0
    post = Post(
        id=post_id,
        public_id=public_id or ids.public_id(),
        topic_id=topic_id,
        parent_id=parent.id if parent else None,
        pseudonym_id=pseudonym_id,
        seq=seq,
        path=treepath.child(parent.path, seq) if parent else "",
        source="",
        html="",
        sealed=_sealed_text(voice, post_id, text),
        wall=walls.sealed(voice.key, post_id, wall, _names(topic_id, pseudonym_id, parent)),
        format=text.format,
        render_version=RENDER_VERSION,
        created_at=clock.midnight(),
    )
    session = db.session()
    session.add(post)
    session.flush()
    return post


def _names(topic_id: int, pseudonym_id: int, parent: SeenPost | None) -> int:
    """How many names have written a post and what it answers, which everybody there sees."""
    if parent is None:
        return 1
    above = [*treepath.ancestors(parent.path), parent.path]
    query = select(Post.pseudonym_id).where(Post.topic_id == topic_id, Post.path.in_(above))
    found = db.session.execute(unscoped(query, Reason.TREE_POSITION)).scalars()
    return len({pseudonym_id, *found})


def _next_seq(topic_id: int) -> int:
    """Worked out from the posts: a number kept in the topic's row would change with every reply."""
    newest = select(func.max(Post.seq)).where(Post.topic_id == topic_id)
    found: int | None = db.session.execute(unscoped(newest, Reason.TREE_POSITION)).scalar()
    return (found or 0) + 1


def _pseudonym(voice: Voice, topic_id: int) -> int:
    """The row of the name the voice has in the topic, made when it speaks there first."""
    name = voice.name
    known = select(Pseudonym.id).where(Pseudonym.topic_id == topic_id, Pseudonym.name == name)
    found: int | None = db.session.execute(unscoped(known, Reason.TREE_POSITION)).scalar()
    if found is None:
        found = ids.random_key()
        session = db.session()
        session.add(Pseudonym(id=found, topic_id=topic_id, name=name))
        session.flush()
    return found


def _own_entries(viewer: Viewer, voice: Voice, topic_id: int) -> walls.Records:
    entries = workplaces.author_entries(viewer.user_id, clock.today())
    entries |= blocks.entries(viewer.user_id, topic_id)
    return walls.records(voice.key, voice.name_number, entries)


def _sealed_text(voice: Voice, post_id: int, text: Text) -> bytes:
    return unsealing.sealed_text(voice.key, post_id, text.source, text.html)


def _seal_head(seen: SeenPost | OwnPost, head: Head) -> None:
    """Put another head over the topic that one's own post opens."""
    assert seen.voice is not None
    sealed = _sealed_head(seen.voice, seen.topic_id, head)
    db.session.execute(update(Topic).where(Topic.id == seen.topic_id).values(sealed=sealed))


def _sealed_head(voice: Voice, topic_id: int, head: Head) -> bytes:
    return unsealing.sealed_head(voice.key, topic_id, head.title, head.wish, head.notes)
