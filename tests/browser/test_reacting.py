"""A reaction in place: the button says so at once, and the focus stays on it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import MEMBER


@pytest.mark.parametrize(
    ("topic", "label", "counted"),
    [("lonely", "Thanks", "Thanks 1"), ("told", "With you", "With you")],
    ids=["circle", "space"],
)
def test_the_button_says_so_and_keeps_the_focus(scene, windows, topic, label, counted):
    page: Page = windows.of(MEMBER)
    page.goto(scene.path(f"/t/{{{topic}}}"))
    button = page.locator(".opening .post-acts button").filter(has_text=label)
    for pressed, words in (("true", counted), ("false", label)):
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button).to_have_text(words)
        expect(button).to_be_focused()
    assert page.url.endswith(scene.path(f"/t/{{{topic}}}"))
    assert not windows.complaints.found


def test_what_is_refused_is_said_by_the_page(scene, windows):
    page: Page = windows.of(MEMBER)
    page.goto(scene.path("/t/{lonely}"))
    button = page.locator(".opening .post-acts button").filter(has_text="Thanks")
    button.evaluate("node => node.setAttribute('formaction', '/p/zzzzzzzzzzzz/reactions')")
    button.click()
    expect(page.locator("h1")).to_be_visible()
    expect(page).to_have_url(f"{scene.site.url}/p/zzzzzzzzzzzz/reactions")
    windows.complaints.found.clear()
