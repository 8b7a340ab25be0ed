"""Putting a topic or a reply into a private space: sealed, under a pseudonym, behind a wall.

Inside a transaction; who may is decided by the caller. Nothing written here says who, when on a
day, or how many (access-and-privacy R1, R2, R4, R6).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select, update

from forum.core import clock, ids, names, treepath
from forum.core.db import db, transaction
from forum.core.errors import ForumError
from forum.core.i18n import _l
from forum.core.markup import RENDER_VERSION
from forum.core.seal import Secret, wrap
from forum.discussions.actions.wall_room import room_for
from forum.discussions.actions.writing import Parent, Text, Written
from forum.discussions.queries.own_in_space import OwnPost
from forum.discussions.queries.posts import SeenPost
from forum.models.discussions import Post, Topic
from forum.models.spaces import AFTERLIFE_DAYS, Pseudonym, TopicKey
from forum.policy import unsealing, visible, walls, workplaces
from forum.policy.identity import Voice
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped
from forum.spaces.queries import SeenSpace

TITLE_BUCKET = 256
"""A sealed title is filled up to a multiple of so many bytes."""


class NamesAnother(ForumError):
    status = 422
    sentence = _l(
        "Your change names somebody who was not named here before. Please write that as an answer"
        " of its own."
    )


@dataclass(frozen=True, slots=True)
class Head:
    """What a topic says before its text."""

    title: str
    wish: str = ""
    notes: tuple[str, ...] = ()


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
        wall = _own_entries(viewer, voice)
        room = room_for(voice, topic_id, wall)
        post = _add_sealed(voice, topic_id, pseudonym_id, text, (wall, room), None, public_id)
    return Written(public_id, public_id, Parent(post.id, topic_id, ""), 0, voice)


def write_sealed_reply(viewer: Viewer, parent: SeenPost, text: Text) -> Written:
    """A reply to a post of a space. Conflict when somebody took the same place at the same time."""
    voice, topic_id = parent.voice, parent.topic_id
    assert voice is not None
    assert parent.wall is not None
    with transaction():
        wall = _own_entries(viewer, voice)
        wall |= walls.opened(voice.key, parent.id, parent.wall)
        mentioned = _of_the_mentioned(viewer, voice, topic_id, text.source)
        wall = wall.union(*mentioned.values())
        pseudonym_id = _pseudonym(voice, topic_id)
        room = room_for(voice, topic_id, wall, parent, mentioned)
        post = _add_sealed(voice, topic_id, pseudonym_id, text, (wall, room), parent)
    here = Parent(post.id, topic_id, post.path)
    return Written(post.public_id, parent.topic.public_id, here, post.seq, voice)


def overwrite(viewer: Viewer, seen: SeenPost, text: Text, title: str | None) -> None:
    """Put another text in place of one's own. There is no second version (R9).

    NamesAnother when it newly names a voice whose wall would have to stand here: a wall is written
    once, so it cannot.
    """
    assert seen.voice is not None
    assert seen.wall is not None
    named = _of_the_mentioned(viewer, seen.voice, seen.topic_id, f"{title or ''}\n{text.source}")
    if not frozenset().union(*named.values()) <= walls.opened(seen.voice.key, seen.id, seen.wall):
        raise NamesAnother
    if title and seen.is_opening:
        head = Head(title, seen.head["wish"], tuple(seen.head["notes"]))
        sealed = _sealed_head(seen.voice, seen.topic_id, head)
        db.session.execute(update(Topic).where(Topic.id == seen.topic_id).values(sealed=sealed))
    values = {"sealed": _sealed_text(seen.voice, seen.id, text), "render_version": RENDER_VERSION}
    db.session.execute(update(Post).where(Post.id == seen.id).values(**values))


def erase(seen: SeenPost | OwnPost) -> None:
    """Take one's own words out of the database for good; of an opening post the title too."""
    assert seen.voice is not None
    if seen.is_opening:
        sealed = _sealed_head(seen.voice, seen.topic_id, Head(""))
        db.session.execute(update(Topic).where(Topic.id == seen.topic_id).values(sealed=sealed))
    gone = {"sealed": b"", "removed_at": clock.midnight(), "hidden_at": None}
    db.session.execute(update(Post).where(Post.id == seen.id).values(**gone))


def _add_sealed(
    voice: Voice,
    topic_id: int,
    pseudonym_id: int,
    text: Text,
    wall: tuple[walls.Records, int],
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
        wall=walls.sealed(voice.key, post_id, *wall),
        format=text.format,
        render_version=RENDER_VERSION,
        created_at=clock.midnight(),
    )
    session = db.session()
    session.add(post)
    session.flush()
    return post


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


def _own_entries(viewer: Viewer, voice: Voice) -> walls.Records:
    entries = workplaces.author_entries(viewer.user_id, clock.today())
    return walls.records(voice.key, voice.name_number, entries)


def _of_the_mentioned(
    viewer: Viewer, voice: Voice, topic_id: int, source: str
) -> dict[str, walls.Records]:
    """What hides those from whom it hides whose names here stand in the text: it is about them too.

    By name, and only of voices the writer can see: a name that was guessed must tell nothing. Of
    somebody's posts what they put up, and what stands before all of them: who sees none must not
    see the name.
    """
    rows = db.session.execute(
        unscoped(
            select(Pseudonym.name, Post.id, Post.wall)
            .join(Post, Post.pseudonym_id == Pseudonym.id)
            .where(Pseudonym.topic_id == topic_id, Pseudonym.name != voice.name),
            Reason.WALL,
        )
    ).all()
    said = _plain(source)
    rows = [row for row in rows if _plain(row.name) in said]
    lens = _lens(viewer, topic_id) if rows else None
    theirs: dict[str, list[walls.Records]] = defaultdict(list)
    for row in rows:
        if lens and lens.may_see(row.id, row.wall):
            theirs[row.name].append(walls.opened(voice.key, row.id, row.wall))
    return {name: _common(name, found) for name, found in theirs.items()}


def _plain(words: str) -> str:
    """Letters only, so that no blank or asterisk between them hides a name."""
    return "".join(letter for letter in words.casefold() if letter.isalpha())


def _lens(viewer: Viewer, topic_id: int) -> Lens:
    query = visible.space_topics(viewer, *unsealing.SEALED_TOPIC).where(Topic.id == topic_id)
    return Lenses(viewer).of(db.session.execute(query).one())


def _common(name: str, found: list[walls.Records]) -> walls.Records:
    number = names.number(name)
    assert number is not None
    own = (walls.put_up_by(each, number) for each in found)
    return frozenset.intersection(*found).union(*own)


def _sealed_text(voice: Voice, post_id: int, text: Text) -> bytes:
    return unsealing.sealed_text(voice.key, post_id, text.source, text.html)


def _sealed_head(voice: Voice, topic_id: int, head: Head) -> bytes:
    words = {"title": head.title, "wish": head.wish, "notes": list(head.notes)}
    return voice.key.seal(unsealing.TITLE, topic_id, unsealing.packed(words), pad_to=TITLE_BUCKET)
