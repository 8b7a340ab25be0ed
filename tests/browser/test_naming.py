"""Naming somebody: an @ and a few letters bring a list, which the keyboard can use at once."""

import pytest
from playwright.sync_api import Page, expect

from forum.models.circles import Role, Visibility
from tests.browser.looking import axe_findings
from tests.support import community
from tests.support.visitors import sign_in


@pytest.fixture
def box(live_server, page):
    """Ana's box for an answer; Ben, Bea and Cem are in the circle too."""
    with live_server.app.app_context():
        retail = community.circle("retail")
        people = [community.person(name) for name in ("Ana", "Ben", "Bea", "Cem")]
        for one in people:
            community.join(one, retail)
        question = community.topic(people[1], retail)
    sign_in(page, live_server, people[0]).goto(f"/t/{question}")
    box = page.get_by_role("textbox", name="Your reply")
    box.click()
    return box


@pytest.fixture
def line(live_server, page):
    """Dora's line for whom to invite into a circle that nobody else is in; the same people."""
    with live_server.app.app_context():
        retail, shed = community.circle("retail"), community.circle("shed", Visibility.SECRET)
        dora, *people = [community.person(name) for name in ("Dora", "Ben", "Bea", "Cem")]
        for one in (dora, *people):
            community.join(one, retail)
        community.join(dora, shed, Role.MODERATOR)
    sign_in(page, live_server, dora).goto("/c/shed/invitations")
    line = page.get_by_role("textbox", name="Handle")
    line.click()
    return line


@pytest.mark.parametrize("words", ["be", "@be", "BE"])
def test_whom_to_invite_is_looked_up_without_an_at_sign(page, line, words):
    names = typed(page, line, words)
    expect(names.get_by_role("option")).to_have_text(["Bea @bea", "Ben @ben"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(line).to_have_value("ben")
    expect(names).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Invited, and not here yet")).to_be_visible()


def typed(page: Page, box, words: str):
    page.keyboard.type(words)
    names = page.get_by_role("listbox", name="People")
    expect(names).to_be_visible()
    return names


def test_the_keyboard_chooses(page, box):
    names = typed(page, box, "What says @be")
    expect(names.get_by_role("option")).to_have_text(["Bea @bea", "Ben @ben"])
    expect(names.get_by_role("option", selected=True)).to_have_text("Bea @bea")
    page.keyboard.press("ArrowDown")
    chosen = names.get_by_role("option", selected=True)
    expect(chosen).to_have_text("Ben @ben")
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    expect(box).to_have_value("What says @ben ")
    expect(names).to_have_count(0)
    assert box.get_attribute("aria-activedescendant") is None


def test_what_was_found_is_said(page, box):
    typed(page, box, "@be")
    expect(page.get_by_role("status").filter(has_text="2 found")).to_have_count(1)


def test_escape_leaves_what_was_typed(page, box):
    names = typed(page, box, "@be")
    page.keyboard.press("Escape")
    expect(names).to_have_count(0)
    expect(box).to_have_value("@be")
    expect(box).to_be_focused()


def test_a_click_chooses(page, box):
    typed(page, box, "(@ce").get_by_role("option").click()
    expect(box).to_have_value("(@cem ")
    expect(box).to_be_focused()


def test_an_address_brings_no_list(page, box):
    with page.expect_response("**/names?q=be"):
        page.keyboard.type("@be")
    box.fill("me@be")
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_the_list_hides_nothing_from_axe(page, box):
    typed(page, box, "@be")
    page.emulate_media(reduced_motion="reduce")
    for scheme in ("light", "dark"):
        assert axe_findings(page, scheme) == []


def test_the_one_who_is_named_is_told(live_server, page, box, new_page):
    typed(page, box, "Ask @ce")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Post your reply").click()
    expect(page.get_by_text("Ask @cem")).to_be_visible()
    with live_server.app.app_context():
        cem = community.account("cem@site.example")
    theirs = sign_in(new_page(), live_server, cem)
    theirs.goto("/notices")
    expect(theirs.get_by_role("link", name="Ana named you")).to_be_visible()
