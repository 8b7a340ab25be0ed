"""Choosing how closely one follows a topic or a circle."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from forum.core import links
from forum.core.i18n import _, _l
from forum.discussions import actions
from forum.discussions.views import bp
from forum.models.notifications import Level
from forum.policy.viewer import Viewer
from forum.web import arrival
from forum.web.redirects import inside
from forum.web.saying import say_done

_SAID = {
    Level.MUTED: _l("Muted: you hear nothing of it any more."),
    Level.NORMAL: _l("You are told when somebody answers you or names you."),
    Level.TRACKING: _l("Lists now say how much you have not read of it."),
    Level.WATCHING: _l("You are told of everything new there."),
}


@bp.post("/t/<id:public_id>/watch")
def watch_topic(public_id: str) -> ResponseReturnValue:
    return _follow(actions.follow_topic, public_id, links.topic(public_id))


@bp.post("/t/<id:public_id>/watch/end")
def end_watch_of_topic(public_id: str) -> ResponseReturnValue:
    return _end(actions.follow_topic, public_id, links.topic(public_id))


@bp.post("/c/<slug:slug>/watch")
def watch_circle(slug: str) -> ResponseReturnValue:
    return _follow(actions.follow_circle, slug, links.circle(slug))


@bp.post("/c/<slug:slug>/watch/end")
def end_watch_of_circle(slug: str) -> ResponseReturnValue:
    return _end(actions.follow_circle, slug, links.circle(slug))


def _follow(
    act: Callable[[Viewer, str, Level | None], Level | None], name: str, url: str
) -> ResponseReturnValue:
    """To the level that was sent; the line that says so leads back to the one before."""
    wanted = request.form.get("level", "")
    if wanted not in list(Level):
        abort(404)
    level = Level(wanted)
    before = act(arrival.viewer(), name, level)
    if before is not level:
        back = {"level": before} if before else {}
        undo = f"{url}/watch{'' if before else '/end'}"
        say_done(str(_SAID[level]), undo, {**back, "next": _next(url)})
    return redirect(_next(url))


def _end(
    act: Callable[[Viewer, str, Level | None], Level | None], name: str, url: str
) -> ResponseReturnValue:
    act(arrival.viewer(), name, None)
    flash(_("As it was before."), "success")
    return redirect(_next(url))


def _next(otherwise: str) -> str:
    return inside(request.form.get("next"), otherwise)
