"""Every GET route of the site, asked as one person, about everything they might know an id of."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from forum.core.ids import FILE_LENGTH

NOBODYS = "zzzzzzzzzzzz"
NO_TOKEN, NO_FILE = "z" * 43, "z" * FILE_LENGTH
_ONCE_ONLY = re.compile(r'(name="(?:csrf_token|nonce)"[^>]*value=")[^"]*')
_PARTS = re.compile(r"<(?:(\w+):)?(\w+)>")
VIEWS = ("?view=time", "?at=last", "?view=time&at=last", "/next-unread", "/news?after=0")
CURSORS = (
    "?from={it}",
    "?before={it}",
    "?fold={it}",
    "?view=time&from={it}",
    "?view=time&before={it}",
    "/next-unread?after={it}",
)
Reply = tuple[int, tuple[tuple[str, str], ...], str]


def addresses(
    app: Flask, slugs: Iterable[str], ids: Iterable[str], topics: Iterable[str], space: str
) -> Iterator[str]:
    """Every GET route with every id at every place one fits, and every cursor of every list.

    Longer `ids` are of files.
    """
    files = [it for it in ids if len(it) == FILE_LENGTH]
    ids, topics = [*(it for it in ids if it not in files), space, NOBODYS], [*topics, NOBODYS]
    files.append(NO_FILE)
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        if "GET" in (rule.methods or ()):
            yield from _filled(rule.rule, {"slug": list(slugs), "id": ids, "file": files})
    yield from (f"/s/{space}?after={it}" for it in ids)
    yield from (f"/c/{slug}?tab=new&after={it}" for slug in slugs for it in ids)
    for topic, it in product(topics, ids):
        yield from (f"/t/{topic}{view.format(it=it)}" for view in CURSORS)
    for topic in topics:
        yield from (f"/t/{topic}{view}" for view in VIEWS)


def ask(client: FlaskClient, path: str) -> Reply:
    """What a browser gets, without what is made anew for every page."""
    return seen(client.get(path))


def seen(got: TestResponse) -> Reply:
    headers = tuple(sorted((name, _shape(name, value)) for name, value in got.headers))
    said = got.get_data().decode(errors="replace")
    return got.status_code, headers, _ONCE_ONLY.sub(r"\1", said)


def _shape(name: str, value: str) -> str:
    """Of a cookie only its name and attributes: what it holds is signed with the real time."""
    if name == "Set-Cookie":
        return re.sub(r"=[^;]*", "=…", value, count=1).partition("Expires")[0]
    return "…" if name == "Date" else value


def _filled(rule: str, known: dict[str, list[str]]) -> Iterator[str]:
    kinds = known | {"token": [NO_TOKEN]}
    found = _PARTS.findall(rule)
    choices = [
        kinds.get(kind, ["site.css" if name == "filename" else NOBODYS]) for kind, name in found
    ]
    for chosen in product(*choices):
        left = iter(chosen)
        yield _PARTS.sub(lambda _match, left=left: next(left), rule)
