"""Requests that another site made, or that name another host."""

import pytest

from forum.home import queries
from forum.home.letters import carrier
from tests.support.community import csrf, person, sign_in
from tests.support.statements import heard

FOREIGN_ORIGINS = [
    "https://evil.example",
    "http://localhost.evil.example",
    "http://evil.example/localhost",
    "http://localhost:8080",
    "http://localhost@evil.example",
    "http://evil.example#localhost",
    "http://[",
    "//localhost",
    "localhost",
    "file://",
    "chrome-extension://abcdef",
    "\xff",
]
FOREIGN_HOSTS = [
    "evil.example",
    "localhost.evil.example",
    "evil.example:80",
    "localhost@evil.example",
    "localhost, evil.example",
    "[::1",
    "",
    " ",
    "a" * 300,
    "local host",
    "\xff",
]


@pytest.fixture
def browser(app_context, client):
    sign_in(client, person("Ana"))
    return client


def preview(browser, **headers: str) -> int:
    """A harmless thing to send."""
    words = {"body": "Words", "csrf_token": csrf(browser)}
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.post("/preview", data=words, headers=sent).status_code


@pytest.mark.parametrize("origin", FOREIGN_ORIGINS, ids=ascii)
def test_nothing_is_done_for_a_form_that_comes_from(app, browser, origin):
    assert preview(browser, Origin="http://localhost") == 200
    with heard(app) as listening:
        assert preview(browser, Origin=origin) == 400
        assert not listening.written


@pytest.mark.parametrize("site", ["cross-site", "same-site", "x", ""])
def test_nothing_is_done_when_the_browser_says_it_comes_from_a(app, browser, site):
    assert preview(browser, Sec_Fetch_Site="same-origin") == 200
    with heard(app) as listening:
        assert preview(browser, Sec_Fetch_Site=site) == 400
        assert not listening.written


def test_a_form_typed_into_the_address_bar_or_an_old_browser_is_taken(browser):
    assert preview(browser) == 200
    assert preview(browser, Sec_Fetch_Site="none") == 200


def test_a_foreign_origin_is_refused_before_anything_is_read(app, browser):
    with heard(app) as listening:
        browser.post("/preview", headers={"Origin": "https://evil.example"})
        assert len(listening.statements) <= 1


def test_a_link_from_another_site_may_be_followed(browser):
    assert browser.get("/settings", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


def test_a_signed_out_form_of_another_site_is_refused_too(client):
    """Nobody is signed in to somebody else's account behind their back."""
    words = {"address": "ana@site.example", "password": "x", "csrf_token": csrf(client)}
    answer = client.post("/sign-in", data=words, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize("host", FOREIGN_HOSTS, ids=ascii)
def test_the_site_does_not_answer_to_the_name(client, host):
    assert client.get("/", headers={"Host": "localhost"}).status_code == 200
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/assets/0/site.css", "/healthz"])
def test_no_page_answers_to_a_foreign_name_not_even(client, path):
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 400
    assert client.post(path, headers={"Host": "evil.example"}).status_code == 400


def test_a_forwarded_name_is_not_believed(client):
    headers = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = client.get("/sitemap.xml", headers=headers)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


def test_letters_name_the_site_by_its_configuration_only(app, app_context, client):
    app.config["TRUSTED_HOSTS"] = ["localhost", "also-ours.example"]
    words = {"address": person("Ana").address, "csrf_token": csrf(client)}
    also = {"Host": "also-ours.example", "X-Forwarded-Host": "evil.example"}
    client.set_cookie("cahoots", client.get_cookie("cahoots").value, domain="also-ours.example")
    answer = client.post("/reset", data=words, headers=also)
    assert answer.status_code == 302
    with app.test_request_context():
        text = queries.letters(carrier(app))[0].text
    assert "http://localhost/reset/" in text
    assert "ours.example" not in text.replace("site.example", "")
