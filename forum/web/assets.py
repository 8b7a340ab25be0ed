"""Style, scripts and pictures: read once, named by content, cached for a year by browsers.

All files share one hash in their path, so modules that import each other by relative path always
come from the same build. The style sheets are joined in the order of static/css/order.txt.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app

from forum.core import avatar
from forum.core.ids import PUBLIC_ALPHABET
from forum.web.door import public

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
_COMMENT = re.compile(rb"\s*/\*.*?\*/", re.DOTALL)
_AROUND_SIGNS = re.compile(rb"\s*([{};])\s*")
_FOR_PEOPLE = re.compile(
    rb"^\s*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)$|^[ \t]+|\n(?=\n)", re.DOTALL | re.MULTILINE
)
"""In a script: comments that have lines of their own, and what only makes it easy to read."""
_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Assets:
    build: str
    files: dict[str, bytes]

    def url(self, name: str) -> str:
        """The address of a file under static/. KeyError for one that isn't there."""
        self.files[name]
        return f"/assets/{self.build}/{name}"


def load(folder: Path = STATIC) -> Assets:
    """Read every file under `folder` and join the style sheets into site.css.

    Nothing that only people read is sent: of scripts and styles that is a sixth.
    """
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    order = files.get("css/order.txt", b"").decode().split()
    sheet = b"\n".join(files[f"css/{name}"] for name in order)
    files["site.css"] = _AROUND_SIGNS.sub(rb"\1", _COMMENT.sub(b"", sheet))
    scripts = {name: content for name, content in files.items() if name.endswith(".js")}
    files |= {name: _FOR_PEOPLE.sub(b"", content).strip() for name, content in scripts.items()}
    digest = hashlib.sha256()
    for name, content in files.items():
        digest.update(name.encode() + b"\0" + content + b"\0")
    return Assets(digest.hexdigest()[:12], files)


def init_app(app: Flask) -> None:
    app.extensions["assets"] = load()
    app.add_url_rule("/assets/<build>/<path:name>", "assets", _serve)
    app.add_url_rule("/avatars/<seed>.svg", "avatar", _avatar)
    app.add_url_rule("/favicon.ico", "favicon", _favicon)


def assets() -> Assets:
    if current_app.config.get("DEVELOPMENT") and not current_app.testing:
        current_app.extensions["assets"] = load()
    return current_app.extensions["assets"]  # type: ignore[no-any-return]


@public
def _serve(build: str, name: str) -> Response:
    files = current_app.extensions["assets"].files
    if name not in files:
        abort(404)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(files[name], mimetype=kind)
    fresh = build == current_app.extensions["assets"].build
    response.headers["Cache-Control"] = _YEAR if fresh else "no-cache"
    return response


@public
def _avatar(seed: str) -> Response:
    """A picture drawn from the seed alone: asking for one tells nothing about who exists."""
    known = 0 < len(seed) <= 24 and set(seed) <= set(PUBLIC_ALPHABET)
    if not known and seed != avatar.NOBODY:
        abort(404)
    response = Response(avatar.svg(seed), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = _YEAR
    return response


@public
def _favicon() -> Response:
    response = Response(current_app.extensions["assets"].files["img/favicon.svg"])
    response.mimetype = "image/svg+xml"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
