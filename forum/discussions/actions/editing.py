"""Changing one's own post: seen by everybody in a circle, without a trace in a space."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, update

from forum.core import clock, ids
from forum.core.db import db, transaction
from forum.core.errors import NotThere
from forum.core.markup import RENDER_VERSION, Format
from forum.discussions.about import TopicFacts
from forum.discussions.actions import counters
from forum.discussions.actions.once import drop_draft
from forum.discussions.actions.posting import rendered
from forum.discussions.actions.sealing import overwrite
from forum.discussions.actions.telling import say_facts
from forum.discussions.actions.versions import check_version
from forum.discussions.actions.writing import Text
from forum.discussions.queries.posts import SeenPost, post_for
from forum.files import actions as files
from forum.files.queries import Named, Taken, named_in, taken
from forum.models.discussions import Post, Revision, Topic
from forum.notifications import actions as notifications
from forum.notifications.actions import News
from forum.policy import limits, visible
from forum.policy.allowed import Act, require
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer
from forum.spaces.looking import look

GRACE = timedelta(minutes=5)
"""So long a post that nobody has answered can be mended without a trace."""


def edit_post(
    viewer: Viewer,
    public_id: str,
    source: str,
    title: str | None = None,
    notes: Iterable[str] | None = None,
    *,
    shown: str = "",
    looked: bool = False,
    facts: TopicFacts | None = None,
) -> SeenPost:
    """Change one's own post, and what is said of the topic it opens. Returns the post as it was.

    What is None stays. `facts` are what a circle's topic says of itself. `shown` is the
    `version_of` the post that the writer saw: EditedMeanwhile when it is another one by now. In a
    circle the earlier text is kept for all to see, but for the first five minutes of a post nobody
    has answered. In a space the same text check as when it was posted. NoSuchNote.
    """
    before = post_for(viewer, public_id)
    voice = before.voice
    limits.spend(limits.EDIT, viewer, voice)
    if voice:
        look(viewer, f"{title or ''}\n\n{source}", looked=looked)
    named, sealed = _named(viewer, public_id, source, in_space=voice is not None)
    text = rendered(sealed.source, {**named.files, **sealed.files})
    if not voice:
        notifications.count_named(viewer, text.html, str(before.card.html))
    with transaction():
        if voice is None:
            not_closed(viewer.user_id)
        seen = counters.locked_post(viewer, public_id)
        require(viewer, Act.EDIT, seen.where)
        if seen.format is not Format.MARKDOWN:
            raise NotThere
        check_version(seen, shown)
        drop_draft(viewer, f"edit:{public_id}", seen.voice)
        if seen.voice:
            overwrite(viewer, seen, text, title, notes)
            files.carry_sealed_instead(seen.voice.key, seen.id, sealed)
        else:
            _keep_earlier(viewer, seen, text, title)
            _change(seen, text, title, facts)
            files.carry_instead(viewer, seen.id, named)
            _announce(viewer, seen, text)
    return seen


def _named(viewer: Viewer, public_id: str, source: str, *, in_space: bool) -> tuple[Named, Taken]:
    """The files that a text may show, in a circle, and in a space."""
    if in_space:
        return Named(), taken(viewer, source, public_id)
    return named_in(viewer, source, public_id), Taken(source)


def _announce(viewer: Viewer, seen: SeenPost, text: Text) -> None:
    here = (seen.id, seen.topic_id, seen.where.circle_id)
    notifications.announce_edit(News(*here, viewer.user_id, text.html))


def _change(seen: SeenPost, text: Text, title: str | None, facts: TopicFacts | None) -> None:
    if facts and seen.is_opening:
        say_facts(seen.topic_id, facts)
    if title and seen.is_opening:
        db.session.execute(update(Topic).where(Topic.id == seen.topic_id).values(title=title))
    values = {"source": text.source, "html": text.html, "render_version": RENDER_VERSION}
    db.session.execute(update(Post).where(Post.id == seen.id).values(**values))


def _keep_earlier(viewer: Viewer, seen: SeenPost, text: Text, title: str | None) -> None:
    """What stands there becomes the newest of the earlier texts. Its topic is locked."""
    renamed = seen.is_opening and title and title != seen.topic.title
    if _is_fresh(seen) or not (renamed or text.source != seen.source):
        return
    last = visible.revisions(viewer, func.max(Revision.number)).where(Post.id == seen.id)
    new = Revision(
        id=ids.random_key(),
        post_id=seen.id,
        number=(db.session.execute(last).scalar() or 0) + 1,
        title=seen.topic.title if seen.is_opening else None,
        source=seen.source,
        edited_at=clock.now(),
    )
    db.session.add(new)
    edited = update(Post).where(Post.id == seen.id).values(edited_at=new.edited_at)
    db.session.execute(edited)


def _is_fresh(seen: SeenPost) -> bool:
    return not seen.card.has_replies and clock.now() - seen.card.at <= GRACE
