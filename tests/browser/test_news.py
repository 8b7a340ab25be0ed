"""An open topic says that somebody answered, without moving what is read."""

import pytest
from playwright.sync_api import expect

from tests.support import community, spaces
from tests.support.visitors import focused, post, sign_in

LONGER_THAN_A_ROUND = 40_000  # ms; a page asks after 21 to 39 seconds
LONG = "\n\n".join(f"Paragraph {number}." for number in range(28))


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
    with live_server.app.app_context():
        return community.topic(people[1], community.find("retail"), text=LONG)


@pytest.fixture
def answer(live_server, people, talk):
    """Somebody else answers meanwhile."""

    def answer(who: int = 1) -> str:
        with live_server.app.app_context():
            return community.reply(people[who], talk, "News.")

    return answer


@pytest.fixture
def asked(page):
    """Questions for news, as the page put them."""
    found = []
    page.on("request", lambda request: "/news?" in request.url and found.append(request.url))
    return found


@pytest.fixture
def reader(page, live_server, people, talk, asked):
    page.clock.install()
    sign_in(page, live_server, people[0]).goto(f"/t/{talk}")
    return page


def a_round_later(page) -> None:
    """Until the page has asked once more."""
    with page.expect_response(lambda answer: "/news?" in answer.url):
        page.clock.fast_forward(LONGER_THAN_A_ROUND)


def hide_tab(page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, "hidden", { configurable: true, value: hidden });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def strip(page):
    return page.locator(".news")


@pytest.mark.parametrize("who", ["guest", "member"])
def test_it_says_how_many_answered_and_leads_to_the_first(
    page, live_server, people, talk, answer, who
):
    page.clock.install()
    if who == "member":
        sign_in(page, live_server, people[0])
    page.goto(f"/t/{talk}")
    page.evaluate("scrollTo(0, 300)")
    first, _second = answer(), answer()
    a_round_later(page)
    expect(strip(page).get_by_role("link")).to_have_text("2 new replies")
    expect(strip(page)).to_have_role("status")
    assert page.evaluate("scrollY") == 300
    expect(post(page, first)).to_have_count(0)
    strip(page).get_by_role("link").click()
    expect(post(page, first)).to_be_in_viewport()
    expect(strip(page)).to_be_empty()


def test_one_answer_is_one_and_then_there_are_two(reader, answer):
    answer()
    a_round_later(reader)
    expect(strip(reader)).to_contain_text("1 new reply")
    answer()
    a_round_later(reader)
    expect(strip(reader)).to_contain_text("2 new replies")


def test_it_says_nothing_while_nothing_came_and_asks_ever_more_seldom(reader, asked):
    a_round_later(reader)
    expect(strip(reader)).to_be_empty()
    for _ in range(8):  # by then it asks every five minutes or so
        reader.clock.fast_forward(400_000)
        reader.wait_for_timeout(30)
    before = len(asked)
    reader.clock.fast_forward(LONGER_THAN_A_ROUND)
    reader.wait_for_timeout(100)
    assert len(asked) == before


def test_ones_own_answer_from_another_window_is_no_news(reader, answer):
    answer(0)
    a_round_later(reader)
    expect(strip(reader)).to_be_empty()


def test_waved_away_it_stays_away_until_more_come(reader, answer):
    answer()
    a_round_later(reader)
    strip(reader).get_by_role("button", name="Not now").click()
    a_round_later(reader)
    expect(strip(reader)).to_be_empty()
    answer()
    a_round_later(reader)
    expect(strip(reader)).to_contain_text("2 new replies")


def test_a_hidden_tab_is_silent_and_asks_when_it_is_seen_again(reader, asked, answer):
    hide_tab(reader, hidden=True)
    answer()
    reader.clock.fast_forward(3_600_000)
    reader.wait_for_timeout(100)
    assert not asked
    hide_tab(reader, hidden=False)
    with reader.expect_response(lambda answer: "/news?" in answer.url):
        reader.clock.fast_forward(4_000)
    expect(strip(reader)).to_contain_text("1 new reply")


@pytest.mark.parametrize("status", [401, 404])
def test_where_there_is_nothing_for_one_any_more_it_asks_no_more(reader, asked, complaints, status):
    reader.route("**/news?*", lambda route: route.fulfill(status=status))
    a_round_later(reader)
    hide_tab(reader, hidden=True)
    hide_tab(reader, hidden=False)
    reader.clock.fast_forward(3_600_000)
    reader.wait_for_timeout(100)
    assert len(asked) == 1
    complaints.clear()


def test_after_five_failures_it_gives_up(reader, asked, complaints):
    reader.route("**/news?*", lambda route: route.fulfill(status=503))
    for _ in range(8):
        reader.clock.fast_forward(400_000)
        reader.wait_for_timeout(50)
    assert len(asked) == 5
    complaints.clear()


def test_by_keyboard_the_focus_is_on_the_first_afterwards(reader, answer, talk):
    first = answer()
    a_round_later(reader)
    strip(reader).get_by_role("link").focus()
    reader.keyboard.press("Enter")
    expect(post(reader, first)).to_be_in_viewport()
    expect(focused(reader)).to_have_id(f"p-{first}")


def test_a_private_space_never_asks(page, live_server, people, asked):
    ana, ben = people
    with live_server.app.app_context():
        here = spaces.space(community.find("retail"))
        spaces.enter(here, ana, employer="Northwind")
        spaces.enter(here, ben, employer="Contoso")
        topic = spaces.sealed_topic(ana, here, "Used up", "It began on a Monday.")
    page.clock.install()
    sign_in(page, live_server, ana).goto(f"/t/{topic}")
    page.clock.fast_forward(3_600_000)
    page.wait_for_timeout(100)
    assert not asked
    expect(strip(page)).to_have_count(0)
