"""A real Chromium, and pages that fail the test when anything goes wrong in their console."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.support.live_server import LiveServer
from tools import programs
from tools.chromium import FLAGS

DESKTOP = {"width": 1280, "height": 900}
TIMEOUT_MS = 20_000  # a busy machine is no failure
NewPage = Callable[..., Page]


@dataclass
class Complaints:
    """What went wrong in the pages of a test: script errors, console errors, foreign requests.

    A test that provokes one on purpose clears the list.
    """

    found: list[str] = field(default_factory=list)

    def listen(self, page: Page, home: str) -> None:
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("console", self._hear)
        page.on("request", lambda request: self._check(request, urlsplit(home).netloc))

    def _hear(self, message: ConsoleMessage) -> None:
        refused_form = "status of 422" in message.text  # a form answered with its mistakes
        if message.type in {"error", "warning"} and not refused_form:
            self.found.append(f"console {message.type}: {message.text}")

    def _check(self, request: Request, home: str) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != home:
            self.found.append(f"foreign request: {request.url}")

    def clear(self) -> None:
        self.found.clear()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for each test process; skips (CI: fails) where there is none."""
    program = programs.chromium()
    if not program and programs.must_be_complete():
        pytest.fail("Chromium is missing: make test-deps")
    if not program:
        pytest.skip("Chromium is missing: make test-deps")
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert not complaints.found, "\n".join(complaints.found)


@pytest.fixture
def new_page(
    browser: Browser, live_server: LiveServer, complaints: Complaints
) -> Iterator[NewPage]:
    """Open a page in a fresh profile, with Playwright's context options (java_script_enabled …)."""
    contexts = []

    def open_page(**options: Any) -> Page:
        wishes = {"viewport": DESKTOP, "base_url": live_server.url} | options
        context = browser.new_context(**wishes)
        contexts.append(context)
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        complaints.listen(page, live_server.url)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A desktop page with script; relative addresses go to the live server."""
    return new_page()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the browser is a browser test."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
