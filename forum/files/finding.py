"""Finding pictures of private spaces: those that somebody may see, and those that a text shows.

The wall of the post that carries one is asked before it is opened. Whoever may not see the post,
finds none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import aliased

from forum.core import ids, links, markup
from forum.core.db import db
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.files import pictures
from forum.models.discussions import Post, Topic
from forum.models.files import MOST_IN_SEALED_POST, SealedPicture, WaitingPicture
from forum.models.spaces import Pseudonym, Space, SpaceMember
from forum.policy import unsealing, visible
from forum.policy.identity import Voice, space_key
from forum.policy.prepared import Prepared, value
from forum.policy.unsealing import Lens, Lenses
from forum.policy.viewer import Viewer

PICTURE = "picture"
"""What it is sealed for, under its topic's key or its space's."""
_Opening, _Starter = aliased(Post), aliased(Pseudonym)
_CARRIED: tuple[Any, ...] = (
    SealedPicture.id.label("picture_id"),
    SealedPicture.public_id.label("picture_public_id"),
    *unsealing.KEY,
    *unsealing.MEMBER,
    Post.id.label("post_id"),
    Post.wall,
    Post.hidden_at,
    Pseudonym.name.label("author_name"),
)
_WAITING: tuple[Any, ...] = (
    WaitingPicture.id.label("picture_id"),
    WaitingPicture.public_id.label("picture_public_id"),
    WaitingPicture.seat,
    Space.id.label("space_id"),
    Space.wrapped_key,
    SpaceMember.number,
    SpaceMember.secret,
)


class TooManyPictures(ForumError):
    status = 422
    sentence = _l(
        "A post in a private space can carry at most %(most)s pictures. Please split it in two.",
        most=MOST_IN_SEALED_POST,
    )


class PictureGone(ForumError):
    status = 422
    sentence = _l(
        "A picture in your text is not here: it was added more than two days ago, or for another"
        " post. Please add it anew, or take it out."
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A picture that a text may show."""

    public_id: str
    picture: pictures.Picture
    waiting_id: int | None
    """The row of one that no post carries yet; None when the text's post does."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text as it is posted: each picture that comes into the post has another address in it."""

    source: str
    files: markup.Files = markup.NO_FILES
    new: tuple[Found, ...] = ()
    stays: tuple[str, ...] = ()


def picture_for(viewer: Viewer, public_id: str) -> bytes:
    """A sealed picture the viewer may see, as WebP. At most six statements.

    Of a post they may see; of a post of their own, also where its topic can no longer be seen; and
    their own that no post carries yet. NotThere for all else, and when there is none.
    """
    if not viewer.signed_in:
        raise NotThere
    row = _of_post(viewer).first(public_id=public_id)
    if row is not None:
        for _row, lens in _seen(viewer, [row]):
            return _opened(viewer, row, lens.voice)
        raise NotThere
    own = _of_any_post(viewer).first(public_id=public_id)
    if own is not None:
        voice = unsealing.voice_of(own)
        if voice.name == own.author_name:
            return _opened(viewer, own, voice)
        raise NotThere
    waiting = _waiting(viewer).where(WaitingPicture.public_id == public_id)
    for each in _own_waiting(viewer, db.session.execute(waiting).all()):
        return each.picture.content
    raise NotThere


def voice_in(row: Any) -> Voice:
    """Who the member of a row of `visible.waiting_pictures` is in its space."""
    return Voice(space_key(row.space_id, row.wrapped_key), row.secret, row.number)


def seat_of(voice: Voice, picture_id: int) -> str:
    """What a picture of this voice is kept by: each by another seat."""
    return voice.seat(f"{WaitingPicture.__tablename__}:{picture_id}")


def waiting_count(viewer: Viewer, space_id: int) -> int:
    """How many pictures the viewer has added in a space and not posted."""
    rows = db.session.execute(_waiting(viewer).where(Space.id == space_id)).all()
    return sum(_is_own(row) for row in rows)


def found_in(viewer: Viewer, source: str, post_public_id: str = "") -> list[Found]:
    """The pictures that a member's text in a space names and may show. None of another post.

    Their own that wait, and those that its post, when it has one, carries. No statement when it
    names none. TooManyPictures.
    """
    names = markup.files_named(source)
    if not names:
        return []
    if len(names) > MOST_IN_SEALED_POST:
        raise TooManyPictures
    waiting = _waiting(viewer).where(WaitingPicture.public_id.in_(names))
    found = list(_own_waiting(viewer, db.session.execute(waiting).all()))
    if post_public_id:
        carried = _carried(viewer).where(Post.public_id == post_public_id)
        carried = carried.where(SealedPicture.public_id.in_(names))
        for row, lens in _seen(viewer, db.session.execute(carried).all()):
            content = _opened(viewer, row, lens.voice)
            found.append(Found(row.picture_public_id, pictures.checked(content), None))
    return found


def laid_out(found: Sequence[Found]) -> markup.Files:
    """How a text shows them."""
    return {each.public_id: (each.picture.width, each.picture.height) for each in found}


def taken(viewer: Viewer, source: str, post_public_id: str = "") -> Taken:
    """A text with its pictures, about to be posted or put in its post's place.

    Those that come in get other addresses: whoever compares copies of the database must not see
    which picture, added on which day, is now in which post. PictureGone, TooManyPictures.
    """
    found = found_in(viewer, source, post_public_id)
    if {each.public_id for each in found} != set(markup.files_named(source)):
        raise PictureGone
    new, files = [], dict(laid_out([each for each in found if each.waiting_id is None]))
    for each in found:
        if each.waiting_id is not None:
            there = Found(ids.file_id(), each.picture, each.waiting_id)
            source = source.replace(links.file(each.public_id), links.file(there.public_id))
            new.append(there)
    stays = tuple(files)
    return Taken(source, files | dict(laid_out(new)), tuple(new), stays)


def _seen(viewer: Viewer, rows: Sequence[Any]) -> Iterator[tuple[Any, Lens]]:
    """Those of posts that the viewer may see: as for the posts themselves."""
    for row, lens in Lenses(viewer).of_each(rows):
        shown = row.t_hidden_at is None or lens.may_see_hidden(row.t_author_name)
        if shown and lens.seen([row]):
            yield row, lens


def _opened(viewer: Viewer, row: Any, voice: Voice) -> bytes:
    """The bytes are fetched last, once they may be seen. NotThere when they went meanwhile."""
    query = visible.all_pictures_of_spaces(viewer, SealedPicture.sealed)
    sealed = db.session.execute(query.where(SealedPicture.id == row.picture_id)).scalar()
    if sealed is None:
        raise NotThere
    return voice.key.open(PICTURE, row.picture_id, sealed)


def _own_waiting(viewer: Viewer, rows: Sequence[Any]) -> Iterator[Found]:
    for row in rows:
        if not _is_own(row):
            continue
        query = visible.waiting_pictures(viewer, WaitingPicture.sealed)
        sealed = db.session.execute(query.where(WaitingPicture.id == row.picture_id)).scalar()
        if sealed is not None:
            content = voice_in(row).key.open(PICTURE, row.picture_id, sealed)
            yield Found(row.picture_public_id, pictures.checked(content), row.picture_id)


def _is_own(row: Any) -> bool:
    return bool(seat_of(voice_in(row), row.picture_id) == row.seat)


def _waiting(viewer: Viewer) -> Select[Any]:
    return visible.waiting_pictures(viewer, *_WAITING)


def _carried(viewer: Viewer) -> Select[Any]:
    topic = (Topic.hidden_at.label("t_hidden_at"), _Starter.name.label("t_author_name"))
    query = visible.pictures_of_posts(viewer, *_CARRIED, *topic)
    return visible.with_sealed_opening(query, _Opening, _Starter)


@Prepared
def _of_post(viewer: Viewer) -> Select[Any]:
    return _carried(viewer).where(SealedPicture.public_id == value("public_id"))


@Prepared
def _of_any_post(viewer: Viewer) -> Select[Any]:
    query = visible.all_pictures_of_spaces(viewer, *_CARRIED)
    return query.where(SealedPicture.public_id == value("public_id"))
