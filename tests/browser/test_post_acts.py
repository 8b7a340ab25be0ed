"""What can be done with a post: the likely things at once, the rare ones a tap away."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import NARROWEST, PHONE, resize

OUT_OF_SIGHT = """row => [...row.querySelectorAll("a, button, summary")]
    .filter(node => node.checkVisibility({ contentVisibilityAuto: true }))
    .filter(node => {
        const box = node.getBoundingClientRect(), all = row.getBoundingClientRect();
        return box.left < all.left - 1 || box.right > all.right + 1 || box.bottom > all.bottom + 1;
    })
    .map(node => node.textContent.trim())"""


@pytest.mark.parametrize("width", [PHONE, NARROWEST])
def test_nothing_of_it_is_cut_off_on_a_phone(scene, windows, width):
    """Also for who may say that this answered their question, after somebody reacted."""
    page: Page = windows.of("other")
    resize(page, width)
    page.goto(scene.path("/t/{answered}"))
    row = page.locator(".post .post-acts").first
    assert row.evaluate(OUT_OF_SIGHT) == []
    row.get_by_text("More", exact=True).click()
    expect(row.get_by_role("link", name="Report")).to_be_visible()
    assert row.evaluate(OUT_OF_SIGHT) == []


def test_in_the_title_one_sees_all_that_one_types(scene, windows):
    page: Page = windows.of("other")
    resize(page, PHONE)
    page.goto("/c/retail/new")
    title = page.get_by_label("Title")
    short = title.bounding_box()["height"]
    title.fill("A question that takes more than one line on a phone, as most of them do")
    assert title.bounding_box()["height"] > short
    assert title.evaluate("box => box.scrollHeight <= box.clientHeight + 1")
    title.press("Enter")
    expect(page.get_by_label("Your text")).to_be_focused()


def test_the_first_is_to_reply(scene, windows):
    page: Page = windows.of("other")
    page.goto(scene.path("/t/{answered}"))
    for row in page.locator(".post-acts").all():
        expect(row.locator("a, button").first).to_have_text("Reply")


def test_what_is_rarely_wanted_is_out_of_the_way_until_asked_for(scene, windows):
    page: Page = windows.of("other")
    page.goto(scene.path("/t/{answered}"))
    row = page.locator(".post .post-acts").first
    expect(row.get_by_role("link", name="Link")).to_be_hidden()
    row.get_by_text("More", exact=True).press("Enter")
    expect(row.get_by_role("link", name="Link")).to_be_visible()
