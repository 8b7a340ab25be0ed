"""Nothing typed is lost: by a reload, a crash, a lost connection, a second window, a sign-out."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from forum.models.companies import Market, SizeBand
from tests.support import community
from tests.support.visitors import sign_in

WORDS = "Half an hour of careful words."
MORE = f"{WORDS} And some more."


@pytest.fixture
def path(live_server, page):
    """The page on which Ana, signed in, writes a reply."""
    with live_server.app.app_context():
        ana = community.person("Ana")
        circle = community.circle("retail")
        community.join(ana, circle)
        question = community.topic(ana, circle)
        community.has_profile(ana, company_size=SizeBand.LARGE, company_market=Market.B2B)
    sign_in(page, live_server, ana)
    return f"/p/{question}/reply"


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your reply")


def state(page: Page) -> Locator:
    return page.locator(".draft-state")


def write(page: Page, path: str, words: str = WORDS) -> None:
    page.goto(path)
    box(page).fill(words)


def saved(page: Page) -> None:
    expect(state(page)).to_contain_text("Draft saved")
    expect(state(page)).to_have_attribute("data-state", "saved")


def another_window(page: Page, path: str) -> Page:
    window = page.context.new_page()
    window.goto(path)
    return window


def test_a_draft_is_there_again_after_a_reload(page, path):
    write(page, path)
    saved(page)
    page.reload()
    expect(box(page)).to_have_value(WORDS)
    expect(state(page)).to_contain_text("Draft saved")


def test_what_is_said_of_a_topic_is_there_again_with_its_draft(page, path):
    page.goto("/c/retail/new")
    page.get_by_label("Tags").fill("kaizen, budget")
    page.get_by_label("Please just listen").check()
    page.get_by_text("Say what kind of company").click()
    page.get_by_role("button", name="As in my profile: from a large B2B company").click()
    expect(
        page.locator("summary", has_text="Readers see: from a large B2B company")
    ).to_be_visible()
    saved(page)
    page.reload()
    expect(page.get_by_label("Tags")).to_have_value("kaizen, budget")
    expect(page.get_by_label("Please just listen")).to_be_checked()
    expect(page.get_by_label("Whom it sells to")).to_have_value("b2b")
    expect(page.get_by_label("Size of the company")).to_have_value("large")


def test_a_draft_is_there_again_after_the_page_crashed(page, path):
    write(page, path)
    saved(page)
    context = page.context
    page.close(run_before_unload=False)
    window = context.new_page()
    window.goto(path)
    expect(box(window)).to_have_value(WORDS)


def test_words_typed_just_before_leaving_are_there_again(page, path):
    write(page, path)
    for _look in range(50):  # they are on their way while the next page comes
        page.goto("/drafts")
        if page.get_by_role("link", name="Go on writing").count():
            break
    page.goto(path)
    expect(box(page)).to_have_value(WORDS)


def test_the_drafts_page_leads_back_to_the_text(page, path):
    write(page, path)
    saved(page)
    page.goto("/drafts")
    page.get_by_role("link", name="Go on writing").click()
    expect(box(page)).to_have_value(WORDS)


def test_a_posted_text_is_no_draft_any_more(page, path):
    write(page, path)
    saved(page)
    page.get_by_role("button", name="Post your reply").click()
    expect(page.locator("article.post")).to_have_count(1)
    page.goto("/drafts")
    expect(page.get_by_role("heading", name="Nothing half-written")).to_be_visible()


class TestWithoutConnection:
    @pytest.fixture(autouse=True)
    def offline(self, page, path, complaints):
        write(page, path)
        saved(page)
        page.context.set_offline(True)
        yield
        page.context.set_offline(False)
        complaints.found = [said for said in complaints.found if "ERR_INTERNET" not in said]

    def test_the_text_is_kept_and_saved_when_the_connection_is_back(self, page):
        box(page).fill(MORE)
        expect(state(page)).to_contain_text("No connection: your text is kept on this device")
        page.context.set_offline(False)
        saved(page)
        assert page.evaluate("Object.keys(localStorage)") == []
        page.reload()
        expect(box(page)).to_have_value(MORE)

    def test_the_text_outlives_the_window(self, page, path):
        box(page).fill(MORE)
        expect(state(page)).to_contain_text("kept on this device")
        context = page.context
        page.close()
        context.set_offline(False)
        window = context.new_page()
        window.goto(path)
        expect(box(window)).to_have_value(WORDS)
        window.get_by_role("button", name="Use it").click()
        expect(box(window)).to_have_value(MORE)
        saved(window)

    def test_sending_waits_and_the_text_stays(self, page):
        box(page).fill(MORE)
        page.get_by_role("button", name="Post your reply").click()
        expect(state(page)).to_contain_text("No connection")
        expect(box(page)).to_have_value(MORE)
        page.context.set_offline(False)
        page.get_by_role("button", name="Post your reply").click()
        expect(page.locator("article.post")).to_contain_text(MORE)


def test_a_second_window_is_told_and_overwrites_nothing(page, path, complaints):
    page.goto(path)
    window = another_window(page, path)
    box(page).fill("The first window's words.")
    saved(page)
    box(window).fill("The second window's words.")
    expect(state(window)).to_contain_text("in another window too")
    expect(box(window)).to_have_value("The second window's words.")
    window.close()
    page.reload()
    expect(box(page)).to_have_value("The first window's words.")
    complaints.found = [said for said in complaints.found if "409" not in said]


def test_an_answer_that_was_lost_does_not_look_like_a_second_window(page, path, complaints):
    """The server has the text; the window does not know, and goes on."""

    def lose_answer(route):
        route.fetch()
        route.abort()

    page.route("**/drafts", lose_answer)
    write(page, path)
    expect(state(page)).to_contain_text("No connection")
    page.unroute("**/drafts")
    box(page).fill(MORE)
    saved(page)
    page.reload()
    expect(box(page)).to_have_value(MORE)
    complaints.found = [said for said in complaints.found if not re.search("409|ERR_FAILED", said)]


def test_typing_on_while_a_slow_server_answers_saves_the_last_words(page, path):
    asked = []

    def slow_at_first(route):
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.route("**/drafts", slow_at_first)
    write(page, path)
    expect(state(page)).to_have_attribute("data-state", "saving")
    box(page).fill(MORE)
    page.wait_for_timeout(2_000)
    assert len(asked) == 1
    with page.expect_response(lambda answer: MORE in (answer.request.post_data or "")):
        asked[0].continue_()
    saved(page)
    page.reload()
    expect(box(page)).to_have_value(MORE)


def test_whoever_was_signed_out_meanwhile_is_told_and_keeps_the_text(page, path, complaints):
    page.goto(path)
    page.context.clear_cookies()
    box(page).fill(WORDS)
    expect(state(page)).to_contain_text("you were signed out")
    expect(box(page)).to_have_value(WORDS)
    assert page.evaluate("Object.keys(localStorage)") == []
    complaints.found = [said for said in complaints.found if "401" not in said]


def test_a_text_too_long_to_keep_says_so(page, path):
    write(page, path, "word " * 8_001)
    expect(state(page)).to_contain_text("over 40,000 characters")
    box(page).fill(WORDS)
    saved(page)


def test_of_the_new_topic_the_title_is_kept_too(page, path):
    page.goto("/c/retail/new")
    page.get_by_label("Title").fill("A title")
    box_of_topic = page.get_by_role("textbox", name="Your text")
    box_of_topic.fill(WORDS)
    saved(page)
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("A title")
    expect(box_of_topic).to_have_value(WORDS)


def test_without_script_a_preview_loses_nothing(live_server, new_page, path, page):
    window = new_page(java_script_enabled=False)
    window.context.add_cookies(page.context.cookies())
    window.goto(path)
    box(window).fill("Some **bold** words.")
    window.get_by_role("button", name="Preview").click()
    expect(window.locator(".preview strong")).to_have_text("bold")
    expect(box(window)).to_have_value("Some **bold** words.")
    window.get_by_role("button", name="Post your reply").click()
    expect(window.locator("article.post strong")).to_have_text("bold")
