"""Links to be vouched for, and following one; the way back after a reset."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.core import links
from forum.core.i18n import _
from forum.employments import actions, queries
from forum.employments.views import bp
from forum.policy import workplaces
from forum.web import arrival
from forum.web.forms import Form


@bp.post("/settings/employers/vouches/<slug:slug>")
def make_link(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    actions.make_vouch_link(viewer, slug)
    flash(_("Your link is ready. Hand it to people yourself; we write to nobody."), "success")
    if viewer.spaces_locked:
        return redirect(url_for("employments.returning"))
    return redirect(url_for("employments.employers", _anchor="vouches"))


@bp.get("/settings/private-spaces")
def returning() -> ResponseReturnValue:
    """Whether private spaces are closed to this account after a reset, why, and what opens them."""
    viewer = arrival.viewer()
    return render_template(
        "employments/returning.html",
        viewer=viewer,
        vouches=[(one, vouch_link(one)) for one in queries.vouches(viewer)],
        may_ask=bool(queries.employments(viewer)),
        said_so=len(workplaces.return_vouches(viewer.user_id)),
        needed=workplaces.VOUCHES_NEEDED,
    )


def vouch_link(one: queries.MyVouches) -> str | None:
    """The link a member hands out in a circle, while it works."""
    return links.vouch(actions.vouch_token(one.token_of)) if one.token_of else None


@bp.route("/vouch/<token:token>", methods=["GET", "POST"])
def vouch(token: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    form = Form()
    if form.sent():
        ask = actions.vouch(viewer, token)
        flash(_("Noted. You vouched for %(name)s.", name=ask.name), "success")
        return redirect(url_for("home.front"))
    ask = actions.vouch_ask(viewer, token)
    return render_template("employments/vouch.html", form=form, ask=ask), form.status()
