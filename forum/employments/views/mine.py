"""Where I work: the list, adding to it, ending, taking back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.core import clock
from forum.core.i18n import _
from forum.employments import actions, queries
from forum.employments.forms import EmploymentForm
from forum.employments.views import bp
from forum.employments.views.vouching import vouch_link
from forum.models.employers import Tie
from forum.policy import workplaces
from forum.web import arrival


@bp.get("/settings/employers")
def employers() -> ResponseReturnValue:
    viewer = arrival.viewer()
    next_change = queries.next_change_on(viewer)
    return render_template(
        "employments/employers.html",
        employments=queries.employments(viewer),
        vouches=[(one, vouch_link(one)) for one in queries.vouches(viewer)],
        removable_from=queries.removable_from(viewer),
        verified=workplaces.has_verified_employment(viewer.user_id),
        needed=workplaces.VOUCHES_NEEDED,
        next_change_on=next_change if next_change and next_change > clock.today() else None,
    )


@bp.route("/settings/employers/new", methods=["GET", "POST"])
def tell() -> ResponseReturnValue:
    form = EmploymentForm()
    if form.sent():
        told = actions.Workplace(
            form.employer.data, Tie(form.tie.data), form.began.month(), form.ended_on()
        )
        try:
            actions.declare(arrival.viewer(), told)
        except (actions.AlreadyTold, actions.TooMany, actions.ChangedLately) as error:
            form.employer.errors = [str(error)]
        else:
            flash(_("It is on your list. Nobody but you sees the list."), "success")
            return redirect(url_for("employments.employers"))
    return render_template("employments/tell.html", form=form), form.status()


@bp.post("/settings/employers/<id:public_id>/end")
def end(public_id: str) -> ResponseReturnValue:
    actions.end(arrival.viewer(), public_id)
    flash(_("Noted: you work there no longer."), "success")
    return redirect(url_for("employments.employers"))


@bp.post("/settings/employers/<id:public_id>/removal")
def remove(public_id: str) -> ResponseReturnValue:
    actions.remove(arrival.viewer(), public_id)
    flash(_("It is off your list."), "success")
    return redirect(url_for("employments.employers"))
