"""From a stranger's first look to answering and coming back, as the pages lead them."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from forum.models.accounts import User
from forum.models.circles import Role
from tests.journeys.visitor import Visitor
from tests.support import community
from tests.support.visitors import post

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
TITLE = "Pilots that never end"


@dataclass
class Retail:
    """A circle with one conversation of two branches."""

    ben: User
    topic: str
    scope: str
    budget: str


@pytest.fixture
def retail(live_server):
    with live_server.app.app_context():
        ben, dora = community.person("Ben Okri"), community.person("Dora Lind")
        circle = community.circle("retail")
        community.join(ben, circle)
        community.join(dora, circle, Role.MODERATOR)
        topic = community.topic(ben, circle, TITLE, "Nobody says what would count as enough.")
        scope = community.reply(dora, topic, "Agree on the scope first.")
        budget = community.reply(dora, topic, "Who holds the budget?")
        return Retail(ben, topic, scope, budget)


@pytest.fixture(params=["phone", "desktop"])
def size(request):
    return SIZES[request.param]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def visitor(request, size, new_page):
    page = new_page(viewport=size, java_script_enabled=request.param)
    return Visitor(page, request.param)


def test_a_stranger_signs_up_joins_reads_answers_edits_and_finds_what_is_new(
    visitor, retail, live_server
):
    visitor.sign_up()
    visitor.follow_the_letter()
    visitor.open_account()
    visitor.skip_first_steps()
    visitor.join("Retail")
    visitor.open_topic(TITLE)
    expect(visitor.page.locator(".new-mark")).to_have_count(0)

    visitor.reply_to(post(visitor.page, retail.scope), "We wrote ours on **one** page.")
    mine = visitor.saying("We wrote ours on one page.")
    expect(mine).to_be_in_viewport()
    expect(mine.locator("strong")).to_have_text("one")

    visitor.edit(mine, "We wrote ours on two pages.")
    expect(visitor.saying("We wrote ours on two pages.")).not_to_contain_text("edited")
    expect(visitor.saying("We wrote ours on one page.")).to_have_count(0)

    with live_server.app.app_context():
        news = community.reply(retail.ben, retail.budget, "Finance does.")
    visitor.page.goto("/")
    visitor.open_topic(TITLE)
    expect(visitor.page.locator(".new-mark")).to_have_count(1)
    visitor.to_next_unread()
    expect(post(visitor.page, news)).to_be_in_viewport()
