"""Setting a new password, by a mailed link or with the old one."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, passwords, queries
from forum.accounts.forms import (
    ChangePasswordForm,
    NewPasswordForm,
)
from forum.accounts.views import bp
from forum.accounts.views.sent import sent
from forum.core.i18n import _
from forum.models.accounts import ProofPurpose
from forum.web import arrival
from forum.web.addresses import AddressForm, mail_domain
from forum.web.door import public


@bp.route("/reset", methods=["GET", "POST"])
@public
def reset() -> ResponseReturnValue:
    form = AddressForm()
    if form.sent():
        actions.ask_for_reset(form.normal, arrival.network(), mail_domain())
        session["sent_to"] = form.normal
        return redirect(url_for("accounts.reset_sent"))
    return render_template("accounts/reset.html", form=form), form.status()


@bp.get("/reset/sent")
@public
def reset_sent() -> ResponseReturnValue:
    return sent(
        _("If there is an account, the link is on its way; it works for 30 minutes."),
        again_url=url_for("accounts.reset"),
    )


@bp.route("/reset/<token:token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    if queries.live_proof(ProofPurpose.RESET, token) is None:
        raise actions.StaleLink
    form = NewPasswordForm()
    if form.sent():
        try:
            begun = actions.set_new_password(token, form.password.data)
        except passwords.WeakPassword as error:
            form.password.errors = [str(error)]
            return render_template("accounts/new_password.html", form=form), error.status
        arrival.begin(begun)
        flash(_("Your password is set. Every other sign-in has ended."), "success")
        return redirect(url_for("home.front"))
    return render_template("accounts/new_password.html", form=form), form.status()


@bp.route("/settings/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.sent():
        try:
            begun = actions.change_password(arrival.viewer(), form.current.data, form.password.data)
        except passwords.WeakPassword as error:
            form.password.errors = [str(error)]
        except actions.WrongPassword as error:
            form.current.errors = [str(error)]
        else:
            arrival.begin(begun)
            flash(_("Your password is changed. Every other sign-in has ended."), "success")
            return redirect(url_for("accounts.settings"))
    return render_template("accounts/password.html", form=form), form.status()
