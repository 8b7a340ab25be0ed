"""Answering where one reads: the box comes to the post, and the words go once."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support import community
from tests.support.visitors import focused, post, sign_in


@pytest.fixture
def talk(live_server, page):
    """Ana looks at a topic with two replies; their ids."""
    with live_server.app.app_context():
        ana, ben = community.person("Ana"), community.person("Ben")
        circle = community.circle("retail")
        community.join(ana, circle)
        question = community.topic(ben, circle)
        replies = [community.reply(ben, question, text) for text in ("One.", "Two.")]
    sign_in(page, live_server, ana).goto(f"/t/{question}")
    return [question, *replies]


def answer(page: Page, post_id: str) -> Locator:
    """Open the box below a post."""
    post(page, post_id).get_by_role("link", name="Reply", exact=True).click()
    expect(page.locator(".in-place textarea")).to_be_focused()
    return page.locator(".in-place")


def test_the_box_opens_at_the_post_and_takes_the_focus(page, talk):
    here = page.url
    answer(page, talk[1])
    expect(page.locator(f"#p-{talk[1]} + .in-place")).to_be_visible()
    assert page.url == here


def test_the_page_has_no_name_twice_while_it_is_open(page, talk):
    answer(page, talk[1])
    names = page.evaluate("[...document.querySelectorAll('[id]')].map(node => node.id)")
    assert len(names) == len(set(names))


def test_the_answer_stands_below_what_it_answers(page, talk):
    box = answer(page, talk[1])
    box.get_by_role("textbox").fill("To the first.")
    box.get_by_role("button", name="Post your reply").click()
    expect(page.locator(f"#p-{talk[1]} + .post.d2")).to_contain_text("To the first.")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_fast_clicks_post_once(script, new_page, page, talk):
    window = new_page(java_script_enabled=script)
    window.context.add_cookies(page.context.cookies())
    window.goto(f"/p/{talk[1]}/reply")
    window.get_by_role("textbox", name="Your reply").fill("Only once.")
    window.get_by_role("button", name="Post your reply").dblclick()
    expect(window.get_by_text("Only once.")).to_be_visible()
    window.goto(f"/t/{talk[0]}")
    expect(window.locator("article.post", has_text="Only once.")).to_have_count(1)


def test_sending_the_same_page_again_posts_once(page, talk):
    """The nonce is the same."""
    page.goto(f"/p/{talk[1]}/reply")
    page.get_by_role("textbox", name="Your reply").fill("Only once.")
    form = page.locator("form[data-composer]")
    sent = form.evaluate("form => Object.fromEntries(new FormData(form))")
    for _ in range(2):
        page.request.post(f"/p/{talk[1]}/reply", form=sent)
    page.goto(f"/t/{talk[0]}")
    expect(page.locator("article.post", has_text="Only once.")).to_have_count(1)


def test_a_second_box_takes_the_place_of_the_first_and_keeps_its_words(page, talk):
    answer(page, talk[1]).get_by_role("textbox").fill("Words for the first.")
    with page.expect_response("**/drafts"):
        answer(page, talk[2])
    expect(page.locator(".in-place")).to_have_count(1)
    expect(answer(page, talk[1]).get_by_role("textbox")).to_have_value("Words for the first.")


def test_not_now_keeps_the_words_for_later(page, talk):
    box = answer(page, talk[1])
    box.get_by_role("textbox").fill("Perhaps later.")
    with page.expect_response("**/drafts"):
        box.get_by_role("button", name="Not now").click()
    expect(focused(page)).to_have_text("Reply")
    expect(answer(page, talk[1]).get_by_role("textbox")).to_have_value("Perhaps later.")


def test_a_preview_shows_how_it_will_read_and_leaves_the_page_alone(page, talk):
    box = answer(page, talk[1])
    box.get_by_role("textbox").fill("Some **bold** words.")
    box.get_by_role("button", name="Preview").click()
    expect(box.locator(".preview strong")).to_have_text("bold")
    expect(box.locator(".preview")).to_be_focused()
    expect(box.get_by_role("textbox")).to_have_value("Some **bold** words.")


def test_a_text_too_complex_comes_back_whole_with_the_reason(page, talk):
    stars = "*a **b " * 1_000
    box = answer(page, talk[1])
    box.get_by_role("textbox").fill(stars)
    box.get_by_role("button", name="Post your reply").click()
    expect(page.locator("#problems")).to_be_focused()
    expect(page.get_by_role("textbox", name="Your reply")).to_have_value(stars.strip("\n"))


def test_where_the_form_cannot_be_fetched_the_link_leads_to_its_page(page, talk, complaints):
    page.route("**/reply", lambda route: route.abort(), times=1)
    post(page, talk[1]).get_by_role("link", name="Reply", exact=True).click()
    expect(page.get_by_role("heading", name="Reply to Ben", exact=True)).to_be_visible()
    complaints.found = [said for said in complaints.found if "ERR_FAILED" not in said]


def test_the_tools_put_signs_around_the_chosen_words(page, talk):
    box = answer(page, talk[1])
    words = box.get_by_role("textbox")
    words.fill("plain bold")
    words.evaluate("box => box.setSelectionRange(6, 10)")
    box.get_by_role("button", name="Bold").click()
    expect(words).to_have_value("plain **bold**")
    words.press("End")
    box.get_by_role("button", name="Quote", exact=True).click()
    expect(words).to_have_value("> plain **bold**")
    words.press("Control+z")
    expect(words).to_have_value("plain **bold**")
