"""Handing files out."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request
from werkzeug.wsgi import wrap_file

from forum.files.naming import disposition
from forum.files.queries import Found, file_for
from forum.files.storage import storage
from forum.models.files import FileKind
from forum.web import arrival
from forum.web.door import public

bp = Blueprint("files", __name__)
_TYPES = {FileKind.WEBP: "image/webp", FileKind.PDF: "application/pdf"}
_NOTHING_RUNS = "sandbox; default-src 'none'"
_FOR_AN_HOUR = "private, max-age=3600"
"""In the reader's own browser: afterwards it asks again whether the file is still for them."""


@bp.get("/files/<file:public_id>")
@public
def file(public_id: str) -> Response:
    """A picture, or a PDF to be saved. What isn't there and what isn't theirs look the same."""
    found = file_for(arrival.viewer(), public_id)
    response = _response(found)
    response.headers["Content-Security-Policy"] = _NOTHING_RUNS
    response.headers["Cache-Control"] = _FOR_AN_HOUR
    if found.kind is FileKind.PDF:
        response.headers["Content-Disposition"] = disposition(found.name)
    response.set_etag(found.public_id)
    response.make_conditional(request)
    return response


def _response(found: Found) -> Response:
    try:
        content = storage().open(found.public_id)
    except OSError as error:
        current_app.logger.error("a file is not in the storage: %s", type(error).__name__)
        abort(404)
    response = Response(
        wrap_file(request.environ, content), mimetype=_TYPES[found.kind], direct_passthrough=True
    )
    response.content_length = found.size_bytes
    return response
