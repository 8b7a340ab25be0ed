"""Pages about accounts."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from forum.accounts import actions, passwords, queries
from forum.accounts.forms import (
    AddressForm,
    ChangePasswordForm,
    ConfirmForm,
    NewPasswordForm,
    ProveForm,
    SignInForm,
)
from forum.core.i18n import _, ngettext
from forum.models.accounts import ProofPurpose
from forum.web import arrival
from forum.web.door import public
from forum.web.forms import Form
from forum.web.redirects import inside

bp = Blueprint("accounts", __name__)

DEMO_ACCOUNTS = [
    ("ana@demo.example", "Retail, Northwind"),
    ("ben@demo.example", "Retail, Northwind too"),
    ("chidi@demo.example", "Finance, Contoso; has broken through"),
    ("dora@demo.example", "Fabrikam; moderator of Retail"),
    ("emre@demo.example", "Litware; moderator of Finance"),
    ("fay@demo.example", "new, in no circle"),
    ("staff@demo.example", "site staff"),
]


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
    return _sent(
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
        flash(_("Welcome. Join the circle of your industry and read a little first."), "success")
        return redirect(inside(came_from, url_for("circles.directory")))
    return _confirm_page(form, proof.address), form.status()


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    target = inside(form.next.data or request.args.get("next"))
    if arrival.viewer().signed_in:
        return redirect(target)
    if form.sent():
        try:
            token = actions.sign_in(form.normal, form.password.data, arrival.network())
        except actions.WrongPassword as error:
            form.password.errors = [str(error)]
            return _sign_in_page(form, target), error.status
        arrival.begin(token)
        return redirect(target)
    return _sign_in_page(form, target), form.status()


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    here = arrival.sign_in_id()
    if here is not None:
        actions.sign_out(here)
    arrival.end()
    flash(_("You are signed out."), "success")
    return redirect(url_for("home.front"))


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
    return _sent(
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


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    viewer = arrival.viewer()
    return render_template(
        "accounts/settings.html",
        sessions=queries.sessions(viewer, arrival.sign_in_id()),
        claimable=queries.claimable(viewer, viewer.address),
        form=Form(),
    )


@bp.post("/settings/sign-ins/<id:public_id>/end")
def end_sign_in(public_id: str) -> ResponseReturnValue:
    actions.end_sign_in(arrival.viewer(), public_id)
    flash(_("That sign-in has ended."), "success")
    return redirect(url_for("accounts.settings"))


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


@bp.route("/settings/staff", methods=["GET", "POST"])
def prove() -> ResponseReturnValue:
    """Staff give their password again, to act as staff for an hour."""
    viewer, here = arrival.viewer(), arrival.sign_in_id()
    if not viewer.staff_account or here is None:
        abort(404)
    form = ProveForm()
    if form.sent():
        try:
            actions.prove_password(viewer, form.current.data, here)
        except actions.WrongPassword as error:
            form.current.errors = [str(error)]
        else:
            flash(_("You can act as staff for an hour."), "success")
            return redirect(url_for("home.front"))
    return render_template("accounts/prove.html", form=form), form.status()


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
    return _sent(
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


def mail_domain() -> str:
    """The domain of Message-IDs: the site's own host name."""
    return urlsplit(current_app.config["SITE_URL"]).hostname or "localhost"


def _claimed(count: int) -> ResponseReturnValue:
    if count:
        words = ngettext("%(num)d post is yours now.", "%(num)d posts are yours now.", count)
        flash(words, "success")
    else:
        flash(_("We found no imported posts from that address."), "info")
    return redirect(url_for("accounts.settings"))


def _sent(sentence: str, again_url: str) -> str:
    """The page after a link was asked for: the same for every address."""
    return render_template(
        "accounts/sent.html",
        heading=_("Look at your mail"),
        sentence=sentence,
        address=session.get("sent_to", ""),
        again_url=again_url,
    )


def _confirm_page(form: ConfirmForm, address: str) -> str:
    return render_template("accounts/confirm.html", form=form, address=address)


def _sign_in_page(form: SignInForm, target: str) -> str:
    form.next.data = target
    shown = DEMO_ACCOUNTS if current_app.config.get("DEVELOPMENT") else []
    return render_template("accounts/sign_in.html", form=form, demo_accounts=shown)
