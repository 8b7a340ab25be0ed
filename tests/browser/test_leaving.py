"""Quick leave: away from a page of a private space at once, with nothing left to look at."""

import pytest
from playwright.sync_api import Page, expect

from tests.support import community, spaces
from tests.support.visitors import sign_in

WORDS = "What nobody at work may read."
AWAY = "**/elsewhere"


@pytest.fixture
def told(live_server, page):
    """A topic of a space, whose page Ana, signed in, may open."""
    with live_server.app.app_context():
        here, ana = spaces.space(community.circle("retail")), community.person("Ana")
        spaces.enter(here, ana)
        told = spaces.sealed_topic(ana, here, "It failed", WORDS)
    page.route(AWAY, lambda route: route.fulfill(body="The weather."))  # nothing leaves the machine
    sign_in(page, live_server, ana)
    return told


@pytest.fixture
def here(live_server, told) -> str:
    """The list of the space."""
    with live_server.app.app_context():
        return f"/s/{spaces.space(community.find('retail')).public_id}"


def on(page: Page, path: str) -> int:
    """Open a page behind another one; how long the tab's history is then."""
    page.goto("/circles")
    page.goto(path)
    return int(page.evaluate("history.length"))


def is_away(page: Page, length: int) -> None:
    """Elsewhere, and "back" leads past the page that was left."""
    page.wait_for_url(AWAY)
    assert page.evaluate("history.length") == length
    page.go_back()
    page.wait_for_url("**/circles")


def escape_twice(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_escape_twice_leaves(page, told):
    length = on(page, f"/t/{told}")
    escape_twice(page)
    is_away(page, length)


def test_back_leads_to_no_other_page_of_the_space_either(page, told, here):
    on(page, here)
    page.get_by_role("link", name="It failed").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    escape_twice(page)
    page.wait_for_url(AWAY)
    page.go_back(wait_until="commit")
    page.wait_for_url(AWAY)
    assert "The weather." in page.content()
    page.go_back()
    page.wait_for_url("**/circles")
    page.go_forward(wait_until="commit")
    page.wait_for_url(AWAY)


def test_who_comes_again_on_purpose_may_stay(page, told, here):
    on(page, f"/t/{told}")
    escape_twice(page)
    page.wait_for_url(AWAY)
    page.goto(here)
    page.get_by_role("link", name="It failed").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="It failed")).to_be_visible()


def test_also_from_a_box_one_writes_in(page, told):
    length = on(page, f"/p/{told}/reply")
    box = page.get_by_role("textbox", name="Your reply")
    box.fill(WORDS)
    box.focus()
    escape_twice(page)
    is_away(page, length)
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("JSON.stringify(sessionStorage)") == '{"left":"1"}'


def test_also_with_a_menu_open(page, told):
    length = on(page, f"/t/{told}")
    page.locator("summary", has_text="Circles").click()
    escape_twice(page)
    is_away(page, length)


def test_the_link_does_the_same(page, told):
    length = on(page, f"/t/{told}")
    page.get_by_role("link", name="Leave quickly").click()
    is_away(page, length)


def test_the_page_is_blank_before_the_other_one_is_there(page, told):
    on(page, f"/t/{told}")
    expect(page.get_by_text(WORDS)).to_be_visible()
    left = page.evaluate(
        """() => {
            const press = () => new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
            document.body.dispatchEvent(press());
            document.body.dispatchEvent(press());
            return document.documentElement.className + document.body.textContent;
        }"""
    )
    assert left == ""


@pytest.mark.parametrize("keys", [["Escape"], ["Escape", "a", "Escape"]])
def test_less_than_that_stays(page, told, keys):
    on(page, f"/t/{told}")
    for key in keys:
        page.keyboard.press(key)
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_two_presses_a_while_apart_stay(page, told):
    on(page, f"/t/{told}")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1200)
    page.keyboard.press("Escape")
    expect(page.get_by_text(WORDS)).to_be_visible()


def test_elsewhere_on_the_site_escape_is_a_key_like_others(page, told):
    on(page, "/circles")
    escape_twice(page)
    page.wait_for_timeout(300)
    assert page.url.endswith("/circles")


def test_without_script_the_link_leads_away_too(live_server, new_page, told, page):
    plain = new_page(java_script_enabled=False)
    plain.context.add_cookies(page.context.cookies())
    plain.route(AWAY, lambda route: route.fulfill(body="The weather."))
    plain.goto(f"/t/{told}")
    plain.get_by_role("link", name="Leave quickly").click()
    plain.wait_for_url(f"**{AWAY}")
