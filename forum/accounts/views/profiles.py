"""First steps, one's profile, and people as others see them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.accounts import actions, queries, world
from forum.accounts.forms import FirstStepsForm, ProfileForm, as_filled_in
from forum.accounts.queries import MyProfile
from forum.accounts.views import bp
from forum.circles.choices import BARRIERS, PART_NAMES
from forum.core.i18n import _
from forum.employments.queries import address_kind
from forum.models.accounts import AddressKind
from forum.web import arrival, locale
from forum.web.forms import Form
from forum.web.redirects import inside


@bp.route("/welcome", methods=["GET", "POST"])
def welcome() -> ResponseReturnValue:
    """First steps: one page, of which nothing must be filled in."""
    viewer = arrival.viewer()
    actions.may_tell_of_oneself(viewer)
    form = FirstStepsForm(data=_first_values(queries.my_profile(viewer)))
    if form.sent():
        actions.save_profile(viewer, form.told(), form.chosen_rhythm())
        return redirect(url_for("accounts.welcome_circles", next=_came_from()))
    return render_template(
        "accounts/welcome.html",
        form=form,
        is_private_mailbox=address_kind(viewer) is AddressKind.PERSONAL,
        save_url=url_for("accounts.welcome", next=_came_from()),
        skip_url=url_for("accounts.skip_welcome", next=_came_from()),
    ), form.status()


@bp.post("/welcome/end")
def skip_welcome() -> ResponseReturnValue:
    actions.skip_first_steps(arrival.viewer())
    flash(_("All right. You find these questions in the settings whenever you like."), "success")
    return redirect(_came_from() or url_for("circles.directory"))


@bp.get("/welcome/circles")
def welcome_circles() -> ResponseReturnValue:
    """Circles that may be theirs, each with the reason why."""
    viewer = arrival.viewer()
    return render_template(
        "accounts/welcome_circles.html",
        suggestions=queries.suggestions(viewer, queries.my_profile(viewer)),
        here_url=url_for("accounts.welcome_circles", next=_came_from()),
        way_on=_came_from() or url_for("home.front"),
        form=Form(),
    )


@bp.route("/settings/profile", methods=["GET", "POST"])
def profile() -> ResponseReturnValue:
    viewer = arrival.viewer()
    actions.may_tell_of_oneself(viewer)
    form = ProfileForm(data=as_filled_in(queries.my_profile(viewer)))
    if form.sent():
        actions.save_profile(viewer, form.told())
        flash(_("Your profile is changed."), "success")
        return redirect(url_for("accounts.person", public_id=viewer.public_id))
    return render_template("accounts/profile.html", form=form), form.status()


@bp.get("/people/<id:public_id>")
def person(public_id: str) -> ResponseReturnValue:
    found = queries.person(arrival.viewer(), public_id)
    return render_template(
        "accounts/person.html",
        person=found,
        part=PART_NAMES[found.part] if found.part else None,
        met=[BARRIERS[each] for each in found.met],
        broken=[BARRIERS[each] for each in found.broken],
        languages=world.language_names(found.languages, locale.chosen()),
    )


def _first_values(known: MyProfile) -> dict[str, object]:
    """What they told already; the languages of the browser, to begin with."""
    values = as_filled_in(known)
    if not known.welcomed:
        accepted = request.accept_languages.values()
        values["languages"] = world.languages_of_browser(accepted, locale.chosen())
    return values


def _came_from() -> str | None:
    """Where they were going when they were asked to join."""
    return inside(request.values.get("next"), "") or None
