"""When something is in the way: what it is, until when, and with what was typed."""

import logging
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from forum.core import clock
from forum.core.db import db
from forum.policy import limits
from tests.support.community import circle, csrf, join, person, sign_in, topic


@pytest.fixture
def ana(app_context, client):
    ana = person("Ana")
    sign_in(client, ana)
    return ana


@pytest.fixture
def broken_database(app):
    """Every statement fails, as when the database is away; call it to break, again to mend."""
    with app.app_context():
        engine = db.engine

    def away(*_statement):
        raise OperationalError("statement", {}, Exception("the server is away"))

    event.listen(engine, "before_cursor_execute", away)
    yield
    event.remove(engine, "before_cursor_execute", away)


def test_too_often_says_until_when_to_people_and_to_programs(ana, client, held_clock):
    for _time in range(limits.PREVIEW.hits):
        limits.spend(limits.PREVIEW, str(ana.id))
    answer = client.post("/preview", data={"body": "Words", "csrf_token": csrf(client)})
    assert answer.status_code == 429
    until = clock.now() + limits.PREVIEW.pause
    assert parsedate_to_datetime(answer.headers["Retry-After"]) == until


def test_a_reply_sent_too_soon_is_kept_on_its_page(ana, client, held_clock):
    retail = circle("retail")
    join(ana, retail)
    question = topic(ana, retail)
    for _time in range(limits.POST.hits):
        limits.count(limits.POST, str(ana.id))
    words = {"body": "Kept & whole", "csrf_token": csrf(client)}
    answer = client.post(f"/p/{question}/reply", data=words)
    assert answer.status_code == 429
    assert "Kept &amp; whole" in answer.text
    held_clock.set(clock.now() + limits.POST.pause)
    assert client.post(f"/p/{question}/reply", data=words).status_code == 302


def test_signing_in_too_often_keeps_the_address_and_not_the_password(app_context, client):
    words = {"address": person("Ana").address, "password": "my secret words"}
    for _time in range(limits.SIGN_IN.hits + 1):
        answer = client.post("/sign-in", data=words | {"csrf_token": csrf(client)})
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers
    assert "ana@site.example" in answer.text
    assert "my secret words" not in answer.text


@pytest.mark.parametrize("path", ["/", "/circles", "/c/retail", "/settings"])
def test_without_its_database_the_site_says_so_to_whoever_is_signed_in(
    ana, client, broken_database, path
):
    answer = client.get(path)
    assert answer.status_code == 503
    assert "reach its database" in answer.text


@pytest.mark.parametrize("path", ["/", "/circles", "/t/abcdefghjkmn", "/healthz"])
def test_without_its_database_the_site_says_so_to_guests(client, broken_database, path):
    answer = client.get(path)
    assert answer.status_code == 503
    assert "reach its database" in answer.text


def test_without_its_database_nothing_typed_is_lost(ana, client, broken_database):
    words = {"body": "Kept & whole", "csrf_token": csrf(client)}
    answer = client.post("/p/abcdefghjkmn/reply", data=words)
    assert answer.status_code == 503
    assert "Kept &amp; whole" in answer.text


def test_files_and_pages_without_data_need_no_database(client, broken_database):
    for path in ("/assets/0/site.css", "/avatars/abc.svg", "/privacy", "/robots.txt", "/sign-in"):
        assert client.get(path).status_code == 200, path


def test_a_broken_page_is_noted_with_its_place_and_nothing_of_what_was_sent(
    app, ana, client, caplog, monkeypatch
):
    def breaks(**_parts):
        raise RuntimeError("on purpose")

    monkeypatch.setitem(app.view_functions, "discussions.reply", breaks)
    words = {"body": "zq999qz", "csrf_token": csrf(client)}
    with caplog.at_level(logging.ERROR):
        answer = client.post("/p/abcdefghjkmn/reply?q=zq998qz", data=words)
    assert answer.status_code == 500
    assert "zq999qz" in answer.text
    assert "discussions.reply" in caplog.text
    for private in ("zq999qz", "zq998qz", "ana@site.example"):
        assert private not in caplog.text


def test_somebody_lost_is_shown_a_way_on(client):
    text = client.get("/nowhere").text
    for way in ('href="/"', 'href="/circles"', 'href="/sign-in"'):
        assert way in text


def test_somebody_signed_in_is_not_told_to_sign_in(ana, client):
    main = client.get("/nowhere").text.split("<main")[1].split("</main")[0]
    assert "/sign-in" not in main
