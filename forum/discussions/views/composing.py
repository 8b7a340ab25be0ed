"""What every composer does: takes up a draft, previews, keeps the text when it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import current_app, request
from markupsafe import Markup

from forum.core import markup
from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.core.ids import is_public_id
from forum.discussions import queries
from forum.discussions.forms import WritingForm
from forum.files.queries import Named, named_in
from forum.models.discussions import TITLE_CHARS
from forum.policy import limits
from forum.policy.allowed import Barred
from forum.policy.identity import Voice
from forum.spaces import looking
from forum.spaces.looking import GivesAway
from forum.spaces.recognise import Finding, Level, speaks_of_self_harm
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
    for name in ("wish", "notes"):
        if name in form and voice:  # of a draft in a circle they are not kept
            form[name].data = getattr(draft, name)
    form.draft_version.data = draft.version
    return None if voice else draft.saved_at


def previewing() -> bool:
    return "preview" in request.form


def quoting() -> bool:
    """Whether somebody wants the post they answer put into their text, and nothing posted yet."""
    return request.method == "POST" and "quote" in request.form


def put_quotation(form: WritingForm, parent: queries.SeenPost) -> None:
    """Below what is typed there already, all that the post says."""
    wrote = _("{name} wrote").replace("{name}", parent.card.byline.name)
    address = current_app.config["SITE_URL"] + parent.card.url
    typed = (form.body.data or "").rstrip()
    quoted = markup.quotation(str(parent.card.html), wrote, address)
    form.body.data = f"{typed}\n\n{quoted}" if typed else quoted


def preview_of(form: WritingForm, *, private: bool = False) -> object:
    """How the text will read, when that is asked for; in a space also what it could give away."""
    if request.method != "POST" or not previewing() or form.body.errors:
        return None
    try:
        limits.spend(limits.PREVIEW, arrival.viewer())
        if private:
            form.findings = found_in(form.body.data)
        return laid_out(form.body.data, private=private)
    except ForumError as error:
        refuse(form, error)
        return None


def laid_out(source: str, *, private: bool) -> Markup:
    """How a text will read where its form says that it is written, with the files it may show."""
    kind, _colon, post = request.form.get("draft_place", "").partition(":")
    beside = post if kind in ("reply", "edit") and is_public_id(post) else None
    named = Named() if private else named_in(arrival.viewer(), source, beside)
    return markup.as_markup(markup.render(source, markup.Format.MARKDOWN, named.files).html)


def found_in(body: str) -> Sequence[Finding]:
    """What a text, and the title sent along with it, could give away."""
    title = request.form.get("title", "")[:TITLE_CHARS]
    return looking.findings(arrival.viewer(), f"{title}\n\n{body}")


def refuse(form: WritingForm, error: ForumError) -> None:
    """Back to the same page with the reason, the text kept."""
    words = str(error)
    form.refused_with = error.status
    form.is_barred = isinstance(error, Barred)
    if isinstance(error, GivesAway):
        form.findings = error.findings
        form.may_confirm = all(each.level < Level.STOP for each in error.findings)
    if error.status == 422:
        for name in _where_wrong(form, error):
            form[name].errors = [*form[name].errors, words]
    elif error.status in (403, 429, 503):
        form.form_errors.append(words)
    else:
        raise error


def _where_wrong(form: WritingForm, error: ForumError) -> list[str]:
    """Which fields a refusal is about: what was found in the title stands before the text."""
    if "title" not in form or not isinstance(error, GivesAway):
        return ["body"]
    length = len(form["title"].data or "")
    in_title = [each.start < length for each in error.findings]
    return ["title"] * any(in_title) + ["body"] * (not all(in_title))


def status_of(form: WritingForm) -> int:
    return form.refused_with or form.status() if form.errors else 200


def worries(form: WritingForm) -> bool:
    """Whether a text speaks of harming oneself: then help is shown beside it, nothing more."""
    return request.method == "POST" and speaks_of_self_harm(form.body.data or "")
