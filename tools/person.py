"""Somebody at a browser without script: signs in, reads forms, sends them."""

import http.client
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

TIMEOUT_SECONDS = 20.0
NOT_NOW = {422, 429, 503}
"""A form that holds is refused only for being one too many in a while."""


class TryAgain(Exception):
    """The connection broke (nobody knows what the server did), or the site says: not now."""


class Forms(HTMLParser):
    """The forms of a page: where each goes, and what its inputs hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str]] = {}
        self.links: list[str] = []
        self._action: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._action = values.get("action", "")
            self.found[self._action] = {}
        elif tag == "input" and self._action is not None and values.get("name"):
            self.found[self._action][values["name"]] = values.get("value", "")
        elif tag == "a":
            self.links.append(values.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._action = None


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


class Person:
    """A browser's worth of cookies, on one site."""

    def __init__(self, url: str) -> None:
        self._url = url
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        nobody_between = urllib.request.ProxyHandler({})
        self._opener = urllib.request.build_opener(nobody_between, cookies, _StayHere)

    def request(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """GET a path or POST a form: status, Location and page. Raises TryAgain."""
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        asked = urllib.request.Request(self._url + path, body)
        try:
            status, location, page = self._exchange(asked)
        except (OSError, http.client.HTTPException) as error:
            raise TryAgain(str(error)) from error
        if status in NOT_NOW:
            raise TryAgain(f"{path} was answered {status}")
        return status, location, page

    def _exchange(self, asked: urllib.request.Request) -> tuple[int, str, str]:
        try:
            answer = self._opener.open(asked, timeout=TIMEOUT_SECONDS)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            page = answer.read().decode(errors="replace")
            return answer.status, answer.headers.get("Location", ""), page

    def forms(self, path: str) -> Forms:
        return Forms(self._page(path))

    def _page(self, path: str) -> str:
        status, _, page = self.request(path)
        if status != 200:
            raise RuntimeError(f"GET {path} was answered {status}")
        return page

    def _send(self, path: str, form: dict[str, str]) -> str:
        """POST a form that must be answered by a redirect; where to."""
        status, location, _ = self.request(path, form)
        if status not in {302, 303}:
            raise RuntimeError(f"POST {path} was answered {status}")
        return location

    def sign_in(self, address: str, password: str) -> None:
        form = next(form for form in self.forms("/sign-in").found.values() if "address" in form)
        self._send("/sign-in", form | {"address": address, "password": password})

    def join(self, circle: str) -> None:
        """Join a circle, unless already in it."""
        action = f"/c/{circle}/membership"
        if form := self.forms(f"/c/{circle}").found.get(action):
            self._send(action, form)

    def first_post(self, circle: str) -> str:
        """The public id of the opening post of the circle's first topic."""
        links = self.forms(f"/c/{circle}").links
        topic = next(link for link in links if link.startswith("/t/"))
        replies = [link for link in self.forms(topic).links if link.endswith("/reply")]
        return replies[0].split("/")[2]

    def reply_form(self, post: str) -> dict[str, str]:
        found = self.forms(f"/p/{post}/reply").found
        return found[f"/p/{post}/reply"]

    def send_reply(self, post: str, form: dict[str, str]) -> None:
        """Send a reply; coming back from here means that the site says it has it."""
        self._send(f"/p/{post}/reply", form)
