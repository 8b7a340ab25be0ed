"""Another address, another name."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries
from forum.accounts.forms import NameForm, NewAddressForm
from forum.accounts.views import bp
from forum.core.i18n import _
from forum.models.accounts import AddressKind, ProofPurpose
from forum.web import arrival
from forum.web.addresses import mail_domain
from forum.web.forms import Form

_MAILBOX = {"new": ProofPurpose.MOVE_TO, "old": ProofPurpose.MOVE_FROM}


@bp.route("/settings/name", methods=["GET", "POST"])
def name() -> ResponseReturnValue:
    viewer = arrival.viewer()
    actions.may_tell_of_oneself(viewer)
    form = NameForm(data={"name": viewer.name})
    if form.sent():
        actions.change_name(viewer, form.name.data)
        flash(_("You have another name now, also on what you wrote before."), "success")
        return redirect(url_for("accounts.settings"))
    return render_template("accounts/name.html", form=form), form.status()


@bp.route("/settings/address/new", methods=["GET", "POST"])
def new_address() -> ResponseReturnValue:
    """Ask for another address: a letter goes to each of the two mailboxes."""
    viewer, form = arrival.viewer(), NewAddressForm()
    if form.sent():
        kind, password = AddressKind(form.kind.data), form.current.data
        network, domain = arrival.network(), mail_domain()
        try:
            actions.ask_to_move(viewer, form.normal, kind, password, network, domain)
        except actions.WrongPassword as error:
            form.current.errors = [str(error)]
        except actions.AtWork as error:
            form.kind.errors = [str(error)]
        except (actions.SameAddress, actions.AfterReset) as error:
            form.address.errors = [str(error)]
        else:
            flash(_("Two letters are on their way, one to each mailbox."), "success")
            return redirect(url_for("accounts.new_address"))
    change = queries.asked_change(viewer)
    return render_template("accounts/new_address.html", form=form, change=change), form.status()


@bp.post("/settings/address/new/end")
def stop_moving() -> ResponseReturnValue:
    actions.stop_moving(arrival.viewer())
    flash(_("Your address stays as it is."), "success")
    return redirect(url_for("accounts.settings"))


@bp.route("/settings/address/new/<token:token>", methods=["GET", "POST"])
def agree_new(token: str) -> ResponseReturnValue:
    """The link in the mailbox that the account is to get."""
    return _agree("new", token)


@bp.route("/settings/address/old/<token:token>", methods=["GET", "POST"])
def agree_old(token: str) -> ResponseReturnValue:
    """The link in the mailbox that the account has."""
    return _agree("old", token)


def _agree(mailbox: str, token: str) -> ResponseReturnValue:
    viewer, purpose = arrival.viewer(), _MAILBOX[mailbox]
    proof, change = queries.live_proof(purpose, token), queries.asked_change(viewer)
    if proof is None or proof.user_id != viewer.id or change is None:
        raise actions.StaleLink
    form = Form()
    if form.sent():
        begun = actions.agree_to_move(viewer, purpose, token, mail_domain())
        if begun is None:
            flash(_("Thank you. Now open the link in the other mailbox too."), "success")
            return redirect(url_for("accounts.new_address"))
        arrival.begin(begun)
        flash(_("You sign in with the new address now. Every other sign-in has ended."), "success")
        return redirect(url_for("accounts.settings"))
    return render_template("accounts/agree.html", form=form, change=change, mailbox=mailbox)
