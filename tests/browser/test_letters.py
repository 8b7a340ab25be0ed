"""The HTML of a letter, as a mail program would show it."""

import pytest

from tests.browser.looking import DESKTOP, NARROWEST, PHONE, axe_findings, resize, sideways
from tests.browser.pages import GUEST


@pytest.fixture
def letter(scene):
    return scene.path("/dev/letters/{letter}/html")


def test_nothing_is_wrong_with_a_letter(letter, scene, windows, browser):
    """Outside the sandbox, in which nothing can be measured."""
    page = browser.new_page()
    page.set_content(scene.site.app.test_client().get(letter).text)
    resize(page, DESKTOP)
    found = axe_findings(page, "light")
    resize(page, PHONE)
    found += axe_findings(page, "dark") + sideways(page, NARROWEST)
    page.close()
    assert not found, "\n".join(found)


def test_its_preview_is_quiet(letter, windows):
    page = windows.of(GUEST)
    page.goto(letter)
    assert page.title() == "Cahoots"
    assert not windows.complaints.found
