"""Reports, and what moderators do to a post or topic."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from forum.circles.queries import place as circle_place
from forum.core import links
from forum.core.errors import NotAllowed
from forum.core.i18n import _
from forum.discussions import actions, queries
from forum.discussions.forms import HidingForm, ReportForm
from forum.discussions.views import bp
from forum.models.discussions import ReportReason
from forum.policy.allowed import Act, ForModerators, require
from forum.policy.viewer import Viewer
from forum.quiet.queries import Person, person_met
from forum.web import arrival
from forum.web.forms import Form


@bp.route("/p/<id:public_id>/report", methods=["GET", "POST"])
def report(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    post = queries.post_for(viewer, public_id)
    require(viewer, Act.REPORT, post.where)
    form = ReportForm()
    if form.sent():
        reason = ReportReason(form.reason.data)
        actions.report(viewer, public_id, reason, form.words.data or "")
        flash(_("Thank you. The moderators will look at it; nobody else learns of it."), "success")
        return redirect(f"{links.post(public_id)}#p-{public_id}")
    return render_template(
        "discussions/report.html",
        form=form,
        post=post.card,
        topic=post.topic,
        place=post.place,
        person=_author(viewer, post),
    ), form.status()


def _author(viewer: Viewer, post: queries.SeenPost) -> Person | None:
    """Whom the reader could mute or block instead; nobody in a space."""
    return None if post.voice else person_met(viewer, post.author_public_id)


@bp.route("/p/<id:public_id>/hiding", methods=["GET", "POST"])
def hiding(public_id: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    post = queries.post_for(viewer, public_id)
    require(viewer, Act.HIDE, post.where)
    if post.card.mine:
        raise NotAllowed
    form = HidingForm()
    if form.sent():
        actions.hide(viewer, public_id, form.reason.data)
        flash(_("Hidden. Its author sees your reason."), "success")
        return redirect(f"{links.post(public_id)}#p-{public_id}")
    return render_template(
        "discussions/hiding.html",
        form=form,
        post=post.card,
        topic=post.topic,
        place=post.place,
        is_hidden=post.topic.hidden if post.is_opening else post.card.hidden_reason is not None,
        unhide_url=url_for("discussions.unhide", public_id=public_id),
        whole_topic=post.is_opening,
        send_away_url=post.author_public_id
        and url_for(
            "circles.send_away", slug=post.place.circle.slug, public_id=post.author_public_id
        ),
    ), form.status()


@bp.post("/p/<id:public_id>/hiding/end")
def unhide(public_id: str) -> ResponseReturnValue:
    actions.unhide(arrival.viewer(), public_id)
    flash(_("Shown again."), "success")
    return redirect(f"{links.post(public_id)}#p-{public_id}")


@bp.post("/t/<id:public_id>/closure")
def close(public_id: str) -> ResponseReturnValue:
    return _done(actions.close, public_id, _("The conversation is closed."))


@bp.post("/t/<id:public_id>/closure/end")
def reopen(public_id: str) -> ResponseReturnValue:
    return _done(actions.reopen, public_id, _("The conversation is open again."))


@bp.post("/t/<id:public_id>/pin")
def pin(public_id: str) -> ResponseReturnValue:
    return _done(actions.pin, public_id, _("Pinned to the top of the circle."))


@bp.post("/t/<id:public_id>/pin/end")
def unpin(public_id: str) -> ResponseReturnValue:
    return _done(actions.unpin, public_id, _("The pin is off."))


@bp.get("/c/<slug:slug>/reports")
def reports(slug: str) -> ResponseReturnValue:
    viewer = arrival.viewer()
    here = circle_place(viewer, slug)
    if not here.is_moderator:
        raise ForModerators
    found = queries.open_reports(viewer, here.circle.id)
    return render_template("discussions/reports.html", place=here, reports=found, form=Form())


@bp.post("/reports/<id:public_id>/settled")
def settle_report(public_id: str) -> ResponseReturnValue:
    slug = actions.settle_report(arrival.viewer(), public_id)
    flash(_("Settled."), "success")
    return redirect(url_for("discussions.reports", slug=slug))


def _done(act: Callable[[Viewer, str], None], public_id: str, said: str) -> ResponseReturnValue:
    act(arrival.viewer(), public_id)
    flash(said, "success")
    return redirect(links.topic(public_id))
