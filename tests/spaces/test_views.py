"""Pages beside a space: help, leaving, and what is no longer said or offered."""

from datetime import date

import pytest

from forum.models.circles import Role
from forum.models.spaces import SpaceMember
from forum.spaces import help_lines
from tests.support import community, spaces
from tests.support.community import csrf
from tests.support.watched import rows


@pytest.fixture
def here(app_context, held_clock):
    return spaces.space(community.circle("retail"))


@pytest.fixture
def ana(here):
    ana = community.person("Ana")
    spaces.enter(here, ana)
    return ana


@pytest.fixture
def browser(client, ana):
    community.sign_in(client, ana)
    return client


class TestHelpNow:
    def test_every_line_says_when_it_was_checked(self, app_context, client):
        text = client.get("/help-now").text
        assert text.count("Checked on") == len(help_lines.LINES) + 1

    def test_staff_add_lines_and_directories(self, app, app_context, client):
        app.config["HELP_LINES"] = (
            ("0800 111 0 111", "Germany", "Telefonseelsorge <free>", date(2026, 11, 30)),
            ("https://lines.example/de", "Germany", "A list of all", date(2026, 10, 1)),
        )
        text = client.get("/help-now").text
        assert 'href="tel:08001110111"' in text
        assert "Telefonseelsorge &lt;free&gt;" in text
        assert 'href="https://lines.example/de"' in text
        assert "Checked on 1 Oct 2026" in text


class TestLeaving:
    def test_the_page_says_that_posts_stay_and_leads_to_them_first(self, here, browser):
        text = browser.get(f"/s/{here.public_id}/leave").text
        assert "What you have written stays" in text
        assert f'href="/s/{here.public_id}/mine"' in text
        assert text.index("/mine") < text.index("Leave, and let it stay")

    def test_opening_the_page_leaves_nothing(self, here, browser):
        browser.get(f"/s/{here.public_id}/leave")
        (member,) = rows(SpaceMember)
        assert member.left_on is None

    def test_sending_it_leaves(self, here, browser):
        done = browser.post(f"/s/{here.public_id}/leave", data={"csrf_token": csrf(browser)})
        assert done.headers["Location"] == "/c/retail/space"
        (member,) = rows(SpaceMember)
        assert member.left_on is not None
        assert "You have left" in browser.get("/c/retail/space").text
        assert browser.get(f"/s/{here.public_id}/mine").status_code == 404

    def test_the_door_leads_to_the_page(self, here, browser):
        assert f'href="/s/{here.public_id}/leave"' in browser.get("/c/retail/space").text


class TestWhatIsNotSaidAnyMore:
    def test_guests_are_not_told_that_spaces_are_still_to_come(self, here, app):
        text = app.test_client().get("/").text
        assert "coming next" not in text
        assert 'href="/promise"' in text

    def test_the_privacy_page_tells_circles_from_spaces(self, here, client):
        text = client.get("/privacy").text
        assert "In circles your name" in text
        assert 'href="/promise"' in text

    def test_a_moderator_is_offered_no_pin_in_a_space(self, app, here, ana):
        dora, client = community.person("Dora"), app.test_client()
        spaces.enter(here, dora, Role.MODERATOR)
        topic = spaces.sealed_topic(ana, here)
        community.sign_in(client, dora)
        text = client.get(f"/t/{topic}").text
        assert "You moderate here" in text
        assert "/pin" not in text


class TestAPrivatePreview:
    def test_a_text_that_is_too_long_is_not_even_looked_at(self, browser, monkeypatch):
        def looked(*_given):
            raise AssertionError("looked at a text nobody may post")

        monkeypatch.setattr("forum.spaces.looking.check", looked)
        sent = {"body": "0171 555-" * 4_000, "csrf_token": csrf(browser)}
        assert browser.post("/preview?private=1", data=sent).status_code == 422

    def test_one_that_fits_is(self, browser):
        sent = {"body": "Call me: 0171 555-1234", "csrf_token": csrf(browser)}
        assert "findings" in browser.post("/preview?private=1", data=sent).text
