"""Reading a topic: one statement for the topic, one for its posts, one for ancestors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import (
    Row,
    or_,
)

from forum.core import treepath
from forum.core.db import db
from forum.core.errors import NotThere
from forum.core.ranges import Ranges
from forum.discussions.queries.ground import (
    CircleGround,
    SpaceGround,
    ground,
)
from forum.discussions.queries.thread import statements
from forum.discussions.queries.thread.asking import MAX_FOLDS, PAGE, TIME, TREE, Ask
from forum.discussions.queries.titles import headline
from forum.models.discussions import Draft, Post, ReadMark
from forum.policy import unsealing, visible
from forum.policy.identity import Voice, owner
from forum.policy.viewer import Viewer

_MAX_SPANS = 200


def topic_ground(viewer: Viewer, public_id: str) -> CircleGround:
    """A topic with its circle, the viewer's read mark and draft. NotThere as ever.

    One statement in a circle, at most five in a space.
    """
    row = statements.topic(viewer).first(public_id=public_id)
    if row is not None:
        return ground(viewer, row)
    if not viewer.signed_in:
        raise NotThere
    return _seen_in_space(viewer, statements.space_topic(viewer).first(public_id=public_id))


def topic_ground_of_post(viewer: Viewer, post_public_id: str) -> CircleGround:
    """The same for the topic of a post, when the viewer may see that post."""
    row = statements.topic_of_post(viewer).first(public_id=post_public_id)
    if row is not None:
        return ground(viewer, row)
    if not viewer.signed_in:
        raise NotThere
    row = statements.space_topic_of_post(viewer).first(public_id=post_public_id)
    found = _seen_in_space(viewer, row)
    if not found.seen(_at(viewer, found, post_public_id)):
        raise NotThere
    return found


def posts(topic: CircleGround, ask: Ask) -> tuple[list[Any], bool, str | None]:
    """The page's rows, whether there are earlier ones, and the public id of the next one."""
    backwards = bool(ask.before or ask.last)
    if topic.in_space and ask.before and not topic.seen(_at(topic.viewer, topic, ask.before)):
        raise NotThere
    found = list(islice(_scan(topic, ask, backwards=backwards), PAGE + 1))
    if topic.in_space and ask.start and (not found or found[0].post_public_id != ask.start):
        raise NotThere
    more = len(found) > PAGE
    following = found[PAGE].post_public_id if more else None
    rows = found[:PAGE]
    if backwards:
        rows.reverse()
        return rows, more, ask.before
    return rows, bool(ask.start and rows) and _any_before(topic, ask, rows[0]), following


def fits_a_page(topic: CircleGround) -> bool:
    """Whether all that the viewer sees of a topic fits a page; in a space this asks for the page,
    as its numbers tell nothing.
    """
    if not topic.in_space:
        return bool(topic.row.last_seq < PAGE)
    return len(list(islice(_scan(topic, Ask()), PAGE + 1))) <= PAGE


def ancestors(topic: CircleGround, ask: Ask, rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Posts above the first one of a page that begins inside a branch, from the top down.

    The nearest, and of those farther up only what a post of this page answers, without its text.
    """
    if ask.view == TIME or not rows or treepath.depth(rows[0].path) < 1:
        return []
    paths = treepath.ancestors(rows[0].path)
    near = paths[-statements.NEAR_ANCESTORS :]
    answered = {treepath.parent(row.path) for row in rows}
    wanted = [path for path in paths[: -statements.NEAR_ANCESTORS] if path in answered] + near
    blocks = -(-len(wanted) // statements.NEAR_ANCESTORS)
    wanted += wanted[-1:] * (blocks * statements.NEAR_ANCESTORS - len(wanted))
    named = {f"path_{number}": path for number, path in enumerate(wanted)}
    query = statements.at_paths(topic.viewer, topic.in_space, blocks)
    found = query.rows(topic_id=topic.row.t_id, nearest_from=near[0], **named)
    return [topic.opened(row) for row in topic.seen(found)]


def first_of(topic: CircleGround, numbers: Ranges, after: str | None) -> str | None:
    """Public id of the first post, in conversation order, whose number is among `numbers`.

    `after` a post; past the end it goes on from the top.
    """
    spans = [Post.seq.between(*span) for span in numbers.spans[:_MAX_SPANS]]
    if not spans:
        return None
    viewer, topic_id = topic.viewer, topic.row.t_id
    query = visible.posts(viewer, Post.public_id).where(Post.topic_id == topic_id, or_(*spans))
    query = query.order_by(Post.path).limit(1)
    found = None
    if after:
        later = query.where(Post.path > statements.of_post(viewer, False, "path", after, topic_id))
        found = db.session.execute(later).scalar()
    return found or db.session.execute(query).scalar()


def first_not_in(topic: CircleGround, read: Ranges, after: str | None) -> str | None:
    """The same in a space, where numbers tell nothing: the first one seen not in `read`."""
    unread = (row for row in _scan(topic, Ask()) if row.seq not in read)
    if not after or not topic.seen(_at(topic.viewer, topic, after)):
        return next((row.post_public_id for row in unread), None)
    later = (row for row in _scan(topic, Ask(start=after)) if row.seq not in read)
    found = next((row for row in later if row.post_public_id != after), None) or next(unread, None)
    return found.post_public_id if found else None


def _scan(topic: CircleGround, ask: Ask, *, backwards: bool = False) -> Iterator[Any]:
    """The posts the viewer may see, from where the page asks for on.

    In a circle one statement has them. In a space walls may stand before some, so it goes on.
    """
    folds = _folds(ask)
    edge = "start" if ask.start else "before" if ask.before else None
    at: dict[str, Any] = {"cursor": ask.start or ask.before}
    while True:
        query = statements.page(topic.viewer, topic.in_space, ask.view, edge, backwards, len(folds))
        found = query.rows(topic_id=topic.row.t_id, limit=PAGE + 1, **at, **folds)
        for row in topic.seen(found):
            yield topic.opened(row)
        if len(found) <= PAGE:
            return
        edge, last = "beyond", found[-1]
        at = {"cursor": None, "last": last.path if ask.view == TREE else last.seq}


def _seen_in_space(viewer: Viewer, row: Row[Any] | None) -> CircleGround:
    """A space's topic through its lens, with what the viewer left there. NotThere if walled."""
    if row is None:
        raise NotThere
    sealed = ground(viewer, row)
    assert isinstance(sealed, SpaceGround)
    lens, voice = sealed.lens, sealed.voice
    if not lens.may_see(row.opening_id, row.opening_wall):
        raise NotThere
    if row.t_hidden_at and not lens.may_see_hidden(row.t_author_id):
        raise NotThere
    words = lens.text(row.t_id, row.t_sealed, unsealing.TITLE)
    left = {each.kind: each for each in _left_here(viewer, voice, row)}
    mark, draft = left.get(unsealing.READ), left.get(unsealing.DRAFT)
    shown = lens.text(mark.id, mark.sealed, unsealing.READ) if mark else {}
    body = lens.text(draft.id, draft.sealed, unsealing.DRAFT)["body"] if draft else None
    return replace(
        sealed,
        row=row._replace(
            title=headline(words),
            wish=words["wish"],
            notes=words["notes"],
            read=shown.get("read"),
            unfolded=shown.get("unfolded"),
            muted=shown.get("muted"),
            draft_body=body,
            draft_version=draft.version if draft else None,
        ),
    )


def _left_here(viewer: Viewer, voice: Voice, row: Row[Any]) -> Sequence[Any]:
    """The viewer's read mark of a space's topic, and the draft of a reply to it; one statement."""
    return statements.left_at_topic(viewer).rows(
        topic_id=row.t_id,
        place=f"reply:{row.t_public_id}",
        read_seat=owner(viewer, ReadMark, voice).seat,
        draft_seat=owner(viewer, Draft, voice).seat,
    )


def _at(viewer: Viewer, topic: CircleGround, public_id: str) -> Sequence[Any]:
    """The one row, still sealed, of a space's post with this public id; none when absent."""
    return statements.sealed_at(viewer).rows(topic_id=topic.row.t_id, public_id=public_id)


def _folds(ask: Ask) -> dict[str, str]:
    """The folded branches of a page, as values of its statement."""
    folded = ask.folded[:MAX_FOLDS] if ask.view == TREE else ()
    return {f"fold_{number}": public_id for number, public_id in enumerate(folded)}


def _any_before(topic: CircleGround, ask: Ask, first: Row[Any]) -> bool:
    """Is there a post before the first of this page? Mostly the opening one is known to be."""
    by_time = ask.view == TIME
    if not by_time and topic.row.gone[:1] != "0" and not topic.in_space:
        return bool(first.seq)
    before = replace(ask, start=None, before=first.post_public_id)
    return next(_scan(topic, before, backwards=True), None) is not None
