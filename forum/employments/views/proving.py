"""Having an employment verified by a code to a work address."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.core.i18n import _
from forum.employments import actions, queries
from forum.employments.forms import CodeForm, WorkAddressForm
from forum.employments.views import bp
from forum.web import arrival
from forum.web.addresses import mail_domain


@bp.route("/settings/employers/<id:public_id>/address", methods=["GET", "POST"])
def address(public_id: str) -> ResponseReturnValue:
    """The warning, and the address to send a code to."""
    viewer = arrival.viewer()
    found = queries.employment(viewer, public_id)
    form = WorkAddressForm()
    if form.sent():
        where = (arrival.network(), mail_domain())
        try:
            actions.ask_for_code(viewer, public_id, form.normal, *where)
        except (actions.NotAWorkAddress, actions.NotVerifiable) as error:
            form.address.errors = [str(error)]
        else:
            return redirect(url_for("employments.code", public_id=public_id))
    return render_template("employments/address.html", form=form, employment=found), form.status()


@bp.route("/settings/employers/<id:public_id>/code", methods=["GET", "POST"])
def code(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    found = queries.employment(viewer, public_id)
    form = CodeForm()
    if form.sent():
        try:
            actions.confirm_address(viewer, public_id, form.code.data)
        except (actions.WrongCode, actions.AddressUsed) as error:
            form.code.errors = [str(error)]
        else:
            flash(_("Verified. The address is forgotten."), "success")
            return redirect(url_for("employments.employers"))
    return render_template("employments/code.html", form=form, employment=found), form.status()
