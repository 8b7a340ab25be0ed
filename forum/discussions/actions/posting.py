"""Opening topics, replying, editing, removing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import update

from forum.circles.queries import CARD, card
from forum.core import clock, markup
from forum.core.db import db, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.core.markup import RENDER_VERSION, Format
from forum.discussions.about import NO_FACTS, TopicFacts
from forum.discussions.actions import counters
from forum.discussions.actions.once import Posted, drop_draft, once
from forum.discussions.actions.sealing import (
    Head,
    erase,
    overwrite,
    write_sealed_reply,
    write_sealed_topic,
)
from forum.discussions.actions.telling import say_facts
from forum.discussions.actions.writing import Parent, Text, Written, write_reply, write_topic
from forum.discussions.queries.own_in_space import own_post
from forum.discussions.queries.posts import SeenPost, post_for
from forum.models.circles import Circle, Visibility
from forum.models.discussions import Post, Topic
from forum.policy import limits, visible
from forum.policy.allowed import Act, Place, require
from forum.policy.viewer import Viewer
from forum.spaces.looking import look
from forum.spaces.notes import checked
from forum.spaces.queries import space_for

_MOST_TRIES = 10
"""In a space, where no row is locked for the next number, as a lock leaves a trace of when (R2)."""


class NothingWritten(ForumError):
    status = 422
    sentence = _l("Please write something first.")


def rendered(source: str) -> Text:
    """A member's Markdown, made safe. NothingWritten, TooLong or TooComplex."""
    if not source.strip():
        raise NothingWritten
    return Text(source, markup.render(source, Format.MARKDOWN).html)


def post_topic(
    viewer: Viewer,
    slug: str,
    title: str,
    source: str,
    nonce: str,
    *,
    facts: TopicFacts = NO_FACTS,
) -> Posted:
    """Open a topic in a circle the viewer is an active member of.

    The same nonce again returns what the first made. Title up to 200, body up to 20,000
    characters. Raises NotThere, the refusals of Act.OPEN_TOPIC, TooOften, and what `rendered` does.
    """
    limits.check(limits.POST, str(viewer.id))
    require(viewer, Act.OPEN_TOPIC, _circle_place(viewer, slug))
    text = rendered(source)

    def write() -> Written:
        place = _circle_place(viewer, slug)
        require(viewer, Act.OPEN_TOPIC, place)
        return write_topic(viewer.user_id, place.circle_id, title, text, facts=facts)

    return once(viewer, nonce, f"topic:{slug}", write)


def post_topic_in_space(
    viewer: Viewer,
    space_public_id: str,
    head: Head,
    source: str,
    nonce: str,
    *,
    looked: bool = False,
) -> Posted:
    """Open a topic in a space the viewer is in, under a name of its own. As `post_topic`.

    GivesAway when the text could tell who wrote it; what is only doubtful passes once the writer
    has `looked` at it. NoSuchNote.
    """
    head = replace(head, notes=checked(head.notes))
    space = space_for(viewer, space_public_id)
    require(viewer, Act.OPEN_TOPIC, space.where)
    look(viewer, f"{head.title}\n\n{source}", looked=looked)
    text = rendered(source)

    def write() -> Written:
        seen = space_for(viewer, space_public_id)
        require(viewer, Act.OPEN_TOPIC, seen.where)
        return write_sealed_topic(viewer, seen, head, text)

    return once(viewer, nonce, f"space:{space_public_id}", write, space.voice)


def post_reply(
    viewer: Viewer, parent_public_id: str, source: str, nonce: str, *, looked: bool = False
) -> Posted:
    """Reply to a post the viewer may see, where they may write. Otherwise as `post_topic`.

    In a space as `post_topic_in_space`.
    """
    parent = post_for(viewer, parent_public_id)
    require(viewer, Act.REPLY, parent.where)
    if parent.voice:
        look(viewer, source, looked=looked)
    text = rendered(source)

    def write() -> Written:
        seen = post_for(viewer, parent_public_id)
        require(viewer, Act.REPLY, seen.where)
        if seen.voice:
            return write_sealed_reply(viewer, seen, text)
        return write_reply(viewer.user_id, Parent(seen.id, seen.topic_id, seen.path), text)

    return once(viewer, nonce, f"reply:{parent_public_id}", write, parent.voice)


def edit_post(
    viewer: Viewer,
    public_id: str,
    source: str,
    title: str | None = None,
    notes: Iterable[str] | None = None,
    *,
    looked: bool = False,
    facts: TopicFacts | None = None,
) -> SeenPost:
    """Change one's own post, and with `title` the topic it opens. Returns the post as it was.

    In a circle with `facts` what the topic says of itself too.

    In a space the same text check as when it was posted; with `notes` the topic's too, else they
    stay. NoSuchNote.
    """
    voice = post_for(viewer, public_id).voice
    limits.spend(limits.EDIT, viewer, voice)
    if voice:
        look(viewer, f"{title or ''}\n\n{source}", looked=looked)
    text = rendered(source)
    with transaction() as session:
        seen = counters.locked_post(viewer, public_id)
        require(viewer, Act.EDIT, seen.where)
        if seen.format is not Format.MARKDOWN:
            raise NotThere
        drop_draft(viewer, f"edit:{public_id}", seen.voice)
        if seen.voice:
            overwrite(viewer, seen, text, title, notes)
            return seen
        if title and seen.is_opening:
            session.execute(update(Topic).where(Topic.id == seen.topic_id).values(title=title))
        if facts and seen.is_opening:
            say_facts(seen.topic_id, facts)
        session.execute(
            update(Post)
            .where(Post.id == seen.id)
            .values(
                source=text.source,
                html=text.html,
                render_version=RENDER_VERSION,
                edited_at=clock.now(),
            )
        )
    return seen


def remove_post(viewer: Viewer, public_id: str) -> SeenPost:
    """Erase one's own post for good. Returns the post as it was.

    Answers below it stay, under a line that says something was taken away. An opening post nobody
    answered takes its topic along.
    """
    with transaction() as session:
        seen = counters.locked_post(viewer, public_id)
        require(viewer, Act.REMOVE, seen.where)
        drop_draft(viewer, f"edit:{public_id}", seen.voice)
        if seen.voice:
            erase(seen)
            return seen
        topic = counters.lock(seen.topic_id)
        if seen.is_opening and not topic.last_seq:
            counted = topic.hidden_at is None
            counters.drop_topic(seen.topic_id, seen.where.circle_id, counted=counted)
            return seen
        session.execute(
            update(Post)
            .where(Post.id == seen.id)
            .values(source="", html="", removed_at=clock.now(), hidden_at=None, hidden_reason=None)
        )
        counters.take_away(seen.topic_id, seen.seq)
        if seen.is_opening:  # its author's words too
            say_facts(seen.topic_id, NO_FACTS)
    return seen


def remove_own_in_space(viewer: Viewer, space_public_id: str, public_id: str) -> None:
    """Erase one's own post of a space, also where its topic can no longer be seen. Or NotThere."""
    with transaction():
        erase(own_post(viewer, space_for(viewer, space_public_id), public_id))


def _circle_place(viewer: Viewer, slug: str) -> Place:
    row = db.session.execute(visible.circles(viewer, *CARD).where(Circle.slug == slug)).first()
    if row is None:
        raise NotThere
    found = card(viewer, row)
    return Place(found.id, Visibility(found.visibility))
