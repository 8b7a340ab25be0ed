"""What an id in a URL may look like: anything else is 404 before a query is made."""

from __future__ import annotations

from flask import Flask
from werkzeug.routing import BaseConverter

from forum.core.ids import FILE_LENGTH, PUBLIC_ALPHABET, PUBLIC_LENGTH


class PublicId(BaseConverter):
    regex = f"[{PUBLIC_ALPHABET}]{{{PUBLIC_LENGTH}}}"


class FileId(BaseConverter):
    regex = f"[{PUBLIC_ALPHABET}]{{{FILE_LENGTH}}}"


class Slug(BaseConverter):
    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class Token(BaseConverter):
    """URL-safe base64 of 256 bits."""

    regex = "[A-Za-z0-9_-]{43}"


def init_app(app: Flask) -> None:
    app.url_map.converters.update(id=PublicId, file=FileId, slug=Slug, token=Token)
