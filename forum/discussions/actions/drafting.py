"""Keeping what is being typed."""

from __future__ import annotations

import json
from typing import Unpack

from sqlalchemy import delete, func

from forum.core import clock, ids
from forum.core.db import Conflict, db, transaction
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _l
from forum.discussions.queries.drafts import (
    Chosen,
    DraftWords,
    draft_owner,
    draft_words,
    own_draft,
)
from forum.discussions.queries.posts import post_for
from forum.models.circles import Circle
from forum.models.discussions import Draft, SubmitNonce
from forum.policy import unsealing, visible
from forum.policy.identity import Owner, Voice, owner
from forum.policy.turns import not_closed
from forum.policy.viewer import Viewer
from forum.spaces.queries import space_for

MAX_DRAFTS = 100
MAX_TITLE_CHARS = 1_000
MAX_BODY_CHARS = 40_000
"""Twice what can be posted: a text that must still be cut is worth keeping too."""
_ROUGHLY = 1_024
"""What a sealed draft is filled up to a multiple of, in bytes."""


class DraftElsewhere(ForumError):
    """Another window saved a newer text for the same place; nothing was overwritten."""

    status = 409
    sentence = _l("You have been writing this in another window too.")

    def __init__(self, body: str, version: str) -> None:
        super().__init__()
        self.body, self.version = body, version


class TooManyDrafts(ForumError):
    status = 422
    sentence = _l("You have 100 drafts. Send or discard some first.")


class DraftTooLong(ForumError):
    status = 422
    sentence = _l("This draft is over 40,000 characters and can't be kept here.")


def save_draft(
    viewer: Viewer,
    place: str,
    title: str,
    body: str,
    known: str,
    nonce: str = "",
    **chosen: Unpack[Chosen],
) -> str | None:
    """Keep a draft for "topic:<slug>", "space:<id>", "reply:<post>" or "edit:<post>".

    Returns its version. What is `chosen` is kept of topics only: `wish` and `notes` in a space,
    `said` in a circle. `known` is the version the window last saved or loaded: another one, of a
    different text, makes DraftElsewhere. An empty one deletes the draft and returns None, and so
    does one whose form, known by its `nonce`, was posted while this was on its way. NotThere for a
    place the viewer cannot see.
    """
    words = DraftWords(title, body, **chosen)
    try:
        return _save(viewer, place, words, known, nonce)
    except Conflict:
        return _save(viewer, place, words, known, nonce)


def add_to_draft(viewer: Viewer, place: str, words: str) -> None:
    """Put more words at the end of the draft at a place, or begin one. As `save_draft`."""
    with transaction():
        draft, voice = _found(viewer, place)
        if draft is None:
            there, version = DraftWords("", ""), ""
        else:
            there, version = draft_words(draft, voice), draft.version
        body = f"{there.body.rstrip()}\n\n{words}\n".lstrip()
        _save(viewer, place, there._replace(body=body), version, "")


def discard_draft(viewer: Viewer, public_id: str) -> None:
    """Throw one of the viewer's drafts away. NotThere when it isn't theirs."""
    with transaction() as session:
        mine = owner(viewer, Draft).owns(Draft)
        gone = session.execute(delete(Draft).where(mine, Draft.public_id == public_id))
        if not gone.rowcount:  # type: ignore[attr-defined]
            raise NotThere


def nonce_owner(viewer: Viewer, nonce: str, voice: Voice | None) -> Owner:
    """Whose a form is. In a space each form is a part: else a member's topics would be tied."""
    return owner(viewer, SubmitNonce, voice, nonce)


def _save(viewer: Viewer, place: str, words: DraftWords, known: str, nonce: str) -> str | None:
    if len(words.body) > MAX_BODY_CHARS or len(words.title) > MAX_TITLE_CHARS:
        raise DraftTooLong
    with transaction() as session:
        draft, voice = _found(viewer, place)
        if voice is None:
            words = words._replace(wish="", notes=())
        if _was_posted(nonce_owner(viewer, nonce, voice), nonce):
            return None
        if draft is not None and draft.version != known:
            _refuse_another(draft_words(draft, voice), words, draft.version)
        if not words:
            if draft is not None:
                session.delete(draft)
            return None
        if draft is None:
            draft = _new(viewer, place, voice)
        _fill(draft, words, voice)
        return draft.version


def _found(viewer: Viewer, place: str) -> tuple[Draft | None, Voice | None]:
    """The draft at a place, and whose it is or would be. NotThere for a new one in no place."""
    draft = _draft(viewer, place)
    if draft is not None:  # also where they can no longer go: what was typed is theirs
        return draft, None
    voice = _voice_at(viewer, place)
    return (_draft(viewer, place, voice), voice) if voice else (None, None)


def _refuse_another(there: DraftWords, here: DraftWords, version: str) -> None:
    if there != here:
        raise DraftElsewhere(there.body, version)


def _new(viewer: Viewer, place: str, voice: Voice | None) -> Draft:
    if voice is None:
        not_closed(viewer.user_id)
    draft_id = ids.random_key()
    mine = draft_owner(viewer, draft_id, place, voice)
    _check_room(mine)
    draft = Draft(id=draft_id, public_id=ids.public_id(), place=place, **mine.columns())
    db.session.add(draft)
    return draft


def _draft(viewer: Viewer, place: str, voice: Voice | None = None) -> Draft | None:
    query = own_draft(viewer, place, voice).with_for_update()
    return db.session.execute(query.execution_options(populate_existing=True)).scalar()


def _fill(draft: Draft, words: DraftWords, voice: Voice | None) -> None:
    draft.version = ids.public_id()
    draft.saved_at = clock.now() if voice is None else clock.midnight()
    if voice is None:
        draft.title, draft.body = words.title, words.body
        draft.said = None if words.said is None else json.dumps(words.said, ensure_ascii=False)
    else:
        kept = words._asdict()
        del kept["said"]
        packed = unsealing.packed(kept)
        draft.title = draft.body = ""
        draft.sealed = voice.key.seal(unsealing.DRAFT, draft.id, packed, pad_to=_ROUGHLY)


def _was_posted(mine: Owner, nonce: str) -> bool:
    used = visible.own(mine, SubmitNonce, SubmitNonce.id).where(SubmitNonce.nonce == nonce)
    return bool(nonce) and db.session.execute(used).first() is not None


def _voice_at(viewer: Viewer, place: str) -> Voice | None:
    """Whose draft it will be there: None for the member's own. NotThere for no place of theirs."""
    kind, _colon, name = place.partition(":")
    if kind in ("reply", "edit"):
        return post_for(viewer, name).voice
    if kind == "space":
        return space_for(viewer, name).voice
    if kind != "topic":
        raise NotThere
    found = visible.circles(viewer, Circle.id).where(Circle.slug == name)
    if db.session.execute(found).first() is None:
        raise NotThere
    return None


def _check_room(mine: Owner) -> None:
    if db.session.execute(visible.own(mine, Draft, func.count())).scalar_one() >= MAX_DRAFTS:
        raise TooManyDrafts
