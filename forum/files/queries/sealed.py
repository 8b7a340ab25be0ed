"""Finding pictures of private spaces: those that somebody may see, and those that a text shows.

The wall of the post that carries one is asked before it is opened. Whoever may not see the post
finds none.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from forum.core import ids, links, markup
from forum.core.db import db
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.core.seal import Secret, Unopenable
from forum.files import pictures
from forum.models.discussions import Post, Topic
from forum.models.files import MOST_IN_SEALED_POST, SealedPicture, WaitingPicture
from forum.models.spaces import Pseudonym, Space, SpaceMember
from forum.policy import unsealing, visible
from forum.policy.identity import Voice, space_key
from forum.policy.prepared import Prepared, value
from forum.policy.unsealing import PICTURE, Lens, Lenses
from forum.policy.viewer import Viewer
from forum.policy.visible import Reason, unscoped

_Opening, _Starter = aliased(Post), aliased(Pseudonym)
_PICTURE = (
    SealedPicture.id.label("picture_id"),
    SealedPicture.public_id.label("picture_public_id"),
    SealedPicture.sealed.label("picture_sealed"),
)
_CARRIED: tuple[Any, ...] = (
    *_PICTURE,
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
    WaitingPicture.sealed.label("picture_sealed"),
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


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture that a text may show."""

    public_id: str
    picture: pictures.Picture
    waiting_id: int | None
    """The row of one that no post carries yet; None when the text's post does."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text as it is posted: each picture that comes into the post has another address in it."""

    source: str
    files: markup.Files = field(default_factory=dict)
    new: tuple[FoundPicture, ...] = ()
    stays: tuple[str, ...] = ()
    is_whole: bool = True
    """Whether all the pictures that it names were found."""


def picture_for(viewer: Viewer, public_id: str) -> bytes:
    """A sealed picture the viewer may see, as WebP. At most five statements.

    Of a post they may see; of a post of their own, also where its topic can no longer be seen; and
    their own that no post carries yet. NotThere for all else, and when there is none.
    """
    if viewer.signed_in:
        with suppress(Unopenable):
            for content in _contents(viewer, public_id):
                return content
    raise NotThere


def seat_of(voice: Voice, picture_id: int) -> str:
    """What a picture of this voice is kept by while it waits: each by another seat."""
    return voice.seat(f"{WaitingPicture.__tablename__}:{picture_id}")


def pictures_in(viewer: Viewer, source: str, post_public_id: str = "") -> list[FoundPicture]:
    """The pictures that a member's text in a space names and may show. None of another post.

    Their own that wait, and those that its post, when it has one, carries. No statement when it
    names none. TooManyPictures.
    """
    names = markup.files_named(source)
    if not names:
        return []
    if len(names) > MOST_IN_SEALED_POST:
        raise TooManyPictures
    found = list(_own_waiting(viewer, names))
    if post_public_id:
        carried = _carried(viewer).where(Post.public_id == post_public_id)
        carried = carried.where(SealedPicture.public_id.in_(names))
        for row, lens in _seen(viewer, db.session.execute(carried).all()):
            found.append(_found(row, lens.voice.key))
    return found


def sizes_of(found: Iterable[FoundPicture]) -> markup.Files:
    """How a text shows them."""
    return {each.public_id: (each.picture.width, each.picture.height) for each in found}


def taken(viewer: Viewer, source: str, post_public_id: str = "") -> Taken:
    """A text with its pictures, about to be posted or put in its post's place.

    Those that come in get other addresses: whoever compares copies of the database must not see
    which picture, added on which day, is now in which post. TooManyPictures.
    """
    found = pictures_in(viewer, source, post_public_id)
    is_whole = {each.public_id for each in found} == set(markup.files_named(source))
    stays = sizes_of(each for each in found if each.waiting_id is None)
    new = []
    for each in found:
        if each.waiting_id is not None:
            new.append(FoundPicture(ids.file_id(), each.picture, each.waiting_id))
            source = source.replace(links.file(each.public_id), links.file(new[-1].public_id))
    return Taken(source, {**stays, **sizes_of(new)}, tuple(new), tuple(stays), is_whole)


def pictures_of_post(key: Secret, post_id: int, reason: Reason) -> list[FoundPicture]:
    """All that a post carries, whoever may see it. One statement."""
    query = select(*_PICTURE).where(SealedPicture.post_id == post_id)
    rows = db.session.execute(unscoped(query, reason)).all()
    return [_found(row, key) for row in rows]


def with_pictures_inside(key: Secret, post_id: int, html: str) -> str:
    """A post's HTML with its pictures in it, for whoever it is opened to and nobody else.

    A guardian is in no space: at its address they would find none, and need not, since what is
    opened to them is all they may see.
    """
    if links.FILES not in html:
        return html
    for each in pictures_of_post(key, post_id, Reason.ORDER):
        held = base64.b64encode(each.picture.content).decode()
        shown = f'src="{links.file(each.public_id)}"'
        html = html.replace(shown, f'src="data:image/webp;base64,{held}"')
    return html


def _contents(viewer: Viewer, public_id: str) -> Iterator[bytes]:
    """What there is of it for the viewer, wherever it may be, one place after the other."""
    for row, lens in _seen(viewer, _of_post(viewer).rows(public_id=public_id)):
        yield _opened(row, lens.voice.key)
    for row in _of_any_post(viewer).rows(public_id=public_id):
        voice = unsealing.voice_of(row)
        if voice.name == row.author_name:
            yield _opened(row, voice.key)
    for found in _own_waiting(viewer, [public_id]):
        yield found.picture.content


def _seen(viewer: Viewer, rows: Sequence[Any]) -> Iterator[tuple[Any, Lens]]:
    """Those of posts that the viewer may see: as for the posts themselves."""
    for row, lens in Lenses(viewer).of_each(rows):
        shown = row.t_hidden_at is None or lens.may_see_hidden(row.t_author_name)
        if shown and lens.seen([row]):
            yield row, lens


def _own_waiting(viewer: Viewer, names: Sequence[str]) -> Iterator[FoundPicture]:
    query = visible.waiting_pictures(viewer, *_WAITING)
    for row in db.session.execute(query.where(WaitingPicture.public_id.in_(names))).all():
        voice = Voice(space_key(row.space_id, row.wrapped_key), row.secret, row.number)
        if seat_of(voice, row.picture_id) == row.seat:
            yield _found(row, voice.key, row.picture_id)


def _found(row: Any, key: Secret, waiting_id: int | None = None) -> FoundPicture:
    picture = pictures.checked(_opened(row, key))
    return FoundPicture(row.picture_public_id, picture, waiting_id)


def _opened(row: Any, key: Secret) -> bytes:
    return key.open(PICTURE, row.picture_id, row.picture_sealed)


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
