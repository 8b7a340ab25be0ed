"""The directory, what a circle says of itself, joining and leaving."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.circles import actions, queries
from forum.circles.forms import CircleForm
from forum.circles.views import bp
from forum.core import links, markup
from forum.core.errors import EditedMeanwhile
from forum.core.i18n import _
from forum.policy.allowed import ForModerators
from forum.web import arrival
from forum.web.door import public
from forum.web.forms import Form
from forum.web.redirects import inside


@bp.get("/circles")
@public
def directory() -> ResponseReturnValue:
    viewer = arrival.viewer()
    cards, standings = queries.directory(viewer), queries.standings(viewer)
    return render_template(
        "circles/directory.html",
        standings={one.circle_id: one for one in standings},
        nameless=[one.words for one in standings if one.is_nameless and one.words],
        industries=[card for card in cards if card.kind == "industry"],
        topics=[card for card in cards if card.kind == "topic"],
        mine={card.slug for card in cards if card.joined},
    )


@bp.get("/c/<slug:slug>/about")
@public
def about(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    found = queries.about(viewer, slug)
    circle = found.place.circle
    return render_template(
        "circles/about.html",
        standing=None if circle.joined else queries.standing(viewer, circle.id),
        place=found.place,
        purpose=found.purpose,
        rules_html=found.rules_html,
        moderators=found.moderators,
    )


@bp.route("/c/<slug:slug>/edit", methods=["GET", "POST"])
def edit(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    found = queries.about(viewer, slug)
    if not found.place.is_moderator:
        raise ForModerators
    form, there, status = CircleForm(obj=found), None, 0
    if form.sent():
        words = actions.CircleWords(form.purpose.data, form.rules.data or "", form.hue.data)
        try:
            actions.edit(viewer, slug, words, shown=form.version.data or "")
        except EditedMeanwhile as error:
            form.form_errors.append(str(error))
            there = queries.about(viewer, slug)
            form.version.data, status = there.version, error.status
        except (markup.TooComplex, markup.TooLong, markup.RendererBusy) as error:
            form.rules.errors = [str(error)]
        else:
            flash(_("The circle's words are changed."), "success")
            return redirect(url_for("circles.about", slug=slug))
    page = render_template("circles/edit.html", form=form, place=found.place, there=there)
    return page, status or form.status()


@bp.post("/c/<slug:slug>/membership")
def join(slug: str) -> ResponseReturnValue:
    actions.join(arrival.viewer(), slug)
    flash(_("You are in. Say hello, or just read."), "success")
    return redirect(inside(request.form.get("next"), links.circle(slug)))


@bp.route("/c/<slug:slug>/membership/end", methods=["GET", "POST"])
def leave(slug: str) -> ResponseReturnValue:
    """Asks first, for whoever is in the circle's private space leaves that too."""
    viewer = arrival.viewer()
    found, form = queries.leaving(viewer, slug), Form()
    if form.sent():
        actions.leave(viewer, slug)
        flash(_("You have left. What you wrote stays."), "success")
        return redirect(url_for("circles.directory"))
    return render_template(
        "circles/leave.html", form=form, place=found.place, leaving=found
    ), form.status()
