"""Single keys: what they do, where they do nothing, and how they are switched off."""

import re

import pytest
from playwright.sync_api import expect

from tests.support import community, spaces
from tests.support.visitors import focused, more, post, sign_in


@pytest.fixture
def people(live_server):
    with live_server.app.app_context():
        ana, ben = community.person("Ana"), community.person("Ben")
        circle = community.circle("retail")
        community.join(ana, circle)
        community.join(ben, circle)
        return ana, ben


@pytest.fixture
def talk(live_server, people):
    """A question and two answers, the second of them Ana's."""
    ana, ben = people
    with live_server.app.app_context():
        question = community.topic(ben, community.find("retail"))
        return question, community.reply(ben, question, "One."), community.reply(ana, question)


@pytest.fixture
def reader(page, live_server, people, talk):
    sign_in(page, live_server, people[0]).goto(f"/t/{talk[0]}")
    return page


def is_at(page, public_id: str) -> None:
    expect(focused(page)).to_have_id(f"p-{public_id}")


def go_down(page, public_id: str) -> None:
    """From the opening post to the answer after it."""
    page.keyboard.press("j")
    page.keyboard.press("j")
    is_at(page, public_id)


def keys_of(page) -> list[str]:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    return page.locator("dialog dt").all_inner_texts()


def test_j_and_k_go_from_post_to_post_and_stop_at_the_ends(reader, talk):
    question, first, second = talk
    there = [question, first, second, second, first, question, question]
    for press, public_id in zip("jjjjkkk", there, strict=True):
        reader.keyboard.press(press)
        is_at(reader, public_id)


def test_they_pass_over_what_is_folded(reader, live_server, people, talk):
    _question, first, second = talk
    with live_server.app.app_context():
        community.reply(people[1], first, "Below.")
    reader.reload()
    post(reader, first).get_by_role("link", name="Fold").click()
    is_at_first = reader.locator(f"#p-{first} :focus")
    expect(is_at_first).to_have_count(1)
    reader.keyboard.press("j")
    is_at(reader, second)


def test_in_a_list_they_go_from_topic_to_topic(reader, talk):
    reader.goto("/c/retail")
    reader.keyboard.press("j")
    expect(focused(reader)).to_have_attribute("href", f"/t/{talk[0]}")
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(talk[0]))


def test_r_replies_to_the_post_one_is_at(reader, talk):
    go_down(reader, talk[1])
    reader.keyboard.press("r")
    expect(reader.locator(f"#p-{talk[1]} + .in-place textarea")).to_be_focused()


def test_e_edits_ones_own_and_leaves_others_alone(reader, talk):
    go_down(reader, talk[1])
    reader.keyboard.press("e")
    is_at(reader, talk[1])
    reader.keyboard.press("j")
    reader.keyboard.press("e")
    expect(reader).to_have_url(re.compile(f"/p/{talk[2]}/edit"))


@pytest.mark.parametrize("who", ["guest", "member"])
def test_slash_leads_to_the_circles(page, live_server, people, talk, who):
    if who == "member":
        sign_in(page, live_server, people[0])
    page.goto(f"/t/{talk[0]}")
    page.keyboard.press("/")
    expect(focused(page)).to_contain_text("Circles")
    if who == "member":
        expect(page.get_by_role("link", name="All circles")).to_be_visible()


def test_while_one_types_they_are_letters(reader):
    box = reader.get_by_role("textbox", name="Your reply")
    box.press_sequentially("jkrenq/?")
    expect(box).to_have_value("jkrenq/?")
    expect(reader.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("modifier", ["Control", "Alt", "Meta"])
def test_with_a_modifier_they_are_the_browsers(reader, modifier):
    reader.keyboard.press(f"{modifier}+j")
    expect(reader.locator(".in-place")).to_have_count(0)
    expect(reader.locator(".post:focus, .opening:focus")).to_have_count(0)


def test_a_member_sees_the_keys_of_a_topic(reader):
    assert keys_of(reader) == ["j k", "r", "q", "e", "/", "?"]


def test_n_is_listed_where_something_is_unread(reader, live_server, people, talk):
    with live_server.app.app_context():
        community.reply(people[1], talk[0], "News.")
    reader.reload()
    assert "n" in keys_of(reader)


def test_a_guest_sees_those_that_are_for_guests(page, talk):
    page.goto(f"/t/{talk[0]}")
    assert keys_of(page) == ["j k", "/", "?"]


def test_a_page_without_a_list_has_two(reader):
    reader.goto("/settings")
    assert keys_of(reader) == ["/", "?"]


def test_escape_closes_the_list_and_gives_the_focus_back(reader, talk):
    go_down(reader, talk[1])
    keys_of(reader)
    expect(reader.get_by_role("button", name="Close")).to_be_focused()
    reader.keyboard.press("j")  # nothing happens behind it
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("dialog")).to_be_hidden()
    is_at(reader, talk[1])
    keys_of(reader)
    reader.get_by_role("button", name="Close").press("Enter")
    expect(reader.get_by_role("dialog")).to_be_hidden()


def test_they_can_be_switched_off_on_a_device_and_on_again(reader, talk):
    keys_of(reader)
    reader.get_by_role("checkbox", name="Single keys work on this device").uncheck()
    reader.keyboard.press("Escape")
    reader.reload()
    for each in ("j", "?", "r"):
        reader.keyboard.press(each)
    expect(reader.locator(".post:focus, .in-place, dialog")).to_have_count(0)
    reader.get_by_role("contentinfo").get_by_role("link", name="Keys").click()
    reader.get_by_role("checkbox", name="Single keys work on this device").check()
    reader.keyboard.press("Escape")
    reader.locator("h1").click()
    reader.keyboard.press("j")
    is_at(reader, talk[0])


def test_the_page_of_keys_has_the_switch_too(reader):
    reader.goto("/keys")
    box = reader.get_by_role("checkbox", name="Single keys work on this device")
    box.uncheck()
    reader.reload()
    expect(box).not_to_be_checked()


def test_copying_a_link_by_keyboard_says_so_however_long_the_title(
    page, live_server, people, context_may_copy
):
    with live_server.app.app_context():
        long = community.topic(people[1], community.find("retail"), "A very long title " * 11)
    sign_in(page, live_server, people[0]).goto(f"/t/{long}")
    more(page).get_by_role("link", name="Link", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}/p/{long}"


@pytest.fixture
def context_may_copy(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


class TestInASpace:
    @pytest.fixture
    def inside(self, page, live_server, people):
        ana, ben = people
        with live_server.app.app_context():
            here = spaces.space(community.find("retail"))
            spaces.enter(here, ana, employer="Northwind")
            spaces.enter(here, ben, employer="Contoso")
            topic = spaces.sealed_topic(ben, here, "Used up", "It began on a Monday.")
            answer = spaces.sealed_reply(ana, topic, "So did ours.")
        sign_in(page, live_server, ana).goto(f"/t/{topic}")
        return page, answer

    def test_the_same_keys_work(self, inside):
        page, answer = inside
        go_down(page, answer)
        assert keys_of(page) == ["j k", "n", "r", "q", "e", "/", "?", "Esc Esc"]

    def test_escape_twice_leaves_even_from_the_list(self, inside):
        page, _answer = inside
        keys_of(page)
        page.route("**/elsewhere", lambda route: route.fulfill(body="away"))
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.locator("body")).to_have_text("away")
