"""What every page of a private space says of itself: who reads it, and to programs nothing."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.support import workplaces
from tests.support.space_people import Space

PAGES = (
    *("/s/{space}", "/s/{space}/new", "/s/{space}/mine", "/t/{topic}", "/t/{topic}?view=time"),
    *("/p/{reply}", "/p/{topic}/reply", "/p/{reply}/edit", "/p/{reply}/removal"),
    *("/p/{topic}/report", "/p/{topic}/hiding"),
)
KEPT_NOWHERE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
NEVER = "Never in search engines, never in mail."
Fill = Callable[[str], str]


@pytest.fixture
def space(app) -> Space:
    """Ana moderates it, so that every page is hers."""
    space = Space.founded(app, {"Ana": "Northwind", "Cem": "Contoso"})
    space.appoint("Ana")
    return space


@pytest.fixture
def fill(space) -> Fill:
    topic = space.tell("Cem", "It failed", "We failed.")
    reply = space.reply("Ana", topic, "So did we.")
    return lambda path: path.format(space=space.public_id, topic=topic, reply=reply)


@pytest.fixture
def ana(space, fill) -> FlaskClient:
    return space.client("Ana")


def test_no_page_is_kept_indexed_or_named_to_where_one_goes_next(ana, fill):
    for page in PAGES:
        got = ana.get(fill(page))
        assert got.status_code == 200, page
        assert {name: got.headers[name] for name in KEPT_NOWHERE} == KEPT_NOWHERE, page
        assert "ETag" not in got.headers, page
        assert "Last-Modified" not in got.headers, page


def test_an_answer_that_leads_on_is_as_quiet(ana, fill):
    got = ana.get(fill("/t/{topic}/next-unread"))
    assert got.status_code == 302
    assert {name: got.headers[name] for name in KEPT_NOWHERE} == KEPT_NOWHERE


def test_the_title_of_each_page_is_only_the_sites(app, ana, fill):
    for page in PAGES:
        title = re.search(r"<title>(.*?)</title>", ana.get(fill(page)).text, re.DOTALL)[1]
        assert title == app.config["SITE_NAME"], page


def test_no_page_has_a_preview_card_or_an_address_of_its_own(ana, fill):
    for page in PAGES:
        text = ana.get(fill(page)).text
        assert not re.search(r'property="og:|name="twitter:|rel="canonical"|rel="alternate"', text)
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in text, page


def test_from_no_page_is_an_author_sent_away(ana, fill):
    """Who is behind a name is nobody's to know, nor in whose circle they are."""
    for page in PAGES:
        assert "/members/" not in ana.get(fill(page)).text, page


def test_every_page_says_who_sees_what_one_writes(ana, fill):
    said = "Members of this space. Nobody we know to be from Northwind sees what you write. "
    for page in PAGES:
        assert said + NEVER in words(ana, fill(page)), page


def test_no_page_leads_to_the_page_of_who_looks_at_it(ana, fill):
    assert "Your page" in ana.get("/circles").text
    for page in PAGES:
        assert "Your page" not in ana.get(fill(page)).text, page


def test_a_composer_says_so_once_more_beside_its_box(ana, fill):
    for page in ("/s/{space}/new", "/p/{topic}/reply", "/t/{topic}"):
        assert words(ana, fill(page)).count(NEVER) == 2, page


def test_each_employer_told_of_is_named(app, space):
    dora = space.come("Dora", "Fabrikam")
    with app.app_context():
        workplaces.works_for(dora, "Litware")
    space.enter("Dora")
    said = words(space.client("Dora"), f"/s/{space.public_id}")
    assert "Nobody we know to be from Fabrikam or Litware sees what you write." in said


def words(client: FlaskClient, path: str) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", client.get(path).text))
    return " ".join(text.split())
