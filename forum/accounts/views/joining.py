"""Joining: an address, a mailed link, a name and a password."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, passwords, queries
from forum.accounts.forms import (
    ConfirmForm,
)
from forum.accounts.views import bp
from forum.accounts.views.sent import sent
from forum.core.i18n import _
from forum.models.accounts import ProofPurpose
from forum.web import arrival
from forum.web.addresses import AddressForm, mail_domain
from forum.web.door import public
from forum.web.redirects import inside


@bp.route("/join", methods=["GET", "POST"])
@public
def sign_up() -> ResponseReturnValue:
    if arrival.viewer().signed_in:
        return redirect(url_for("home.front"))
    form = AddressForm()
    if request.method == "GET" and "next" in request.args:
        session["came_from"] = inside(request.args["next"])
    if form.sent():
        actions.ask_to_join(form.normal, arrival.network(), mail_domain())
        session["sent_to"] = form.normal
        return redirect(url_for("accounts.sign_up_sent"))
    return render_template("accounts/sign_up.html", form=form), form.status()


@bp.get("/join/sent")
@public
def sign_up_sent() -> ResponseReturnValue:
    return sent(
        _("The link to open your account is on its way; it works for three days."),
        again_url=url_for("accounts.sign_up"),
    )


@bp.route("/confirm/<token:token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    proof = queries.live_proof(ProofPurpose.JOIN, token)
    if proof is None:
        raise actions.StaleLink
    form = ConfirmForm()
    if form.sent():
        try:
            begun = actions.open_account(token, form.name.data, form.password.data)
        except passwords.WeakPassword as error:
            form.password.errors = [str(error)]
            return _confirm_page(form, proof.address), error.status
        came_from = session.get("came_from")
        arrival.begin(begun)
        return redirect(url_for("accounts.welcome", next=inside(came_from, "") or None))
    return _confirm_page(form, proof.address), form.status()


def _confirm_page(form: ConfirmForm, address: str) -> str:
    return render_template("accounts/confirm.html", form=form, address=address)
