"""Reading a conversation: folding, what is new, links, times, long quotations."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from forum.core import clock
from tests.support import community
from tests.support.visitors import focused, more, post, sign_in

QUOTATION = "\n>\n> ".join(f"Line {number} of a long quotation." for number in range(20))


@pytest.fixture
def people(live_server):
    with live_server.app.app_context():
        ana, ben = community.person("Ana"), community.person("Ben")
        circle = community.circle("retail")
        community.join(ana, circle)
        return ana, ben, circle


@pytest.fixture
def talk(live_server, people):
    """A topic of two branches: question, first, below the first, second, below the second."""
    _ana, ben, circle = people
    with live_server.app.app_context():
        question = community.topic(ben, circle)
        first = community.reply(ben, question, "First branch.")
        below_first = community.reply(ben, first, "Below the first.")
        second = community.reply(ben, question, "Second branch.")
        below_second = community.reply(ben, second, "Below the second.")
    return question, first, below_first, second, below_second


@pytest.fixture
def reader(page, live_server, people, talk):
    """Ana has the topic open."""
    sign_in(page, live_server, people[0]).goto(f"/t/{talk[0]}")
    return page


def answered(live_server, people, *posts: str) -> list[str]:
    """Ben answers each of these posts; the answers' ids."""
    with live_server.app.app_context():
        return [community.reply(people[1], post_id, "News.") for post_id in posts]


def fold(page: Page, post_id: str) -> None:
    post(page, post_id).get_by_role("link", name=re.compile("Fold|Unfold")).click()


class TestFolding:
    def test_a_folded_branch_leaves_the_others(self, reader, talk):
        _, first, below_first, second, below_second = talk
        fold(reader, first)
        expect(post(reader, below_first)).to_be_hidden()
        expect(post(reader, first).get_by_role("link", name="Unfold (1)")).to_have_attribute(
            "aria-expanded", "false"
        )
        expect(post(reader, second)).to_be_visible()
        expect(post(reader, below_second)).to_be_visible()

    def test_it_is_still_folded_when_one_comes_back(self, reader, talk):
        fold(reader, talk[1])
        reader.reload()
        expect(post(reader, talk[2])).to_be_hidden()
        fold(reader, talk[1])
        reader.reload()
        expect(post(reader, talk[2])).to_be_visible()

    def test_an_address_inside_a_folded_branch_unfolds_it(self, reader, talk):
        fold(reader, talk[1])
        reader.goto(f"/t/{talk[0]}?again#p-{talk[2]}")
        expect(post(reader, talk[2])).to_be_in_viewport()

    def test_without_script_folding_is_a_link(self, new_page, talk):
        page = new_page(java_script_enabled=False)
        page.goto(f"/t/{talk[0]}")
        fold(page, talk[1])
        expect(post(page, talk[2])).to_have_count(0)
        expect(post(page, talk[4])).to_be_visible()
        fold(page, talk[1])
        expect(post(page, talk[2])).to_be_visible()


class TestWhatIsNew:
    def test_n_goes_from_one_new_post_to_the_next(self, reader, talk, people, live_server):
        news = answered(live_server, people, talk[2], talk[4])
        reader.reload()
        for post_id in news:
            reader.keyboard.press("n")
            expect(focused(reader)).to_have_id(f"p-{post_id}")
            expect(post(reader, post_id)).to_be_in_viewport()

    def test_n_unfolds_the_branch_of_a_new_post(self, reader, talk, people, live_server):
        fold(reader, talk[1])
        (news,) = answered(live_server, people, talk[2])
        reader.reload()
        reader.keyboard.press("n")
        expect(post(reader, news)).to_be_in_viewport()

    def test_n_is_a_letter_where_one_writes(self, reader, talk, people, live_server):
        answered(live_server, people, talk[2])
        reader.reload()
        reader.get_by_role("textbox", name="Your reply").press("n")
        expect(reader.get_by_role("textbox", name="Your reply")).to_have_value("n")

    def test_marks_are_gone_once_the_posts_were_shown(self, reader, talk, people, live_server):
        answered(live_server, people, talk[2], talk[4])
        reader.reload()
        expect(reader.locator(".post.new")).to_have_count(2)
        reader.reload()
        expect(reader.locator(".post.new")).to_have_count(0)
        expect(reader.get_by_text("You have read everything here")).to_be_visible()

    def test_reading_one_branch_leaves_the_other_new(self, reader, talk, people, live_server):
        """The first branch is folded at the server, so only the second one is shown."""
        in_first, in_second = answered(live_server, people, talk[2], talk[4])
        reader.goto(f"/t/{talk[0]}?fold={talk[1]}")
        expect(reader.locator(".post.new")).to_have_count(1)
        expect(post(reader, in_second)).to_have_class(re.compile("new"))
        reader.goto(f"/t/{talk[0]}")
        expect(reader.locator(".post.new")).to_have_count(1)
        expect(post(reader, in_first)).to_have_class(re.compile("new"))

    def test_past_the_page_n_goes_to_the_page_of_the_next(self, reader, talk, people, live_server):
        (news,) = answered(live_server, people, talk[2])
        reader.goto(f"/t/{talk[0]}?fold={talk[1]}")
        reader.keyboard.press("n")
        expect(post(reader, news)).to_be_in_viewport()
        assert f"/p/{news}" in reader.url


class TestLinks:
    def test_link_copies_the_address_of_the_post_and_says_so(self, reader, talk, live_server):
        reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
        here = reader.url
        more(post(reader, talk[1])).get_by_role("link", name="Link", exact=True).click()
        expect(reader.get_by_role("status").get_by_text("Link copied")).to_be_visible()
        copied = reader.evaluate("navigator.clipboard.readText()")
        assert copied == f"{live_server.url}/p/{talk[1]}"
        assert reader.url == here

    def test_a_copied_address_opens_at_the_post_among_the_others(
        self, page, talk, live_server, people
    ):
        with live_server.app.app_context():
            below = [community.reply(people[1], talk[0], "One. " * 200) for _ in range(6)][-1]
        page.goto(f"/p/{below}")
        expect(post(page, below)).to_have_class(re.compile("target"))
        expect(post(page, below)).to_be_in_viewport()
        expect(post(page, talk[1])).to_be_attached()
        expect(page.get_by_role("heading", name="The opening post")).to_be_attached()


class TestTimes:
    def test_a_fresh_one_is_told_in_words_with_the_exact_one_at_hand(self, reader, talk):
        time = post(reader, talk[1]).locator("time")
        expect(time).to_have_text(re.compile("now|second|minute"))
        expect(time).to_have_attribute("title", re.compile(r"20\d\d.*:\d\d"))

    def test_an_old_one_keeps_its_date(self, page, people, live_server):
        with live_server.app.app_context(), clock.freeze(clock.now() - timedelta(days=40)):
            question = community.topic(people[1], people[2])
        page.goto(f"/t/{question}")
        expect(page.locator("main time").first).to_have_text(
            re.compile(r"^\d+ \w+ 20\d\d, \d\d:\d\d$")
        )


class TestLongQuotations:
    @pytest.fixture
    def quoting(self, live_server, people, talk):
        with live_server.app.app_context():
            return community.reply(people[1], talk[1], f"> {QUOTATION}\n\nI agree.")

    def test_it_stands_folded_and_opens(self, reader, quoting):
        reader.reload()
        quotation = post(reader, quoting).locator("blockquote")
        folded = quotation.bounding_box()["height"]
        post(reader, quoting).get_by_role("button", name="Show the whole quotation").click()
        assert quotation.bounding_box()["height"] > 2 * folded
        expect(quotation).to_be_focused()

    def test_without_script_it_stands_open(self, new_page, talk, quoting):
        page = new_page(java_script_enabled=False)
        page.goto(f"/t/{talk[0]}")
        quotation = post(page, quoting).locator("blockquote")
        expect(quotation.get_by_text("Line 19 of")).to_be_visible()
        assert quotation.evaluate("node => node.scrollHeight <= node.clientHeight + 1")
