"""What stands beside every page of a space: help, what we promise, and a quick way out."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.circles.queries import place as circle_place
from forum.core import links
from forum.core.errors import NotAllowed, NotThere
from forum.core.i18n import _
from forum.policy import workplaces
from forum.spaces import actions, help_lines, log, rule, sanctions
from forum.spaces.hours import hours_of_circles
from forum.spaces.promises import PROMISES
from forum.spaces.queries import has_space, space_for, space_of_circle
from forum.web import arrival, veil
from forum.web.door import public
from forum.web.forms import Form

bp = Blueprint("spaces", __name__)


@bp.route("/c/<slug:slug>/space", methods=["GET", "POST"])
def door(slug: str) -> ResponseReturnValue:
    """The way into a circle's private space, for its members."""
    viewer = arrival.viewer()
    here = circle_place(viewer, slug)
    veil.draw()
    circle_id = here.circle.id
    if not here.circle.joined:
        raise NotThere
    form, refused = Form(), None
    if form.sent():
        try:
            return redirect(links.space(actions.enter(viewer, circle_id)))
        except NotAllowed as error:
            refused = str(error)
    return render_template(
        "spaces/door.html",
        circle=here.circle,
        space=space_of_circle(viewer, circle_id),
        exists=has_space(viewer, circle_id),
        is_verified=workplaces.is_verified(viewer.user_id, circle_id),
        form=form,
        rule=rule.current(),
        refused=refused,
        shut=str(actions.SpacesShut(viewer)) if viewer.spaces_shut else None,
    ), 403 if refused else 200


@bp.route("/s/<id:public_id>/leave", methods=["GET", "POST"])
def leave(public_id: str) -> ResponseReturnValue:
    """Out of a space, once one has read that what one wrote stays."""
    viewer = arrival.viewer()
    here = space_for(viewer, public_id)
    form = Form()
    if form.sent():
        actions.leave(viewer, public_id)
        flash(_("You have left. What you wrote stays until it is erased."), "success")
        return redirect(url_for("spaces.door", slug=here.place.circle.slug))
    return render_template("spaces/leaving.html", place=here.place, space=here, form=form)


@bp.post("/s/<id:public_id>/appeals/<id:sanction_id>")
def appeal(public_id: str, sanction_id: str) -> ResponseReturnValue:
    """Say something against a sanction, once; it stands with what one has written there."""
    viewer = arrival.viewer()
    space_for(viewer, public_id)
    sanctions.appeal(viewer, sanction_id, request.form.get("words", ""))
    flash(_("Your appeal stands. A moderator of another employer reads it."), "success")
    return redirect(f"{links.space(public_id)}/mine#told")


@bp.get("/help-now")
@public
def help_now() -> ResponseReturnValue:
    """Whom to call: only numbers known to be right, each with the day it was checked."""
    veil.draw_where_asked()
    return render_template("spaces/help_now.html", lines=help_lines.lines())


@bp.get("/promise")
@public
def promise() -> ResponseReturnValue:
    """What a private space promises, and what remains."""
    veil.draw_where_asked()
    return render_template(
        "spaces/promise.html",
        promises=PROMISES,
        times_used=log.times_used(),
        hours=hours_of_circles(arrival.viewer()),
    )


@bp.get("/elsewhere")
@public
def elsewhere() -> ResponseReturnValue:
    """Away from here, to a page nobody wonders about."""
    return redirect(current_app.config["QUICK_LEAVE_URL"], 303)
