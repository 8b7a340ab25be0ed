"""The doors of the site: which are public, and that no other way in changes anything."""

import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from forum.models.circles import Role
from forum.web.door import SAFE_METHODS, is_public
from tests.support import community
from tests.support.statements import heard

PUBLIC = {
    "/",
    "/assets/<build>/<path:name>",
    "/avatars/<seed>.svg",
    "/c/<slug:slug>",
    "/c/<slug:slug>/about",
    "/c/<slug:slug>/feed",
    "/c/<slug:slug>/narrow",
    "/circles",
    "/confirm/<token:token>",
    "/contact",
    "/dev/letters",
    "/dev/letters/<id:public_id>",
    "/dev/letters/<id:public_id>/html",
    "/elsewhere",
    "/favicon.ico",
    "/files/<file:file_id>",
    "/healthz",
    "/help-now",
    "/join",
    "/join/sent",
    "/keys",
    "/p/<id:public_id>",
    "/p/<id:public_id>/history",
    "/privacy",
    "/promise",
    "/reset",
    "/reset/<token:token>",
    "/reset/sent",
    "/robots.txt",
    "/sign-in",
    "/sign-out",
    "/sitemap.xml",
    "/t/<id:public_id>",
    "/t/<id:public_id>/news",
}
VALUES = {
    "build": "0" * 12,
    "file_id": "a" * 24,
    "name": "site.css",
    "public_id": "abcdefghjkmn",
    "post_id": "abcdefghjkmn",
    "sanction_id": "abcdefghjkmn",
    "seed": "abcdefghjkmn",
    "slug": "retail",
    "token": "t" * 43,
}
"""Something of the right shape for each part of an address."""


def address(rule: Rule) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: VALUES[part[1]], rule.rule)


def changing(app: Flask) -> list[tuple[str, str]]:
    """Every method and address that may change something."""
    return [
        (method, address(rule))
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - SAFE_METHODS)
    ]


@pytest.fixture
def ana(app, app_context):
    """She moderates the only circle, so nearly every page opens for her."""
    ana = community.person("Ana")
    community.join(ana, community.circle("retail"), Role.MODERATOR)
    return ana


@pytest.fixture
def her_browser(ana, client):
    community.sign_in(client, ana)
    return client


def test_the_public_routes_are_exactly_these(app):
    found = {rule.rule for rule in app.url_map.iter_rules() if is_public(app, rule.endpoint)}
    assert found == PUBLIC, (
        "The routes open to people who have not signed in are not those on the list. If a new one "
        "is meant to be public, add it to PUBLIC here and say in the change why guests may come; "
        f"if not, take @public off its view. Differs: {sorted(found ^ PUBLIC)}"
    )


def test_every_other_route_asks_a_guest_to_sign_in(app, client):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not is_public(app, rule.endpoint):
            answer = client.get(address(rule))
            assert answer.status_code == 302, rule.rule
            assert answer.location.startswith("/sign-in?next="), rule.rule


def test_a_guest_cannot_send_anything_but_public_forms(app, client):
    token = community.csrf(client)
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and not is_public(app, rule.endpoint):
            answer = client.post(address(rule), data={"csrf_token": token})
            assert answer.status_code == 401, rule.rule


def test_no_two_routes_answer_at_the_same_address(app):
    """The first one would hide the other."""
    at = [(rule.rule, way) for rule in app.url_map.iter_rules() for way in rule.methods or ()]
    ways = [each for each in at if each[1] in {"GET", "POST"}]
    assert len(ways) == len(set(ways)), sorted({each for each in ways if ways.count(each) > 1})


def test_only_get_and_post_are_in_use(app):
    """A form knows no other method, and everything works without script."""
    used = {method for rule in app.url_map.iter_rules() for method in rule.methods}
    assert used == {"GET", "HEAD", "OPTIONS", "POST"}


def test_whatever_may_change_something_refuses_a_missing_token(app, her_browser):
    with heard(app) as database:
        for method, where in changing(app):
            answer = her_browser.open(where, method=method, data={"body": "Kept words"})
            assert answer.status_code == 400, f"{method} {where} takes a form without its token"
            assert "Kept words" in answer.text, f"{method} {where} loses what was typed"
        assert not database.written


def test_whatever_may_change_something_refuses_a_token_of_another_browser(app, her_browser):
    theirs = community.csrf(app.test_client())
    with heard(app) as database:
        for method, where in changing(app):
            answer = her_browser.open(where, method=method, data={"csrf_token": theirs})
            assert answer.status_code == 400, f"{method} {where} takes another browser's token"
        assert not database.written


def test_a_token_in_the_address_does_not_count(her_browser):
    token = community.csrf(her_browser)
    assert her_browser.post(f"/sign-out?csrf_token={token}").status_code == 400


def test_getting_changes_nothing_but_read_marks(app, her_browser, ana):
    question = community.topic(ana, community.find("retail"))
    answer = community.reply(ana, question)
    addresses = {
        address(rule).replace(VALUES["public_id"], public_id)
        for rule in app.url_map.iter_rules()
        for public_id in (question, answer)
        if "GET" in (rule.methods or set())
    }
    with heard(app) as database:
        opened = [her_browser.get(where).status_code for where in addresses]
        assert opened.count(200) > 30
        assert database.written == {"read_mark"}, (
            "A GET must change nothing: mail scanners and browsers that fetch ahead follow links. "
            "Make the change a POST of its own (architecture, rule 9)."
        )


def test_looking_ahead_leaves_no_read_mark(app, her_browser, ana):
    """HEAD, and a browser that fetches what nobody may ever look at."""
    question = community.topic(ana, community.find("retail"))
    with heard(app) as database:
        her_browser.head(f"/t/{question}")
        her_browser.get(f"/t/{question}", headers={"Sec-Purpose": "prefetch;prerender"})
        assert not database.written
        her_browser.get(f"/t/{question}")
        assert database.written == {"read_mark"}
