"""From a request to a viewer: Flask-Login over sign-ins that live in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, Response, current_app, g, request, session
from flask_login import (
    AnonymousUserMixin,
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from forum.core import clock, seal
from forum.core.db import Conflict, is_hushed, savepoint, transaction
from forum.models.accounts import LastSeen, SignIn
from forum.policy.viewer import GUEST, SIGN_IN_LASTS, Arrival, Viewer, for_token
from forum.web import browsers

_FOR_SHARED_CACHES = frozenset(
    {"assets", "avatar", "favicon", "home.robots", "home.sitemap", "home.health"}
    | {"discussions.feed"}
)
"""What anybody's cache may keep must never carry a cookie."""


@dataclass(frozen=True)
class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login calls the user: a sign-in token and the viewer it stands for."""

    token: str
    arrival: Arrival

    def get_id(self) -> str:
        return self.token


def init_app(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(_load)
    manager.init_app(app)
    app.after_request(_note_the_week)


def viewer() -> Viewer:
    """Who is asking; GUEST when nobody is signed in."""
    if "viewer" not in g:
        g.viewer = current_user.arrival.viewer if current_user.is_authenticated else GUEST
    return g.viewer  # type: ignore[no-any-return]


def sign_in_id() -> int | None:
    """The row of this browser's sign-in."""
    return current_user.arrival.sign_in_id if current_user.is_authenticated else None


def begin(token: str) -> None:
    """Sign this browser in with a token that `accounts.actions` has just made. New session."""
    arrival = for_token(seal.plain_digest(token))
    if arrival is None:
        raise RuntimeError("a sign-in that does not exist cannot begin")
    _note_browser(arrival.sign_in_id)
    session.clear()
    session.permanent = True
    login_user(SignedIn(token, arrival))
    g.viewer = arrival.viewer


def end() -> None:
    """Forget this browser's sign-in; the row is deleted by `accounts.actions`."""
    logout_user()
    session.clear()
    g.viewer = GUEST


def viewer_or_guest() -> Viewer:
    """Who is asking, for an error page: a guest when finding it out is what fails."""
    try:
        return viewer()
    except Exception:  # noqa: BLE001 - whatever it was, it must not take the error page with it
        g.viewer, g._login_user = GUEST, AnonymousUserMixin()
        return GUEST


def network() -> str:
    """The /24 (IPv4) or /48 (IPv6) of a request, for throttles only; stored as a keyed digest."""
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def _load(token: str) -> SignedIn | None:
    arrival = for_token(seal.plain_digest(token))
    return SignedIn(token, arrival) if arrival else None


def _note_the_week(response: Response) -> Response:
    """Once a week, push the sign-in's end on and keep that they were here.

    Not on each day: whoever had copies of the database would know who was here on the day of a
    post. Never on a page of a private space: there nothing is written that names a person (R1).
    """
    asked = request.method == "GET" and request.endpoint not in _FOR_SHARED_CACHES
    if not asked or response.status_code >= 400 or is_hushed() or "_user_id" not in session:
        return response
    if current_user.is_authenticated and current_user.arrival.used_on != clock.this_week():
        try:
            _push_on(current_user.arrival)
        except OperationalError:  # a page that was read must not fail for what is only noted
            current_app.logger.warning("the week of a sign-in could not be noted")
    return response


def _note_browser(sign_in_id: int) -> None:
    family = browsers.family(request.user_agent.string)
    with transaction() as rows:
        rows.execute(update(SignIn).where(SignIn.id == sign_in_id).values(browser=family))


def _push_on(arrival: Arrival) -> None:
    week = clock.this_week()
    with transaction() as rows:
        rows.execute(
            update(SignIn)
            .where(SignIn.id == arrival.sign_in_id)
            .values(used_on=week, expires_on=week + SIGN_IN_LASTS)
        )
        _keep_last_seen(arrival.viewer.user_id, week)
    session.modified = True


def _keep_last_seen(user_id: int, week: date) -> None:
    seen = update(LastSeen).where(LastSeen.user_id == user_id).values(week=week)
    try:
        with savepoint() as rows:
            if not rows.execute(seen).rowcount:  # type: ignore[attr-defined]
                rows.add(LastSeen(user_id=user_id, week=week))
    except Conflict:
        pass  # another browser of theirs, at the same moment
