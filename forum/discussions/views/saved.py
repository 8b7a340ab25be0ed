"""What was kept for later; and what a reader folds of whoever writes in a space's topic."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core import links, markup
from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.discussions import actions, queries
from forum.discussions.forms import NoteForm
from forum.discussions.views import bp
from forum.discussions.views.asking import asked_public_id
from forum.web import arrival
from forum.web.redirects import inside
from forum.web.saying import say_done


@bp.get("/saved")
def saved() -> ResponseReturnValue:
    page = queries.saved_posts(arrival.viewer(), asked_public_id("after"))
    return render_template("discussions/saved.html", saved=page.rows, pager=page.pager)


@bp.route("/saved/<id:public_id>", methods=["GET", "POST"])
def saved_note(public_id: str) -> ResponseReturnValue:
    """A note of one's own beside what was kept."""
    viewer = arrival.viewer()
    row = queries.saved_post(viewer, public_id)
    form = NoteForm(data={"note": row.note})
    if form.sent():
        try:
            actions.note_why(viewer, public_id, form.note.data or "")
        except ForumError as error:
            form.note.errors = [str(error)]
        else:
            flash(_("Your note is kept."), "success")
            return redirect(url_for("discussions.saved"))
    return render_template("discussions/saved_note.html", form=form, row=row), form.status()


@bp.post("/p/<id:public_id>/bookmark")
def save(public_id: str) -> ResponseReturnValue:
    note = markup.normalise(request.form.get("note", ""))
    actions.save(arrival.viewer(), public_id, note)
    return _back(public_id)


@bp.post("/p/<id:public_id>/bookmark/end")
def end_save(public_id: str) -> ResponseReturnValue:
    actions.end_save(arrival.viewer(), public_id)
    if request.form.get("next"):
        undo = url_for("discussions.save", public_id=public_id)
        again = {name: request.form.get(name, "") for name in ("next", "note")}
        say_done(_("No longer saved."), undo, again)
    return _back(public_id)


@bp.post("/p/<id:public_id>/muting")
def mute_voice(public_id: str) -> ResponseReturnValue:
    """Fold what this name writes in this conversation of a space."""
    seen = actions.mute_voice(arrival.viewer(), public_id)
    flash(_("%(name)s is muted in this conversation.", name=seen.card.byline.name), "success")
    return redirect(links.topic(seen.topic.public_id))


@bp.post("/t/<id:public_id>/muting/end")
def end_mutes_here(public_id: str) -> ResponseReturnValue:
    actions.end_mutes_here(arrival.viewer(), public_id)
    return redirect(links.topic(public_id))


def _back(public_id: str) -> ResponseReturnValue:
    here = f"{links.post(public_id)}#p-{public_id}"
    return redirect(inside(request.form.get("next"), here))
