"""What is counted, not timed: SQL statements of a page, and its bytes on the wire."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from sqlalchemy import event

from bench.pages import Asked
from forum.core.db import db

_LINKED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script [^>]*src="([^"]+)"')
_IMPORTED = re.compile(r"""\bfrom\s+['"](\.[^'"]+)['"]""")


@dataclass(frozen=True)
class Fetched:
    """An answer: its text when it came uncompressed, its size with all its headers."""

    status: int
    text: str
    bytes: int
    cookie: str = ""


def fetch(port: int, asked: Asked, encodings: str = "identity") -> Fetched:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(asked.method, asked.path, asked.body, asked.headers(encodings))
    answer = connection.getresponse()
    body = answer.read()
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.getheaders())
    first_line = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
    connection.close()
    text = body.decode() if encodings == "identity" else ""
    cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
    return Fetched(answer.status, text, first_line + head + len(body), cookie)


def first_visit_bytes(port: int, page: Asked) -> int:
    """The page with the style sheets and scripts it names, as a first visit fetches them."""
    html = fetch(port, page).text
    waiting = [style or script for style, script in _LINKED.findall(html)]
    total, seen = fetch(port, page, "zstd").bytes, set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        waiting += [
            urljoin(path, name) for name in _IMPORTED.findall(fetch(port, Asked(path)).text)
        ]
        total += fetch(port, Asked(path), "zstd").bytes
    return total


def statements(app: Flask, asked: Asked) -> int:
    """How many statements one request sends, BEGIN and its like left out."""
    with app.app_context():
        engine = db.engine
    sent = 0

    def count(_connection: Any, _cursor: Any, text: str, *_: Any) -> None:
        nonlocal sent
        sent += not text.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))

    event.listen(engine, "before_cursor_execute", count)
    try:
        copy_context().run(_ask(app, asked))
    finally:
        event.remove(engine, "before_cursor_execute", count)
    return sent


def _ask(app: Flask, asked: Asked) -> Callable[[], None]:
    def ask() -> None:
        app.test_client(use_cookies=False).open(
            asked.path,
            base_url=app.config["SITE_URL"],
            method=asked.method,
            headers=asked.headers(),
            data=asked.body,
        )

    return ask
