"""What belongs to an account: sign-ins, what is folded, acting as staff."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries
from forum.accounts.forms import NotesForm, ProveForm
from forum.accounts.views import bp
from forum.core.i18n import _
from forum.spaces.notes import NOTES
from forum.web import arrival
from forum.web.forms import Form


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    viewer = arrival.viewer()
    return render_template(
        "accounts/settings.html",
        sessions=queries.sessions(viewer, arrival.sign_in_id()),
        claimable=queries.claimable(viewer, viewer.address),
        form=Form(),
    )


@bp.post("/settings/sign-ins/<id:public_id>/end")
def end_sign_in(public_id: str) -> ResponseReturnValue:
    actions.end_sign_in(arrival.viewer(), public_id)
    flash(_("That sign-in has ended."), "success")
    return redirect(url_for("accounts.settings"))


@bp.route("/settings/notes", methods=["GET", "POST"])
def notes() -> ResponseReturnValue:
    """Which texts of private spaces are folded. For everybody alike, in one or not."""
    viewer, form = arrival.viewer(), NotesForm()
    if form.sent():
        actions.fold_behind(viewer, form.notes.data)
        flash(_("Your choice is kept."), "success")
        return redirect(url_for("accounts.settings"))
    if request.method == "GET":
        form.notes.data = [key for key in NOTES if key not in viewer.unfolded_notes]
    return render_template("accounts/notes.html", form=form), form.status()


@bp.route("/settings/staff", methods=["GET", "POST"])
def prove() -> ResponseReturnValue:
    """Staff give their password again, to act as staff for an hour."""
    viewer, here = arrival.viewer(), arrival.sign_in_id()
    if not viewer.staff_account or here is None:
        abort(404)
    form = ProveForm()
    if form.sent():
        try:
            actions.prove_password(viewer, form.current.data, here)
        except actions.WrongPassword as error:
            form.current.errors = [str(error)]
        else:
            flash(_("You can act as staff for an hour."), "success")
            return redirect(url_for("home.front"))
    return render_template("accounts/prove.html", form=form), form.status()
