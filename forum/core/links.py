"""Paths of the pages that many rooms point at, without a request: lists, letters, redirects.

A test holds these against the routes. Building 50 of them a page through the router would cost more
than the rest of the page.
"""

from __future__ import annotations

from urllib.parse import quote

from forum.core.avatar import NOBODY


def circle(slug: str) -> str:
    return f"/c/{slug}"


def tag(slug: str, tag: str) -> str:
    """Topics of a circle with this tag."""
    return f"/c/{slug}?tag={quote(tag, safe='')}"


def topic(public_id: str) -> str:
    return f"/t/{public_id}"


def post(public_id: str) -> str:
    return f"/p/{public_id}"


def space(public_id: str) -> str:
    return f"/s/{public_id}"


def avatar(seed: str) -> str:
    return f"/avatars/{seed}.svg"


def face(public_id: str | None, name: str | None) -> str:
    """The drawing beside a name. Who has none any more looks like all others who went."""
    return avatar(public_id if public_id and name else NOBODY)


def file(public_id: str) -> str:
    return f"{FILES}{public_id}"


def confirm(token: str) -> str:
    return f"/confirm/{token}"


def new_password(token: str) -> str:
    return f"/reset/{token}"


def person(public_id: str) -> str:
    return f"/people/{public_id}"


def move(mailbox: str, token: str) -> str:
    return f"/settings/address/{mailbox}/{token}"


def claim(token: str) -> str:
    return f"/claim/{token}"


def vouch(token: str) -> str:
    return f"/vouch/{token}"


FILES = "/files/"


def invitation(token: str) -> str:
    return f"/invitations/{token}"


HOME = "/"
SIGN_IN = "/sign-in"
JOIN = "/join"
PASSWORD = "/settings/password"
CONTACT = "/contact"
