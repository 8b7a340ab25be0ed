"""What every answer carries, whatever went right or wrong."""

import pytest

from forum.core.db import transaction
from tests.support import community
from tests.support.community import circle, join, person, topic

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none';"
    " object-src 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


@pytest.fixture
def answers(app, app_context, client):
    """One answer of each status and kind that the site gives."""
    with transaction():
        ana, retail = person("Ana"), circle("retail")
        join(ana, retail)
        question = topic(ana, retail)
    guest = app.test_client()
    community.sign_in(client, ana)
    token = {"csrf_token": community.csrf(client)}
    app.view_functions["home.privacy"], kept = _breaks, app.view_functions["home.privacy"]
    yield {
        "a page": guest.get("/"),
        "a page of somebody signed in": client.get(f"/t/{question}"),
        "a style sheet": guest.get("/assets/0/site.css"),
        "a picture": guest.get("/avatars/abc.svg"),
        "robots": guest.get("/robots.txt"),
        "json": client.post("/drafts", data=token | {"draft_place": "topic:retail", "body": "a"}),
        "302": guest.get("/drafts"),
        "400": client.post("/preview"),
        "400, a foreign host": guest.get("/", headers={"Host": "elsewhere.example"}),
        "401": guest.post("/preview"),
        "403": client.get("/c/retail/reports"),
        "404": guest.get("/nowhere"),
        "405": client.post(f"/t/{question}", data=token),
        "410": guest.get(f"/confirm/{'t' * 43}"),
        "413": client.post("/preview", data={"body": "a" * 1_000_001}),
        "422": client.post("/c/retail/new", data=token),
        "500": guest.get("/privacy"),
    }
    app.view_functions["home.privacy"] = kept


def _breaks():
    raise RuntimeError("on purpose")


_breaks.is_public = True


def test_the_answers_are_what_they_are_called(answers):
    for name, answer in answers.items():
        expected = int(name[:3]) if name[:3].isdigit() else 200
        assert answer.status_code == expected, name


def test_every_answer_has_the_policy_and_its_company(answers):
    for name, answer in answers.items():
        found = {header: answer.headers.get(header) for header in ALWAYS}
        assert found == ALWAYS, name


def test_every_page_is_private_and_kept_nowhere(answers):
    public = {"a style sheet", "a picture", "robots"}
    for name, answer in answers.items():
        if name not in public:
            assert answer.headers["Cache-Control"] == "private, no-store", name


def test_every_error_is_a_page_in_the_sites_look(answers):
    for name, answer in answers.items():
        if name[:3].isdigit() and name[0] != "3" and "host" not in name:
            assert answer.mimetype == "text/html", name
            assert 'href="/assets/' in answer.text, name
            assert "<h1>" in answer.text, name


def test_no_error_tells_what_the_site_is_made_of(answers):
    for name, answer in answers.items():
        said = f"{answer.headers}{answer.text}" if answer.mimetype == "text/html" else ""
        for word in ("Traceback", "werkzeug", "Werkzeug", "sqlalchemy", "RuntimeError", "Flask/"):
            assert word not in said, f"{name} says {word}"


def test_a_foreign_name_is_answered_without_a_page(answers):
    """Every address in a page would lead back to that name."""
    assert answers["400, a foreign host"].mimetype == "text/plain"


def test_files_named_by_their_content_are_kept_for_a_year(app, client):
    with app.test_request_context():
        url = app.jinja_env.globals["asset"]("site.css")
    kept = client.get(url).headers["Cache-Control"]
    assert kept == "public, max-age=31536000, immutable"


def test_a_file_of_an_older_build_is_not_kept(client):
    assert client.get("/assets/000000000000/site.css").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name", ["nothing.css", "../config.py", "..%2fconfig.py", "%2e%2e/config.py", "/etc/passwd"]
)
def test_no_file_is_served_but_those_of_the_site_like(client, name):
    assert client.get("/assets/0/site.css").status_code == 200
    assert client.get(f"/assets/0/{name}").status_code in {308, 404}


@pytest.mark.parametrize("seed", ["a" * 25, "A", "a.b", "<svg>", "a%00", "é"])
def test_no_picture_is_drawn_for(client, seed):
    assert client.get("/avatars/abc.svg").status_code == 200
    assert client.get(f"/avatars/{seed}.svg").status_code == 404


def test_over_https_browsers_are_told_to_stay_there(make_app):
    secure = make_app(SITE_URL="https://forum.example", SESSION_COOKIE_SECURE=True)
    secure.config["TRUSTED_HOSTS"] = ["forum.example"]
    answer = secure.test_client().get("/", base_url="https://forum.example")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_over_http_they_are_not(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_a_letter_shown_in_development_may_style_itself_and_nothing_else(app, app_context, client):
    person("Ana")
    client.post(
        "/reset", data={"address": "ana@site.example", "csrf_token": community.csrf(client)}
    )
    listed = client.get("/dev/letters").text
    shown = listed.split('href="/dev/letters/')[1][:12]
    policy = client.get(f"/dev/letters/{shown}/html").headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
    )
