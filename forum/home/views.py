"""Front page, privacy, contact, robots, sitemap, health, and letters in development."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from forum.accounts.queries import Suggestion, industry_and_walls, suggestions
from forum.circles import queries as circles
from forum.core import clock, links
from forum.core.i18n import _
from forum.core.ids import is_public_id
from forum.discussions import actions
from forum.discussions import queries as discussions
from forum.discussions.forms import WISHES
from forum.home import queries
from forum.home.letters import carrier
from forum.policy.viewer import Viewer
from forum.web import arrival
from forum.web.door import public

bp = Blueprint("home", __name__)

_NOT_FOR_ROBOTS = (
    *("/settings", "/drafts", "/saved", "/catch-up", "/people", "/welcome"),
    *("/dev", "/confirm", "/reset", "/vouch", "/staff", "/invitations"),
)
_MOST_WAITING = 10
_AT_HOME_IN, _SUGGESTED = 4, 4
_LETTER_CSP = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""A mail carries its style inside; its preview has a policy of its own and no origin."""


@bp.get("/")
@public
def front() -> ResponseReturnValue:
    viewer = arrival.viewer()
    if not viewer.signed_in:
        return render_template(
            "home/front_guest.html",
            topics=discussions.living_topics(viewer),
            circles=circles.directory(viewer),
        )
    mine = bool(viewer.circles)
    unread = discussions.unread_topics(viewer) if mine else []
    hanging = discussions.left_hanging(viewer) if mine else []
    told = {row.public_id for row in hanging}
    unanswered = discussions.topics_without_answer(viewer) if mine else []
    suggested = _suggested(viewer)
    return render_template(
        "home/front_member.html",
        unread=unread,
        beginning=discussions.topics_to_begin_with(viewer) if mine and not unread else [],
        hanging=hanging,
        unanswered=[row for row in unanswered if row.public_id not in told],
        wishes=WISHES,
        mine_circles=viewer.circles,
        invited=circles.invitations_open(viewer),
        suggested=suggested,
        whys={each.circle.id: each.why for each in suggested},
        draft_count=discussions.draft_count(viewer),
    )


def _suggested(viewer: Viewer) -> list[Suggestion]:
    """With the reason for each; none to whoever is at home in several circles already."""
    if len(viewer.circles) >= _AT_HOME_IN:
        return []
    return suggestions(viewer, industry_and_walls(viewer))[:_SUGGESTED]


@bp.get("/catch-up")
def catch_up() -> ResponseReturnValue:
    """Since they were away: what was asked of them, what moved, and whom they could answer."""
    viewer = arrival.viewer()
    hanging = discussions.left_hanging(viewer)
    told = {row.public_id for row in hanging}
    waiting = discussions.topics_without_answer(viewer, _MOST_WAITING) if viewer.circles else []
    return render_template(
        "home/catch_up.html",
        asked=discussions.asked_of(viewer),
        moved=discussions.moved_since(viewer),
        waiting=[*hanging, *(row for row in waiting if row.public_id not in told)][:_MOST_WAITING],
        wishes=WISHES,
        now=clock.now().isoformat(),
    )


@bp.post("/catch-up/read")
def caught_up() -> ResponseReturnValue:
    """All that the page showed counts as read, as it stood when the page was made."""
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
        if at.tzinfo is None:
            raise ValueError
        at = at.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last day of all reach over the end
        abort(400)
    shown = [name for name in request.form.getlist("topic") if is_public_id(name)]
    actions.caught_up(arrival.viewer(), shown, min(at, clock.now()))
    flash(_("All of it counts as read."), "success")
    return redirect(url_for("home.catch_up"))


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html", operator=_operator())


@bp.get("/contact")
@public
def contact() -> ResponseReturnValue:
    return render_template("home/contact.html", operator=_operator())


@bp.get("/keys")
@public
def keys() -> ResponseReturnValue:
    """What single keys do; script shows it over any page, with those that work there."""
    return render_template("home/keys.html")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS),
        "Disallow: /*?",
        f"Sitemap: {current_app.config['SITE_URL']}/sitemap.xml",
    ]
    return _cached(Response("\n".join(lines) + "\n", mimetype="text/plain"))


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """Open circles and their newest topics, as a guest sees them."""
    base = current_app.config["SITE_URL"]
    paths = [links.circle(slug) for slug in circles.slugs_of_open_circles()]
    paths += [links.topic(public_id) for public_id in discussions.newest_open_topics()]
    body = render_template("home/sitemap.xml", urls=[base + path for path in ("/", *paths)])
    return _cached(Response(body, mimetype="application/xml"))


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """200 "ok" when the database answers; an unreachable one is a 503 page."""
    if not queries.database_answers():
        abort(503)
    return Response("ok\n", mimetype="text/plain")


@bp.get("/dev/letters")
@public
def letters() -> ResponseReturnValue:
    _development_only()
    found = queries.letters(carrier(current_app))
    return render_template("home/letters.html", letters=found)


@bp.get("/dev/letters/<id:public_id>")
@public
def letter(public_id: str) -> ResponseReturnValue:
    _development_only()
    found = queries.letter(carrier(current_app), public_id)
    return render_template("home/letter.html", letter=found)


@bp.get("/dev/letters/<id:public_id>/html")
@public
def letter_html(public_id: str) -> ResponseReturnValue:
    _development_only()
    found = queries.letter(carrier(current_app), public_id)
    response = Response(found.html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _LETTER_CSP
    return response


def _development_only() -> None:
    if not current_app.config.get("DEVELOPMENT"):
        abort(404)


def _operator() -> dict[str, object]:
    config = current_app.config
    return {
        "name": config["OPERATOR_NAME"],
        "address": config["OPERATOR_POSTAL"],
        "email": config["OPERATOR_EMAIL"],
        "extra": [part for part in config["PRIVACY_EXTRA"].split("\n\n") if part.strip()],
    }


def _cached(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
