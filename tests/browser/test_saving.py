"""Keeping a post for later: in place with script, and by a page without."""

import pytest
from playwright.sync_api import expect

from tests.support import community
from tests.support.visitors import more, post, sign_in


@pytest.fixture
def asked(live_server):
    """A question by Ben that Ana reads."""
    with live_server.app.app_context():
        ana, ben = community.person("Ana"), community.person("Ben")
        circle = community.circle("retail")
        community.join(ana, circle)
        question = community.topic(ben, circle, "Pilots that never end")
        return ana, question, community.reply(ben, question, "They ended in a drawer.")


def test_save_turns_where_it_stands_and_back(page, live_server, asked):
    ana, question, answer = asked
    sign_in(page, live_server, ana).goto(f"/t/{question}")
    button = more(post(page, answer)).get_by_role("button", name="Save")
    expect(button).to_have_attribute("aria-pressed", "false")
    with page.expect_response(lambda got: got.url.endswith(f"/p/{answer}/bookmark")):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith(f"/t/{question}")
    page.reload()
    more(post(page, answer))
    expect(button).to_have_attribute("aria-pressed", "true")
    with page.expect_response(lambda got: got.url.endswith("/bookmark/end")):
        button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.goto("/saved")
    expect(page.get_by_role("heading", name="Nothing saved yet")).to_be_visible()


def test_when_it_cannot_be_kept_the_page_says_why(page, live_server, asked, complaints):
    ana, question, answer = asked
    sign_in(page, live_server, ana).goto(f"/t/{question}")
    with live_server.app.app_context():
        community.hide(answer)
    more(post(page, answer)).get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is nothing here, or nothing you can see.")).to_be_visible()
    complaints.found = [said for said in complaints.found if "404" not in said]
