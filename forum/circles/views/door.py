"""Asking to be let in, and deciding about it; sending away."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.circles import actions, queries
from forum.circles.forms import AskForm, ReasonForm
from forum.circles.views import bp
from forum.core.i18n import _
from forum.models.circles import MembershipState, Visibility
from forum.policy.allowed import Act, ForModerators, NoDoor, Place, require
from forum.policy.viewer import Viewer
from forum.web import arrival


@bp.route("/c/<slug:slug>/request", methods=["GET", "POST"])
def ask(slug: str) -> ResponseReturnValue:
    """Ask to be let into a circle that decides about it; also change the note while waiting."""
    viewer = arrival.viewer()
    place = queries.known(viewer, slug)
    require(viewer, Act.ASK, Place(place.circle.id, Visibility(place.circle.visibility)))
    if place.circle.joined:
        return redirect(place.circle.url)
    there, form = queries.standing(viewer, place.circle.id), AskForm()
    if there and there.state == MembershipState.REMOVED:
        raise NoDoor
    if form.sent():
        actions.ask(viewer, slug, form.note.data or "")
        flash(_("You have asked. The moderators decide, and you are told."), "success")
        return redirect(url_for("circles.about", slug=slug))
    if not form.note.data and there and there.state == MembershipState.REQUESTED:
        form.note.data = there.words
    return render_template("circles/ask.html", form=form, place=place), form.status()


@bp.post("/c/<slug:slug>/request/end")
def take_back(slug: str) -> ResponseReturnValue:
    actions.take_back(arrival.viewer(), slug)
    flash(_("Taken back. Your note is gone."), "success")
    return redirect(url_for("circles.about", slug=slug))


@bp.get("/c/<slug:slug>/requests")
def requests(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    place = moderated(viewer, slug)
    found = queries.door(viewer, place.circle.id)
    return render_template("circles/requests.html", place=place, asking=found.asking)


@bp.post("/c/<slug:slug>/requests/<id:public_id>/acceptance")
def accept(slug: str, public_id: str) -> ResponseReturnValue:
    try:
        actions.accept(arrival.viewer(), slug, public_id)
        flash(_("They are in."), "success")
    except actions.DecidedAlready as error:
        flash(str(error), "error")
    return redirect(url_for("circles.requests", slug=slug))


@bp.route("/c/<slug:slug>/requests/<id:public_id>/refusal", methods=["GET", "POST"])
def decline(slug: str, public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    place = moderated(viewer, slug)
    form = ReasonForm()
    if form.sent():
        try:
            actions.decline(viewer, slug, public_id, form.reason.data)
            flash(_("Declined. They read your reason."), "success")
        except actions.DecidedAlready as error:
            flash(str(error), "error")
        return redirect(url_for("circles.requests", slug=slug))
    who = queries.asker(viewer, place.circle.id, public_id)
    return render_template("circles/refusal.html", form=form, place=place, who=who), form.status()


def moderated(viewer: Viewer, slug: str) -> queries.CirclePlace:
    """A circle the viewer moderates. NotThere, ForModerators."""
    place = queries.known(viewer, slug)
    if not place.is_moderator:
        raise ForModerators
    return place
