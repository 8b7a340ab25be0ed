"""Signing in and out."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries
from forum.accounts.forms import (
    SignInForm,
)
from forum.accounts.views import bp
from forum.core.i18n import _
from forum.web import arrival
from forum.web.door import public
from forum.web.redirects import inside

DEMO_ACCOUNTS = [
    ("ana@demo.example", "Retail, Northwind"),
    ("ben@demo.example", "Retail, Northwind too"),
    ("chidi@demo.example", "Finance, Contoso; has broken through"),
    ("dora@demo.example", "Fabrikam; moderator of Retail"),
    ("emre@demo.example", "Litware; moderator of Finance"),
    ("fay@demo.example", "new, in no circle"),
    ("staff@demo.example", "site staff"),
]


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
        return redirect(_first_steps_or(target))
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


def _first_steps_or(target: str) -> str:
    """Who goes nowhere in particular and never saw the first steps is shown them."""
    front, viewer = url_for("home.front"), arrival.viewer()
    if target == front and not viewer.suspended and not queries.is_welcomed(viewer.user_id):
        return url_for("accounts.welcome")
    return target


def _sign_in_page(form: SignInForm, target: str) -> str:
    form.next.data = target
    shown = DEMO_ACCOUNTS if current_app.config.get("DEVELOPMENT") else []
    return render_template("accounts/sign_in.html", form=form, demo_accounts=shown)
