"""Closed at the door: every route needs somebody signed in unless it is marked @public.

Also refused here, before anything is read: foreign origins on state-changing requests, and bytes
no page of ours sends.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, ParamSpec, TypeVar

from flask import Flask, Request, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from forum.core.i18n import _l
from forum.web import arrival

P = ParamSpec("P")
R = TypeVar("R")
MAX_FIELDS = 200
"""Of a form; Flask's own limit counts only the parts of multipart bodies."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class InMemory(Request):
    """What is uploaded is on no disk: of a private space nothing may be that isn't sealed.

    How large a request may be is limited, see `takes_files`.
    """

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Guests may come here. What they see there is still up to `policy.visible`."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def takes_files(max_bytes: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Requests to this view may be larger than others, when they are forms with files."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.max_bytes = max_bytes  # type: ignore[attr-defined]
        return view

    return mark


def max_bytes() -> int | None:
    """How large this request may be, where files are taken."""
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "max_bytes", None)


def init_app(app: Flask) -> None:
    app.request_class = InMemory
    app.before_request(_make_room)
    app.before_request(_refuse_nonsense)
    app.before_request(_refuse_foreign_origins)
    app.before_request(_ask_to_sign_in)


def check_routes(app: Flask) -> None:
    """Every rule has a view; nothing is public by accident of a missing name."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in app.view_functions:
            raise RuntimeError(f"{rule.rule} leads to no view")


def is_public(app: Flask, endpoint: str) -> bool:
    return getattr(app.view_functions.get(endpoint), "is_public", False)


def _make_room() -> None:
    """Before anything reads the body. What is too large is refused by its length, unread."""
    if request.mimetype == "multipart/form-data" and (most := max_bytes()):
        request.max_content_length = most


def _refuse_nonsense() -> None:
    """A NUL byte ends a string in C: PostgreSQL refuses it, so nothing here accepts it in a URL."""
    form = "application/x-www-form-urlencoded"
    if request.mimetype == form and request.get_data().count(b"&") > MAX_FIELDS:
        abort(413)
    if "\x00" in request.path or "%00" in request.query_string.decode("latin-1"):
        abort(404)


def _refuse_foreign_origins() -> None:
    """A form of another site may not act here, whatever cookies come along (security.md D7)."""
    if request.method in SAFE_METHODS:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise BadRequest(_l("This request came from another site, so nothing was done."))
    origin = request.headers.get("Origin")
    own = (f"http://{request.host}", f"https://{request.host}")
    if origin and origin != "null" and origin not in own:
        raise BadRequest(_l("This request came from another site, so nothing was done."))


def _ask_to_sign_in() -> ResponseReturnValue | None:
    if request.endpoint is None or is_public(current_app, request.endpoint):
        return None
    if arrival.viewer().signed_in:
        return None
    if request.method not in SAFE_METHODS:
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
