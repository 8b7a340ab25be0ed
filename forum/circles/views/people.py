"""A circle's people: those who want to be found; and for moderators, who is in."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.circles import actions, queries
from forum.circles.choices import BARRIERS
from forum.circles.forms import ReasonForm
from forum.circles.views import bp
from forum.circles.views.door import moderated
from forum.core.errors import NotThere
from forum.core.i18n import _
from forum.core.ids import is_public_id
from forum.models.profiles import Barrier
from forum.web import arrival


@bp.get("/c/<slug:slug>/people")
def people(slug: str) -> ResponseReturnValue:
    """The directory of a circle: only whoever wants to stand in it, seen by whoever reads there."""
    viewer, asked = arrival.viewer(), request.args.get("barrier")
    if asked is not None and asked not in list(Barrier):
        abort(404)
    place = queries.place(viewer, slug)
    barrier = Barrier(asked) if asked else None
    found = queries.people_of(viewer, place.circle.id, barrier, asked_person())
    return render_template(
        "circles/people.html",
        place=place,
        people=found,
        barrier=barrier,
        barrier_words=barrier and BARRIERS[barrier],
        walls=[
            (words, found.walls[each], _to(slug, each), each is barrier)
            for each, words in BARRIERS.items()
            if each in found.walls
        ],
        older_url=found.after
        and url_for("circles.people", slug=slug, barrier=asked, after=found.after),
    )


@bp.get("/c/<slug:slug>/members")
def members(slug: str) -> ResponseReturnValue:
    """Everybody in a circle, and who was sent away: for its moderators."""
    viewer = arrival.viewer()
    place = moderated(viewer, slug)
    found = queries.members_to_moderate(viewer, place.circle.id, asked_person())
    return render_template(
        "circles/members.html",
        place=place,
        members=found.rows,
        sent_away=queries.door(viewer, place.circle.id).sent_away,
        older_url=found.after and url_for("circles.members", slug=slug, after=found.after),
    )


@bp.route("/c/<slug:slug>/members/<id:public_id>/removal", methods=["GET", "POST"])
def send_away(slug: str, public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    place = moderated(viewer, slug)
    who = queries.member_to_moderate(viewer, place.circle.id, public_id)
    if who.sent_away:
        flash(_("They were sent away before."), "success")
        return redirect(url_for("circles.members", slug=slug))
    form = ReasonForm()
    if form.sent():
        actions.send_away(viewer, slug, public_id, form.reason.data)
        flash(_("They are out of the circle, and read your reason."), "success")
        return redirect(url_for("circles.members", slug=slug))
    return render_template("circles/removal.html", form=form, place=place, who=who), form.status()


@bp.post("/c/<slug:slug>/members/<id:public_id>/removal/end")
def let_back(slug: str, public_id: str) -> ResponseReturnValue:
    actions.let_back(arrival.viewer(), slug, public_id)
    flash(_("They are invited back, and come when they like."), "success")
    return redirect(url_for("circles.members", slug=slug))


def _to(slug: str, barrier: Barrier) -> str:
    return url_for("circles.people", slug=slug, barrier=barrier.value)


def asked_person() -> str | None:
    """A person's public id in the address; 404 for what cannot be one."""
    value = request.args.get("after")
    if value is not None and not is_public_id(value):
        raise NotThere
    return value
