"""Every error in the site's own look, with a way on, and with what the person had typed."""

from __future__ import annotations

from collections.abc import Mapping
from traceback import format_tb

from flask import Flask, current_app, render_template, request, url_for
from flask_babel import LazyString
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.wrappers import Response

from forum.core.db import db, is_hushed
from forum.core.errors import ForumError, NotThere, TooOften
from forum.core.i18n import _l
from forum.policy.allowed import Barred
from forum.web import arrival, door, veil

_HEADINGS: Mapping[int, LazyString] = {
    400: _l("That request was not understood"),
    401: _l("Please sign in"),
    403: _l("Not possible here"),
    404: _l("Nothing here"),
    405: _l("That doesn't work here"),
    409: _l("Not as things stand"),
    410: _l("This link is over"),
    413: _l("That is too large"),
    422: _l("Please change something"),
    429: _l("A little too fast"),
    500: _l("Something broke on our side"),
    503: _l("Back in a moment"),
}
_SENTENCES: Mapping[int, LazyString] = {
    400: _l("The browser sent something this page can't read."),
    401: _l("You were signed out, or were never in. Sign in and send it again."),
    403: _l("You can't do that here."),
    404: _l("There is nothing here, or nothing you can see. Signing in may help."),
    405: _l("This address can't be used that way."),
    413: _l("A page here takes up to 1 MB and 20,000 characters a post."),
    500: _l("It is noted, and it is not your doing. Try again in a minute."),
    503: _l(
        "The site can't reach its database for the moment. Nothing was changed; try again soon."
    ),
}
_SHOWN_FIELDS = (
    *("title", "body", "purpose", "rules", "words", "reason", "name", "address"),
    *("employer", "group"),
)
_SHOWN_CHARS = 40_000


def init_app(app: Flask) -> None:
    app.register_error_handler(ForumError, _forum_error)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _broken)


def page(status: int, sentence: object = None, error: ForumError | None = None) -> Response:
    """The error page as a response."""
    until = error.until if isinstance(error, TooOften) else None
    arrival.viewer_or_guest()
    veil.draw_for_error(status)
    body = render_template(
        "errors/error.html",
        status=status,
        heading=_HEADINGS.get(status, _HEADINGS[400]),
        sentence=sentence or _sentence(status),
        way_on=_way_on(status, error),
        typed=_typed(status),
        retry_at=until,
    )
    response = Response(body, status, mimetype="text/html")
    if until is not None:
        response.headers["Retry-After"] = until.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return response


def _sentence(status: int) -> LazyString:
    if status == 404 and arrival.viewer().signed_in:
        return NotThere.sentence
    return _SENTENCES.get(status, _SENTENCES[400])


def _way_on(status: int, error: ForumError | None) -> list[tuple[LazyString, str]]:
    why = veil.own_page() if isinstance(error, Barred) else None
    if why:
        return [(_l("Read why, and appeal"), why), *veil.ways_back()]
    home = (_l("To the front page"), url_for("home.front"))
    circles = (_l("All circles"), url_for("circles.directory"))
    if status in (401, 404) and not arrival.viewer().signed_in:
        return [(_l("Sign in"), url_for("accounts.sign_in")), home, circles]
    return [*(veil.ways_back() if veil.is_drawn() and status != 404 else ()), home, circles]


def _typed(status: int) -> dict[str, str]:
    """What was typed, shown back so that it can be copied, never lost."""
    if request.method != "POST" or status == 413 or request.endpoint is None:
        return {}
    typed = {name: request.form.get(name, "")[:_SHOWN_CHARS] for name in _SHOWN_FIELDS}
    return {name: text for name, text in typed.items() if text.strip()}


def _forum_error(error: ForumError) -> Response:
    db.session.rollback()
    if error.status >= 500:
        current_app.logger.error("refused with %s: %s", error.status, type(error).__name__)
    return page(error.status, error.sentence, error)


def _csrf_error(_error: CSRFError) -> Response:
    return page(
        400,
        _l(
            "This page was open too long, or you signed in elsewhere since. Nothing was sent;"
            " your words are below. Go back, reload the page, and send it again."
        ),
    )


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if 300 <= status < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        return Response("This site does not answer to that name.\n", 400, mimetype="text/plain")
    if isinstance(error, RequestEntityTooLarge):
        return page(413, _l("A file may have up to 10 MB.") if door.max_bytes() else None)
    said = error.description if isinstance(error.description, LazyString) else None
    response = page(status, said)
    if status == 405 and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods)  # type: ignore[attr-defined]
    return response


def _database_away(error: OperationalError) -> Response:
    current_app.logger.error("database away: %s", type(error.orig).__name__)
    db.session.rollback()
    return page(503)


def _broken(error: Exception) -> Response:
    db.session.rollback()
    if current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    where = f"unhandled error on {request.method} {request.endpoint}"
    if is_hushed():  # what an error says may be somebody's words, or the id of a post
        frames = "".join(format_tb(error.__traceback__))
        current_app.logger.error("%s: %s\n%s", where, type(error).__name__, frames)
    else:
        current_app.logger.error("%s", where, exc_info=error)
    return page(500)
