"""Employers as staff keep them. For everybody else these pages are not there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core import markup
from forum.core.errors import NotThere
from forum.core.i18n import _
from forum.employments import actions, queries
from forum.employments.forms import (
    AliasForm,
    DescriptionForm,
    DomainEndForm,
    DomainForm,
    MergerForm,
    NewEmployerForm,
)
from forum.employments.views import bp
from forum.policy.viewer import Viewer
from forum.web import arrival
from forum.web.addresses import AddressForm

_FIND_CHARS = 120


@bp.get("/staff/employers")
def all_employers() -> ResponseReturnValue:
    viewer = _staff()
    words = markup.one_line(request.args.get("find", ""))[:_FIND_CHARS]
    return render_template(
        "employments/staff/employers.html",
        found=queries.found_employers(viewer, words),
        words=words,
    )


@bp.route("/staff/employers/new", methods=["GET", "POST"])
def add_employer() -> ResponseReturnValue:
    viewer = _staff()
    form = NewEmployerForm()
    if form.sent():
        try:
            made = actions.add_employer(viewer, form.employer.data)
        except actions.NameTaken as error:
            form.employer.errors = [str(error)]
        else:
            return _back(made, _("Added."))
    return render_template("employments/staff/new.html", form=form), form.status()


@bp.route("/staff/employers/<id:public_id>", methods=["GET", "POST"])
def employer(public_id: str) -> ResponseReturnValue:
    """Name and group."""
    viewer = _staff()
    found = queries.entry(viewer, public_id)
    form = DescriptionForm(data={"employer": found.name, "group": found.group})
    if form.sent():
        words = actions.Description(form.employer.data, form.group.data or "")
        try:
            actions.describe(viewer, public_id, words)
        except actions.NameTaken as error:
            form.employer.errors = [str(error)]
        else:
            return _back(public_id, _("Saved."))
    return _page(viewer, public_id, form, description=form)


@bp.post("/staff/employers/<id:public_id>/domains")
def add_domain(public_id: str) -> ResponseReturnValue:
    viewer = _staff()
    form = DomainForm()
    if form.sent():
        try:
            actions.add_domain(viewer, public_id, form.normal)
        except (actions.DomainTaken, actions.NotOneEmployers) as error:
            form.domain.errors = [str(error)]
        else:
            return _back(public_id, _("The domain is theirs now."))
    return _page(viewer, public_id, form, domain=form)


@bp.post("/staff/employers/<id:public_id>/domains/end")
def end_domain(public_id: str) -> ResponseReturnValue:
    actions.end_domain(_staff(), public_id, DomainEndForm().domain.data or "")
    return _back(public_id, _("The domain is theirs no longer."))


@bp.post("/staff/employers/<id:public_id>/merger")
def merge(public_id: str) -> ResponseReturnValue:
    viewer = _staff()
    form = MergerForm()
    if form.sent():
        try:
            kept = actions.merge(viewer, public_id, form.into.data)
        except (actions.NoSuchEmployer, actions.OtherGroup) as error:
            form.into.errors = [str(error)]
        else:
            return _back(kept, _("Merged. The other name stays as an alias."))
    return _page(viewer, public_id, form, merger=form)


@bp.post("/staff/employers/<id:public_id>/merger/end")
def separate(public_id: str) -> ResponseReturnValue:
    actions.separate(_staff(), public_id, AliasForm().alias.data or "")
    return _back(public_id, _("Separated."))


@bp.route("/staff/employers/changes", methods=["GET", "POST"])
def allow_change() -> ResponseReturnValue:
    """Let a member change employers before their 90 days are over."""
    viewer = _staff()
    form = AddressForm()
    if form.sent():
        try:
            actions.allow_change(viewer, form.normal)
        except actions.NobodyThere as error:
            form.address.errors = [str(error)]
        else:
            flash(_("They may change employers once now."), "success")
            return redirect(url_for("employments.all_employers"))
    return render_template("employments/staff/changes.html", form=form), form.status()


def _staff() -> Viewer:
    viewer = arrival.viewer()
    if not viewer.is_staff:
        raise NotThere
    return viewer


def _back(public_id: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("employments.employer", public_id=public_id))


def _page(viewer: Viewer, public_id: str, sent: Any, **forms: Any) -> ResponseReturnValue:
    """The page of one employer, with the form that was refused as it was typed."""
    page = queries.employer_page(viewer, public_id)
    entry = page.employer
    shown = {
        "description": DescriptionForm(None, data={"employer": entry.name, "group": entry.group}),
        "domain": DomainForm(None),
        "merger": MergerForm(None),
        **forms,
    }
    html = render_template("employments/staff/employer.html", page=page, sent=sent, **shown)
    return html, sent.status()
