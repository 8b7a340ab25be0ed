"""Words selected in a post go into the answer to it."""

import pytest
from playwright.sync_api import expect

from tests.support import community, spaces
from tests.support.visitors import post, sign_in

ADDRESS = "https://a.example/b_c*d*_e"
TEXT = "A snake_case name, *loud* words.\n\nAnd a second paragraph."


@pytest.fixture
def people(live_server):
    with live_server.app.app_context():
        ana, ben = community.person("Ana"), community.person("Ben [the] Bold")
        circle = community.circle("retail")
        community.join(ana, circle)
        community.join(ben, circle)
        return ana, ben


@pytest.fixture
def talk(live_server, people):
    with live_server.app.app_context():
        question = community.topic(people[1], community.find("retail"), text=TEXT)
        return question, community.reply(people[1], question, "1\\. Not a list\n\n\\> nor a quote")


@pytest.fixture
def reader(page, live_server, people, talk):
    sign_in(page, live_server, people[0]).goto(f"/t/{talk[0]}")
    return page


def select(page, selector: str) -> None:
    page.evaluate(
        "where => getSelection().selectAllChildren(document.querySelector(where))", selector
    )


def answer_box(page):
    return page.locator(".in-place textarea")


def test_a_selection_shows_a_button_that_quotes_it(reader, live_server, talk):
    select(reader, ".opening .prose p")
    reader.get_by_role("button", name="Quote q").click()
    expect(answer_box(reader)).to_have_value(
        f"[Ben \\[the\\] Bold wrote]({live_server.url}/p/{talk[0]}):\n\n"
        "> A snake\\_case name, loud words.\n\n"
    )
    expect(answer_box(reader)).to_be_focused()
    expect(reader.get_by_role("button", name="Quote q")).to_be_hidden()


def test_q_does_the_same_and_what_is_posted_reads_as_it_did(reader, talk):
    select(reader, f"#p-{talk[1]} .prose")
    reader.keyboard.press("q")
    expect(answer_box(reader)).to_be_focused()
    reader.keyboard.type("I see.")
    reader.locator(".in-place").get_by_role("button", name="Post your reply").click()
    mine = reader.locator(".post", has_text="I see.")
    expect(mine.locator("blockquote p")).to_have_text(["1. Not a list", "> nor a quote"])
    expect(mine.locator(".prose a")).to_have_text("Ben [the] Bold wrote")
    mine.locator(".prose a").click()
    expect(post(reader, talk[1])).to_be_in_viewport()


def test_a_quoted_address_leads_where_it_led(reader, live_server, people, talk):
    with live_server.app.app_context():
        there = community.reply(people[1], talk[0], f"See {ADDRESS}, a\\_b.")
    reader.reload()
    select(reader, f"#p-{there} .prose")
    reader.keyboard.press("q")
    assert answer_text(reader).endswith(f"> See {ADDRESS}, a\\_b.\n\n")


def test_a_second_quotation_goes_below_what_is_typed(reader, talk):
    select(reader, ".opening .prose p")
    reader.keyboard.press("q")
    answer_box(reader).press_sequentially("Yes.")
    select(reader, f"#p-{talk[1]} .prose p")
    reader.get_by_role("button", name="Quote q").click()
    text = answer_box(reader).input_value()
    assert text.index("loud words") < text.index("Yes.") < text.index("1\\. Not a list")
    expect(reader.locator(".in-place")).to_have_count(1)


def test_a_selection_beyond_the_post_is_cut_at_its_end(reader, talk):
    reader.evaluate(
        """([from, to]) => getSelection().setBaseAndExtent(
            document.querySelector(from), 0, document.querySelector(to), 1)""",
        [".opening .prose p:last-child", f"#p-{talk[1]} .prose p"],
    )
    reader.keyboard.press("q")
    text = answer_text(reader)
    assert "second paragraph" in text
    assert "Not a list" not in text


def answer_text(page) -> str:
    answer_box(page).wait_for()
    page.wait_for_function("document.querySelector('.in-place textarea').value")
    return answer_box(page).input_value()


def test_a_long_selection_is_shortened(reader, live_server, people, talk):
    with live_server.app.app_context():
        long = community.reply(people[1], talk[0], "word " * 1000)
    reader.reload()
    select(reader, f"#p-{long} .prose")
    reader.keyboard.press("q")
    text = answer_text(reader)
    assert len(text) < 2_200
    assert text.endswith("word …\n\n")


def test_nothing_selected_nothing_quoted(reader):
    reader.keyboard.press("q")
    expect(reader.locator(".in-place")).to_have_count(0)
    select(reader, "h1")
    expect(reader.get_by_role("button", name="Quote q")).to_be_hidden()


def test_who_may_not_answer_is_not_asked_to_quote(page, talk):
    page.goto(f"/t/{talk[0]}")
    select(page, ".opening .prose p")
    page.wait_for_timeout(400)
    expect(page.locator(".cite")).to_have_count(0)


def test_quote_all_in_place_keeps_what_was_typed(reader, talk):
    post(reader, talk[1]).get_by_role("link", name="Reply").click()
    answer_box(reader).press_sequentially("Typed before.")
    reader.get_by_role("button", name="Quote all").click()
    site = reader.url.split("/t/")[0]
    expect(answer_box(reader)).to_have_value(
        f"Typed before.\n\n[Ben \\[the\\] Bold wrote]({site}/p/{talk[1]}):\n\n"
        "> 1\\. Not a list\n>\n> \\> nor a quote\n\n"
    )


def test_without_script_a_button_quotes_all(new_page, live_server, people, talk):
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, people[0]).goto(f"/p/{talk[1]}/reply")
    page.get_by_role("textbox", name="Your reply").fill("Typed before.")
    page.get_by_role("button", name="Quote all").click()
    text = page.get_by_role("textbox", name="Your reply").input_value()
    assert text.startswith("Typed before.\n\n[Ben")
    assert "> 1\\. Not a list" in text


def test_in_a_space_the_voice_is_named(page, live_server, people):
    ana, ben = people
    with live_server.app.app_context():
        here = spaces.space(community.find("retail"))
        spaces.enter(here, ana, employer="Northwind")
        spaces.enter(here, ben, employer="Contoso")
        topic = spaces.sealed_topic(ben, here, "Used up", "It began on a Monday.")
        name = spaces.name_in(ben, topic)
    sign_in(page, live_server, ana).goto(f"/t/{topic}")
    select(page, ".opening .prose p")
    page.keyboard.press("q")
    assert answer_text(page).startswith(f"[{name} wrote]({live_server.url}/")
    page.locator(".in-place").get_by_role("button", name="Post your reply").click()
    expect(page.locator(".post blockquote")).to_have_text("It began on a Monday.")
