"""Opening topics, replying, editing, removing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import delete, update

from forum.circles.queries import CARD, card
from forum.core import clock, markup
from forum.core.db import db, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.core.markup import NO_FILES, Files, Format
from forum.discussions.about import NO_FACTS, TopicFacts
from forum.discussions.actions import counters
from forum.discussions.actions.once import Posted, drop_draft, once
from forum.discussions.actions.sealing import (
    Head,
    erase,
    write_sealed_reply,
    write_sealed_topic,
)
from forum.discussions.actions.telling import say_facts
from forum.discussions.actions.writing import Parent, Text, Written, write_reply, write_topic
from forum.discussions.queries.own_in_space import own_post
from forum.discussions.queries.posts import SeenPost, post_for
from forum.files import actions as files
from forum.files.queries import Taken, named_in, taken
from forum.models.circles import Circle, Visibility
from forum.models.discussions import Post, Reaction, Revision
from forum.notifications import actions as notifications
from forum.notifications.actions import News
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


def rendered(source: str, files_named: Files = NO_FILES) -> Text:
    """A member's Markdown with the files it may name. NothingWritten, TooLong or TooComplex."""
    if not source.strip():
        raise NothingWritten
    return Text(source, markup.render(source, Format.MARKDOWN, files_named).html)


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
    named = named_in(viewer, source)
    text = rendered(source, named.files)

    def write() -> Written:
        place = _circle_place(viewer, slug)
        require(viewer, Act.OPEN_TOPIC, place)
        written = write_topic(viewer.user_id, place.circle_id, title, text, facts=facts)
        files.carry(viewer, written.parent.id, named)
        notifications.follow_opened(viewer, written.parent.topic_id)
        notifications.announce(_news(viewer, written, place.circle_id, text))
        return written

    return once(viewer, nonce, f"topic:{slug}", write, html=text.html)


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
    sealed = taken(viewer, source)
    text = rendered(sealed.source, sealed.files)

    def write() -> Written:
        seen = space_for(viewer, space_public_id)
        require(viewer, Act.OPEN_TOPIC, seen.where)
        return _with_pictures(write_sealed_topic(viewer, seen, head, text), sealed)

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
        return _reply_in_space(viewer, parent, source, nonce)
    named = named_in(viewer, source, parent_public_id)
    text = rendered(source, named.files)

    def write() -> Written:
        seen = post_for(viewer, parent_public_id)
        require(viewer, Act.REPLY, seen.where)
        here = Parent(seen.id, seen.topic_id, seen.path)
        written = write_reply(viewer.user_id, here, text)
        files.carry(viewer, written.parent.id, named)
        notifications.follow_answered(viewer, seen.topic_id, seen.where.circle_id)
        notifications.announce(_news(viewer, written, seen.where.circle_id, text, seen.id))
        return written

    return once(viewer, nonce, f"reply:{parent_public_id}", write, html=text.html)


def _reply_in_space(viewer: Viewer, parent: SeenPost, source: str, nonce: str) -> Posted:
    public_id = parent.card.public_id
    sealed = taken(viewer, source)
    text = rendered(sealed.source, sealed.files)

    def write() -> Written:
        seen = post_for(viewer, public_id)
        require(viewer, Act.REPLY, seen.where)
        return _with_pictures(write_sealed_reply(viewer, seen, text), sealed)

    return once(viewer, nonce, f"reply:{public_id}", write, parent.voice)


def _with_pictures(written: Written, sealed: Taken) -> Written:
    assert written.voice is not None
    files.carry_sealed(written.voice.key, written.parent.id, sealed)
    return written


@dataclass(frozen=True, slots=True)
class Removed:
    """A post as it was before it was removed."""

    post: SeenPost
    with_topic: bool
    """Whether its topic went along."""


def remove_post(viewer: Viewer, public_id: str) -> Removed:
    """Erase one's own post for good.

    Answers below it stay, under a line that says one is missing. The last post that is left of a
    topic takes it along. Earlier texts, reactions, and files that only this post carried go too.
    """
    with transaction():
        seen = counters.locked_post(viewer, public_id)
        require(viewer, Act.REMOVE, seen.where)
        drop_draft(viewer, f"edit:{public_id}", seen.voice)
        if seen.voice:
            erase(seen)
            return Removed(seen, with_topic=False)
        topic = counters.lock(seen.topic_id)
        gone = files.let_go(seen.id)
        last = counters.is_last_of_topic(seen.topic_id, seen.id)
        if last:
            counted = topic.hidden_at is None
            counters.drop_topic(seen.topic_id, seen.where.circle_id, counted=counted)
        else:
            _blank(seen)
    files.erase(gone)
    return Removed(seen, with_topic=last)


def _blank(seen: SeenPost) -> None:
    db.session.execute(
        update(Post)
        .where(Post.id == seen.id)
        .values(source="", html="", removed_at=clock.now(), hidden_at=None, hidden_reason=None)
    )
    for left in (Revision, Reaction):
        db.session.execute(delete(left).where(left.post_id == seen.id))
    counters.forget_answer(seen.topic_id, seen.id)
    counters.take_away(seen.topic_id, seen.seq)
    if seen.is_opening:  # its author's words too
        say_facts(seen.topic_id, NO_FACTS)


def remove_own_in_space(viewer: Viewer, space_public_id: str, public_id: str) -> None:
    """Erase one's own post of a space, also where its topic can no longer be seen. Or NotThere."""
    with transaction():
        erase(own_post(viewer, space_for(viewer, space_public_id), public_id))


def _news(
    viewer: Viewer, written: Written, circle_id: int, text: Text, parent_id: int | None = None
) -> News:
    made = written.parent
    return News(made.id, made.topic_id, circle_id, viewer.user_id, text.html, parent_id)


def _circle_place(viewer: Viewer, slug: str) -> Place:
    row = db.session.execute(visible.circles(viewer, *CARD).where(Circle.slug == slug)).first()
    if row is None:
        raise NotThere
    found = card(viewer, row)
    return Place(found.id, Visibility(found.visibility))
