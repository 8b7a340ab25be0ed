"""Handing files out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from flask import Blueprint, Response, current_app, request

from forum.core.errors import NotThere
from forum.files.naming import disposition
from forum.files.queries import Found, file_for, picture_for
from forum.files.storage import storage
from forum.models.files import FileKind
from forum.web import arrival
from forum.web.door import public

bp = Blueprint("files", __name__)
_TYPES = {FileKind.WEBP: "image/webp", FileKind.PDF: "application/pdf"}
_PIECE_BYTES = 1 << 16
_NOTHING_RUNS = "sandbox; default-src 'none'"
_FOR_AN_HOUR = "private, max-age=3600"
"""In the reader's own browser: afterwards it asks again whether the file is still for them."""


@bp.get("/files/<file:file_id>")
@public
def file(file_id: str) -> Response:
    """A picture, or a PDF to be saved. What isn't there and what isn't theirs look the same."""
    try:
        found = file_for(arrival.viewer(), file_id)
    except NotThere:
        return _of_a_space(picture_for(arrival.viewer(), file_id))
    response = Response(mimetype=_TYPES[found.kind])
    response.headers["Content-Security-Policy"] = _NOTHING_RUNS
    response.headers["Cache-Control"] = _FOR_AN_HOUR
    response.headers["Accept-Ranges"] = "none"
    if found.kind is FileKind.PDF:
        response.headers["Content-Disposition"] = disposition(found.name)
    response.set_etag(found.public_id)
    response.make_conditional(request)
    if response.status_code == 200:
        response.content_length = found.size_bytes
        if request.method == "GET":
            response.response = _pieces(_opened(found))
    return response


def _of_a_space(content: bytes) -> Response:
    """Kept nowhere: headers for all that is opened in a space see to it (forum.web.headers)."""
    response = Response(content, mimetype=_TYPES[FileKind.WEBP])
    response.headers["Content-Security-Policy"] = _NOTHING_RUNS
    response.headers["Accept-Ranges"] = "none"
    return response


def _opened(found: Found) -> BinaryIO:
    try:
        return storage().open(found.public_id)
    except OSError as error:
        current_app.logger.error("a file is not in the storage: %s", type(error).__name__)
        raise NotThere from None


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    with content:
        while piece := content.read(_PIECE_BYTES):
            yield piece
