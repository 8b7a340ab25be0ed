"""Signing out, and what pages that stayed open do afterwards."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.visitor import Visitor
from tests.support import community
from tests.support.visitors import sign_in

WORDS = "Half an hour of careful words."


@pytest.fixture
def topic(live_server):
    with live_server.app.app_context():
        ana = community.person("Ana")
        circle = community.circle("retail")
        community.join(ana, circle)
        return ana, community.topic(ana, circle)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request, new_page, live_server, topic):
    """Ana's, signed in."""
    return sign_in(new_page(java_script_enabled=request.param), live_server, topic[0])


def signed_out_elsewhere(page: Page) -> None:
    """In a second window of the same browser."""
    window = page.context.new_page()
    window.goto("/")
    Visitor(window, script=False).sign_out()
    window.close()


def test_after_signing_out_the_pages_of_before_ask_to_sign_in(page):
    page.goto("/settings")
    Visitor(page, script=False).sign_out()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(page.get_by_text("ana@site.example")).to_have_count(0)


def test_the_address_of_before_leads_to_signing_in_and_then_there(page):
    page.goto("/settings")
    Visitor(page, script=False).sign_out()
    page.goto("/settings/password")
    page.get_by_label("E-mail address").fill("ana@site.example")
    page.get_by_label("Password").fill(community.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()


def test_a_page_left_open_refuses_to_post_and_gives_the_words_back(
    page, topic, live_server, complaints
):
    page.goto(f"/t/{topic[1]}")
    page.get_by_label("Your reply").fill(WORDS)
    signed_out_elsewhere(page)
    page.get_by_role("button", name="Post your reply").click()
    expect(page.get_by_role("heading", name="Please sign in")).to_be_visible()
    expect(page.get_by_label("body")).to_have_value(WORDS)
    page.goto(f"/t/{topic[1]}")
    expect(page.locator("article.post")).to_have_count(0)
    complaints.clear()


def test_signing_out_forgets_what_this_device_remembered(new_page, live_server, topic):
    page = sign_in(new_page(), live_server, topic[0])
    page.goto(f"/t/{topic[1]}")
    page.evaluate("localStorage.setItem('draft:reply:x', 'words'); localStorage.setItem('y', 1)")
    Visitor(page, script=True).sign_out()
    assert page.evaluate("Object.keys(localStorage)") == ["y"]
