"""Making imported posts one's own."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries
from forum.accounts.views import bp
from forum.accounts.views.sent import sent
from forum.core.i18n import _, ngettext
from forum.models.accounts import ProofPurpose
from forum.web import arrival
from forum.web.addresses import AddressForm, mail_domain
from forum.web.forms import Form


@bp.route("/settings/claim", methods=["GET", "POST"])
def claim() -> ResponseReturnValue:
    """Ask for a link to another address one once posted to an imported archive with."""
    form = AddressForm()
    viewer = arrival.viewer()
    if form.sent():
        if form.normal == viewer.address:
            return _claimed(actions.claim(viewer, viewer.address))
        actions.ask_to_claim(viewer, form.normal, arrival.network(), mail_domain())
        session["sent_to"] = form.normal
        return redirect(url_for("accounts.claim_sent"))
    return render_template("accounts/claim.html", form=form), form.status()


@bp.get("/settings/claim/sent")
def claim_sent() -> ResponseReturnValue:
    return sent(
        _("A link is on its way to that address. Open it while signed in here."),
        again_url=url_for("accounts.claim"),
    )


@bp.route("/claim/<token:token>", methods=["GET", "POST"])
def claim_link(token: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    proof = queries.live_proof(ProofPurpose.CLAIM, token)
    if proof is None or proof.user_id != viewer.id:
        raise actions.StaleLink
    form = Form()
    if form.sent():
        return _claimed(actions.claim_by_link(viewer, token))
    found = queries.claimable(viewer, proof.address)
    return render_template("accounts/claim_link.html", form=form, claimable=found), form.status()


def _claimed(count: int) -> ResponseReturnValue:
    if count:
        words = ngettext("%(num)d post is yours now.", "%(num)d posts are yours now.", count)
        flash(words, "success")
    else:
        flash(_("We found no imported posts from that address."), "info")
    return redirect(url_for("accounts.settings"))
