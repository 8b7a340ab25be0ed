"""Links to be vouched for, and following one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.core.i18n import _
from forum.employments import actions
from forum.employments.views import bp
from forum.web import arrival
from forum.web.forms import Form


@bp.post("/settings/employers/vouches/<slug:slug>")
def make_link(slug: str) -> ResponseReturnValue:
    actions.make_vouch_link(arrival.viewer(), slug)
    flash(_("Your link is ready. Hand it to people yourself; we write to nobody."), "success")
    return redirect(url_for("employments.employers", _anchor="vouches"))


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
