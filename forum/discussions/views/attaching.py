"""Adding a picture or a PDF to what is being written: from a small page, or from the composer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from forum.circles.queries import CirclePlace
from forum.circles.queries import place as circle_place
from forum.core import links
from forum.core.errors import ForumError, NotThere
from forum.core.i18n import _, _l
from forum.discussions import actions, queries
from forum.discussions.forms import WISHES, FileForm, WritingForm
from forum.discussions.views import bp
from forum.discussions.views.composing import refuse, said_in
from forum.files import naming
from forum.files.actions import Kept, keep, keep_sealed
from forum.files.sniffing import MAX_FILE_BYTES
from forum.models.circles import Visibility
from forum.policy.allowed import Act, Place, require
from forum.spaces import notes
from forum.spaces.queries import SeenSpace, space_for, space_of_circle
from forum.web import arrival
from forum.web.door import takes_files

_MAX_BYTES = MAX_FILE_BYTES + 100_000
"""Of a request: the file, and what a form says besides."""


class NothingChosen(ForumError):
    status = 422
    sentence = _l("Choose a file first.")


@dataclass(frozen=True, slots=True)
class _Text:
    """What the file is for: the place of its draft, the composer's address, where that is."""

    draft_place: str
    composer_url: str
    place: CirclePlace
    space: SeenSpace | None = None
    """In a private space, where pictures are all that is taken, and sealed."""


def attaching() -> bool:
    """Whether the composer was sent by the button that leads here."""
    return "attach" in request.form


def put_aside(form: WritingForm) -> ResponseReturnValue | None:
    """Keep what was typed as a draft and go to the page that takes a file; None when refused."""
    words = {name: form[name].data for name in ("title", "wish", "notes") if name in form}
    try:
        actions.save_draft(
            arrival.viewer(),
            form.draft_place.data or "",
            words.get("title") or "",
            form.body.data or "",
            form.draft_version.data or "",
            form.nonce.data,
            wish=wish if (wish := words.get("wish")) in WISHES else "",
            notes=notes.known(words.get("notes") or ()),
            said=said_in(request.form),
        )
    except ForumError as error:
        refuse(form, error)
        return None
    return redirect(f"{request.path}/file")


@bp.route("/c/<slug:slug>/new/file", methods=["GET", "POST"])
@takes_files(_MAX_BYTES)
def file_for_topic(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    here = circle_place(viewer, slug)
    require(viewer, Act.OPEN_TOPIC, Place(here.circle.id, Visibility(here.circle.visibility)))
    return _page(_Text(f"topic:{slug}", f"{links.circle(slug)}/new", here))


@bp.route("/s/<id:public_id>/new/file", methods=["GET", "POST"])
@takes_files(_MAX_BYTES)
def picture_for_topic(public_id: str) -> ResponseReturnValue:
    here = space_for(arrival.viewer(), public_id)
    require(arrival.viewer(), Act.OPEN_TOPIC, here.where)
    return _page(_Text(f"space:{public_id}", f"{links.space(public_id)}/new", here.place, here))


@bp.route("/p/<id:public_id>/reply/file", methods=["GET", "POST"])
@takes_files(_MAX_BYTES)
def file_for_reply(public_id: str) -> ResponseReturnValue:
    return _page(_of_post(public_id, "reply", Act.REPLY))


@bp.route("/p/<id:public_id>/edit/file", methods=["GET", "POST"])
@takes_files(_MAX_BYTES)
def file_for_edit(public_id: str) -> ResponseReturnValue:
    return _page(_of_post(public_id, "edit", Act.EDIT))


def _of_post(public_id: str, kind: str, act: Act) -> _Text:
    viewer = arrival.viewer()
    post = queries.post_for(viewer, public_id)
    require(viewer, act, post.where)
    text = _Text(f"{kind}:{public_id}", f"{links.post(public_id)}/{kind}", post.place)
    if not post.voice:
        return text
    space = space_of_circle(viewer, post.where.circle_id)
    if space is None:
        raise NotThere
    return replace(text, space=space)


def _page(text: _Text) -> ResponseReturnValue:
    form = FileForm()
    by_script = request.headers.get("Accept") == "application/json"
    if form.sent():
        try:
            kept = _kept(text.space)
            if by_script:
                return jsonify(_told(kept)), 201
            return _put_in(text, kept, form.words.data or "")
        except ForumError as error:
            if by_script:
                return jsonify(error=str(error)), error.status
            _refuse(form, error)
    return render_template(
        "discussions/attach.html", form=form, place=text.place, composer_url=text.composer_url
    ), form.refused_with or form.status()


def _kept(space: SeenSpace | None) -> Kept:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise NothingChosen
    if space is not None:
        return keep_sealed(arrival.viewer(), space.id, space.voice, sent.stream)  # type: ignore[arg-type]
    return keep(arrival.viewer(), sent.stream, sent.filename)  # type: ignore[arg-type]


def _told(kept: Kept) -> dict[str, Any]:
    """What the script in the composer learns of a file."""
    return {
        "url": links.file(kept.public_id),
        "markdown": naming.markdown(kept.public_id, kept.kind, kept.name),
        "name": kept.name,
        "picture": kept.width is not None,
    }


def _put_in(text: _Text, kept: Kept, words: str) -> ResponseReturnValue:
    """Into the draft, to which the writer returns."""
    markdown = naming.markdown(kept.public_id, kept.kind, words or kept.name)
    actions.add_to_draft(arrival.viewer(), text.draft_place, markdown)
    flash(_("Added at the end of your text."), "success")
    return redirect(f"{text.composer_url}#body")


def _refuse(form: FileForm, error: ForumError) -> None:
    form.refused_with = error.status
    form.file.errors = [str(error)]
