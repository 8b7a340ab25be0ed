"""What is measured: pages, who asks for them, and the requests as they go over the wire."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Flask
from flask_wtf.csrf import generate_csrf

from bench.community import HOME, Community
from bench.space import Twins
from forum.web import arrival

ENCODINGS = "gzip, deflate, br, zstd"
READERS = 4
"""Members who have read everything: one for each connection of the load."""
POSTS_A_MEMBER = 25
"""Below the throttle of 30 in ten minutes."""


@dataclass(frozen=True)
class Member:
    """A signed-in browser: its cookie, and the token its forms carry."""

    cookie: str
    csrf_token: str


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    member: Member | None = None
    form: dict[str, str] = field(default_factory=dict)

    def headers(self, encodings: str = ENCODINGS) -> dict[str, str]:
        headers = {"User-Agent": "bench", "Accept": "text/html", "Accept-Encoding": encodings}
        if self.member:
            headers["Cookie"] = self.member.cookie
        if self.form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    @property
    def method(self) -> str:
        return "POST" if self.form else "GET"

    @property
    def body(self) -> str:
        return urlencode(self.form)

    def on_the_wire(self, port: int) -> str:
        headers = {"Host": f"127.0.0.1:{port}", **self.headers()}
        if self.form:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([f"{self.method} {self.path} HTTP/1.1", *lines, "", self.body])


class Page:
    """A page somebody has seen before. Asking again changes nothing."""

    status = 200
    is_page = True
    """Can be looked at with its style and scripts."""

    def __init__(self, name: str, path: str, members: Sequence[Member] = ()) -> None:
        self.name, self.path, self.members = name, path, members

    def left(self) -> int:
        """How often it can still be asked for; what changes something cannot be without end."""
        return 1_000_000

    def next(self, count: int) -> list[Asked]:
        """The next `count` requests. ValueError past what is left."""
        if not self.members:
            return [Asked(self.path)] * count
        return [Asked(self.path, self.members[n % len(self.members)]) for n in range(count)]


class FirstReading(Page):
    """A topic page that each member sees for the first time, so that it writes a read mark."""

    is_page = False

    def left(self) -> int:
        return len(self.members)

    def next(self, count: int) -> list[Asked]:
        _check(count, self.left())
        now, self.members = self.members[:count], self.members[count:]
        return [Asked(self.path, member) for member in now]


class Reply(Page):
    """A form that is sent: a new reply each time, by one member after the other."""

    status = 302
    is_page = False

    def __init__(self, name: str, targets: Sequence[str], members: Sequence[Member]) -> None:
        super().__init__(name, "", members)
        self._targets, self._sent = targets, 0

    def left(self) -> int:
        return POSTS_A_MEMBER * len(self.members) - self._sent

    def next(self, count: int) -> list[Asked]:
        _check(count, self.left())
        return [self._one() for _ in range(count)]

    def _one(self) -> Asked:
        self._sent += 1
        member = self.members[self._sent % len(self.members)]
        target = self._targets[self._sent % len(self._targets)]
        form = {
            "csrf_token": member.csrf_token,
            "nonce": secrets.token_urlsafe(16),
            "draft_place": f"reply:{target}",
            "draft_version": "",
            "body": f"Number {self._sent} of the bench.\n\n{WORDS}",
        }
        return Asked(f"/p/{target}/reply", member, form)


def _check(count: int, left: int) -> None:
    if count > left:
        raise ValueError(f"{count} requests are wanted and {left} are left")


WORDS = " ".join(["We tried this last year, and *two* things went better than planned."] * 6)


def pages(app: Flask, community: Community, twins: Twins) -> list[Page]:
    """All that is measured, in order: what changes something comes last."""
    members = [_member(app, token) for token in community.tokens]
    readers, others = members[:READERS], members[READERS:]
    topic, long = f"/t/{community.page_topic}", f"/t/{community.long_topic}"
    paths = {
        "topic-50": topic,
        "long-first": long,
        "long-last": f"{long}?at=last",
        "circle": f"/c/{HOME}",
        "front": "/",
    }
    found: list[Page] = []
    for name, path in paths.items():
        found += [Page(f"{name}-member", path, readers), Page(f"{name}-guest", path)]
    insiders = [_member(app, token) for token in twins.tokens]
    found += [
        Page("open-list", twins.circle, insiders),
        Page("space-list", twins.space, insiders),
        Page("open-topic", twins.circle_topic, insiders),
        Page("space-topic", twins.space_topic, insiders),
    ]
    found.append(FirstReading("topic-50-first-reading", topic, others))
    return [*found, Reply("reply", community.other_topics, members)]


def _member(app: Flask, token: str) -> Member:
    """Sign a browser in the way the forum does after the password was right."""
    with app.test_request_context("/", base_url=app.config["SITE_URL"]):
        arrival.begin(token)
        csrf_token = generate_csrf()
        answer = app.process_response(app.response_class())
        return Member(answer.headers["Set-Cookie"].partition(";")[0], csrf_token)
