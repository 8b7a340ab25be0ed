"""Inviting people into a circle, and following an invitation."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.circles import actions, queries
from forum.circles.forms import InviteForm
from forum.circles.views import bp
from forum.circles.views.door import moderated
from forum.core import links
from forum.core.errors import ForumError
from forum.core.i18n import _
from forum.models.circles import Visibility
from forum.policy.allowed import Act, Place, require
from forum.web import arrival
from forum.web.forms import Form


@bp.route("/c/<slug:slug>/invitations", methods=["GET", "POST"])
def invitations(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    place = moderated(viewer, slug)
    require(viewer, Act.INVITE, Place(place.circle.id, Visibility(place.circle.visibility)))
    form, refused_with = InviteForm(), None
    if form.sent():
        try:
            actions.invite(viewer, slug, form.handle.data.removeprefix("@").lower())
        except ForumError as error:
            if error.status not in (422, 429):
                raise
            form.handle.errors, refused_with = [str(error)], error.status
        else:
            flash(_("Invited. They are told, and find it on their front page."), "success")
            return redirect(url_for("circles.invitations", slug=slug))
    found = queries.door(viewer, place.circle.id)
    return render_template(
        "circles/invitations.html",
        form=form,
        place=place,
        invited=found.invited,
        out=[(one, links.invitation(actions.token_of(one.public_id))) for one in found.links],
    ), refused_with or form.status()


@bp.get("/c/<slug:slug>/invitations/names")
def names_to_invite(slug: str) -> ResponseReturnValue:
    """Whom one may invite, for script: names and handles as JSON."""
    viewer = arrival.viewer()
    place = moderated(viewer, slug)
    require(viewer, Act.INVITE, Place(place.circle.id, Visibility(place.circle.visibility)))
    found = queries.people_to_invite(viewer, place.circle.id, request.args.get("q", ""))
    return jsonify([person._asdict() for person in found])


@bp.post("/c/<slug:slug>/invitations/<id:public_id>/end")
def withdraw(slug: str, public_id: str) -> ResponseReturnValue:
    actions.withdraw(arrival.viewer(), slug, public_id)
    flash(_("The invitation is taken back."), "success")
    return redirect(url_for("circles.invitations", slug=slug))


@bp.post("/c/<slug:slug>/invitation-links")
def make_link(slug: str) -> ResponseReturnValue:
    actions.make_link(arrival.viewer(), slug)
    flash(_("The link is ready. Hand it to one person yourself; we write to nobody."), "success")
    return redirect(url_for("circles.invitations", slug=slug, _anchor="links"))


@bp.post("/c/<slug:slug>/invitation-links/<id:public_id>/end")
def end_link(slug: str, public_id: str) -> ResponseReturnValue:
    actions.end_link(arrival.viewer(), slug, public_id)
    flash(_("The link lets nobody in any more."), "success")
    return redirect(url_for("circles.invitations", slug=slug))


@bp.post("/c/<slug:slug>/invitation")
def follow(slug: str) -> ResponseReturnValue:
    actions.follow(arrival.viewer(), slug)
    flash(_("You are in. Say hello, or just read."), "success")
    return redirect(links.circle(slug))


@bp.post("/c/<slug:slug>/invitation/end")
def turn_down(slug: str) -> ResponseReturnValue:
    actions.turn_down(arrival.viewer(), slug)
    flash(_("The invitation is gone. Nobody is told."), "success")
    return redirect(url_for("circles.directory"))


@bp.route("/invitations/<token:token>", methods=["GET", "POST"])
def follow_link(token: str) -> ResponseReturnValue:
    """A link somebody was given: shows what it leads into and asks, then lets them in."""
    viewer, form = arrival.viewer(), Form()
    if form.sent():
        slug = actions.follow_link(viewer, token)
        flash(_("You are in. Say hello, or just read."), "success")
        return redirect(links.circle(slug))
    found = queries.invitation(token)
    if found is None:
        raise actions.NoLink
    if viewer.circle(found.circle.id):
        return redirect(links.circle(found.circle.slug))
    return render_template("circles/invitation.html", form=form, circle=found.circle), form.status()
