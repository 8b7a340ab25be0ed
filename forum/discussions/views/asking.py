"""What a page is asked for in its address."""

from __future__ import annotations

from flask import abort, request

from forum.core.ids import is_public_id


def asked_public_id(name: str) -> str | None:
    """A public id in the address; 404 for what cannot be one."""
    value = request.args.get(name)
    if value is not None and not is_public_id(value):
        abort(404)
    return value


def is_seen_by_a_person() -> bool:
    """Not a HEAD, and not a browser fetching ahead of a click that may never come."""
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    return request.method == "GET" and "prefetch" not in purpose.lower()
