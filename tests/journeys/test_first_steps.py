"""From a stranger's first look to the first answered question, in fewer than 15 steps."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from forum.models.accounts import User
from forum.models.circles import Circle, Role
from forum.models.discussions import Topic
from tests.journeys.visitor import ADDRESS, NAME, PASSWORD
from tests.support import community
from tests.support.watched import rows

SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
FEWER_THAN = 15
QUESTION = "Who signs for a trial?"
ANSWER = "With us it was the store manager."
AIM = "Lids that come back."


@dataclass
class Newcomer:
    """Counts what they do: each link or button pressed. What is typed on the way belongs to it."""

    page: Page
    steps: list[str] = field(default_factory=list)

    def press(self, what: Locator) -> None:
        self.steps.append(what.inner_text().strip() or repr(what))
        what.click()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=name)

    def sees(self, heading: str) -> None:
        expect(self.page.get_by_role("heading", name=heading)).to_be_visible()


@pytest.fixture
def ben(live_server) -> User:
    """He is in the circle that is about what the newcomer met."""
    with live_server.app.app_context():
        ben, dora = community.person("Ben Okri"), community.person("Dora Lind")
        for slug in ("past-procurement", "retail"):
            here: Circle = community.circle(slug)
            community.join(ben, here)
            community.join(dora, here, Role.MODERATOR)
        community.topic(dora, community.find("retail"), "Something busy")
    return ben


@pytest.fixture(params=["phone", "desktop"])
def size(request):
    return SIZES[request.param]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def newcomer(request, size, new_page) -> Newcomer:
    return Newcomer(new_page(viewport=size, java_script_enabled=request.param))


def signs_up(newcomer: Newcomer) -> None:
    page = newcomer.page
    page.goto("/")
    newcomer.press(newcomer.link("Join the conversation"))
    page.get_by_label("E-mail address").fill(ADDRESS)
    newcomer.press(newcomer.button("Send me the letter"))
    newcomer.press(newcomer.link("Read it here"))
    newcomer.press(page.get_by_role("main").get_by_role("listitem").get_by_role("link").first)
    newcomer.press(page.locator("a[href*='/confirm/']"))
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    newcomer.press(newcomer.button("Open my account"))
    newcomer.sees(f"Welcome, {NAME}")


def finds_their_people(newcomer: Newcomer) -> None:
    page = newcomer.page
    page.get_by_label("What are you trying to change?").fill(AIM)
    page.get_by_label("Legal, compliance or procurement").first.check()
    newcomer.press(newcomer.button("Show me my circles"))
    newcomer.sees("Your first circles")
    first = page.locator(".directory li").first
    expect(first).to_contain_text("because you met “Legal, compliance or procurement”")
    newcomer.press(first.get_by_role("button"))
    expect(page.locator(".notice", has_text="You are in.")).to_be_visible()


def asks(newcomer: Newcomer) -> None:
    page = newcomer.page
    newcomer.press(newcomer.link("Past-Procurement"))
    newcomer.press(newcomer.link("Start a conversation").first)
    page.get_by_label("Title").fill(QUESTION)
    page.get_by_label("Your text").fill("A trial in two shops, of lids.")
    newcomer.press(newcomer.button("Start the conversation"))
    newcomer.sees(QUESTION)


def answered(live_server, ben: User) -> None:
    with live_server.app.app_context():
        (asked,) = [topic for topic in rows(Topic) if topic.title == QUESTION]
        community.reply(ben, asked.public_id, ANSWER)


def reads_the_answer(newcomer: Newcomer) -> None:
    page = newcomer.page
    newcomer.steps.append("comes back another day")
    page.goto("/")
    newcomer.press(newcomer.link(QUESTION))
    expect(page.locator("article.post", has_text=ANSWER)).to_be_visible()
    expect(page.locator("article.post .new-mark")).to_have_count(1)


def test_a_stranger_has_a_question_answered_in_fewer_than_fifteen_steps(newcomer, ben, live_server):
    signs_up(newcomer)
    finds_their_people(newcomer)
    asks(newcomer)
    answered(live_server, ben)
    reads_the_answer(newcomer)
    assert len(newcomer.steps) < FEWER_THAN, newcomer.steps


def test_and_whoever_answered_finds_out_what_they_are_after(newcomer, ben, live_server):
    signs_up(newcomer)
    finds_their_people(newcomer)
    asks(newcomer)
    newcomer.press(newcomer.page.locator(".topic-head").get_by_role("link", name=f"by {NAME}"))
    newcomer.sees(NAME)
    expect(newcomer.page.get_by_text(AIM)).to_be_visible()
    newcomer.press(newcomer.link("Change it"))
    expect(newcomer.page.get_by_label("What are you trying to change?")).to_have_value(AIM)


def test_the_city_comes_from_the_browser(new_page, live_server):
    """Only where there is script, and only into the form: it is sent when the form is."""
    page = new_page(timezone_id="Europe/Lisbon")
    signs_up(Newcomer(page))
    expect(page.get_by_label("City whose time you live by")).to_have_value("Lisbon")
