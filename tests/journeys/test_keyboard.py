"""Reading and answering with nothing but a keyboard, with and without script."""

import pytest
from playwright.sync_api import Page, expect

from tests.support import community
from tests.support.visitors import focused, post, sign_in

MAX_TABS = 60


@pytest.fixture
def talk(live_server):
    """A topic of which Ana has read all but the last reply."""
    with live_server.app.app_context():
        ana, ben = community.person("Ana"), community.person("Ben")
        circle = community.circle("retail")
        community.join(ana, circle)
        question = community.topic(ben, circle)
        first = community.reply(ben, question, "The first one.")
    return ana, ben, question, first


def on_its_page(page: Page, live_server, talk) -> str:
    """Ana reads the topic, Ben adds a reply, she opens it again; the new reply's id."""
    ana, ben, question, first = talk
    sign_in(page, live_server, ana).goto(f"/t/{question}")
    with live_server.app.app_context():
        news = community.reply(ben, first, "The second one.")
    page.reload()
    return news


def tab_to(page: Page, name: str, role: str = "link") -> None:
    """Press Tab until the thing of that name has the focus, as somebody without a mouse does."""
    wanted = page.locator(":focus").and_(page.get_by_role(role, name=name, exact=True))
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if wanted.count():
            return
    raise AssertionError(f"{MAX_TABS} times Tab never came to {name}")


def test_the_first_tab_offers_to_skip_to_the_text(live_server, talk, page):
    on_its_page(page, live_server, talk)
    page.keyboard.press("Tab")
    expect(focused(page)).to_have_text("Skip to the text")
    expect(focused(page)).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, "Reply")
    expect(page.locator("article.opening :focus")).to_be_visible()


def test_with_script_n_tab_and_enter_lead_from_the_new_post_to_ones_answer(live_server, talk, page):
    news = on_its_page(page, live_server, talk)
    page.keyboard.press("n")
    expect(focused(page)).to_have_id(f"p-{news}")
    tab_to(page, "Reply")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_role("textbox")
    page.keyboard.type("Typed, not clicked.")
    tab_to(page, "Post your reply", "button")
    page.keyboard.press("Enter")
    expect(page.locator(f"#p-{news} + .post")).to_contain_text("Typed, not clicked.")


def test_without_script_links_lead_from_the_new_post_to_ones_answer(live_server, talk, new_page):
    page = new_page(java_script_enabled=False)
    news = on_its_page(page, live_server, talk)
    tab_to(page, "1 unread: next")
    page.keyboard.press("Enter")
    expect(post(page, news)).to_be_in_viewport()
    tab_to(page, "Reply")
    page.keyboard.press("Enter")
    tab_to(page, "Your reply", "textbox")
    page.keyboard.type("Typed, not clicked.")
    tab_to(page, "Post your reply", "button")
    page.keyboard.press("Enter")
    expect(page.locator(f"#p-{news} + .post")).to_contain_text("Typed, not clicked.")


def test_not_now_gives_the_focus_back_to_the_link_one_came_from(live_server, talk, page):
    news = on_its_page(page, live_server, talk)
    page.keyboard.press("n")
    tab_to(page, "Reply")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_role("textbox")
    tab_to(page, "Not now", "button")
    page.keyboard.press("Enter")
    expect(page.locator(".in-place")).to_have_count(0)
    expect(post(page, news).locator(":focus")).to_have_text("Reply")


def test_what_has_the_focus_shows_a_ring(live_server, talk, page):
    on_its_page(page, live_server, talk)
    bare = []
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        if focused(page).count() == 0:
            break
        ring = focused(page).evaluate(
            "e => [e.outerHTML.slice(0, 80), getComputedStyle(e).outlineStyle,"
            " parseFloat(getComputedStyle(e).outlineWidth)]"
        )
        if ring[1] == "none" or ring[2] < 2:
            bare.append(ring)
    assert not bare
