"""What every composer does: takes up a draft, previews, keeps the text when it is refused."""

from __future__ import annotations

from datetime import datetime

from flask import request

from forum.core import markup
from forum.core.errors import ForumError
from forum.discussions import queries
from forum.discussions.forms import WritingForm
from forum.policy import limits
from forum.policy.identity import Voice
from forum.web import arrival


def take_up_draft(form: WritingForm, place: str, voice: Voice | None = None) -> datetime | None:
    form.draft_place.data = place
    markup.warm_up()
    draft = queries.draft_for(arrival.viewer(), place, voice)
    if draft is None:
        return None
    form.body.data = draft.body
    if "title" in form and draft.title:
        form["title"].data = draft.title
    form.draft_version.data = draft.version
    return None if voice else draft.saved_at


def previewing() -> bool:
    return "preview" in request.form


def preview_of(form: WritingForm) -> object:
    if request.method != "POST" or not previewing() or form.body.errors:
        return None
    try:
        limits.spend(limits.PREVIEW, str(arrival.viewer().id))
        return markup.as_markup(markup.render(form.body.data, markup.Format.MARKDOWN).html)
    except ForumError as error:
        refuse(form, error)
        return None


def refuse(form: WritingForm, error: ForumError) -> None:
    """Back to the same page with the reason, the text kept."""
    words = str(error)
    form.refused_with = error.status
    if error.status == 422:
        form.body.errors = [*form.body.errors, words]
    elif error.status in (403, 429, 503):
        form.form_errors.append(words)
    else:
        raise error


def status_of(form: WritingForm) -> int:
    return form.refused_with or form.status() if form.errors else 200
