"""What goes wrong is said on a page of the site's own, with a way on and with what was typed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from forum.discussions import queries
from forum.discussions.actions import record_shown
from forum.policy import limits
from tests.browser.looking import DESKTOP, NARROWEST, PHONE, axe_findings, resize, sideways
from tests.browser.pages import GUEST, MEMBER
from tests.browser.scene import Scene
from tests.support import community

WORDS = "Half an hour of careful words."
TOO_BIG = "€€€€ €€€€ €€€€ €€€€\n" * 7_500
"""Over a megabyte on its way."""


def absent(page: Page, scene: Scene) -> None:
    page.goto("/t/aaaaaaaaaaaa")


def forbidden(page: Page, scene: Scene) -> None:
    page.goto(scene.path("/p/{talk}/reply"))


def wrong_way(page: Page, scene: Scene) -> None:
    page.goto("/sign-out")


def used_link(page: Page, scene: Scene) -> None:
    page.goto(f"/confirm/{'x' * 43}")


def broken(page: Page, scene: Scene) -> None:
    """Something in the database that our code cannot read."""
    with scene.site.app.app_context():
        newcomer = community.viewer(scene.people["newcomer"])
        seen = queries.post_for(newcomer, scene.names["talk"])
        record_shown(newcomer, seen.topic_id, [0])
    file = scene.site.app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(file, isolation_level=None)) as rows:
        rows.execute("UPDATE read_mark SET read = 'nonsense' WHERE user_id = ?", [newcomer.id])
    page.goto(scene.path("/t/{talk}"))


def too_often(page: Page, scene: Scene) -> None:
    typed = {"address": "hasty@site.example", "password": "guessing"}
    client = scene.site.app.test_client()
    for _ in range(limits.SIGN_IN.hits):
        client.post("/sign-in", data=typed | {"csrf_token": community.csrf(client)})
    page.goto("/sign-in")
    page.get_by_label("E-mail address").fill(typed["address"])
    page.get_by_label("Password").fill(typed["password"])
    page.get_by_role("button", name="Sign in").click()


def written(page: Page, scene: Scene, body: str = WORDS) -> None:
    page.goto(scene.path("/c/{circle}/new"))
    page.get_by_label("Title").fill("A title")
    page.get_by_label("Your text").evaluate("(box, text) => { box.value = text; }", body)


def send(page: Page) -> None:
    page.get_by_role("button", name="Start the conversation").click()


def without_token(page: Page, scene: Scene) -> None:
    written(page, scene)
    page.locator("[name=csrf_token]").evaluate_all("all => all.forEach(one => one.value = '')")
    send(page)


def signed_out(page: Page, scene: Scene) -> None:
    written(page, scene)
    page.context.clear_cookies()
    send(page)


def too_large(page: Page, scene: Scene) -> None:
    written(page, scene, TOO_BIG)
    send(page)


CASES: list[tuple[int, str, Callable[[Page, Scene], None]]] = [
    (404, GUEST, absent),
    (404, MEMBER, absent),
    (403, "newcomer", forbidden),
    (405, GUEST, wrong_way),
    (410, GUEST, used_link),
    (429, GUEST, too_often),
    (400, MEMBER, without_token),
    (413, MEMBER, too_large),
    (401, "other", signed_out),
    (500, "newcomer", broken),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]} {case[1]}")
def case(request):
    return request.param


@pytest.fixture
def page(case, windows, scene):
    """The error page; its status is the one thing its console may speak of."""
    status, who, provoke = case
    page = windows.of(who)
    resize(page, DESKTOP)
    provoke(page, scene)
    expect(page.locator(".error-code")).to_have_text(str(status))
    yield page
    others = [said for said in windows.complaints.found if f"status of {status}" not in said]
    assert not others


def test_an_error_page_is_sound_and_has_a_way_on(page, case):
    found = axe_findings(page, "light")
    resize(page, PHONE)
    found += axe_findings(page, "dark") + sideways(page, NARROWEST)
    assert not found, "\n".join(found)
    if case[0] in {400, 401}:
        expect(page.get_by_label("body")).to_have_value(WORDS)
        expect(page.get_by_label("title")).to_have_value("A title")
    page.get_by_role("main").get_by_role("link", name="All circles").click()
    expect(page.get_by_role("heading", name="Circles", exact=True)).to_be_visible()


def test_too_often_says_until_when(windows, scene):
    page = windows.of(GUEST)
    too_often(page, scene)
    expect(page.get_by_text("Again from")).to_be_visible()
    expect(page.get_by_text("guessing")).to_have_count(0)
