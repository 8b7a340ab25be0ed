"""What attackers need: payloads for an input, a sender of forms, a record of where they show."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from flask.testing import FlaskClient

from forum.models.accounts import User
from forum.policy import limits
from tests.support import community
from tests.support.live_server import LiveServer
from tests.support.xss import payloads

SAMPLE = 320
"""Payloads for each input, others for each; there are about 900."""
NEXT = re.compile(r'href="([^"]+)" rel="next"')


def chosen(what: str, longest: int = 10_000) -> list[str]:
    """The payloads for one input, cut to what it holds."""
    return [text[:longest] for text in random.Random(what).sample(payloads(), SAMPLE)]


def packed(texts: list[str], limit: int) -> list[str]:
    """As many together as fit one field, a paragraph each."""
    full = [""]
    for text in texts:
        if full[-1] and len(full[-1]) + len(text) + 2 > limit:
            full.append("")
        full[-1] += f"{text}\n\n"
    return [text.strip("\n")[:limit] for text in full]


@dataclass
class Sender:
    """A browser without script, that sends forms and follows pages."""

    client: FlaskClient

    def __post_init__(self) -> None:
        self._token = community.csrf(self.client)

    def send(self, path: str, **typed: str) -> str:
        """Send a form that must be taken; where it leads. What the site says then is not read."""
        answer = self.client.post(path, data=typed | {"csrf_token": self._token})
        with self.client.session_transaction() as session:
            session.pop("_flashes", None)
        assert answer.status_code in {200, 302}, f"{path}: {answer.status} for {typed}"
        return answer.location or ""

    def all_pages(self, path: str) -> list[str]:
        """This page and those after it."""
        found = [path]
        while following := NEXT.search(self.client.get(found[-1]).text):
            found.append(following[1].replace("&amp;", "&"))
        return found


@dataclass
class Hostile:
    """The attackers' work: `pages` to look at, by the input whose texts show on them."""

    site: LiveServer
    moderator: User
    member: User
    pages: dict[str, list[str]] = field(default_factory=dict)

    def sender(self, user: User) -> Sender:
        client = self.site.app.test_client()
        community.sign_in(client, user)
        return Sender(client)


@contextmanager
def without_limits() -> Iterator[None]:
    """In this process nothing is too often."""
    with pytest.MonkeyPatch.context() as patch:
        for name, limit in vars(limits).items():
            if isinstance(limit, limits.Limit):
                patch.setattr(limits, name, replace(limit, hits=100_000))
        yield
