"""What belongs to an account: sign-ins, its address, letters, what is folded, acting as staff."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries
from forum.accounts.forms import AddressKindForm, NotesForm, ProveForm, RhythmForm
from forum.accounts.views import bp
from forum.core.i18n import _
from forum.employments.queries import address_kind
from forum.models.accounts import AddressKind
from forum.models.profiles import Rhythm
from forum.spaces.notes import NOTES
from forum.web import arrival, veil
from forum.web.forms import Form
from forum.web.redirects import inside


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    viewer = arrival.viewer()
    return render_template(
        "accounts/settings.html",
        claimable=queries.claimable(viewer, viewer.address),
        address_kind=address_kind(viewer),
    )


@bp.get("/settings/sign-ins")
def sign_ins() -> ResponseReturnValue:
    return render_template(
        "accounts/sign_ins.html",
        sessions=queries.sessions(arrival.viewer(), arrival.sign_in_id()),
        form=Form(),
    )


@bp.post("/settings/sign-ins/<id:public_id>/end")
def end_sign_in(public_id: str) -> ResponseReturnValue:
    actions.end_sign_in(arrival.viewer(), public_id)
    flash(_("That sign-in has ended."), "success")
    return redirect(url_for("accounts.sign_ins"))


@bp.post("/settings/sign-ins/others/end")
def end_other_sign_ins() -> ResponseReturnValue:
    actions.end_other_sign_ins(arrival.viewer(), arrival.sign_in_id())
    flash(_("You are signed in here only."), "success")
    return redirect(url_for("accounts.sign_ins"))


@bp.route("/settings/address", methods=["GET", "POST"])
def address() -> ResponseReturnValue:
    """Whose mailbox one's address leads to."""
    viewer = arrival.viewer()
    back = inside(request.args.get("next"), url_for("accounts.settings", _anchor="address"))
    form = AddressKindForm(data={"kind": address_kind(viewer).value})
    if form.sent():
        try:
            actions.say_whose_address(viewer, AddressKind(form.kind.data), form.current.data)
        except actions.WrongPassword as error:
            form.current.errors = [str(error)]
        except (actions.AtWork, actions.AfterReset) as error:
            form.kind.errors = [str(error)]
        else:
            flash(_("Noted."), "success")
            return redirect(back)
    return render_template("accounts/address.html", form=form, back_url=back), form.status()


@bp.route("/settings/mail", methods=["GET", "POST"])
def mail() -> ResponseReturnValue:
    """How often to be told by mail, and the letters about private spaces."""
    viewer = arrival.viewer()
    form = RhythmForm(data={"rhythm": queries.my_profile(viewer).rhythm})
    if form.sent():
        actions.choose_rhythm(viewer, Rhythm(form.rhythm.data))
        flash(_("Your choice is kept."), "success")
        return redirect(url_for("accounts.mail"))
    return render_template(
        "accounts/mail.html",
        form=form,
        address_kind=address_kind(viewer),
        wants_letters=queries.wants_updates(viewer),
    ), form.status()


@bp.post("/settings/letters")
def want_letters() -> ResponseReturnValue:
    actions.wish_for_updates(arrival.viewer())
    flash(_("You get a letter when there is something new, one a day at most."), "success")
    return redirect(url_for("accounts.mail", _anchor="letters"))


@bp.post("/settings/letters/end")
def stop_letters() -> ResponseReturnValue:
    actions.stop_updates(arrival.viewer())
    flash(_("No more of these letters."), "success")
    return redirect(url_for("accounts.mail", _anchor="letters"))


@bp.route("/settings/notes", methods=["GET", "POST"])
def notes() -> ResponseReturnValue:
    """Which texts of private spaces are folded. For everybody alike, in one or not."""
    viewer, form = arrival.viewer(), NotesForm()
    veil.draw_where_asked()
    if form.sent():
        actions.fold_behind(viewer, form.notes.data)
        flash(_("Your choice is kept."), "success")
        if veil.is_drawn():  # they came out of a space: no page with their name on it
            return redirect(request.full_path)
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
