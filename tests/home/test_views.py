import re
from xml.etree import ElementTree

import pytest
from sqlalchemy.exc import OperationalError

from forum.accounts import actions as accounts
from forum.circles import actions as circles
from forum.discussions import actions as discussions
from forum.home import queries
from forum.models.accounts import User
from forum.models.circles import Circle, Role, Visibility
from forum.models.notifications import Level
from forum.models.profiles import Barrier
from tests.support import community
from tests.support.members_browser import Browser, browser

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def ana(app_context: None) -> User:
    return community.person("Ana")


@pytest.fixture
def retail(ana: User) -> Circle:
    circle = community.circle("retail")
    community.join(ana, circle)
    return circle


@pytest.fixture
def anas(app, ana: User) -> Browser:
    return browser(app, ana)


class TestGuestsFrontPage:
    def test_it_shows_circles_and_living_conversations(self, client, ana, retail):
        topic = community.topic(ana, retail, "Pilots that never end", "How do yours end?")
        community.reply(ana, topic)
        page = client.get("/").text
        assert "/c/retail" in page
        assert f"/t/{topic}" in page
        assert "How do yours end?" in page

    def test_an_empty_site_has_one_too(self, client, app_context):
        assert client.get("/").status_code == 200

    def test_nothing_a_guest_may_not_read_is_on_it(self, client, ana):
        inside = community.circle("inside", Visibility.MEMBERS)
        topic = community.topic(ana, inside, "Kept inside")
        community.reply(ana, topic)
        page = client.get("/").text
        assert "Kept inside" not in page
        assert "/c/inside" not in page


class TestMembersFrontPage:
    def test_somebody_new_is_offered_circles(self, anas, app_context):
        community.circle("finance")
        assert "/c/finance" in anas.get("/").text

    def test_it_shows_what_is_new_and_what_waits_for_an_answer(self, anas, ana, retail):
        dora = community.person("Dora")
        topic = community.topic(dora, retail, "Pilots that never end")
        page = anas.get("/").text
        assert page.count(f"/t/{topic}") >= 2

    def test_what_was_read_is_not_new_any_more(self, anas, ana, retail):
        dora = community.person("Dora")
        topic = community.topic(dora, retail, "Pilots that never end")
        community.reply(dora, topic)
        assert f"/t/{topic}" in anas.get("/").text
        anas.get(f"/t/{topic}")
        assert f"/t/{topic}" not in anas.get("/").text

    def test_who_has_just_joined_finds_what_is_talked_about_there(self, anas, ana, held_clock):
        dora, place = community.person("Dora"), community.circle("retail")
        topics = [community.topic(dora, place, f"Topic {number}") for number in range(3)]
        for topic in topics[1:]:
            community.reply(dora, topic)
        held_clock.forward(days=1)
        community.join(ana, place)
        page = main_of(anas.get("/").text)
        assert "What your circles talk about" in page
        assert page.index(topics[2]) < page.index(topics[1])
        for topic in topics[1:]:
            anas.get(f"/t/{topic}")
        assert "You are up to date" in anas.get("/").text

    @pytest.mark.parametrize("change", ["muted", "hidden", "closed", "taken away"])
    def test_and_nothing_that_is_not_for_them(self, anas, ana, held_clock, change):
        dora, place = community.person("Dora"), community.circle("retail")
        topic = community.topic(dora, place)
        reply = community.reply(dora, topic)
        held_clock.forward(days=1)
        community.join(ana, place)
        assert topic in main_of(anas.get("/").text)
        {
            "muted": lambda: discussions.follow_topic(community.viewer(ana), topic, Level.MUTED),
            "hidden": lambda: community.hide(topic),
            "closed": lambda: community.close(topic),
            "taken away": lambda: community.remove(reply),
        }[change]()
        assert "What your circles talk about" not in anas.get("/").text

    def test_circles_are_suggested_with_the_reason(self, anas, ana, retail):
        community.circle("past-procurement")
        community.circle("finance")
        told = accounts.Told(met=(Barrier.LEGAL,))
        accounts.save_profile(community.viewer(ana), told)
        page = main_of(anas.get("/").text)
        assert (
            page.index("past-procurement")
            < page.index("because you met")
            < page.index("/c/finance")
        )

    def test_not_to_whoever_is_at_home_in_several(self, anas, ana, retail):
        for number in range(3):
            assert "Perhaps also yours" in anas.get("/").text or not number
            community.join(ana, community.circle(f"circle-{number}"))
            community.circle(f"other-{number}")
        assert "Perhaps also yours" not in anas.get("/").text

    def test_an_invitation_stands_there_until_it_is_answered(self, anas, ana, retail):
        dora, shed = community.person("Dora"), community.circle("shed", Visibility.SECRET)
        for place in (retail, shed):
            community.join(dora, place, Role.MODERATOR)
        assert "shed" not in anas.get("/").text
        circles.invite(community.viewer(dora), "shed", "ana")
        page = main_of(anas.get("/").text)
        assert "You are invited" in page
        assert 'action="/c/shed/invitation"' in page
        circles.turn_down(community.viewer(ana), "shed")
        assert "shed" not in anas.get("/").text

    def test_a_begun_text_is_remembered(self, anas, ana, retail):
        assert "/drafts" not in main_of(anas.get("/").text)
        discussions.save_draft(community.viewer(ana), "topic:retail", "", "Half", None)
        assert "/drafts" in main_of(anas.get("/").text)

    def test_circles_one_left_are_not_on_it(self, anas, ana, retail):
        community.topic(community.person("Dora"), retail, "Pilots that never end")
        circles.leave(community.viewer(ana), "retail")
        assert "Pilots that never end" not in anas.get("/").text


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main")]


OPERATOR = {
    "OPERATOR_NAME": "Ferry & Sons",
    "OPERATOR_POSTAL": "1 Harbour Street",
    "OPERATOR_EMAIL": "desk@ferry.example",
    "PRIVACY_EXTRA": "We keep backups for 30 days.\n\nOur dentist is <b>not</b> told.",
}


class TestAboutTheOperator:
    @pytest.mark.parametrize("url", ["/privacy", "/contact"])
    def test_name_and_address_come_from_the_configuration(self, app, client, url):
        app.config.update(OPERATOR)
        page = client.get(url).text
        assert "Ferry &amp; Sons" in page
        assert "desk@ferry.example" in page

    def test_further_paragraphs_on_privacy_do_too(self, app, client):
        app.config.update(OPERATOR)
        page = client.get("/privacy").text
        assert "We keep backups for 30 days." in page
        assert "&lt;b&gt;not&lt;/b&gt;" in page

    @pytest.mark.parametrize("url", ["/privacy", "/contact"])
    def test_without_a_configuration_the_pages_are_there(self, client, url):
        assert client.get(url).status_code == 200


class TestForMachines:
    def test_robots_are_told_where_the_sitemap_is(self, client):
        answer = client.get("/robots.txt")
        assert answer.mimetype == "text/plain"
        assert "Sitemap: http://localhost/sitemap.xml" in answer.text

    @pytest.mark.parametrize("path", ["/settings", "/drafts", "/dev", "/confirm", "/reset"])
    def test_robots_are_kept_from_personal_pages(self, client, path):
        assert f"Disallow: {path}\n" in client.get("/robots.txt").text

    def test_the_sitemap_lists_open_circles_and_their_topics(self, client, ana, retail):
        topic = community.topic(ana, retail)
        assert listed(client) == {"/", "/c/retail", f"/t/{topic}"}

    @pytest.mark.parametrize("kind", [Visibility.MEMBERS, Visibility.APPROVAL, Visibility.SECRET])
    def test_other_circles_are_not_in_it(self, client, ana, kind):
        community.topic(ana, community.circle("inside", kind))
        assert listed(client) == {"/"}

    def test_nor_is_anything_hidden(self, client, ana, retail):
        community.hide(community.topic(ana, retail))
        assert listed(client) == {"/", "/c/retail"}

    def test_it_is_the_same_for_who_is_signed_in(self, client, anas, ana):
        community.join(ana, community.circle("inside", Visibility.SECRET))
        assert anas.get("/sitemap.xml").text == client.get("/sitemap.xml").text

    @pytest.mark.parametrize("url", ["/robots.txt", "/sitemap.xml"])
    def test_neither_sets_a_cookie(self, anas, url):
        answer = anas.get(url)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=3600"

    def test_health_is_said_in_a_word(self, client):
        answer = client.get("/healthz")
        assert (answer.status_code, answer.text) == (200, "ok\n")

    def test_without_its_database_the_site_is_not_well(self, client, monkeypatch):
        def away() -> bool:
            raise OperationalError("select", {}, Exception("connection refused"))

        monkeypatch.setattr(queries, "database_answers", away)
        assert client.get("/healthz").status_code == 503


def listed(client) -> set[str]:
    """The paths in the sitemap."""
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    found = [element.text for element in ElementTree.fromstring(answer.data).iter(LOC)]
    assert all(url.startswith("http://localhost/") for url in found)
    return {url.removeprefix("http://localhost") for url in found}


class TestDevelopmentLetters:
    @pytest.fixture
    def letter(self, client, app_context) -> str:
        """The address of the page of a letter with a link to join."""
        accounts.ask_to_join("gil@site.example", "192.0.2", "forum.example")
        found = re.search(r'href="(/dev/letters/[a-z0-9]{12})"', client.get("/dev/letters").text)
        return found[1]

    def test_the_mailbox_lists_letters(self, client, letter):
        page = client.get("/dev/letters").text
        assert "gil@site.example" in page
        assert "Your link to Cahoots" in page

    def test_a_letter_can_be_read_and_its_link_followed(self, client, letter):
        link = re.search(r"http://localhost(/confirm/[\w-]{43})", client.get(letter).text)
        assert client.get(link[1]).status_code == 200

    def test_the_html_part_is_shown_apart_without_script(self, client, letter):
        answer = client.get(f"{letter}/html")
        assert "Open your account" in answer.text
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "sandbox" in policy

    def test_a_letter_whose_link_was_used_says_so(self, client, letter):
        token = re.search(r"/confirm/([\w-]{43})", client.get(letter).text)[1]
        accounts.open_account(token, "Gil", "seven grey herons wading")
        assert client.get(letter).status_code == 200
        assert "no longer wanted" in client.get("/dev/letters").text

    def test_a_letter_that_never_was_is_404(self, client, letter):
        assert client.get("/dev/letters/zzzzzzzzzzzz").status_code == 404

    @pytest.mark.parametrize("part", ["", "/html"])
    def test_in_production_none_of_it_is_there(self, app, client, letter, part):
        assert client.get(letter + part).status_code == 200
        app.config["DEVELOPMENT"] = False
        assert client.get("/dev/letters").status_code == 404
        assert client.get(letter + part).status_code == 404

    def test_in_production_no_page_leads_there(self, make_app):
        client = make_app(DEVELOPMENT=False).test_client()
        for url in ("/", "/sign-in", "/join", "/join/sent", "/reset/sent"):
            assert "/dev/letters" not in client.get(url).text, url

    def test_in_production_no_demo_account_is_offered(self, app, client):
        assert "ana@demo.example" in client.get("/sign-in").text
        app.config["DEVELOPMENT"] = False
        assert "demo.example" not in client.get("/sign-in").text
