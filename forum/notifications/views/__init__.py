"""The page of notices, the number beside the bell, and looking up whom to name."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.core.i18n import _
from forum.notifications import actions, queries
from forum.web import arrival

bp = Blueprint("notifications", __name__)


@bp.app_template_global("news_count")
def news_count() -> int:
    """In how many topics, and at how many doors, something new is for whoever asks."""
    return queries.unread_count(arrival.viewer())


@bp.get("/notices")
def notices() -> ResponseReturnValue:
    page = queries.notices(arrival.viewer(), request.args.get("after"))
    return render_template("notifications/notices.html", page=page)


@bp.post("/notices/read")
def mark_all_read() -> ResponseReturnValue:
    actions.mark_all_read(arrival.viewer())
    flash(_("All read."), "success")
    return redirect(url_for("notifications.notices"))


@bp.post("/notices/<id:public_id>/read")
def mark_read(public_id: str) -> ResponseReturnValue:
    """All notices of this topic."""
    viewer = arrival.viewer()
    actions.mark_topic_read(viewer, queries.topic_id_of(viewer, public_id))
    return redirect(url_for("notifications.notices"))


@bp.get("/c/<slug:slug>/names")
def people(slug: str) -> ResponseReturnValue:
    """Whom one may name here, for script: names and handles as JSON."""
    found = queries.people_to_name(arrival.viewer(), slug, request.args.get("q", ""))
    return jsonify([person._asdict() for person in found])
